// Carries facts from the outbox to headquarters: does with disk and line what `FactWindow` decides.
import { type Ack, ackSchema, type FactBatch, type WireFact } from './contract/facts.ts';
import { decodeFrame } from './contract/frame.ts';
import type { Epoch, TenantId, TerminalId } from './contract/ids.ts';
import { topics } from './contract/topics.ts';
import type { CourierLine, CourierPart } from './courier-part.ts';
import {
  FactWindow,
  type FactWindowInput,
  type FactWindowLimits,
  type FactWindowOutput,
  type OutboxMarks,
} from './fact-window.ts';
import type { Settlement } from './outbox.ts';
import { SyncError } from './sync-error.ts';

/** What is to be carried: the outbox, or a model of it in a simulated week. Everything may throw when the disk fails. */
export interface FactSource {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly lastSeq: number;
  readonly appliedSeq: number;
  /** facts up to here are gone */
  readonly forgottenSeq: number;
  read(afterSeq: number, maxFacts: number, maxBytes: number): readonly WireFact[];
  settle(ack: Ack): Settlement;
}

export interface FactCourierLimits extends FactWindowLimits {
  readonly factsPerBatch: number;
}

/** A batch of so much fits a frame however badly it packs. */
const surelyFits = 60 * 1024 - 512;
/** Once it is known how facts pack, as many are taken as should fill this. */
const wantedFrameBytes = 60 * 1024;
/** And never more than this before packing. */
const maxPlainBytes = 512 * 1024;
/** A smaller batch says little about how facts pack. */
const tellingFacts = 50;

export class FactCourier implements CourierPart {
  readonly topics: readonly string[];
  readonly #factsTopic: string;
  readonly #outbox: FactSource;
  readonly #limits: FactCourierLimits;
  readonly #line: CourierLine;
  readonly #onAck: (ack: Ack) => void;
  readonly #window: FactWindow;
  /** packed bytes that a fact took lately; undefined while unknown */
  #bytesPerFact: number | undefined;

  /** @param onAck after the outbox was settled */
  constructor(
    options: { readonly tenant: TenantId; readonly outbox: FactSource; readonly limits: FactCourierLimits },
    line: CourierLine,
    onAck: (ack: Ack) => void,
  ) {
    const { tenant, outbox, limits } = options;
    this.topics = [topics.ack(tenant, outbox.terminal)];
    this.#factsTopic = topics.facts(tenant, outbox.terminal);
    this.#outbox = outbox;
    this.#limits = limits;
    this.#line = line;
    this.#onAck = onAck;
    this.#window = new FactWindow(limits, this.#marks());
  }

  receive(_topic: string, frame: Uint8Array): void {
    this.takeAck(decodeFrame(ackSchema, frame));
  }

  /** @throws SyncError sync-ack-foreign */
  takeAck(ack: Ack): void {
    this.#feed({ kind: 'ack', ack });
  }

  up(): void {
    this.#feed({ kind: 'up' });
  }

  down(): void {
    this.#feed({ kind: 'down' });
  }

  online(): void {
    this.#feed({ kind: 'online' });
  }

  tick(): void {
    // also what nobody said was appended
    this.appended();
    this.#feed({ kind: 'tick' });
  }

  /** Headquarters lost facts: all that the outbox still has go once more. */
  sendAgain(): void {
    this.#feed({ kind: 'again' });
  }

  /** New facts are in the outbox. */
  appended(): void {
    this.#feed({ kind: 'appended', marks: this.#marks() });
  }

  #feed(input: FactWindowInput): void {
    const nowMs = this.#line.monoMs();
    const inputs = [input];
    for (let next = inputs.shift(); next; next = inputs.shift()) {
      for (const output of this.#window.step(next, nowMs)) inputs.push(this.#obey(output));
    }
  }

  #obey(output: FactWindowOutput): FactWindowInput {
    switch (output.kind) {
      case 'send-batch':
        return { kind: 'sent', after: output.after, upTo: this.#sendBatch(output.after) };
      case 'settle':
        this.#settle(output.ack);
        return { kind: 'settled', upTo: output.ack.applied, marks: this.#marks() };
    }
  }

  /** @returns the last fact that went out, or `after` */
  #sendBatch(after: number): number {
    let batch: FactBatch;
    try {
      batch = this.#readBatch(after);
    } catch (cause) {
      this.#line.storeFault(cause);
      return after;
    }
    const { facts } = batch;
    try {
      const bytes = facts.length > 0 ? this.#line.send(this.#factsTopic, batch) : 0;
      if (facts.length >= tellingFacts) this.#bytesPerFact = bytes / facts.length;
    } catch (error) {
      // these pack worse than those before: once more with what surely fits
      if (!(error instanceof SyncError) || this.#bytesPerFact === undefined) throw error;
      this.#bytesPerFact = undefined;
      return this.#sendBatch(after);
    }
    return facts.at(-1)?.seq ?? after;
  }

  #readBatch(after: number): FactBatch {
    const { terminal, epoch, forgottenSeq: forgotten } = this.#outbox;
    const { factsPerBatch } = this.#limits;
    const perFact = this.#bytesPerFact;
    const facts =
      perFact === undefined
        ? this.#outbox.read(after, factsPerBatch, surelyFits)
        : this.#outbox.read(
            after,
            Math.max(1, Math.min(factsPerBatch, Math.floor(wantedFrameBytes / perFact))),
            maxPlainBytes,
          );
    const prev = after > forgotten ? (this.#outbox.read(after - 1, 1, 0)[0]?.id ?? null) : null;
    return { v: 1, terminal, epoch, forgotten, prev, facts: [...facts] };
  }

  #settle(ack: Ack): void {
    const settlement = this.#outbox.settle(ack);
    if (settlement === 'foreign') {
      throw new SyncError('sync-ack-foreign', 'an ack is of another epoch, or garbled');
    }
    if (settlement !== 'renewed') this.#onAck(ack);
  }

  #marks(): OutboxMarks {
    const { epoch, lastSeq, appliedSeq, forgottenSeq } = this.#outbox;
    return { epoch, lastSeq, applied: appliedSeq, forgotten: forgottenSeq };
  }
}
