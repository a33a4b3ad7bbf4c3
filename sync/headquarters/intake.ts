// Applies what terminals tell: each fact once, in order, with all its effects in one transaction (rules IN1–IN8).
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Ack, Fact } from '../contract/facts.ts';
import { decodeFrame } from '../contract/frame.ts';
import { type Epoch, epochSchema, type TerminalId, terminalIdSchema } from '../contract/ids.ts';
import { SyncError } from '../sync-error.ts';
import { hashOf, readFact, seqOf } from './arrival.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import type { FactEffects } from './fact-effects.ts';
import type { Publication } from './publication.ts';
import type { Store, Tx } from './store/store.ts';

/** Looser than the contract on purpose: one wrong fact must not hold up the right ones around it. */
const batchSchema = v.object({
  v: v.literal(1),
  terminal: terminalIdSchema,
  epoch: epochSchema,
  facts: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(500)),
});

/** What one frame did. `ack` is undefined when there is nobody to answer. */
export interface IntakeResult {
  readonly ack: Ack | undefined;
  readonly applied: number;
  /** coded reasons of letters that are new, for the log */
  readonly deadLetters: readonly string[];
}

export interface IntakeParts {
  readonly store: Store;
  readonly effects: FactEffects;
  readonly publication: Publication;
  readonly deadLetters: DeadLetters;
  readonly now: () => Date;
}

interface Stream {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly applied: number;
}
interface Placed {
  readonly seq: number;
  readonly raw: unknown;
}
/** A fact that is new and read, with the words it came in. */
interface NewFact {
  readonly fact: Fact;
  readonly raw: unknown;
  readonly hash: string;
}

