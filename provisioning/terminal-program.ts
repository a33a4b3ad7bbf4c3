// `yingbin terminal`: the keeper as a program, with what it needs from the config, the disk and the door.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Config } from '../kiosk/config.ts';
import type { LeaveReason } from '../kiosk/keeper-line.ts';
import { restartCode } from '../kiosk/terminal-process.ts';
import type { Architecture } from '../sync/contract/release.ts';
import { hoursSetup, settingsSetup } from '../sync/contract/terminal-setup.ts';
import type { Desired } from '../sync/contract/twin.ts';
import { placesOf } from './become-terminal.ts';
import { type DoorAddress, doorReleases, readDoorSecret } from './door-releases.ts';
import { Keeper } from './keeper.ts';
import type { KeeperOptions } from './keeper-options.ts';
import { doesKioskAnswer, type KioskRunEvents, startKiosk } from './kiosk-child.ts';
import { prepareSetup } from './prepare-setup.ts';
import { judgeOf } from './release-command.ts';
import { fetchRelease, type ReleaseSource } from './release-fetch.ts';
import { ReleaseStore } from './release-store.ts';
import { Retirement } from './retirement.ts';
import { serviceNotice } from './service-notice.ts';
import { SetupStore } from './setup-store.ts';
import { type StickWatch, watchStick } from './stick-watch.ts';
import type { TrialLimits } from './trial-watch.ts';
import { isWindowOpen } from './update-window.ts';

const ownScript = fileURLToPath(new URL('../kiosk/main.js', import.meta.url));
const stepMs = 250;
const usualBytesPerSecond = 2_000_000;
const usualJitterMs = 60_000;

export interface TerminalRun {
  readonly config: string;
  /** where to say what happens to it */
  readonly complain: (text: string) => void;
  /** ends it */
  readonly signal: AbortSignal;
  /** the program, when it is not the one that ships */
  readonly script?: string;
  /** pauses before it is started again */
  readonly pauses?: { readonly minMs: number; readonly maxMs: number };
  /** folder with `releases/`; unless given the one that this program lies in, if it is a release */
  readonly releases?: string | undefined;
  readonly limits?: TrialLimits;
  /** where releases come from; the door of the config unless given */
  readonly source?: ReleaseSource;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** headquarters ordered a fresh certificate */
  readonly onRenew?: () => void;
}

/**
 * Starts the terminal again after a crash, a kill, and a restart that headquarters ordered; tries what headquarters wants.
 * One that cannot start the first time is not set up right: that is for who started it. Later the reason may pass: a
 * full disk, a port in use.
 * @returns the exit code: 0 ended by a signal, 2 cannot start as it is set up, 75 start the release that is current now
 */
export async function runTerminal(run: TerminalRun): Promise<number> {
  const { config, complain, signal, script = ownScript, env = process.env, pauses } = run;
  const setups = new SetupStore(config);
  const own = ownPlace(script);
  const root = run.releases ?? own?.root;
  const store = root === undefined ? undefined : ReleaseStore.open(root);
  const ownRelease = own?.seq ?? 0;
  const notice = serviceNotice(env);
  const retirement = retirementOf(run);
  let handsOver = false;
  let why: LeaveReason | undefined;
  const options: KeeperOptions = {
    setups,
    ownRelease,
    scriptOf: (seq) => scriptOf(seq, { script, ownRelease, store }),
    start: (kiosk, file, events) => startKiosk(kiosk, file, { ...events, onDeed: deedsOf(run, retirement) }),
    doesAnswer: () => doesKioskAnswer(setups.dataDir),
    prepare: (desired, served, onFetched) =>
      prepareSetup(desired, served, {
        setups,
        isServed: ({ seq, manifests }) => !store?.hasOther(seq, manifests[process.arch as Architecture]),
        fetchRelease: (order, serving) =>
          fetchOrdered(order, serving, { run, setups, store, minSeq: keeper.state.minSeq, onFetched }),
        readSecret: async (name) => {
          const door = doorOf(setups);
          return door && readDoorSecret(door, name);
        },
      }),
    offered: () => store?.offered() ?? 0,
    forgetOffer: () => store?.forgetOffer(),
    isWindowOpen: (desired, isRelease) => !isRelease || isReleaseHour(desired, setups.config()),
    isSiteClosed: () => isSiteClosed(setups),
    promote: (seq) => store?.promote(seq),
    onServing: () => store?.confirm(),
    renewScreen: () => askForScreen(env),
    onHandOver: () => {
      handsOver = true;
      why = 'release';
    },
    onEnrolAnew: () => {
      placesOf(config).identity.leave();
      handsOver = true;
    },
    complain,
    monoMs: () => performance.now(),
    ...(pauses ? { pauses } : {}),
    ...(run.limits ? { limits: run.limits } : {}),
  };
  const keeper = Keeper.open(options);
  const stick = store && stickOf(setups, store, keeper, complain);
  // that it runs is all that a service manager needs to know: whether it serves is the keeper's own care
  notice.ready();
  let code: number | null = null;
  while (!signal.aborted && !handsOver && code === null && !retirement.isDue) {
    code = await keeper.step();
    notice.alive(performance.now());
    stick?.look(performance.now());
    if (code === null) await delay(stepMs, undefined, { signal }).catch(() => undefined);
  }
  await keeper.close(why);
  if (retirement.isDue) retirement.wipe();
  if (signal.aborted) return 0;
  return code ?? restartCode;
}

