// The outbox in memory, by the rules OB2–OB10: quick enough for a fleet's week. Checked against the real one.
import type { Ack, WireFact } from '../../../sync/contract/facts.ts';
import type { Epoch, TerminalId } from '../../../sync/contract/ids.ts';
import type { FactSource } from '../../../sync/fact-courier.ts';
import type { Settlement } from '../../../sync/outbox.ts';

/** What lies on a terminal's card. */
export interface DiskImage {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly facts: readonly WireFact[];
  readonly forgotten: number;
  readonly applied: number;
  readonly safe: number;
  /** the file beside the store */
  readonly mark: { readonly epoch: Epoch; readonly lastSeq: number };
}

/** How a bad design differs from ours. */
export interface OutboxFlaws {
  /** an ack that does not fit changes nothing */
  readonly neverRenews?: boolean;
  /** facts go at `applied` */
  readonly hasNoRing?: boolean;
  /** does not look whose fact stands under `applied` */
  readonly ignoresLast?: boolean;
}

/** What the rules never look at. */
const noHead = { at: '', boot: '', monoMs: 0, clock: 'guess', schema: 1, kind: 'k' } as const;
/** The mark file is written every so many facts. */
const factsPerMark = 64;

export class ModelOutbox implements FactSource {
  readonly terminal: TerminalId;
  epoch: Epoch;
  #facts: WireFact[];
  #forgotten: number;
  #applied: number;
  #safe: number;
  #mark: DiskImage['mark'];
  readonly #newEpoch: () => Epoch;
  readonly #epochFact: () => Pick<WireFact, 'id' | 'body'>;
  readonly #flaws: OutboxFlaws;
  /** called before and after each commit; throws what befalls the disk there */
  readonly #commit: (isBefore: boolean) => void;

  /** Opens what lies on the card; a store that is older than its mark begins a new epoch (OB10). */
  constructor(
    image: DiskImage,
    world: {
      readonly newEpoch: () => Epoch;
      /** what says that a new epoch began */
      readonly epochFact: () => Pick<WireFact, 'id' | 'body'>;
      readonly commit: (isBefore: boolean) => void;
      readonly flaws: OutboxFlaws;
    },
  ) {
    this.terminal = image.terminal;
    this.epoch = image.epoch;
    this.#facts = [...image.facts];
    this.#forgotten = image.forgotten;
    this.#applied = image.applied;
    this.#safe = image.safe;
    this.#mark = image.mark;
    this.#newEpoch = world.newEpoch;
    this.#epochFact = world.epochFact;
    this.#commit = world.commit;
    this.#flaws = world.flaws;
    const isOlder = this.#mark.epoch !== this.epoch || this.#mark.lastSeq > this.lastSeq;
    if (isOlder && !this.#flaws.neverRenews) this.#renew();
  }

  static empty(terminal: TerminalId, epoch: Epoch): DiskImage {
    const mark = { epoch, lastSeq: 0 };
    return { terminal, epoch, facts: [], forgotten: 0, applied: 0, safe: 0, mark };
  }

  get lastSeq(): number {
    return this.#forgotten + this.#facts.length;
  }

  get appliedSeq(): number {
    return this.#applied;
  }

  get safeSeq(): number {
    return this.#safe;
  }

  get forgottenSeq(): number {
    return this.#forgotten;
  }

  waiting(): number {
    return this.lastSeq - this.#applied;
  }

  held(): readonly WireFact[] {
    return this.#facts;
  }

  append({ id, body }: Pick<WireFact, 'id' | 'body'>): void {
    this.#commit(true);
    const seq = this.lastSeq + 1;
    this.#facts.push({ ...noHead, id, seq, body });
    if (seq >= this.#mark.lastSeq + factsPerMark) this.#mark = { epoch: this.epoch, lastSeq: seq };
    this.#commit(false);
  }

  read(afterSeq: number, maxFacts: number): readonly WireFact[] {
    const from = Math.max(0, afterSeq - this.#forgotten);
    return this.#facts.slice(from, from + maxFacts);
  }

  settle(ack: Ack): Settlement {
    if (ack.epoch !== this.epoch || ack.safe > ack.applied) return 'foreign';
    if (this.#isNotOurs(ack)) {
      if (this.#flaws.neverRenews) return 'foreign';
      this.#commit(true);
      this.#renew();
      this.#commit(false);
      return 'renewed';
    }
    const applied = Math.max(this.#applied, ack.applied);
    const safe = Math.max(this.#safe, ack.safe);
    if (applied === this.#applied && safe === this.#safe) return 'unchanged';
    this.#commit(true);
    this.#applied = applied;
    this.#safe = safe;
    this.#forget(this.#flaws.hasNoRing ? applied : safe);
    this.#commit(false);
    return 'settled';
  }

  /** The ring is full: what is applied but not safe goes too, beginning with the oldest. */
  shrinkRing(maxFacts: number): void {
    this.#forget(Math.min(this.#applied, this.lastSeq - maxFacts));
  }

  image(): DiskImage {
    return {
      terminal: this.terminal,
      epoch: this.epoch,
      facts: [...this.#facts],
      forgotten: this.#forgotten,
      applied: this.#applied,
      safe: this.#safe,
      mark: this.#mark,
    };
  }

  #isNotOurs({ renew, applied, last }: Ack): boolean {
    if (renew || applied > this.lastSeq) return true;
    const ours = this.#facts[applied - this.#forgotten - 1];
    return !this.#flaws.ignoresLast && last !== null && ours !== undefined && ours.id !== last;
  }

  #forget(upTo: number): void {
    if (upTo <= this.#forgotten) return;
    this.#facts.splice(0, upTo - this.#forgotten);
    this.#forgotten = upTo;
  }

  #renew(): void {
    this.epoch = this.#newEpoch();
    this.#facts = this.#facts.map((fact, n) => ({ ...fact, seq: n + 1 }));
    this.#facts.push({ ...noHead, ...this.#epochFact(), seq: this.#facts.length + 1 });
    this.#forgotten = 0;
    this.#applied = 0;
    this.#safe = 0;
    this.#mark = { epoch: this.epoch, lastSeq: this.lastSeq };
  }
}