export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * The caller keeps the frames of one terminal in order, one at a time.
   * @param terminal whose topic the frame came on; a frame that claims to be another's is a dead letter
   * @throws when the store cannot be written: nothing was applied and the terminal will send again
   */
  async receive(terminal: TerminalId, frame: Uint8Array): Promise<IntakeResult> {
    let batch: v.InferOutput<typeof batchSchema>;
    try {
      batch = decodeFrame(batchSchema, frame);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      return await this.#rejectFrame(terminal, frame, error.code.replace('sync-', ''), error.message);
    }
    if (batch.terminal !== terminal) {
      return await this.#rejectFrame(terminal, frame, 'wrong-terminal', 'the frame names another terminal');
    }
    const { epoch, facts } = batch;
    const poison = new Set<number>();
    let isOneByOne = false;
    for (;;) {
      try {
        return await this.#applyBatch(terminal, epoch, facts, { poison, isOneByOne });
      } catch (error) {
        // our own mistake with one fact must not block its terminal for ever; a store that fails must
        if (!(error instanceof EffectError)) throw error;
        if (error.seq === undefined) isOneByOne = true;
        else poison.add(error.seq);
      }
    }
  }

  async #applyBatch(
    terminal: TerminalId,
    epoch: Epoch,
    facts: readonly unknown[],
    how: { readonly poison: ReadonlySet<number>; readonly isOneByOne: boolean },
  ): Promise<IntakeResult> {
    const { store, publication, deadLetters, effects, now } = this.#parts;
    const receivedAt = now().toISOString();
    return await store.transaction(async (tx) => {
      const stream = await this.#lockStream(tx, terminal, epoch, receivedAt);
      const { again, fresh, broken } = sort(facts, stream.applied);
      const letters: DeadLetter[] = await this.#conflicts(tx, stream, again, fresh);
      const isAlarm = letters.length > 0;
      const news = await this.#readNew(tx, stream, fresh, how.poison, letters);
      await this.#keep(tx, stream, news, receivedAt);
      const done = await tryEffects(store, effects, tx, terminal, news, how.isOneByOne);
      done.outcomes.forEach((outcome, index) => {
        const kept = news[index];
        if (outcome.kind === 'applied' || !kept) return;
        const { fact, raw, hash } = kept;
        letters.push(letterFor(stream, fact.seq, outcome.reason, refusedDetail, raw, hash));
      });
      letters.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
      if (broken !== undefined) {
        letters.push(letterFor(stream, null, 'fact-shape', 'no sequence number', broken, hashOf(broken)));
      }
      const added = await deadLetters.add(tx, letters, receivedAt);
      const applied = fresh.at(-1)?.seq ?? stream.applied;
      await this.#saveStream(tx, stream, applied, receivedAt, isAlarm);
      await publication.publish(tx, done.changes);
      const { members, events, requests } = await publication.versions(tx);
      return {
        ack: {
          v: 1,
          epoch,
          applied,
          safe: applied,
          last: null,
          renew: false,
          visible: { members, events, requests },
        },
        applied: applied - stream.applied,
        deadLetters: added.map(({ reason }) => reason),
      };
    });
  }

  /** From here to the commit nobody else moves this stream. */
  async #lockStream(tx: Tx, terminal: TerminalId, epoch: Epoch, now: string): Promise<Stream> {
    const { store } = this.#parts;
    const query = tx
      .selectFrom('stream')
      .select('applied')
      .where('terminal', '=', terminal)
      .where('epoch', '=', epoch);
    let row = await store.locked(query).executeTakeFirst();
    if (!row) {
      const fresh = { terminal, epoch, applied: 0, last_at: now, alarm: null };
      await store.insert(tx, 'stream', [fresh], { onConflict: 'skip' });
      row = await store.locked(query).executeTakeFirst();
    }
    return { terminal, epoch, applied: row?.applied ?? 0 };
  }

  async #saveStream(tx: Tx, stream: Stream, applied: number, now: string, isAlarm: boolean): Promise<void> {
    await tx
      .updateTable('stream')
      .set({ applied, last_at: now, ...(isAlarm ? { alarm: 'seq-conflict' } : {}) })
      .where('terminal', '=', stream.terminal)
      .where('epoch', '=', stream.epoch)
      .execute();
  }

  /** IN6: the same number must carry the same words; if not, two devices share one identity. */
  async #conflicts(
    tx: Tx,
    stream: Stream,
    again: readonly Placed[],
    fresh: readonly Placed[],
  ): Promise<DeadLetter[]> {
    if (again.length === 0) return [];
    const { terminal, epoch } = stream;
    const seqs = again.map(({ seq }) => seq);
    const [from, to] = [Math.min(...seqs), Math.max(...seqs)];
    const kept = await tx
      .selectFrom('fact')
      .select(['seq', 'hash'])
      .where('terminal', '=', terminal)
      .where('epoch', '=', epoch)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .execute();
    const buried = await this.#parts.deadLetters.hashesFrom(tx, terminal, epoch, from, to);
    const hashes = new Map([...buried, ...kept].map(({ seq, hash }) => [seq, hash]));
    // one number twice in this batch
    if (to > stream.applied) for (const { seq, raw } of fresh) hashes.set(seq, hashOf(raw));
    return again.flatMap(({ seq, raw }) => {
      const hash = hashOf(raw);
      const known = hashes.get(seq);
      if (known === undefined || known === hash) return [];
      return [letterFor(stream, seq, 'seq-conflict', conflictDetail, raw, hash)];
    });
  }

  /** @param letters gets what cannot be applied */
  async #readNew(
    tx: Tx,
    stream: Stream,
    fresh: readonly Placed[],
    poison: ReadonlySet<number>,
    letters: DeadLetter[],
  ): Promise<NewFact[]> {
    const read = fresh.flatMap(({ seq, raw }): NewFact[] => {
      const hash = hashOf(raw);
      if (poison.has(seq)) {
        letters.push(letterFor(stream, seq, 'effect-failed', poisonDetail, raw, hash));
        return [];
      }
      const result = readFact(raw);
      if (result.kind === 'fact') return [{ fact: result.fact, raw, hash }];
      letters.push(letterFor(stream, seq, result.reason, result.detail, raw, hash));
      return [];
    });
    const known = await this.#knownIds(
      tx,
      read.map(({ fact }) => fact.id),
    );
    return read.filter(({ fact, raw, hash }) => {
      const where = known.get(fact.id);
      if (where === undefined) {
        known.set(fact.id, `number ${fact.seq} of this terminal`);
        return true;
      }
      letters.push(letterFor(stream, fact.seq, 'id-known', `the same fact is ${where}`, raw, hash));
      return false;
    });
  }

  async #knownIds(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .selectFrom('fact')
      .select(['id', 'n'])
      .where(this.#parts.store.among('id', ids))
      .execute();
    return new Map(rows.map(({ id, n }) => [id, `number ${n} of all`]));
  }

  async #keep(
    tx: Tx,
    { terminal, epoch }: Stream,
    news: readonly NewFact[],
    receivedAt: string,
  ): Promise<void> {
    const rows = news.map(({ fact: { id, seq, kind, at, boot, monoMs, body }, hash }) => ({
      terminal,
      epoch,
      seq,
      id,
      kind,
      at,
      boot,
      mono_ms: monoMs,
      received_at: receivedAt,
      hash,
      body: JSON.stringify(body),
    }));
    await this.#parts.store.insert(tx, 'fact', rows);
  }

  async #rejectFrame(
    terminal: TerminalId,
    frame: Uint8Array,
    reason: string,
    detail: string,
  ): Promise<IntakeResult> {
    const { store, deadLetters, now } = this.#parts;
    const raw = Buffer.from(frame.subarray(0, 4096)).toString('base64');
    const hash = createHash('sha256').update(frame).digest('hex');
    const letter = { terminal, epoch: null, seq: null, reason, detail, hash, raw };
    await store.transaction((tx) => deadLetters.add(tx, [letter], now().toISOString()));
    return { ack: undefined, applied: 0, deadLetters: [reason] };
  }
}

