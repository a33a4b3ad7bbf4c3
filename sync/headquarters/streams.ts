// How far each (terminal, epoch) is told, and whether what comes now goes on from there or tells another story.
import { hash } from 'node:crypto';
import type { Epoch, FactId, TerminalId } from '../contract/ids.ts';
import { hashOf, idOf, seqOf, textOf } from './arrival.ts';
import type { DeadLetter } from './dead-letters.ts';
import type { Store, Tx } from './store/store.ts';

export interface StreamName {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
}
export interface Stream extends StreamName {
  readonly applied: number;
  readonly safe: number;
  /** the fact under `applied`, null when its id could not be read */
  readonly last: FactId | null;
  /** after a conflict nothing of this epoch is applied any more (IN6) */
  readonly isFrozen: boolean;
}
interface Move extends Omit<Stream, 'safe' | 'isFrozen'> {
  readonly alarm: string | null;
  readonly now: string;
}
export interface Placed {
  readonly seq: number;
  /** null when it could not be read */
  readonly id: FactId | null;
  readonly raw: unknown;
  readonly hash: string;
}
/** A batch sorted by what is known of its stream. */
export interface Sorted {
  /** numbers that were applied before */
  readonly again: readonly Placed[];
  /** the next numbers without a gap (IN3) */
  readonly fresh: readonly Placed[];
  /** something without a number, which ends the batch */
  readonly broken: unknown;
}

export class Streams {
  readonly #store: Store;
  readonly #find;
  readonly #move;

  constructor(store: Store) {
    this.#store = store;
    this.#find = store.prepared((db, { terminal, epoch }: StreamName) =>
      store.locked(
        db
          .selectFrom('stream')
          .select(['applied', 'safe', 'last_id', 'alarm'])
          .where('terminal', '=', terminal)
          .where('epoch', '=', epoch),
      ),
    );
    this.#move = store.prepared((db, { terminal, epoch, applied, last, alarm, now }: Move) =>
      db
        .updateTable('stream')
        .set({ applied, last_id: last, last_at: now, alarm })
        .where('terminal', '=', terminal)
        .where('epoch', '=', epoch),
    );
  }

  /** From here to the commit nobody else moves this stream. */
  async lock(tx: Tx, { terminal, epoch }: StreamName, now: string): Promise<Stream> {
    let [row] = await this.#find(tx, { terminal, epoch });
    if (!row) {
      const fresh = { terminal, epoch, applied: 0, safe: 0, last_id: null, last_at: now, alarm: null };
      await this.#store.insert(tx, 'stream', [fresh], { onConflict: 'skip' });
      [row] = await this.#find(tx, { terminal, epoch });
    }
    return {
      terminal,
      epoch,
      applied: row?.applied ?? 0,
      safe: row?.safe ?? 0,
      last: (row?.last_id ?? null) as FactId | null,
      isFrozen: row?.alarm === 'seq-conflict',
    };
  }

  async save(tx: Tx, { terminal, epoch, applied, last, isFrozen }: Stream, now: string): Promise<void> {
    const alarm = isFrozen ? 'seq-conflict' : null;
    await this.#move(tx, { terminal, epoch, applied, last, alarm, now });
  }

  /**
   * IN6: the same number must carry the same words, and what comes before the batch must be what we have; if not,
   * two devices share one identity.
   */
  async conflicts(tx: Tx, stream: Stream, sorted: Sorted, prev: FactId | null): Promise<DeadLetter[]> {
    const { again, fresh } = sorted;
    const first = again[0]?.seq ?? fresh[0]?.seq ?? 0;
    const letters: DeadLetter[] = [];
    const before = await this.#idBefore(tx, stream, first);
    if (prev !== null && before !== null && prev !== before) {
      const detail = 'the batch follows another fact than ours: is the terminal cloned?';
      const raw = JSON.stringify({ prev });
      letters.push({ ...conflict(stream, first, detail), id: null, hash: hash('sha256', raw), raw });
    }
    const kept = await this.#hashes(tx, stream, again);
    // one number twice in this batch
    for (const placed of fresh) kept.set(placed.seq, placed.hash);
    for (const { seq, id, raw, hash: words } of again) {
      const known = kept.get(seq);
      if (known === undefined || known === words) continue;
      const detail = 'another fact has this number already: is the terminal cloned?';
      const letter = { id, hash: words, raw: textOf(raw) };
      letters.push({ ...conflict(stream, seq, detail), ...letter });
    }
    return letters;
  }

  async #idBefore(tx: Tx, { terminal, epoch, applied, last }: Stream, first: number): Promise<string | null> {
    const seq = first - 1;
    if (seq === applied) return last;
    if (seq < 1 || seq > applied) return null;
    for (const table of ['fact', 'renumbered', 'dead_letter'] as const) {
      const row = await tx
        .selectFrom(table)
        .select('id')
        .where('terminal', '=', terminal)
        .where('epoch', '=', epoch)
        .where('seq', '=', seq)
        .$if(table === 'dead_letter', (it) => it.where('dead_letter.reason' as 'id', '<>', 'seq-conflict'))
        .executeTakeFirst();
      if (row) return row.id;
    }
    return null;
  }

  async #hashes(tx: Tx, stream: Stream, again: readonly Placed[]): Promise<Map<number, string>> {
    const seqs = again.map(({ seq }) => seq);
    const hashes = new Map<number, string>();
    if (seqs.length === 0) return hashes;
    for (const table of ['dead_letter', 'renumbered', 'fact'] as const) {
      const rows = await tx
        .selectFrom(table)
        .select(['seq', 'hash'])
        .where('terminal', '=', stream.terminal)
        .where('epoch', '=', stream.epoch)
        .where('seq', '>=', Math.min(...seqs))
        .where('seq', '<=', Math.max(...seqs))
        .$if(table === 'dead_letter', (it) =>
          it.where('dead_letter.reason' as 'id', 'not in', ['seq-conflict', 'facts-missing']),
        )
        .execute();
      for (const { seq, hash: words } of rows) if (seq !== null) hashes.set(seq, words);
    }
    return hashes;
  }
}

