// Headquarters' intake in memory, by the rules IN1–IN8, IN12 and IN16. Checked against the real one.
import type { Ack, FactBatch, WireFact } from '../../../sync/contract/facts.ts';
import type { Epoch, FactId, TerminalId } from '../../../sync/contract/ids.ts';

interface Stream {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  /** every number up to the mark; undefined where the terminal no longer had the fact */
  readonly kept: (WireFact | undefined)[];
  hasConflict: boolean;
  safe: number;
}

/** What headquarters committed, in order; its state is what follows from it. */
interface LogEntry {
  readonly stream: Stream;
  readonly fact: WireFact | undefined;
  /** false: passed over, because its id was known under another number */
  readonly isApplied: boolean;
}

export interface AppliedFact {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly fact: WireFact;
}

export class ModelIntake {
  readonly #streams = new Map<string, Stream>();
  readonly #words = new Map<FactId, unknown>();
  #log: LogEntry[] = [];
  /** alarms by kind */
  readonly alarms = { conflict: 0, 'lost-range': 0, 'id-known': 0 };

  receive(batch: FactBatch): Ack {
    const stream = this.#stream(batch.terminal, batch.epoch);
    if (!stream.hasConflict) this.#apply(stream, batch);
    return {
      v: 1,
      epoch: stream.epoch,
      applied: stream.kept.length,
      safe: stream.safe,
      last: stream.kept.at(-1)?.id ?? null,
      renew: stream.hasConflict,
      visible: { members: 0, events: 0, requests: 0 },
    };
  }

  /** In the order of application. */
  applied(): AppliedFact[] {
    return this.#log.flatMap(({ stream, fact, isApplied }) =>
      fact && isApplied ? [{ terminal: stream.terminal, epoch: stream.epoch, fact }] : [],
    );
  }

  /** How long the log is: enough to come back to this state. */
  backup(): number {
    return this.#log.length;
  }

  /** The backup of this length is on another disk now. */
  markSafe(backup: number): void {
    const counts = new Map<Stream, number>();
    for (const { stream } of this.#log.slice(0, backup)) counts.set(stream, (counts.get(stream) ?? 0) + 1);
    for (const [stream, count] of counts) stream.safe = Math.max(stream.safe, count);
  }

  /** @returns what is gone */
  restore(backup: number): readonly WireFact[] {
    const log = this.#log;
    this.#log = [];
    this.#streams.clear();
    this.#words.clear();
    for (const { stream, fact, isApplied } of log.slice(0, backup)) {
      this.#keep(this.#stream(stream.terminal, stream.epoch), fact, isApplied);
    }
    // what the backup holds is as safe as it
    for (const stream of this.#streams.values()) stream.safe = stream.kept.length;
    return log.slice(backup).flatMap(({ fact, isApplied }) => (fact && isApplied ? [fact] : []));
  }

  #apply(stream: Stream, { facts, prev, forgotten }: FactBatch): void {
    const { kept } = stream;
    const [first] = facts;
    if (!first) return;
    if (forgotten > kept.length && first.seq === forgotten + 1) {
      this.alarms['lost-range'] += 1;
      while (kept.length < forgotten) this.#keep(stream, undefined, false);
    }
    const before = kept[first.seq - 2];
    if (prev !== null && before && before.id !== prev) {
      this.#alarm(stream);
      return;
    }
    for (const fact of facts) {
      if (fact.seq > kept.length + 1) return;
      if (fact.seq <= kept.length) {
        const old = kept[fact.seq - 1];
        const isSame = !old || (old.id === fact.id && old.body === fact.body);
        if (isSame) continue;
        this.#alarm(stream);
        return;
      }
      const known = this.#words.get(fact.id);
      if (known !== undefined && known !== fact.body) this.alarms['id-known'] += 1;
      this.#keep(stream, fact, known === undefined);
    }
  }

  #keep(stream: Stream, fact: WireFact | undefined, isApplied: boolean): void {
    stream.kept.push(fact);
    this.#log.push({ stream, fact, isApplied });
    if (fact && isApplied) this.#words.set(fact.id, fact.body);
  }

  #alarm(stream: Stream): void {
    stream.hasConflict = true;
    this.alarms.conflict += 1;
  }

  #stream(terminal: TerminalId, epoch: Epoch): Stream {
    const name = `${terminal} ${epoch}`;
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = { terminal, epoch, kept: [], hasConflict: false, safe: 0 };
      this.#streams.set(name, stream);
    }
    return stream;
  }
}