const conflictDetail = 'another fact has this number already: is the terminal cloned?';
const refusedDetail = 'stored as a fact, without its effect';
const poisonDetail = 'applying it failed inside headquarters';

/** Known numbers, new ones up to the first gap (IN3), and the first that has no number and ends the batch. */
function sort(
  facts: readonly unknown[],
  applied: number,
): { readonly again: readonly Placed[]; readonly fresh: readonly Placed[]; readonly broken: unknown } {
  const again: Placed[] = [];
  const fresh: Placed[] = [];
  let mark = applied;
  for (const raw of facts) {
    const seq = seqOf(raw);
    if (seq === undefined) return { again, fresh, broken: raw };
    if (seq > mark + 1) break;
    if (seq <= mark) again.push({ seq, raw });
    else {
      fresh.push({ seq, raw });
      mark = seq;
    }
  }
  return { again, fresh, broken: undefined };
}

async function tryEffects(
  store: Store,
  effects: FactEffects,
  tx: Tx,
  terminal: TerminalId,
  news: readonly NewFact[],
  isOneByOne: boolean,
): ReturnType<FactEffects['apply']> {
  const facts = news.map(({ fact }) => fact);
  const groups = isOneByOne ? facts.map((fact) => [fact]) : [facts];
  const outcomes = [];
  const changes = [];
  for (const group of groups) {
    try {
      const done = await effects.apply(tx, terminal, group);
      outcomes.push(...done.outcomes);
      changes.push(...done.changes);
    } catch (cause) {
      if (!isEffectFault(store, cause)) throw cause;
      throw new EffectError(isOneByOne ? group[0]?.seq : undefined, { cause });
    }
  }
  return { outcomes, changes };
}

/** Carries out of the transaction which fact failed, if that is known, so that the rest can be applied without it. */
class EffectError extends Error {
  readonly seq: number | undefined;
  constructor(seq: number | undefined, options: ErrorOptions) {
    super('the effect of a fact failed', options);
    this.seq = seq;
  }
}

/** Everything else (disk full, connection lost) may pass, so no fact is at fault. */
function isEffectFault(store: Store, error: unknown): boolean {
  return (
    store.isRefusal(error) ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof SyntaxError ||
    error instanceof ReferenceError
  );
}

function letterFor(
  { terminal, epoch }: Stream,
  seq: number | null,
  reason: string,
  detail: string,
  raw: unknown,
  hash: string,
): DeadLetter {
  return { terminal, epoch, seq, reason, detail, hash, raw: JSON.stringify(raw) };
}