/** To be asked before the terminal becomes anybody: it ends a wipe that was cut short. */
export function retirementOf({ config, complain, env }: TerminalRun): Retirement {
  return Retirement.open({
    config,
    complain,
    monoMs: () => performance.now(),
    ...(env ? { env } : {}),
  });
}

function deedsOf(
  { onRenew }: Pick<TerminalRun, 'onRenew'>,
  retirement: Retirement,
): NonNullable<KioskRunEvents['onDeed']> {
  return (word, answer) => (word.kind === 'renew' ? onRenew?.() : retirement.hear(word, answer));
}

function stickOf(
  setups: SetupStore,
  store: ReleaseStore,
  keeper: Keeper,
  complain: (text: string) => void,
): StickWatch {
  const { bundles } = setups.config();
  const folder = bundles === undefined ? undefined : resolve(dirname(setups.configFile), bundles);
  return watchStick({
    folder,
    store,
    judge: () => {
      const { good, minSeq } = keeper.state;
      return judgeOf(setups.config(), { serving: good.release, minSeq, now: timeOf(setups) });
    },
    complain,
  });
}

/** @returns undefined for a program that does not lie in `…/releases/<seq>/dist/` */
function ownPlace(script: string): { readonly root: string; readonly seq: number } | undefined {
  const found = /^(.*)\/releases\/(\d+)\/dist\//.exec(script);
  return found?.[1] === undefined ? undefined : { root: found[1], seq: Number(found[2]) };
}

function scriptOf(
  seq: number,
  own: { readonly script: string; readonly ownRelease: number; readonly store: ReleaseStore | undefined },
): string {
  const other = own.store && seq > 0 ? join(own.store.folderOf(seq), 'dist', 'kiosk', 'main.js') : undefined;
  // one that is gone cannot serve: this one can
  return seq !== own.ownRelease && other && existsSync(other) ? other : own.script;
}

function fetchOrdered(
  order: Parameters<typeof fetchRelease>[0],
  serving: number,
  parts: {
    readonly run: TerminalRun;
    readonly setups: SetupStore;
    readonly store: ReleaseStore | undefined;
    readonly minSeq: number;
    readonly onFetched: (share: number) => void;
  },
): ReturnType<typeof fetchRelease> {
  const { run, setups, store, minSeq, onFetched } = parts;
  const door = doorOf(setups);
  const source = run.source ?? (door && doorReleases(door));
  if (!store) return Promise.resolve({ kind: 'rejected', code: 'release-not-kept' });
  if (!source) return Promise.resolve({ kind: 'later', code: 'release-unreachable' });
  return fetchRelease(order, {
    store,
    source,
    judge: judgeOf(setups.config(), { serving, minSeq, now: timeOf(setups) }),
    bytesPerSecond: usualBytesPerSecond,
    jitterMs: run.source ? 0 : usualJitterMs,
    onFetched,
    signal: run.signal,
  });
}

/** @returns undefined where nothing says how to get there */
function doorOf(setups: SetupStore): DoorAddress | undefined {
  const { headquarters, broker } = setups.config();
  if (headquarters.door === undefined || !broker.tls) return undefined;
  const { rootFile, certificateFile, keyFile } = broker.tls;
  const at = (file: string): string => resolve(dirname(setups.configFile), file);
  return {
    url: headquarters.door,
    tls: { rootFile: at(rootFile), certificateFile: at(certificateFile), keyFile: at(keyFile) },
  };
}

function timeOf({ configFile }: SetupStore): Date {
  return placesOf(configFile).floor.atLeast(new Date());
}

/** Where no hours are set, at night. */
function isSiteClosed(setups: SetupStore): boolean {
  const { settings } = setups.current();
  const { site } = setups.config();
  const hours = v.safeParse(closingSchema, settings ?? {});
  const { openHours, nightHours } = hours.success ? hours.output : v.parse(closingSchema, {});
  const now = new Date();
  if (openHours) return !isWindowOpen(openHours, now, site.timeZone);
  return isWindowOpen(nightHours ?? { from: '01:00', to: '05:00' }, now, site.timeZone);
}

const closingSchema = v.object({
  openHours: settingsSetup.entries.openHours,
  nightHours: settingsSetup.entries.nightHours,
});

function isReleaseHour({ values }: Desired, { site }: Config): boolean {
  const hours = v.parse(v.nullish(hoursSetup), values['update.window']) ?? null;
  return isWindowOpen(hours, new Date(), site.timeZone);
}

/** Whoever owns the browser watches for this file and starts it afresh; where nobody does, nothing is lost. */
function askForScreen(env: Readonly<Record<string, string | undefined>>): void {
  const folder = env['RUNTIME_DIRECTORY'];
  if (folder === undefined) return;
  try {
    writeFileSync(join(folder, 'renew-screen'), '');
  } catch {
    // the folder is systemd's: without it there is nobody to ask
  }
}
