// Makes changes of datasets as headquarters does, and brings them into a replica.

import { chunkHash, encodeChunk, encodeLists } from '../../sync/contract/chunk.ts';
import type { DatasetChange, DatasetName, DatasetRow } from '../../sync/contract/datasets.ts';
import type { LevelRow } from '../../sync/contract/members.ts';
import { bucketOf, RowHashes } from '../../sync/contract/row-hash.ts';
import { packRows, unpackRows } from '../../sync/contract/row-pack.ts';
import type { Replica, ReplicaWork } from '../../sync/replica.ts';

export const publishedAt = '2026-03-01T08:00:00.000Z';

export interface Step {
  readonly dataset: DatasetName;
  readonly from: number;
  readonly to: number;
  /** headquarters' clock; the same as `publishedAt` unless given */
  readonly at?: string;
}

/** The rows of a dataset at headquarters. */
export class PublishedRows {
  readonly rows = new Map<string, object>();
  readonly hashes = new RowHashes();

  constructor(rows: Iterable<DatasetRow> = []) {
    this.put(rows);
  }

  put(rows: Iterable<DatasetRow>): void {
    for (const [key, body] of rows) {
      const old = this.rows.get(key);
      if (old) this.hashes.toggle(key, JSON.stringify(old));
      if (body === null) {
        this.rows.delete(key);
        continue;
      }
      this.hashes.toggle(key, JSON.stringify(body));
      this.rows.set(key, body);
    }
  }

  /** Everything, or what `rows` changed when they were put. */
  change(step: Step, rows: Iterable<DatasetRow> = this.rows): DatasetChange {
    return { ...head(step, this.hashes.root()), kind: 'inline', pack: pack(rows) };
  }

  /** What mends a replica of this version whose hashes are `told`. */
  repair(step: Step, told: string): DatasetChange {
    const buckets = this.hashes.differences(new RowHashes(Buffer.from(told, 'base64')));
    const rows = [...this.rows].filter(([key]) => buckets.includes(bucketOf(key)));
    return { ...head(step, this.hashes.root()), buckets, kind: 'inline', pack: pack(rows) };
  }

  /** The same as chunks of so many rows. */
  async listed(
    step: Step,
    rowsPerChunk: number,
    rows: Iterable<DatasetRow> = this.rows,
  ): Promise<{ readonly change: DatasetChange; readonly chunks: Buffer[]; readonly lists: Buffer[] }> {
    const all = [...rows];
    const chunks: Buffer[] = [];
    for (let start = 0; start < all.length; start += rowsPerChunk) {
      chunks.push(await encodeChunk(pack(all.slice(start, start + rowsPerChunk))));
    }
    const lists = encodeLists(chunks.map(chunkHash));
    return {
      change: { ...head(step, this.hashes.root()), kind: 'listed', lists: lists.map(chunkHash) },
      chunks,
      lists,
    };
  }
}

/** Works until there is nothing to do; what became of the datasets, by name: `applied`, a code, or `lost`. */
export function settle(replica: Replica): string[] {
  const outcomes: string[] = [];
  for (let work = replica.work(); work !== 'idle'; work = replica.work()) {
    if (work !== 'working') outcomes.push(outcomeOf(work));
  }
  return outcomes;
}

/** What became of a change: `ignored`, or as `settle` says. */
export function bring(replica: Replica, change: DatasetChange): string {
  return replica.take(change) === 'ignored' ? 'ignored' : settle(replica).join();
}

/** The change that these rows make upon what a replica has now. */
export function changeUpon(replica: Replica, step: Step, rows: readonly DatasetRow[]): DatasetChange {
  const published = new PublishedRows();
  if (step.from !== 0) {
    const now = replica.hashes(step.dataset);
    if (now !== undefined) published.hashes.bytes.set(Buffer.from(now, 'base64'));
    for (const [key] of rows) {
      const old = replica.get(step.dataset, key);
      if (old) published.rows.set(key, old);
    }
  }
  published.put(rows);
  return published.change(step, rows);
}

/** The rows that stand in a change itself. */
export function rowsOf(change: DatasetChange | undefined): Record<string, unknown>[] {
  return change?.kind === 'inline' ? (unpackRows(change.pack) ?? []) : [];
}

export function level(code: string, from = 0): LevelRow {
  return { kind: 'level', code, name: { zh: code, en: code }, from, benefit: { zh: '', en: '' } };
}

export function levelRows(codes: readonly string[], from = 0): DatasetRow[] {
  return codes.map((code) => [`level/${code}`, level(code, from)]);
}

function outcomeOf(work: Exclude<ReplicaWork, string>): string {
  return work.kind === 'refused' ? work.code : work.kind;
}

function head({ dataset, from, to, at = publishedAt }: Step, root: string) {
  return { v: 1 as const, dataset, from, to, root, at, publishedAt, buckets: [] };
}

function pack(rows: Iterable<DatasetRow>) {
  const all = [...rows];
  return packRows(
    all.flatMap(([, body]) => body ?? []),
    all.filter(([, body]) => body === null).map(([key]) => key),
  );
}
