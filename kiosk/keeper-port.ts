// The terminal's end of the line to its keeper: says how it is, hands on what headquarters wants, makes facts of what the keeper reports.
import type { Desired } from '../sync/contract/twin.ts';
import {
  type DeedWord,
  healthEveryMs,
  type KeeperAsked,
  type KeeperWord,
  type LeaveReason,
  parseKeeperWord,
  type Report,
  type TerminalHealth,
  type TerminalWord,
  type UpdateStep,
} from './keeper-line.ts';
import type { DeviceCondition } from './knowledge.ts';
import type { KeeperDeeds } from './remote/remote-works.ts';
import type { ScreenOf } from './screen.ts';

/** A channel to the program that started this one; Node's `process` is one. */
export interface KeeperChannel {
  send(word: TerminalWord | DeedWord): void;
  /** @param onWord whatever came: not to be believed yet */
  listen(onWord: (message: unknown) => void): void;
}

export interface KeeperPortOptions {
  readonly channel: KeeperChannel;
  readonly health: () => TerminalHealth;
  /** does this terminal have a certificate, that it could get anew? */
  readonly isEnrolled: boolean;
  /** makes a fact of it, once; its return says that it is on disk. @throws when the store fails: it is told again */
  readonly record: (report: Extract<KeeperWord, { kind: 'report' }>) => void;
  readonly onLeave: (why: LeaveReason | undefined) => void;
  /** what it says of an update is otherwise */
  readonly onUpdate: () => void;
  /** facts that headquarters has not confirmed */
  readonly waitingFacts: () => number;
  readonly onFault: (cause: unknown) => void;
}

export interface KeeperPort extends KeeperDeeds {
  hand(desired: Desired): void;
  can(what: KeeperAsked): boolean;
  ask(what: KeeperAsked): void;
  /** what the keeper brings here, tries, or has ready and does not switch to yet, as it was last told; null = nothing */
  readonly update: Update | null;
  close(): void;
}

type Update = NonNullable<NonNullable<ScreenOf<'maintenance'>['system']>['update']>;

/** how soon a change is told */
const lookEveryMs = 500;

export function openKeeperPort(options: KeeperPortOptions): KeeperPort {
  const { channel, health, record, onLeave, onUpdate, onFault } = options;
  let waiting: Extract<Update, { kind: 'waiting' }> | null = null;
  let step: UpdateStep = { kind: 'none' };
  const retiring = new Retiring(options);
  channel.listen((message) => {
    const word = parseKeeperWord(message);
    if (word?.kind === 'leave') onLeave(word.why);
    if (word?.kind === 'update') {
      step = word.step;
      onUpdate();
    }
    if (word?.kind === 'retiring') retiring.noteMarked();
    if (word?.kind !== 'report') return;
    waiting = waitingOf(word.report);
    try {
      record(word);
      channel.send({ kind: 'reported', number: word.number });
    } catch (cause) {
      onFault(cause);
    }
  });
  let said = '';
  let looks = 0;
  const tell = (): void => {
    const now = health();
    // facts come and go all the time, and are no reason to speak
    const essence = JSON.stringify({ ...now, waitingFacts: now.waitingFacts === null });
    looks += 1;
    if (essence === said && looks * lookEveryMs < healthEveryMs) return;
    said = essence;
    looks = 0;
    channel.send({ kind: 'serving', health: now });
  };
  tell();
  const timer = setInterval(tell, lookEveryMs);
  return {
    hand: (desired) => channel.send({ kind: 'desired', desired }),
    can: (what) => (what === 'enrol-anew' ? options.isEnrolled : waiting?.canGoOnNow === true),
    ask: (what) => channel.send({ kind: 'ask', what }),
    get update() {
      return step.kind === 'none' ? waiting : step;
    },
    renewCertificate: () => channel.send({ kind: 'renew' }),
    retire: (onMarked) => retiring.begin(onMarked),
    close() {
      clearInterval(timer);
      retiring.close();
    },
  };
}

const askEveryMs = 1_000;

/** Says that the terminal is to be wiped until the keeper has it on disk, then that all was told. */
class Retiring {
  readonly #channel: KeeperChannel;
  readonly #waitingFacts: () => number;
  #timer: NodeJS.Timeout | undefined;
  #onMarked: (() => void) | undefined;
  #isMarked = false;

  constructor({ channel, waitingFacts }: Pick<KeeperPortOptions, 'channel' | 'waitingFacts'>) {
    this.#channel = channel;
    this.#waitingFacts = waitingFacts;
  }

  begin(onMarked: () => void): void {
    this.#onMarked = onMarked;
    this.#timer ??= setInterval(() => this.#ask(), askEveryMs);
    this.#ask();
  }

  noteMarked(): void {
    if (this.#isMarked) return;
    this.#isMarked = true;
    this.#onMarked?.();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #ask(): void {
    if (!this.#isMarked) this.#channel.send({ kind: 'retire' });
    else if (this.#waitingFacts() === 0) this.#channel.send({ kind: 'wipe' });
  }
}

/** Those that end by a person's word: what waits for a network or a disk does not. */
const heldBack: ReadonlySet<string> = new Set(['window-closed', 'visitor-served', 'held-long']);

function waitingOf({ state, code }: Report): Extract<Update, { kind: 'waiting' }> | null {
  if (state !== 'waiting' || code === null) return null;
  return { kind: 'waiting', why: code, canGoOnNow: heldBack.has(code) };
}

/** The channel of a program that was started with one. @returns undefined when nobody keeps this program */
export function channelOf(
  program: Pick<NodeJS.Process, 'send' | 'on' | 'connected'>,
): KeeperChannel | undefined {
  if (!program.send) return undefined;
  return {
    send(word) {
      // who is gone needs not be told
      if (program.connected) program.send?.(word, undefined, undefined, () => undefined);
    },
    listen: (onWord) => void program.on('message', onWord),
  };
}

export function conditionsOf(devices: readonly DeviceCondition[]): TerminalHealth['devices'] {
  return Object.fromEntries(devices.map((each) => [each.device, conditionOf(each)]));
}

function conditionOf({
  state,
  isOut,
}: DeviceCondition): TerminalHealth['devices'][keyof TerminalHealth['devices']] {
  if (isOut) return 'out';
  return state === 'none' || state === 'opening' ? state : 'ok';
}
