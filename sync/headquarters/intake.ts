// Applies what terminals tell: each fact once, in order, with all its effects in one transaction (rules IN1–IN16).
import { hash } from 'node:crypto';
import * as v from 'valibot';
import type { Ack, Fact } from '../contract/facts.ts';
import { decodeFrame } from '../contract/frame.ts';
import {
  countSchema,
  epochSchema,
  type FactId,
  factIdSchema,
  type TerminalId,
  terminalIdSchema,
} from '../contract/ids.ts';
import { SyncError } from '../sync-error.ts';
import { type FactReader, hashOf, seqOf, textOf } from './arrival.ts';
import { type BootClocks, effectTime } from './boot-clocks.ts';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { EffectError, type FactEffects, isFactsFault } from './fact-effects.ts';
import { Gathering } from './gathering.ts';
import { HeadquartersError } from './headquarters-error.ts';
import type { Erasures } from './persons/erasures.ts';
import type { Change, Publication } from './publication.ts';
import type { Store, Tx } from './store/store.ts';
import { type Placed, passOverMissing, type Stream, type StreamName, Streams, sortBatch } from './streams.ts';
import type { Shards } from './workers/shards.ts';

/** Looser than the contract on purpose: one wrong fact must not hold up the right ones around it. */
const batchSchema = v.object({
  v: v.literal(1),
  terminal: terminalIdSchema,
  epoch: epochSchema,
  forgotten: countSchema,
  prev: v.nullable(factIdSchema),
  facts: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(500)),
});
type Batch = v.InferOutput<typeof batchSchema>;

/** What one frame did. `ack` is undefined when there is nobody to answer. */
export interface IntakeResult {
  readonly ack: Ack | undefined;
  readonly applied: number;
  /** coded reasons of letters that are new, for the log */
  readonly deadLetters: readonly string[];
}

export interface IntakeParts {
  readonly store: Store;
  readonly reader: FactReader;
  readonly clocks: BootClocks;
  readonly effects: FactEffects;
  readonly publication: Publication;
  readonly deadLetters: DeadLetters;
  readonly shards: Shards;
  readonly erasures: Erasures;
  readonly now: () => Date;
}

/** A fact that is new and read, with the words it came in. */
export interface NewFact {
  readonly fact: Fact;
  readonly raw: unknown;
  readonly hash: string;
}
/** How a batch is tried: `poison` are numbers whose effect failed before. */
interface Manner {
  readonly poison: ReadonlySet<number>;
  readonly isOneByOne: boolean;
}

const plain: Manner = { poison: new Set(), isOneByOne: false };

/** What a batch did to its stream, before anything of it is published. */
interface Applied {
  readonly before: Stream;
  readonly after: Stream;
  /** those that are new */
  readonly letters: readonly DeadLetter[];
  readonly changes: readonly Change[];
}

