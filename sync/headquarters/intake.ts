// Applies what terminals tell: each fact once, in order, with all its effects in one transaction (rules IN1–IN8).
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type Ack, type Fact, factContentSchema, type WireFact, wireFactSchema } from '../contract/facts.ts';
import { decodeFrame } from '../contract/frame.ts';
import { type Epoch, epochSchema, type TerminalId, terminalIdSchema } from '../contract/ids.ts';
import type { Database } from '../database.ts';
import { SyncError } from '../sync-error.ts';
import type { Club } from './club.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { applied, type Outcome } from './outcome.ts';
import type { Publication } from './publication.ts';
import type { Service } from './service.ts';

/** Looser than the contract on purpose: one wrong fact must not hold up the right ones around it. */
const batchSchema = v.object({
  v: v.literal(1),
  terminal: terminalIdSchema,
  epoch: epochSchema,
  facts: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(500)),
});
const placedSchema = v.object({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });

/** What one frame did. `ack` is undefined when there is nobody to answer. */
export interface IntakeResult {
  readonly ack: Ack | undefined;
  readonly applied: number;
  /** coded reasons of letters that are new, for the log */
  readonly deadLetters: readonly string[];
}

export interface IntakeParts {
  readonly db: Database;
  readonly club: Club;
  readonly service: Service;
  readonly publication: Publication;
  readonly deadLetters: DeadLetters;
  readonly now: () => Date;
}

