// A keeper with a clock turned by hand and a terminal that is as well as a test says: the files are real.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeeperWord, Report, TerminalHealth, TerminalWord } from '../../kiosk/keeper-line.ts';
import { Keeper } from '../../provisioning/keeper.ts';
import type { KeeperOptions } from '../../provisioning/keeper-options.ts';
import type { KioskRunEvents, StartKiosk } from '../../provisioning/kiosk-child.ts';
import { prepareSetup } from '../../provisioning/prepare-setup.ts';
import { SetupStore } from '../../provisioning/setup-store.ts';
import { type Desired, type TwinValues, twinHash } from '../../sync/contract/twin.ts';
import { scratchFolder } from '../sync/scratch.ts';

export const wellHealth: TerminalHealth = {
  isPainted: true,
  isBusy: false,
  waitingFacts: 0,
  isLinked: true,
  devices: { reader: 'ok', printer: 'ok', panel: 'none' },
};

const usualSettings = {
  language: 'zh',
  idleSeconds: 40,
  idleWarningSeconds: 20,
  slipFooter: { zh: '感谢您的光临', en: 'Thank you for coming' },
};

const key = Buffer.alloc(32, 1).toString('base64');
export const usualConfig = {
  v: 1,
  tenant: 'demo',
  terminal: 'hall-1',
  code: 'H01',
  site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
  dataDir: 'data',
  screen: { port: 8080 },
  broker: { url: 'mqtt://127.0.0.1:1883', username: 'hall-1' },
  headquarters: { sealKey: key, signKey: key },
  fleetKeyFile: 'keys/fleet.key',
  reader: { kind: 'rdm6300', at: 'tcp://127.0.0.1:4001' },
  printer: { kind: 'esc-pos', at: 'tcp://127.0.0.1:4002' },
  panel: null,
};

/** A terminal's folder with a config and settings. */
export function terminalFolder(): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(usualConfig));
  writeFileSync(join(folder, 'data', 'settings.json'), JSON.stringify(usualSettings));
  return folder;
}

export function desiredOf(rev: number, values: TwinValues): Desired {
  return { v: 1, rev, hash: twinHash(values), at: '2026-03-01T00:00:00.000Z', values };
}

/** How the terminal of a release is when it runs with a config; `crash` and `silent` are none. */
export type Serves = (release: number, config: typeof usualConfig) => TerminalHealth | 'crash' | 'silent';

export interface HandsOptions {
  readonly serves?: Serves;
  readonly options?: Partial<KeeperOptions>;
  /** facts reach the disk of the terminal */
  readonly takesReports?: () => boolean;
}

/** A terminal that runs nothing: it is as `serves` says, and makes facts of what it is told. */
class SaidTerminal {
  readonly facts: Report[] = [];
  readonly starts: number[] = [];
  /** what it was told of an update, and why it was ended */
  readonly news: string[] = [];
  readonly #more: HandsOptions;
  readonly #config: () => typeof usualConfig;
  #events: KioskRunEvents | undefined;
  #lastNumber = 0;
  #health: TerminalHealth | null = null;

  constructor(more: HandsOptions, config: () => typeof usualConfig) {
    this.#more = more;
    this.#config = config;
  }

  readonly start: StartKiosk = (script, _, events) => {
    this.#events = events;
    this.starts.push(Number(script));
    const health = (this.#more.serves ?? (() => wellHealth))(Number(script), this.#config());
    if (health === 'crash') queueMicrotask(() => events.onExit(70));
    this.#health = typeof health === 'string' ? null : health;
    queueMicrotask(() => this.beat());
    return {
      tell: (word) => this.#take(events, word),
      kill: () => queueMicrotask(() => events.onExit(null)),
      stop: () => Promise.resolve(),
    };
  };

  /** A terminal that serves says so again and again. */
  beat(): void {
    if (this.#health) this.#events?.onWord({ kind: 'serving', health: this.#health });
  }

  say(health: TerminalHealth): void {
    this.#health = health;
    this.beat();
  }

  word(word: TerminalWord): void {
    this.#events?.onWord(word);
  }

  #take(events: KioskRunEvents, word: KeeperWord): void {
    if (word.kind === 'leave') this.news.push(`leave ${word.why ?? ''}`);
    if (word.kind === 'update') this.news.push(Object.values(word.step).join(' '));
    if (word.kind !== 'report' || !(this.#more.takesReports?.() ?? true)) return;
    if (word.number > this.#lastNumber) this.facts.push(word.report);
    this.#lastNumber = Math.max(this.#lastNumber, word.number);
    queueMicrotask(() => events.onWord({ kind: 'reported', number: word.number }));
  }
}

export function keeperHands(folder: string, more: HandsOptions = {}) {
  const promoted: number[] = [];
  let nowMs = 0;
  const setups = new SetupStore(join(folder, 'config.json'));
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const config = () => read('config.json') as typeof usualConfig;
  const terminal = new SaidTerminal(more, config);
  const keeper = Keeper.open({
    setups,
    ownRelease: 0,
    scriptOf: (release) => `${release}`,
    start: terminal.start,
    doesAnswer: () => Promise.resolve(true),
    prepare: (desired, served) =>
      prepareSetup(desired, served, {
        setups,
        isServed: () => true,
        fetchRelease: () => Promise.resolve({ kind: 'ready', minSeq: 0 }),
        readSecret: () => Promise.resolve(undefined),
      }),
    offered: () => 0,
    forgetOffer: () => undefined,
    isWindowOpen: () => true,
    isSiteClosed: () => false,
    onEnrolAnew: () => undefined,
    promote: (release) => void promoted.push(release),
    onServing: () => undefined,
    renewScreen: () => undefined,
    onHandOver: () => undefined,
    complain: () => undefined,
    monoMs: () => nowMs,
    pauses: { minMs: 1, maxMs: 2 },
    ...more.options,
  });
  return {
    keeper,
    promoted,
    config,
    facts: terminal.facts,
    starts: terminal.starts,
    news: terminal.news,
    settings: () => read('data/settings.json') as typeof usualSettings,
    want: (desired: Desired) => terminal.word({ kind: 'desired', desired }),
    say: (health: TerminalHealth) => terminal.say(health),
    /** looks so often, so far apart */
    async steps(count: number, eachMs = 250): Promise<void> {
      for (let n = 0; n < count; n += 1) {
        terminal.beat();
        await keeper.step();
        await new Promise((resolve) => setImmediate(resolve));
        nowMs += eachMs;
      }
    },
  };
}
