// Row `dataset`: 100,000 units from headquarters to a terminal, whole and as a change of one in a hundred.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { decodeChunk, decodeList } from '../../sync/contract/chunk.ts';
import type { DatasetChange, DatasetRow } from '../../sync/contract/datasets.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import { unpackRows } from '../../sync/contract/row-pack.ts';
import { signatureOverhead } from '../../sync/contract/signed-frame.ts';
import { ChangeMaker } from '../../sync/headquarters/change-maker.ts';
import { ChunkShelf } from '../../sync/headquarters/chunk-shelf.ts';
import { Publication } from '../../sync/headquarters/publication.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import { Replica } from '../../sync/replica.ts';
import { seededRandom } from '../faults/fault-plan.ts';
import { changedUnits, variedBoard } from './dataset-rows.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

/** What went over the wire and how long the terminal worked on it. */
interface Brought {
  readonly bytes: number;
  readonly ms: number;
}

const kilobyte = 1_000;
const megabyte = 1_000_000;

/** Medians; the floor is the same chunks unpacked and put into a bare table in one transaction, unverified. */
export async function datasetRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 1 : 5;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-dataset-'));
  const random = seededRandom(20_260_301);
  const board = variedBoard(random);
  const hq = await openHeadquarters(join(folder, 'hq.sqlite'));
  try {
    progress('publishing 100,000 units');
    await hq.publish(board);
    const wholes: Brought[] = [];
    const deltas: Brought[] = [];
    const floors: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const replica = Replica.open(join(folder, `replica-${run}`));
      wholes.push(await bring(replica, await hq.since(replica), hq.shelf));
      floors.push(await bareInsert(join(folder, `bare-${run}.db`), await hq.whole(), hq.shelf));
      await hq.publish(changedUnits(board, random));
      deltas.push(await bring(replica, await hq.since(replica), hq.shelf));
      replica.close();
    }
    return rows(wholes, deltas, floors, runs);
  } finally {
    await hq.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(
  wholes: readonly Brought[],
  deltas: readonly Brought[],
  floors: readonly number[],
  runs: number,
): Row[] {
  const of = (some: readonly Brought[], what: keyof Brought): number => median(some.map((one) => one[what]));
  const row = (metric: string, ours: number, against: number, goal: number, peer: string): Row =>
    ratioRow({ row: 'dataset', metric, op: '<=', goal, ours, against, peer, runs });
  return [
    row('snapshot on the wire, MB', of(wholes, 'bytes'), megabyte, 2.5, '1 MB'),
    row('1 % delta on the wire, KB', of(deltas, 'bytes'), kilobyte, 40, '1 KB'),
    row('delta: verify+apply ÷ snapshot', of(deltas, 'ms'), of(wholes, 'ms'), 1 / 50, 'ours'),
    row(
      'snapshot: verify+apply, ms ÷ bare insert',
      of(wholes, 'ms'),
      median(floors),
      10,
      'unpack + SQLite, one transaction',
    ),
  ];
}

/** The terminal takes a change with all that belongs to it. */
async function bring(replica: Replica, change: DatasetChange, shelf: ChunkShelf): Promise<Brought> {
  let bytes = encodeFrame(change).length + signatureOverhead;
  const start = performance.now();
  if (replica.take(change) !== 'taken') throw new Error('the terminal does not take the change');
  for (let isApplied = false; !isApplied; ) {
    const work = replica.work();
    if (typeof work === 'object') {
      if (work.kind !== 'applied') throw new Error(`the change was ${work.kind}`);
      isApplied = true;
    }
    if (work !== 'idle') continue;
    for (const hash of replica.missing().slice(0, 16)) {
      const chunk = shelf.get(hash);
      if (!chunk) throw new Error('headquarters names a chunk that it has not');
      bytes += chunk.length + signatureOverhead;
      replica.takeChunk(chunk);
    }
  }
  return { bytes, ms: performance.now() - start };
}

async function bareInsert(file: string, change: DatasetChange, shelf: ChunkShelf): Promise<number> {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row(key INTEGER PRIMARY KEY, body TEXT)',
  );
  const insert = db.prepare('INSERT INTO row(body) VALUES (?)');
  const start = performance.now();
  db.exec('BEGIN');
  const lists = change.kind === 'listed' ? change.lists : [];
  for (const hash of lists.flatMap((list) => decodeList(shelf.get(list) ?? Buffer.alloc(0)))) {
    for (const body of unpackRows(decodeChunk(shelf.get(hash) ?? Buffer.alloc(0))) ?? []) {
      insert.run(JSON.stringify(body));
    }
  }
  db.exec('COMMIT');
  const ms = performance.now() - start;
  db.close();
  return ms;
}

async function openHeadquarters(file: string) {
  const store = await openStore(`sqlite:${file}`);
  const shelf = new ChunkShelf(256 * megabyte);
  const now = () => new Date();
  const maker = new ChangeMaker(store, shelf, now);
  const publication = new Publication(store, now, () => {});
  const since = async (have: number): Promise<DatasetChange> => {
    const change = await maker.since('board', have);
    if (!change) throw new Error('headquarters has nothing new');
    return change;
  };
  return {
    shelf,
    since: (replica: Replica) => since(replica.versions().board),
    whole: () => since(0),
    publish: (rows: readonly DatasetRow[]) =>
      store.transaction((tx) => publication.publish(tx, [{ dataset: 'board', rows: async () => rows }])),
    close: () => store.close(),
  };
}