/** Batches of different terminals that wait share a transaction: what they change is published once. */
const batchesTogether = 32;
const factsTogether = 1_000;
const lanes = 3;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #streams: Streams;
  readonly #findWords;
  readonly #gathering: Gathering<Batch, IntakeResult>;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#streams = new Streams(parts.store);
    this.#findWords = prepareFindWords(parts.store);
    this.#gathering = new Gathering({
      // the embedded store does one transaction at a time
      lanes: parts.store.isShared ? lanes : 1,
      mostItems: batchesTogether,
      mostWeight: factsTogether,
      weigh: ({ facts }) => facts.length,
      work: (batches) => this.#together(batches),
    });
  }

  /**
   * The caller keeps the frames of one terminal in order, one at a time.
   * @param terminal whose topic the frame came on; a frame that claims to be another's is a dead letter
   * @throws HeadquartersError hq-lease-lost when another worker has the terminal now (IN14)
   * @throws when the store cannot be written: nothing was applied and the terminal will send again
   */
  async receive(terminal: TerminalId, frame: Uint8Array): Promise<IntakeResult> {
    let batch: Batch;
    try {
      batch = decodeFrame(batchSchema, frame);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      return await this.#rejectFrame(terminal, frame, error.code.replace('sync-', ''), error.message);
    }
    if (batch.terminal !== terminal) {
      return await this.#rejectFrame(terminal, frame, 'wrong-terminal', 'the frame names another terminal');
    }
    return await this.#gathering.add(batch);
  }

  /** In one transaction, with one publication; when one of them is at fault, each by itself. */
  async #together(batches: readonly Batch[]): Promise<PromiseSettledResult<IntakeResult>[]> {
    if (batches.length > 1) {
      try {
        const results = await this.#commit(batches, plain);
        return results.map((value) => ({ status: 'fulfilled', value }));
      } catch (error) {
        // a store that fails would fail for each of them
        if (!(error instanceof HeadquartersError || isFactsFault(this.#parts.store, error))) throw error;
      }
    }
    const alone: PromiseSettledResult<IntakeResult>[] = [];
    for (const batch of batches) alone.push(...(await Promise.allSettled([this.#alone(batch)])));
    return alone;
  }

  async #alone(batch: Batch): Promise<IntakeResult> {
    const poison = new Set<number>();
    let isOneByOne = false;
    for (;;) {
      try {
        const [result] = await this.#commit([batch], { poison, isOneByOne });
        if (result) return result;
      } catch (error) {
        // our own mistake with one fact must not block its terminal for ever; a store that fails must
        if (!(error instanceof EffectError)) throw error;
        if (error.seq === undefined) isOneByOne = true;
        else poison.add(error.seq);
      }
    }
  }

  async #commit(batches: readonly Batch[], manner: Manner): Promise<IntakeResult[]> {
    const { store, publication } = this.#parts;
    return await store.transaction(async (tx) => {
      const all: Applied[] = [];
      for (const batch of batches) all.push(await this.#apply(tx, batch, manner));
      await publication.publish(
        tx,
        all.flatMap(({ changes }) => changes),
      );
      const { members, events, requests } = await publication.versions(tx);
      return all.map((one) => resultOf(one, { members, events, requests }));
    });
  }

  async #apply(tx: Tx, batch: Batch, manner: Manner): Promise<Applied> {
    const { deadLetters, shards, now } = this.#parts;
    await shards.assertMine(tx, batch.terminal);
    const receivedAt = now().toISOString();
    const before = await this.#streams.lock(tx, batch, receivedAt);
    if (before.isFrozen) return { before, after: before, letters: [], changes: [] };
    const missing = passOverMissing(before, batch.forgotten, seqOf(batch.facts[0]));
    const stream = missing?.stream ?? before;
    const sorted = sortBatch(batch.facts, stream.applied);
    const letters = await this.#streams.conflicts(tx, stream, sorted, batch.prev);
    if (letters.length > 0) {
      const after = { ...before, isFrozen: true };
      await this.#streams.save(tx, after, receivedAt);
      return { before, after, letters: await deadLetters.add(tx, letters, receivedAt), changes: [] };
    }
    if (missing) letters.push(missing.alarm);
    const news = await this.#readNew(tx, stream, sorted.fresh, manner.poison, letters);
    const changes = await this.#keep(tx, stream, news, manner, receivedAt, letters);
    letters.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    if (sorted.broken !== undefined) {
      const broken = { seq: null, id: null, raw: sorted.broken, hash: hashOf(sorted.broken) };
      letters.push(letterFor(stream, broken, 'fact-shape', 'no sequence number'));
    }
    const added = await deadLetters.add(tx, letters, receivedAt);
    const newest = sorted.fresh.at(-1);
    const after = newest ? { ...stream, applied: newest.seq, last: newest.id } : stream;
    await this.#streams.save(tx, after, receivedAt);
    return { before, after, letters: added, changes };
  }

  /** @param letters gets what cannot be applied */
  async #readNew(
    tx: Tx,
    stream: Stream,
    fresh: readonly Placed[],
    poison: ReadonlySet<number>,
    letters: DeadLetter[],
  ): Promise<NewFact[]> {
    const { reader } = this.#parts;
    const known = await this.#knownWords(tx, stream.terminal, fresh);
    const renumbered: Placed[] = [];
    const news = fresh.flatMap((placed): NewFact[] => {
      const { seq, id, raw, hash: words } = placed;
      const kept = id === null ? undefined : known.get(id);
      if (kept !== undefined) {
        if (kept === words) renumbered.push(placed);
        else letters.push(letterFor(stream, placed, 'id-known', 'another fact has this id already'));
        return [];
      }
      if (id !== null) known.set(id, words);
      if (poison.has(seq)) {
        letters.push(letterFor(stream, placed, 'effect-failed', poisonDetail));
        return [];
      }
      const result = reader.read(stream.terminal, raw);
      if (result.kind === 'fact') return [{ fact: result.fact, raw, hash: words }];
      letters.push(letterFor(stream, placed, result.reason, result.detail));
      return [];
    });
    await this.#noteRenumbered(tx, stream, renumbered);
    return news;
  }

  /** Hashes of what came before under these ids, whether it could be applied or not. */
  async #knownWords(tx: Tx, terminal: TerminalId, fresh: readonly Placed[]): Promise<Map<string, string>> {
    const ids = fresh.flatMap(({ id }) => id ?? []);
    if (ids.length === 0) return new Map();
    const known = await this.#findWords(tx, { terminal, ids });
    return new Map(known.flatMap(({ id, hash: words }) => (id === null ? [] : [[id, words]])));
  }

  /** IN8: the same words under a number of another epoch: applied already, and no reason for a letter. */
  async #noteRenumbered(tx: Tx, { terminal, epoch }: StreamName, some: readonly Placed[]): Promise<void> {
    const rows = some.map(({ seq, id, hash: words }) => ({
      terminal,
      epoch,
      seq,
      id: id ?? '',
      hash: words,
    }));
    await this.#parts.store.insert(tx, 'renumbered', rows, { onConflict: 'skip' });
  }

  /**
   * Facts and their effects.
   * @param letters gets what headquarters has no use for
   */
  async #keep(
    tx: Tx,
    stream: Stream,
    read: readonly NewFact[],
    { isOneByOne }: Manner,
    receivedAt: string,
    letters: DeadLetter[],
  ): Promise<readonly Change[]> {
    const { store, clocks, effects, erasures } = this.#parts;
    const news = await erasures.withoutWords(tx, read);
    const facts = news.map(({ fact }) => fact);
    const offsets = await clocks.learn(tx, stream.terminal, facts);
    await store.insert(
      tx,
      'fact',
      news.map((one) => rowFor(stream, one, receivedAt)),
    );
    const timed = facts.map((fact): Fact => {
      const at = effectTime(fact, offsets, receivedAt);
      return at === fact.at ? fact : { ...fact, at };
    });
    const done = await effects.apply(tx, stream.terminal, timed, isOneByOne);
    done.outcomes.forEach((outcome, index) => {
      const one = news[index];
      if (outcome.kind === 'applied' || !one) return;
      const placed = { seq: one.fact.seq, id: one.fact.id, raw: one.raw, hash: one.hash };
      letters.push(letterFor(stream, placed, outcome.reason, 'stored as a fact, without its effect'));
    });
    return done.changes;
  }

  async #rejectFrame(
    terminal: TerminalId,
    frame: Uint8Array,
    reason: string,
    detail: string,
  ): Promise<IntakeResult> {
    const { store, deadLetters, shards, now } = this.#parts;
    const raw = Buffer.from(frame.subarray(0, 4096)).toString('base64');
    const words = hash('sha256', frame);
    const letter = { terminal, epoch: null, seq: null, id: null, reason, detail, hash: words, raw };
    await store.transaction(async (tx) => {
      await shards.assertMine(tx, terminal);
      await deadLetters.add(tx, [letter], now().toISOString());
    });
    return { ack: undefined, applied: 0, deadLetters: [reason] };
  }
}

