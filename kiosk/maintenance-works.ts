// Does what staff and IT ask for behind the PIN, and tells how far it is: checks, network, look, export, restarts.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Diagnosis } from '../sync/contract/diagnosis.ts';
import { checkRows } from './checks.ts';
import type { Config } from './config.ts';
import type { Inspection } from './inspection.ts';
import type { MachineOrders } from './machine-orders.ts';
import type { DeedsReport, MaintenanceDeeds } from './maintenance-deeds.ts';
import { NetworkLook } from './network-look.ts';
import type { Language, ScreenOf } from './screen.ts';
import type { SiteLook } from './site-look.ts';
import { StickExport } from './stick-export.ts';
import { Wifi } from './wifi.ts';

/** What only the keeper of this terminal can do. */
export interface KeeperAsk {
  readonly can: (what: 'enrol-anew' | 'update-now') => boolean;
  readonly ask: (what: 'enrol-anew' | 'update-now') => void;
  /** what it brings here, tries or waits with; null = nothing */
  readonly update: () => NonNullable<ScreenOf<'maintenance'>['system']>['update'];
}

export interface WorksOptions {
  readonly config: Config;
  readonly look: SiteLook;
  readonly inspection: Inspection;
  readonly orders: MachineOrders;
  readonly keeper: KeeperAsk;
  readonly isOnline: () => boolean;
  /** looks at everything, in 15 s at most; nothing of a person is in it */
  readonly diagnose: () => Promise<Diagnosis>;
  readonly now: () => Date;
  readonly onRestart: () => void;
  /** something that is shown is otherwise */
  readonly onChange: () => void;
  readonly onFault: (cause: unknown) => void;
  readonly wait: (ms: number) => Promise<void>;
}

type Certificate = NonNullable<NonNullable<ScreenOf<'maintenance'>['enrolment']>['certificate']>;

const dayMs = 86_400_000;

/** @returns what can be done, and what is shown of it */
export function maintenanceWorks(options: WorksOptions): MaintenanceDeeds {
  const { config, look, orders, keeper, onRestart, onChange, onFault } = options;
  const network = new NetworkLook(config, options.isOnline, onChange);
  const wifi = new Wifi({ ...options, country: config.wifi.country });
  const checks = new Checks(options);
  const stick = new StickExport({
    ...options,
    folder: config.bundles,
    name: () => `yingbin-${config.terminal}-${stampOf(options.now())}.json`,
    write: () => checks.text(),
  });
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      onFault(cause);
    }
    onChange();
  };
  const begin = (work: Promise<void>): void => void work.catch(onFault);
  return {
    can(touch) {
      switch (touch.kind) {
        case 'look-again':
          return touch.what !== 'wifi' || wifi.isPossible;
        case 'choose-wifi':
          return wifi.isPossible;
        case 'set-volume':
          return touch.volume <= look.settings.loudest;
        case 'set-brightness':
          return look.canSetBrightness;
        case 'export-diagnosis':
          return stick.isPossible;
        case 'restart':
          return touch.what === 'program' || orders.can('reboot');
        case 'enrol-anew':
        case 'update-now':
          return keeper.can(touch.kind);
      }
    },
    look: (what) =>
      begin(what === 'wifi' ? wifi.look() : what === 'network' ? network.look() : checks.look()),
    joinWifi: (ssid, key) => begin(wifi.join(ssid, key).then(() => network.look())),
    setVolume: (volume) => guarded(() => look.setVolume(volume)),
    setBrightness: (percent) => guarded(() => look.setBrightness(percent)),
    exportDiagnosis: () => begin(stick.run()),
    restart: (what) => {
      if (what === 'program') onRestart();
      else guarded(() => orders.give('reboot', ''));
    },
    enrolAnew: () => keeper.ask('enrol-anew'),
    updateNow: () => keeper.ask('update-now'),
    report: (language) => reportOf(options, { network, wifi, checks, stick }, language),
  };
}

function reportOf(
  { config, now, look, orders, keeper }: WorksOptions,
  works: {
    readonly network: NetworkLook;
    readonly wifi: Wifi;
    readonly checks: Checks;
    readonly stick: StickExport;
  },
  language: Language,
): DeedsReport {
  const { network, wifi, checks, stick } = works;
  return {
    checks: checks.report(language),
    network: { ...network.report, wifi: wifi.report },
    enrolment: { certificate: certificateOf(config, now()), canBeginAnew: keeper.can('enrol-anew') },
    look: look.report,
    system: {
      stick: stick.report,
      canRestartProgram: true,
      canRestartMachine: orders.can('reboot'),
      update: keeper.update(),
    },
  };
}

/** Runs all checks when it is told to, and keeps what came of it. */
class Checks {
  readonly #options: WorksOptions;
  #running: Promise<void> | undefined;
  #last: Diagnosis | undefined;

  constructor(options: WorksOptions) {
    this.#options = options;
  }

  async look(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#options.onChange();
    });
    this.#options.onChange();
    await this.#running;
  }

  /** What support reads: of the machine alone, of nobody who stood before it. */
  async text(): Promise<string> {
    await this.look();
    return this.#last ? `${JSON.stringify(this.#last, null, 2)}\n` : '';
  }

  report(language: Language): NonNullable<DeedsReport['checks']> {
    const { inspection } = this.#options;
    const rows = this.#last ? checkRows(this.#last.checks, inspection.report(language), language) : [];
    return { isRunning: this.#running !== undefined, at: this.#last?.at ?? null, rows };
  }

  async #run(): Promise<void> {
    const { diagnose, inspection } = this.#options;
    [this.#last] = await Promise.all([diagnose(), inspection.look()]);
  }
}

function certificateOf({ broker: { tls } }: Config, now: Date): Certificate | null {
  if (!tls) return null;
  try {
    const pem = readFileSync(tls.certificateFile, 'utf8');
    const at = Math.max(0, pem.indexOf('-----BEGIN CERTIFICATE-----'));
    const { validFrom, validTo } = new X509Certificate(pem.slice(at));
    const [from, until] = [new Date(validFrom).getTime(), new Date(validTo).getTime()];
    const left = until - now.getTime();
    // renewal is due at two thirds: half of the rest later something is in its way
    const state = left <= 0 ? 'bad' : left < (until - from) / 6 ? 'care' : 'fine';
    return { until: new Date(until).toISOString(), daysLeft: Math.floor(left / dayMs), state };
  } catch {
    return null;
  }
}

function stampOf(now: Date): string {
  return now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
}
