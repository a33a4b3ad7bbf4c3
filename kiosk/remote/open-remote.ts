// Gathers what orders from afar need of this terminal: its screen, its machine, its door, its keeper.
import type { Desktop } from '../../device/desktop.ts';
import type { TerminalClock } from '../../sync/terminal-clock.ts';
import type { Config } from '../config.ts';
import { certificateMark } from '../diagnosis/line-checks.ts';
import { runDiagnosis } from '../diagnosis/run-diagnosis.ts';
import type { Health } from '../health.ts';
import type { UpkeepKnowledge } from '../knowledge.ts';
import type { LogRing } from '../log-ring.ts';
import { MachineOrders, runFolder } from '../machine-orders.ts';
import type { Language, Show } from '../screen.ts';
import type { ScreenCover } from '../screen-cover.ts';
import type { TerminalStore } from '../store/terminal-store.ts';
import type { Summons } from '../summons.ts';
import { doorUploads } from './door-uploads.ts';
import type { KeeperDeeds, Picture, RemoteTools } from './remote-works.ts';

export interface RemoteGround {
  readonly config: Config;
  readonly version: string;
  readonly language: Language;
  readonly store: TerminalStore;
  readonly health: Health;
  readonly machine: Pick<TerminalClock, 'isSynced'>;
  readonly upkeep: Pick<UpkeepKnowledge, 'clockDoubt'>;
  readonly now: () => Date;
  readonly show: () => Show;
  readonly isIdle: () => boolean;
  readonly summons: Summons;
  readonly cover: ScreenCover;
  readonly buzz: () => void;
  readonly desktop: () => Desktop | null;
  readonly keeper: () => KeeperDeeds | undefined;
  readonly log: LogRing;
  readonly onEnd: () => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function openRemote(ground: RemoteGround): RemoteTools {
  const { config, language, store, summons, buzz, log, keeper, isIdle, onEnd, env = process.env } = ground;
  const machineOrders = new MachineOrders(runFolder(env));
  return {
    terminal: config.terminal,
    code: config.code,
    site: config.site.name[language],
    hasReader: (reader) => (reader === 'second-reader' ? config.secondReader : config.reader) !== null,
    isIdle,
    summons,
    buzz,
    takePicture: () => takePicture(ground, machineOrders),
    diagnose: () => diagnosed(ground),
    machineOrders,
    upload: doorUploads(config),
    log,
    keeper,
    certificate: () => certificateMark(config),
    waitingFacts: () => store.outbox.waiting(),
    onEnd,
  };
}

function diagnosed(ground: RemoteGround): ReturnType<typeof runDiagnosis> {
  const { config, version, store, health, machine, upkeep, now, cover, log } = ground;
  return runDiagnosis({
    config,
    version,
    health,
    clock: { doubt: () => upkeep.clockDoubt?.() ?? null, isSynced: () => machine.isSynced() },
    now,
    paintMs: () => cover.drawMs(),
    waiting: () => {
      const oldest = store.outbox.oldestWaitingAt();
      return {
        facts: store.outbox.waiting(),
        slips: store.printJobs.waiting(),
        oldestMs: oldest === null ? null : Math.max(0, now().getTime() - Date.parse(oldest)),
      };
    },
    log,
  });
}

/** Of a page that has said that it covered what is of a person, and of the screen that was shown then. */
async function takePicture({ cover, show, desktop }: RemoteGround, orders: MachineOrders): Promise<Picture> {
  const taken = await cover.during(async () => {
    const { revision, cover: covered } = show();
    const png = (await orders.picture()) ?? (await desktopPicture(desktop()));
    return { png, isMasked: covered?.isPersonal === true, isSame: show().revision === revision };
  });
  if (!taken) return { kind: 'failed', code: 'screen-not-masked' };
  if (!taken.png) return { kind: 'failed', code: 'no-camera' };
  if (!taken.isSame) return { kind: 'failed', code: 'screen-changed' };
  return { kind: 'taken', png: taken.png, isMasked: taken.isMasked };
}

async function desktopPicture(desktop: Desktop | null): Promise<Uint8Array | undefined> {
  if (!desktop?.capabilities.has('screenshot')) return undefined;
  const taken = await desktop.takeScreenshot([]);
  return taken.kind === 'done' ? taken.value : undefined;
}