/** @param applied of the stream; numbers up to there are known, and after a gap nothing counts (IN3) */
export function sortBatch(facts: readonly unknown[], applied: number): Sorted {
  const again: Placed[] = [];
  const fresh: Placed[] = [];
  let mark = applied;
  for (const raw of facts) {
    const seq = seqOf(raw);
    if (seq === undefined) return { again, fresh, broken: raw };
    if (seq > mark + 1) break;
    const placed = { seq, id: idOf(raw), raw, hash: hashOf(raw) };
    if (seq <= mark) again.push(placed);
    else {
      fresh.push(placed);
      mark = seq;
    }
  }
  return { again, fresh, broken: undefined };
}

/**
 * IN16: the terminal does not hold any more what we lack. @returns the stream as if it had come, and the alarm; or
 * undefined when nothing is missing
 */
export function passOverMissing(
  stream: Stream,
  forgotten: number,
  first: number | undefined,
): { readonly stream: Stream; readonly alarm: DeadLetter } | undefined {
  if (forgotten <= stream.applied || first !== forgotten + 1) return undefined;
  const from = stream.applied + 1;
  const { terminal, epoch } = stream;
  return {
    stream: { ...stream, applied: forgotten, last: null },
    alarm: {
      terminal,
      epoch,
      seq: from,
      id: null,
      reason: 'facts-missing',
      detail: `numbers ${from} to ${forgotten} are neither here nor at the terminal any more`,
      hash: hash('sha256', `${from} ${forgotten}`),
      raw: '',
    },
  };
}

function conflict({ terminal, epoch }: Stream, seq: number, detail: string) {
  return { terminal, epoch, seq, reason: 'seq-conflict', detail };
}