export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * @param terminal whose topic the frame came on; a frame that claims to be another's is a dead letter
   * @throws when the store cannot be written: nothing was applied and the terminal will send again
   */
  receive(terminal: TerminalId, frame: Uint8Array): IntakeResult {
    let batch: v.InferOutput<typeof batchSchema>;
    try {
      batch = decodeFrame(batchSchema, frame);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      return this.#rejectFrame(terminal, frame, error.code.replace('sync-', ''), error.message);
    }
    if (batch.terminal !== terminal) {
      return this.#rejectFrame(terminal, frame, 'wrong-terminal', 'the frame names another terminal');
    }
    const poison = new Set<number>();
    for (;;) {
      try {
        return this.#applyBatch(terminal, batch.epoch, batch.facts, poison);
      } catch (error) {
        // our own mistake with one fact must not block its terminal for ever; a store that fails must
        if (!(error instanceof EffectError)) throw error;
        poison.add(error.seq);
      }
    }
  }

  #applyBatch(
    terminal: TerminalId,
    epoch: Epoch,
    facts: readonly unknown[],
    poison: ReadonlySet<number>,
  ): IntakeResult {
    const { db, publication } = this.#parts;
    const letters: string[] = [];
    return db.transaction(() => {
      const before = this.#appliedUpTo(terminal, epoch);
      let mark = before;
      for (const raw of facts) {
        const placed = v.safeParse(placedSchema, raw);
        if (!placed.success) {
          this.#bury(
            { terminal, epoch, seq: null, reason: 'fact-shape' },
            raw,
            'no sequence number',
            letters,
          );
          break;
        }
        const { seq } = placed.output;
        if (seq <= mark) {
          this.#compare(terminal, epoch, seq, raw, letters);
          continue;
        }
        // IN3: after a gap nothing counts; the absolute mark in the ack makes the terminal go back
        if (seq > mark + 1) break;
        this.#applyOne(terminal, epoch, seq, raw, poison.has(seq), letters);
        mark = seq;
      }
      this.#saveMark(terminal, epoch, mark);
      const { members, events, requests } = publication.versions();
      return {
        ack: {
          v: 1,
          epoch,
          applied: mark,
          safe: mark,
          last: null,
          renew: false,
          visible: { members, events, requests },
        },
        applied: mark - before,
        deadLetters: letters,
      };
    });
  }

  #applyOne(
    terminal: TerminalId,
    epoch: Epoch,
    seq: number,
    raw: unknown,
    isPoison: boolean,
    letters: string[],
  ): void {
    const place = { terminal, epoch, seq };
    if (isPoison) {
      this.#bury(
        { ...place, reason: 'effect-failed' },
        raw,
        'applying it failed inside headquarters',
        letters,
      );
      return;
    }
    const head = v.safeParse(wireFactSchema, raw);
    if (!head.success) {
      this.#bury({ ...place, reason: 'fact-shape' }, raw, `wrong at ${pathOf(head.issues)}`, letters);
      return;
    }
    const wire = head.output;
    const known = this.#parts.db.get<{ n: number }>('SELECT n FROM fact WHERE id=?', wire.id);
    if (known) {
      this.#bury({ ...place, reason: 'id-known' }, raw, `the same fact is number ${known.n}`, letters);
      return;
    }
    const content = v.safeParse(factContentSchema, { kind: wire.kind, body: wire.body });
    if (!content.success) {
      const isKind = factContentSchema.options.some((option) => option.entries.kind.literal === wire.kind);
      const reason = isKind ? 'fact-shape' : 'unknown-kind';
      const detail = isKind ? `wrong at ${pathOf(content.issues)}` : `kind ${wire.kind} is not known here`;
      this.#bury({ ...place, reason }, raw, detail, letters);
      return;
    }
    this.#store(place, wire, raw);
    const outcome = this.#effect(terminal, { ...wire, ...content.output });
    if (outcome.kind === 'refused') {
      this.#bury({ ...place, reason: outcome.reason }, raw, 'stored as a fact, without its effect', letters);
    }
  }

  #effect(terminal: TerminalId, fact: Fact): Outcome {
    try {
      switch (fact.kind) {
        case 'check-in-recorded':
          return this.#parts.club.applyCheckIn(terminal, fact);
        case 'request-filed':
          return this.#parts.service.applyFiling(terminal, fact);
        case 'terminal-started':
        case 'card-refused':
        case 'pin-refused':
        case 'person-proven':
        case 'visit-recorded':
        case 'slip-copied':
        case 'unit-taken-home':
        case 'slip-settled':
        case 'help-requested':
        case 'panel-tampered':
        case 'device-changed':
        case 'maintenance-opened':
        case 'maintenance-refused':
        case 'maintenance-acted':
        case 'order-progressed':
          return applied;
      }
    } catch (cause) {
      if (isStoreFault(cause)) throw cause;
      throw new EffectError(fact.seq, { cause });
    }
  }

  #store(place: { terminal: TerminalId; epoch: Epoch; seq: number }, wire: WireFact, raw: unknown): void {
    this.#parts.db.run(
      `INSERT INTO fact(terminal, epoch, seq, id, kind, at, boot, mono_ms, received_at, hash, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      place.terminal,
      place.epoch,
      place.seq,
      wire.id,
      wire.kind,
      wire.at,
      wire.boot,
      wire.monoMs,
      this.#parts.now().toISOString(),
      hashOf(raw),
      JSON.stringify(wire.body),
    );
  }

  /** IN6: the same number must carry the same words; if not, two devices share one identity. */
  #compare(terminal: TerminalId, epoch: Epoch, seq: number, raw: unknown, letters: string[]): void {
    const { db, deadLetters } = this.#parts;
    const hash = hashOf(raw);
    const kept =
      db.get<{ hash: string }>(
        'SELECT hash FROM fact WHERE terminal=? AND epoch=? AND seq=?',
        terminal,
        epoch,
        seq,
      )?.hash ?? deadLetters.hashAt(terminal, epoch, seq);
    if (kept === undefined || kept === hash) return;
    db.run(
      "UPDATE stream SET alarm='seq-conflict' WHERE terminal=? AND epoch=? AND alarm IS NULL",
      terminal,
      epoch,
    );
    const letter = { terminal, epoch, seq, reason: 'seq-conflict' };
    this.#bury(letter, raw, 'another fact has this number already: is the terminal cloned?', letters);
  }

  #bury(
    place: Pick<DeadLetter, 'terminal' | 'epoch' | 'seq' | 'reason'>,
    raw: unknown,
    detail: string,
    letters: string[],
  ): void {
    const letter = { ...place, detail, hash: hashOf(raw), raw: JSON.stringify(raw) };
    if (this.#parts.deadLetters.add(letter, this.#parts.now().toISOString())) letters.push(place.reason);
  }

  #rejectFrame(terminal: TerminalId, frame: Uint8Array, reason: string, detail: string): IntakeResult {
    const { db, deadLetters, now } = this.#parts;
    const raw = Buffer.from(frame.subarray(0, 4096)).toString('base64');
    const hash = createHash('sha256').update(frame).digest('hex');
    db.transaction(() => {
      deadLetters.add({ terminal, epoch: null, seq: null, reason, detail, hash, raw }, now().toISOString());
    });
    return { ack: undefined, applied: 0, deadLetters: [reason] };
  }

  #appliedUpTo(terminal: TerminalId, epoch: Epoch): number {
    return (
      this.#parts.db.get<{ applied: number }>(
        'SELECT applied FROM stream WHERE terminal=? AND epoch=?',
        terminal,
        epoch,
      )?.applied ?? 0
    );
  }

  #saveMark(terminal: TerminalId, epoch: Epoch, mark: number): void {
    this.#parts.db.run(
      `INSERT INTO stream(terminal, epoch, applied, last_at) VALUES (?, ?, ?, ?)
       ON CONFLICT(terminal, epoch) DO UPDATE SET applied=excluded.applied, last_at=excluded.last_at`,
      terminal,
      epoch,
      mark,
      this.#parts.now().toISOString(),
    );
  }
}

/** Carries out of the transaction which fact failed, so that the rest can be applied without it. */
class EffectError extends Error {
  readonly seq: number;
  constructor(seq: number, options: ErrorOptions) {
    super(`the effect of fact ${seq} failed`, options);
    this.seq = seq;
  }
}

/** Disk full, unreadable or busy: may pass, so the fact is not at fault. */
function isStoreFault(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const constraint = 19;
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' && (errcode & 0xff) !== constraint;
}

function hashOf(raw: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(raw) ?? 'undefined')
    .digest('hex');
}

function pathOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return v.getDotPath(issues[0]) ?? 'the whole fact';
}
