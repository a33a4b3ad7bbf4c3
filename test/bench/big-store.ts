// A terminal's store as large as the goals name it: made once through the replica, kept in a cache, copied for each use.

import { createHash } from 'node:crypto';
import { constants, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TerminalStore, terminalMigrations } from '../../kiosk/store/terminal-store.ts';
import { chunkHash, encodeChunk, encodeLists } from '../../sync/contract/chunk.ts';
import type { DatasetName, DatasetRow } from '../../sync/contract/datasets.ts';
import { RowHashes } from '../../sync/contract/row-hash.ts';
import { packRows } from '../../sync/contract/row-pack.ts';
import { editionMigrations } from '../../sync/edition.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { someSealer } from '../sync/some-keys.ts';
import { bigStoreTerminal, boardRows, eventsRows, membersRows, rowsVersion } from './big-store-rows.ts';

const rowsPerChunk = 2_500;
/** no leap of the wall clock may make it newer than what headquarters would say */
const publishedAt = '2026-01-01T00:00:00.000Z';

/**
 * Copies the big store, 0.4 GB, to `file` and what stands beside it; the first time ever it is made, which takes a
 * minute or two.
 * @param progress told what takes long
 */
export async function copyBigStore(file: string, progress: (line: string) => void): Promise<void> {
  const prepared = preparedFolder();
  if (!existsSync(prepared)) {
    progress('making the store of 100,000 units and 1,000,000 members, once');
    // those of other tables or rows: nobody asks for them again
    rmSync(dirname(prepared), { recursive: true, force: true });
    await makeBigStore(prepared);
  }
  mkdirSync(dirname(file), { recursive: true });
  cpSync(join(prepared, storeName), file, { mode: constants.COPYFILE_FICLONE });
  cpSync(join(prepared, 'datasets'), join(dirname(file), 'datasets'), {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  });
}

const storeName = 'terminal.db';

/** A store of other tables or rows gets another name, so that none is ever stale. */
function preparedFolder(): string {
  const migrations = [...terminalMigrations, ...editionMigrations];
  const key = createHash('sha256').update(JSON.stringify({ migrations, rowsVersion })).digest('hex');
  return join(process.cwd(), 'node_modules', '.cache', 'yingbin-big-store', `store-${key.slice(0, 16)}`);
}

async function makeBigStore(folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}.tmp`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const store = TerminalStore.open(join(unfinished, storeName), {
      terminal: bigStoreTerminal,
      sealer: someSealer,
      clock: systemClock(),
    });
    try {
      await take(store, 'board', boardRows);
      await take(store, 'members', membersRows);
      await take(store, 'events', eventsRows);
    } finally {
      store.close();
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** As headquarters sends it, chunk by chunk; twice over the rows, because the hash of all stands in the first message. */
async function take(
  { replica }: TerminalStore,
  dataset: DatasetName,
  rows: () => Iterable<DatasetRow>,
): Promise<void> {
  const hashes = new RowHashes();
  const chunks: string[] = [];
  for (const some of chunksOf(rows())) {
    for (const [key, body] of some) hashes.toggle(key, JSON.stringify(body));
    chunks.push(chunkHash(await packed(some)));
  }
  const [list, ...more] = encodeLists(chunks);
  if (!list || more.length > 0) throw new Error(`${dataset} has too many chunks for one list`);
  const root = hashes.root();
  const change = { v: 1, dataset, from: 0, to: 1, root, at: publishedAt, publishedAt, buckets: [] } as const;
  replica.take({ ...change, buckets: [], kind: 'listed', lists: [chunkHash(list)] });
  replica.takeChunk(list);
  let outcome: unknown;
  for (const some of chunksOf(rows())) {
    replica.takeChunk(await packed(some));
    for (let work = replica.work(); work !== 'idle'; work = replica.work()) outcome = work;
  }
  if (typeof outcome !== 'object' || replica.versions()[dataset] !== 1)
    throw new Error(`${dataset}: ${outcome}`);
}

function packed(rows: readonly DatasetRow[]): Promise<Buffer> {
  return encodeChunk(packRows(rows.flatMap(([, body]) => body ?? [])));
}

function* chunksOf(rows: Iterable<DatasetRow>): Generator<DatasetRow[]> {
  let chunk: DatasetRow[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < rowsPerChunk) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
