// Gives the terminal its next certificate before the last one ends: a fresh key, asked for over the old certificate's
// line, in use only once the broker has let it in. For as long as nobody answers, the old one serves.
import type { BoardSigns } from '../device/board.ts';
import { lateRenewalMs } from '../sync/contract/enrolment.ts';
import { certificateRequest } from './certificate-request.ts';
import type { ClockFloor } from './clock-floor.ts';
import { askDoor, DoorError } from './door-line.ts';
import type { Identity, Pair } from './identity.ts';
import { type LineProof, proveLine } from './line-proof.ts';

export interface RenewalOptions {
  readonly identity: Identity;
  readonly board: BoardSigns;
  readonly floor: ClockFloor;
  readonly now: () => Date;
  /** resolves early when it is aborted */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** the new pair is in use; whoever has a line open need not end it */
  readonly onRenewed: (pair: Pair) => void;
  /** it is tried again by itself; `identity-lost`: too late, only a new claim helps */
  readonly onSetback: (code: RenewalSetback, cause?: unknown) => void;
  /** 0 … 1 */
  readonly random?: () => number;
  readonly patienceMs?: number;
}

export type RenewalSetback = DoorError['code'] | 'identity-lost';

const hourMs = 3_600_000;
/** After two thirds of its life, and not all of a fleet that was enrolled on one day at once. */
const dueShare = 2 / 3;
const jitterShare = 1 / 20;
const pauses = { minMs: 60_000, maxMs: 6 * hourMs };
const patienceMs = 15_000;

export class Renewal {
  readonly #options: RenewalOptions;
  readonly #jitter: number;
  #isAsked = false;
  #asking = new AbortController();

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#jitter = ((options.random ?? Math.random)() * 2 - 1) * jitterShare;
  }

  /** Headquarters ordered it, or somebody fears for the key: as soon as may be. */
  renewNow(): void {
    this.#isAsked = true;
    this.#asking.abort();
  }

  /** Runs until it is aborted. */
  async run(): Promise<void> {
    const { signal } = this.#options;
    let attempts = 0;
    while (!signal.aborted) {
      const current = this.#options.identity.current();
      if (!current) return this.#options.onSetback('identity-lost');
      this.#raiseFloor(current);
      if (!this.#isDue(current)) {
        await this.#wait(Math.min(hourMs, this.#dueAt(current) - this.#nowMs()));
        continue;
      }
      attempts = (await this.#tryNext(current)) ? 0 : attempts + 1;
      if (attempts > 0) await this.#wait(this.#pauseMs(attempts));
    }
    const last = this.#options.identity.current();
    if (last) this.#raiseFloor(last);
  }

  /** Milliseconds since 1970. */
  #dueAt({ notBefore, notAfter }: Pair): number {
    const lifeMs = notAfter.getTime() - notBefore.getTime();
    return notBefore.getTime() + lifeMs * (dueShare + this.#jitter);
  }

  /** Also when a next pair was left by a power cut: it may be the only one that is still good. */
  #isDue(current: Pair): boolean {
    const hasNext = (this.#options.identity.next()?.pair ?? null) !== null;
    return this.#isAsked || hasNext || this.#nowMs() >= this.#dueAt(current);
  }

  /** @returns whether a new pair is in use */
  async #tryNext(current: Pair): Promise<boolean> {
    const { identity, board, onRenewed, onSetback, signal } = this.#options;
    try {
      const next = identity.next() ?? identity.makeNext(board);
      const pair = next.pair ?? (await this.#ask(current, next));
      const proof = await this.#prove(pair);
      if (proof !== 'proven') {
        // it was revoked meanwhile, or is too old: another is asked for
        if (proof === 'refused') identity.forgetNext();
        throw new DoorError('broker', `broker-${proof}`);
      }
      this.#isAsked = false;
      onRenewed(pair);
      return true;
    } catch (error) {
      if (!signal.aborted) onSetback(this.#setbackOf(error, current), error);
      return false;
    }
  }

  async #ask(current: Pair, next: NonNullable<ReturnType<Identity['next']>>): Promise<Pair> {
    const { identity, floor, now, signal, patienceMs: ms = patienceMs } = this.#options;
    const door = identity.door();
    if (!door) throw new DoorError('network', 'start-paper-missing');
    if (!floor.isSane(now())) throw new DoorError('clock', 'clock-behind');
    const csr = certificateRequest(next.privateKey, current.terminal);
    const answer = await askDoor(
      { door, patienceMs: ms, signal },
      '/renew',
      { v: 1, csr },
      { root: identity.root(), pair: current },
    );
    if (answer.kind === 'pending') throw new DoorError('claim', 'answer-wrong');
    if (answer.kind === 'refused') throw new DoorError('claim', answer.code);
    const isSame = answer.terminal === current.terminal;
    const pair = isSame ? identity.keepNext(next, answer) : undefined;
    if (!pair) throw new DoorError('sign', 'certificate-wrong');
    return pair;
  }

  /** The switch stands before the connection ends: who else has the name comes back with the new pair. */
  async #prove(pair: Pair): Promise<LineProof> {
    const { identity, patienceMs: ms = patienceMs } = this.#options;
    const urls = identity.answer()?.broker ?? [];
    return await proveLine(urls, { pair, root: identity.root(), patienceMs: ms }, () => identity.promote());
  }

  #setbackOf(error: unknown, { notAfter }: Pair): RenewalSetback {
    if (this.#nowMs() > notAfter.getTime() + lateRenewalMs) return 'identity-lost';
    return error instanceof DoorError ? error.code : 'identity-unwritable';
  }

  #raiseFloor({ notAfter }: Pair): void {
    const { floor, now } = this.#options;
    floor.raise(now(), notAfter);
  }

  #pauseMs(attempts: number): number {
    const { random = Math.random } = this.#options;
    return Math.min(pauses.maxMs, pauses.minMs * 2 ** Math.min(attempts - 1, 20)) * (0.5 + random() / 2);
  }

  async #wait(ms: number): Promise<void> {
    this.#asking = new AbortController();
    await this.#options.wait(ms, AbortSignal.any([this.#options.signal, this.#asking.signal]));
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }
}
