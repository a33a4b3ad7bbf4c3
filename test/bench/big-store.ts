// A terminal's store as large as the goals name it: made once through the replica, kept in a cache, copied for each use.

import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localMigrations } from '../../kiosk/store/local-tables.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { DatasetName, DatasetRow } from '../../sync/contract/datasets.ts';
import { outboxMigrations } from '../../sync/outbox.ts';
import { replicaMigrations } from '../../sync/replica.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { someSealer } from '../sync/some-keys.ts';
import { bigStoreTerminal, boardRows, eventsRows, membersRows, rowsVersion } from './big-store-rows.ts';

const rowsPerPart = 5_000;
/** no leap of the wall clock may make it newer than what headquarters would say */
const publishedAt = '2026-01-01T00:00:00.000Z';

/**
 * Copies the big store, 0.8 GB, to `file`; the first time ever it is made, which takes a minute or two.
 * @param progress told what takes long
 */
export function copyBigStore(file: string, progress: (line: string) => void): void {
  const prepared = preparedFile();
  if (!existsSync(prepared)) {
    progress('making the store of 100,000 units and 1,000,000 members, once');
    // those of other tables or rows: nobody asks for them again
    rmSync(dirname(prepared), { recursive: true, force: true });
    makeBigStore(prepared);
  }
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(prepared, file, constants.COPYFILE_FICLONE);
}

/** A store of other tables or rows gets another name, so that none is ever stale. */
function preparedFile(): string {
  const migrations = [...outboxMigrations, ...replicaMigrations, ...localMigrations];
  const key = createHash('sha256').update(JSON.stringify({ migrations, rowsVersion })).digest('hex');
  return join(process.cwd(), 'node_modules', '.cache', 'yingbin-bench', `store-${key.slice(0, 16)}.db`);
}

function makeBigStore(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    const store = TerminalStore.open(unfinished, {
      terminal: bigStoreTerminal,
      sealer: someSealer,
      clock: systemClock(),
    });
    try {
      take(store, 'board', boardRows);
      take(store, 'members', membersRows);
      take(store, 'events', eventsRows);
      // only this one file is copied
      store.database.all('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      store.close();
    }
    renameSync(unfinished, file);
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true });
  }
}

/** As headquarters sends it, part by part; twice over the rows, because the hash of all stands in the first part. */
function take(store: TerminalStore, dataset: DatasetName, rows: () => Iterable<DatasetRow>): void {
  const hash = createHash('sha256').update('[');
  let count = 0;
  for (const row of rows()) {
    hash.update(`${count === 0 ? '' : ','}${JSON.stringify(row)}`);
    count += 1;
  }
  const sha256 = hash.update(']').digest('hex');
  const parts = Math.ceil(count / rowsPerPart);
  const change = { v: 1, dataset, from: 0, to: 1, parts, publishedAt, sha256 } as const;
  let part = 0;
  for (const some of partsOf(rows())) {
    const outcome = store.replica.take({ ...change, part, rows: some });
    part += 1;
    if (outcome !== (part === parts ? 'applied' : 'collecting')) {
      throw new Error(`part ${part} of ${parts} of ${dataset}: ${outcome}`);
    }
  }
}

function* partsOf(rows: Iterable<DatasetRow>): Generator<DatasetRow[]> {
  let part: DatasetRow[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < rowsPerPart) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
