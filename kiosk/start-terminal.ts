// The only place that builds a terminal: opens everything in order, wires it by calls, closes it in reverse.
import { randomInt } from 'node:crypto';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDesktop } from '../device/desktop/open-desktop.ts';
import type { Desktop } from '../device/desktop.ts';
import type { Diagnosis } from '../sync/contract/diagnosis.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { ProjectId, TerminalId } from '../sync/contract/ids.ts';
import type { Courier } from '../sync/courier.ts';
import { factIdMaker } from '../sync/fact-id.ts';
import { HqClock } from '../sync/hq-clock.ts';
import { knownClock } from '../sync/known-clock.ts';
import type { Questions } from '../sync/questions.ts';
import { systemClock, type TerminalClock } from '../sync/terminal-clock.ts';
import { BootToken } from './boot-token.ts';
import { cardsOf } from './cards.ts';
import type { Config } from './config.ts';
import { noteStart } from './diagnosis/terminal-checks.ts';
import { type FaultCode, faultText } from './fault-text.ts';
import { Health } from './health.ts';
import type { KeeperChannel, KeeperPort } from './keeper-port.ts';
import { Kiosk } from './kiosk.ts';
import type { KioskLog } from './log.ts';
import { LogRing } from './log-ring.ts';
import { type Devices, openDevices } from './open-devices.ts';
import { openKeeper } from './open-keeper.ts';
import { openMaintenance } from './open-maintenance.ts';
import { isAtRest, type Orders, openOrders } from './open-orders.ts';
import { queuePrinters } from './open-printers.ts';
import { openScreenServer } from './open-screen-server.ts';
import { openTerminalCourier } from './open-terminal-courier.ts';
import { openTerminalStore } from './open-terminal-store.ts';
import { PanelSignals } from './panel-signals.ts';
import { PrintQueue } from './print-queue.ts';
import { openRemote } from './remote/open-remote.ts';
import type { Show } from './screen.ts';
import { ScreenCover } from './screen-cover.ts';
import { readFleetKey, readPassword } from './secret-file.ts';
import { sessionDefaults } from './session-defaults.ts';
import { settingsIn } from './settings.ts';
import { watchSiteBundles } from './site-bundles.ts';
import { StartError } from './start-error.ts';
import { storedKnowledge } from './store/stored-knowledge.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import { storeFaultOf } from './store-fault.ts';
import { Summons } from './summons.ts';
import { tendScreen } from './tend-screen.ts';
import { wedgeOf } from './typed-card.ts';
import { startUpkeep } from './upkeep.ts';
import { watchDesktop } from './watch-desktop.ts';

export interface TerminalOptions {
  /** paths in it are absolute already */
  readonly config: Config;
  readonly version: string;
  /** folder with the built screen */
  readonly uiDir: string;
  readonly log: KioskLog;
  /** headquarters ordered a restart: close, and let the supervisor start another run */
  readonly onRestart: () => void;
  /** the program that keeps this one; left out = nobody does */
  readonly keeper?: KeeperChannel | undefined;
  /** what `log` wrote lately; left out = it is kept nowhere */
  readonly ring?: LogRing | undefined;
}

export interface Terminal {
  readonly screenPort: number;
  /** with the token: for the browser in front of the visitor, and for nobody else */
  readonly screenAddress: string;
  close(): Promise<void>;
}