function prepareFindWords(store: Store) {
  return store.prepared((db, { terminal, ids }: { terminal: TerminalId; ids: readonly FactId[] }) =>
    db
      .selectFrom('dead_letter')
      .select(['id', 'hash'])
      .where(store.among('id', ids))
      .where('terminal', '=', terminal)
      .where('reason', 'not in', ['seq-conflict', 'id-known'])
      .unionAll(db.selectFrom('fact').select(['id', 'hash']).where(store.among('id', ids))),
  );
}

function resultOf({ before, after, letters }: Applied, visible: Ack['visible']): IntakeResult {
  const { epoch, applied, safe, last, isFrozen } = after;
  return {
    ack: { v: 1, epoch, applied, safe, last, renew: isFrozen, visible },
    applied: applied - before.applied,
    deadLetters: letters.map(({ reason }) => reason),
  };
}

const poisonDetail = 'applying it failed inside headquarters';

export function rowFor({ terminal, epoch }: StreamName, { fact, hash: words }: NewFact, receivedAt: string) {
  const { id, seq, kind, at, boot, monoMs, clock, body } = fact;
  return {
    terminal,
    epoch,
    seq,
    id,
    kind,
    at,
    boot,
    mono_ms: monoMs,
    clock,
    received_at: receivedAt,
    hash: words,
    body: JSON.stringify(body),
  };
}

function letterFor(
  { terminal, epoch }: StreamName,
  { seq, id, raw, hash: words }: Omit<Placed, 'seq'> & { readonly seq: number | null },
  reason: string,
  detail: string,
): DeadLetter {
  return { terminal, epoch, seq, id, reason, detail, hash: words, raw: textOf(raw) };
}