/** @throws StartError | SyncError when the terminal cannot serve at all; a missing device or network is no reason */
export async function startTerminal(options: TerminalOptions): Promise<Terminal> {
  const { config, version, uiDir, log, keeper: channel } = options;
  const { runDir, password } = openDataDir(config);
  const devices = { ...nothingOpen };
  const wires = { ...nothingWired };
  const signals = new PanelSignals(() => devices.panel);
  const built = buildKiosk(options, devices, wires, signals);
  const { clock, store, health, kiosk, cards } = built;
  const fault = (code: FaultCode, cause?: unknown): void => log.fault(code, faultText(code), cause);
  const onRecorded = (): void => wires.kickCourier();
  const token = writable(config, () => BootToken.open(runDir, clock.boot));
  const server = await openScreenServer({ ...built, config, uiDir, token, fault }).catch((error) => {
    kiosk.close();
    store.close();
    throw error;
  });
  wires.show = (show) => {
    server.push(show);
    signals.noteShow(show);
  };
  const queue = buildQueue({ config, store, devices, kiosk, clock, fault, onRecorded });
  wires.kickQueue = () => queue.kick();
  const guarded = guardedBy(fault);
  const record = (fact: FactContent): void =>
    guarded(() => {
      store.record({ fact, effects: [] });
      onRecorded();
    });
  record({ kind: 'terminal-started', body: { version } });
  guarded(() => noteStart(config.dataDir, clock.now()));
  wires.desktop = config.desktop ? openDesktop() : null;
  const desktop = watchDesktop(wires.desktop, health);
  const onPresence = (): void => desktop?.wake();
  openDevices(devices, { config, kiosk, cards, health, queue, signals, log, record, onPresence });
  signals.noteShow(kiosk.show);
  const { orders, courier } = openLine(options, built, wires, { password, fault, signals, guarded });
  const bundles = watchSiteBundles({ config, replica: store.replica, log });
  const upkeep = startUpkeep({
    store,
    log,
    workOrders: () => orders.work(),
    kickQueue: () => queue.kick(),
    onPressure: () => kiosk.refresh(),
    tendScreen: tendScreen(kiosk),
    guarded,
  });
  const screenAddress = token.addressOn(server.port);
  tellScreenAddress(config, runDir, screenAddress);
  wires.keeper = openKeeper({ channel, config, ...built, server, devices, fault, onRecorded });
  return {
    screenPort: server.port,
    screenAddress,
    async close() {
      guarded(() => kiosk.leave());
      upkeep.close();
      wires.keeper?.close();
      signals.close();
      orders.questions.close();
      const { reader, secondReader, panel } = devices;
      await Promise.all(
        [reader, secondReader, panel, courier, desktop, bundles].map((each) => each?.close()),
      );
      await Promise.all([queue.close(), devices.printer?.close(), devices.fallbackPrinter?.close()]);
      kiosk.close();
      await server.close();
      store.close();
    },
  };
}

/** Work that may fail with the store, and is then said to have. */
function guardedBy(fault: (code: FaultCode, cause?: unknown) => void) {
  return (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      fault(storeFaultOf(cause), cause);
    }
  };
}

const nothingOpen: Devices = {
  reader: null,
  secondReader: null,
  printer: null,
  fallbackPrinter: null,
  panel: null,
};

/** What is built later than who needs it. */
interface Wires {
  show: (show: Show) => void;
  kickCourier: () => void;
  kickQueue: () => void;
  ask: Questions['ask'];
  askCode: Questions['askCode'];
  desktop: Desktop | null;
  keeper: KeeperPort | undefined;
  diagnose: () => Promise<Diagnosis>;
}

const nothingWired: Wires = {
  show: () => {},
  kickCourier: () => {},
  kickQueue: () => {},
  ask: () => false,
  askCode: () => false,
  desktop: null,
  keeper: undefined,
  diagnose: () => Promise.reject(new Error('the terminal is still starting')),
};

function buildKiosk(
  { config, version, log, onRestart }: TerminalOptions,
  devices: Devices,
  wires: Wires,
  signals: PanelSignals,
) {
  const clocks = openClocks();
  const { machine, hqClock, clock, now } = clocks;
  const fleetKey = readFleetKey(config.fleetKeyFile);
  const settings = settingsIn(config.dataDir, log);
  const terminal = config.terminal as TerminalId;
  const store = openTerminalStore(config, clock, log);
  const project = config.site.project as ProjectId | null;
  const { slipFooter, openHours, nightHours } = settings;
  const site = { ...config.site, project, code: config.code, slipFooter, openHours, nightHours };
  const isPrinterReady = (): boolean =>
    [devices.printer, devices.fallbackPrinter].some((printer) => printer?.state.kind === 'ready');
  const makeId = factIdMaker();
  const health = new Health({
    terminal,
    version,
    store,
    log,
    onRecorded: () => wires.kickCourier(),
    onDevices: () => kiosk.refresh(),
  });
  const told = (): Date | null => hqClock.now();
  const { upkeep, look, parts } = openMaintenance({
    ...{ config, version, settings, store, health, log, onRestart },
    clocks: { machine, told },
    desktop: () => wires.desktop,
    keeper: () => wires.keeper,
    diagnose: () => wires.diagnose(),
    onChange: () => kiosk.refresh(),
  });
  const over = overScreen(() => kiosk.refresh());
  const kiosk: Kiosk = new Kiosk({
    terminal,
    site,
    fleetKey,
    cardWidth: config.cardWidth,
    ...parts,
    wedge: wedgePace(config),
    store,
    know: { ...storedKnowledge(store, { project, fleetKey, isPrinterReady, now }), upkeep },
    limits: config.limits,
    ...sessionDefaults(settings, look, config),
    clock: () => clock.now(),
    monoMs: () => clock.monoMs(),
    newId: () => makeId(clock.now().getTime()),
    random: (below) => randomInt(below),
    log,
    onShow: (show) => wires.show(show),
    onRecorded: () => wires.kickCourier(),
    onSlipQueued: () => wires.kickQueue(),
    onSound: (sound) => signals.play(sound),
    onTryPanel: (what) => signals.tryAll(what),
    ask: (...asked) => wires.ask(...asked),
    askCode: (...asked) => wires.askCode(...asked),
    ...over,
  });
  const cards = cardsOf(kiosk, over.summons);
  return { ...clocks, ...over, site, settings, store, health, kiosk, upkeep, cards };
}

function openClocks() {
  const machine = systemClock();
  const hqClock = new HqClock(() => machine.monoMs());
  const clock = knownClock(machine, () => hqClock.now());
  return { machine, hqClock, clock, now: (): Date => hqClock.now() ?? clock.now() };
}

/** What orders from afar lay over whatever is shown. */
function overScreen(refresh: () => void) {
  return { summons: new Summons(refresh), cover: new ScreenCover(refresh) };
}

/** Everything that is said to headquarters and heard from it. */
function openLine(
  { config, version, log, onRestart, ring = LogRing.none() }: TerminalOptions,
  built: ReturnType<typeof buildKiosk>,
  wires: Wires,
  parts: {
    readonly password: string | undefined;
    readonly fault: (code: FaultCode, cause?: unknown) => void;
    readonly signals: PanelSignals;
    readonly guarded: (work: () => void) => void;
  },
): { readonly orders: Orders; readonly courier: Courier } {
  const { site, settings, now, ...kiosk } = built;
  const remote = openRemote({
    ...built,
    config,
    version,
    language: settings.language,
    show: () => built.kiosk.show,
    isIdle: () => isAtRest(built.kiosk.show),
    buzz: () => parts.signals.play('help'),
    desktop: () => wires.desktop,
    keeper: () => wires.keeper,
    log: ring,
    onEnd: () => parts.guarded(() => orders.work()),
  });
  wires.diagnose = remote.diagnose;
  const orders: Orders = openOrders({
    config,
    boot: built.clock.boot,
    ...kiosk,
    tools: {
      site,
      language: settings.language,
      now,
      restart: onRestart,
      sendAgain: () => courier.sendAgain(),
      beginEpoch: () => {
        built.store.outbox.beginEpoch('asked');
        wires.kickCourier();
      },
      onSlipQueued: () => wires.kickQueue(),
      remote,
    },
    isOnline: () => courier.isOnline,
    onRecorded: () => wires.kickCourier(),
    onDesired: (desired) => wires.keeper?.hand(desired),
  });
  const courier = openTerminalCourier({
    config,
    version,
    log,
    ...kiosk,
    ...parts,
    parts: orders.parts,
  });
  wires.kickCourier = () => courier.kick();
  wires.ask = (...asked) => orders.questions.ask(...asked);
  wires.askCode = (...asked) => orders.questions.askCode(...asked);
  return { orders, courier };
}

function buildQueue(parts: {
  readonly config: Config;
  readonly store: TerminalStore;
  readonly devices: Devices;
  readonly kiosk: Kiosk;
  readonly clock: TerminalClock;
  readonly fault: (code: FaultCode, cause?: unknown) => void;
  readonly onRecorded: () => void;
}): PrintQueue {
  const { config, store, devices, kiosk, clock, fault, onRecorded } = parts;
  return new PrintQueue({
    store,
    ...queuePrinters(devices, config),
    boot: clock.boot,
    expiryMs: config.limits.slipExpiryMs,
    onSettled: () => {
      onRecorded();
      kiosk.refresh();
    },
    onFault: (cause) => fault(storeFaultOf(cause), cause),
  });
}

function openDataDir(config: Config): { runDir: string; password: string | undefined } {
  const runDir = join(config.dataDir, 'run');
  writable(config, () => {
    mkdirSync(runDir, { recursive: true, mode: 0o700 });
    accessSync(config.dataDir, constants.W_OK | constants.X_OK);
  });
  const { passwordFile } = config.broker;
  return { runDir, password: passwordFile === undefined ? undefined : readPassword(passwordFile) };
}

/** @throws StartError data-dir-unwritable when `work` throws */
function writable<T>({ dataDir }: Config, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new StartError('data-dir-unwritable', dataDir, { cause });
  }
}

/** For whoever starts the browser. */
function tellScreenAddress(config: Config, runDir: string, address: string): void {
  writable(config, () => writeFileSync(join(runDir, 'screen-address'), `${address}\n`, { mode: 0o600 }));
}

function wedgePace(config: Config): Show['status']['wedge'] {
  const wedge = wedgeOf(config);
  return wedge ? { maxGapMs: wedge.maxGapMs } : null;
}
