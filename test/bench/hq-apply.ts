// Row `hq-apply`: facts into headquarters with all their effects, against a bare batched insert of the very rows that it wrote.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactKind } from '../../sync/contract/facts.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { FactId, TerminalId } from '../../sync/contract/ids.ts';
import { makeOpener, makeSealer, makeSealKeys, type Sealer, sealBond } from '../../sync/contract/seal.ts';
import { factIdMaker } from '../../sync/fact-id.ts';
import { type DeveloperFile, parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../sync/headquarters/parts.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Store, Tx } from '../../sync/headquarters/store/store.ts';
import { startPostgres } from '../simulators/postgres.ts';
import { lastMonth, smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const terminal = 'hall-1' as TerminalId;
const factsPerBatch = 500;
/** check-in, slip, flat taken home, person proven */
const factsPerVisitor = 4;
const visitorsPerBatch = factsPerBatch / factsPerVisitor;
const batchesPerRun = 10;

/** What a batch wrote, by table. */
interface WrittenRows {
  readonly fact: object[];
  readonly check_in: object[];
  readonly attendance: object[];
  readonly roster: object[];
  readonly ledger: object[];
  readonly dataset_row: object[];
}

/** Medians of interleaved runs, facts/s. */
export async function hqApplyRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 2 : 7;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-apply-'));
  const postgres = await startPostgres();
  try {
    const stores = {
      sqlite: [`sqlite:${join(folder, 'ours.sqlite')}`, `sqlite:${join(folder, 'floor.sqlite')}`],
      postgres: [await postgres.freshDatabase(), await postgres.freshDatabase()],
    } as const;
    const rows: Row[] = [];
    for (const [kind, [ours, floor]] of Object.entries(stores)) {
      progress(`hq-apply on ${kind}`);
      rows.push(await compare(kind, ours, floor, runs));
    }
    return rows;
  } finally {
    await postgres.close();
    rmSync(folder, { recursive: true });
  }
}

async function compare(kind: string, oursUrl: string, floorUrl: string, runs: number): Promise<Row> {
  const keys = makeSealKeys();
  const [ours, floor] = [await openStore(oursUrl), await openStore(floorUrl)];
  try {
    const developer = crowd((runs + 1) * batchesPerRun * visitorsPerBatch);
    const parts = await prepare(ours, keys, developer);
    await prepare(floor, keys, developer);
    const speeds: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
    const sealer = makeSealer(keys.publicKey);
    for (let run = 0; run <= runs; run += 1) {
      const frames = framesOf(run, sealer);
      const before = await snapshotOf(ours);
      const oursSpeed = await factsPerSecond(async (batch) => {
        const { applied } = await parts.intake.receive(terminal, frames[batch] ?? Buffer.alloc(0));
        if (applied !== factsPerBatch) throw new Error(`only ${applied} facts were applied`);
      });
      const batches = await batchesOf(ours, before);
      const floorSpeed = await factsPerSecond((batch) => insertBare(floor, batches[batch]));
      // the first run warms up
      if (run === 0) continue;
      speeds.ours.push(oursSpeed);
      speeds.floor.push(floorSpeed);
    }
    return ratioRow({
      row: 'hq-apply',
      metric: `facts/s on ${kind} ÷ bare insert of the same rows`,
      op: '>=',
      goal: 0.5,
      ours: median(speeds.ours),
      against: median(speeds.floor),
      peer: 'multi-row inserts, one transaction of 500 facts',
      runs,
    });
  } finally {
    await ours.close();
    await floor.close();
  }
}

async function prepare(
  store: Store,
  { privateKey, publicKey }: { readonly privateKey: Buffer; readonly publicKey: Buffer },
  developer: DeveloperFile,
): Promise<Parts> {
  const now = (): Date => new Date();
  const fleetKey = randomBytes(32);
  const parts = buildParts({
    store,
    opener: makeOpener([privateKey]),
    sealer: makeSealer(publicKey),
    fleetKey,
    now,
    limits: { undoMs: 1, keptFrames: 1 },
    onChange: () => {},
  });
  await importDeveloper({ ...parts, fleetKey, cardWidth: 'all' }, parseDeveloper(developer, 'crowd'));
  return parts;
}

const memberId = (visitor: number): string => `m-${String(visitor).padStart(6, '0')}`;

function crowd(count: number): DeveloperFile {
  const developer = smallDeveloper(lastMonth());
  const [sample] = developer.members;
  if (!sample) throw new Error('no member to copy');
  developer.members = Array.from({ length: count }, (_, visitor) => ({
    ...sample,
    id: memberId(visitor) as (typeof sample)['id'],
    cards: [],
    homes: [],
    ledger: sample.ledger.map((line) => ({ ...line, id: `${line.id}-${visitor}` })),
  }));
  developer.rosters = [];
  return developer;
}

/** Frames as a terminal would send them: sealed and packed. */
function framesOf(run: number, sealer: Sealer): Buffer[] {
  const epoch = String(run).padStart(32, '0');
  const nextId = factIdMaker();
  return Array.from({ length: batchesPerRun }, (_, batch) => {
    const facts = Array.from({ length: factsPerBatch }, (__, index) => {
      const seq = batch * factsPerBatch + index + 1;
      const visitor = run * batchesPerRun * visitorsPerBatch + Math.floor((seq - 1) / factsPerVisitor);
      const { kind, body } = contentOf(index % factsPerVisitor, memberId(visitor));
      const now = new Date();
      const id = nextId(now.getTime()) as FactId;
      return {
        id,
        seq,
        at: now.toISOString(),
        boot: 'boot-1',
        monoMs: seq * 1_000,
        clock: 'synced',
        schema: 1,
        kind,
        body: sealer.seal(JSON.stringify(body), sealBond(terminal, { id, kind, schema: 1 })),
      };
    });
    // sealed words do not pack: what a terminal sends in several frames is one batch here
    return encodeFrame({ v: 1, terminal, epoch, forgotten: 0, prev: null, facts });
  });
}

function contentOf(step: number, member: string): { kind: FactKind; body: object } {
  const card = 'AAAAAAAAAAAAAAAAAAAAAA';
  switch (step) {
    case 0:
      return {
        kind: 'check-in-recorded',
        body: { member, card, event: 'open', session: 'open-1', points: 20 },
      };
    case 1:
      return {
        kind: 'slip-settled',
        body: {
          job: '01890000-0000-7000-8000-000000000000',
          slip: 'check-in',
          copy: 0,
          outcome: 'printed',
          reason: null,
        },
      };
    case 2:
      return { kind: 'unit-taken-home', body: { project: 'siji', unit: 'milan-301' } };
    default:
      return { kind: 'person-proven', body: { member, purpose: 'points' } };
  }
}

async function factsPerSecond(apply: (batch: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let batch = 0; batch < batchesPerRun; batch += 1) await apply(batch);
  return (batchesPerRun * factsPerBatch * 1_000) / (performance.now() - start);
}

/** What tells rows of one run from those before it. */
async function snapshotOf(store: Store): Promise<{ fact: number; ledger: number; version: number }> {
  const max = async (table: 'fact' | 'ledger'): Promise<number> => {
    const row = await store.db
      .selectFrom(table)
      .select(({ fn }) => fn.max('n').as('n'))
      .executeTakeFirst();
    return row?.n ?? 0;
  };
  const versions = await store.db
    .selectFrom('dataset')
    .select(({ fn }) => fn.max('version').as('n'))
    .executeTakeFirst();
  return { fact: await max('fact'), ledger: await max('ledger'), version: versions?.n ?? 0 };
}

/** The rows that a run wrote, as they stand, in the same batches. */
async function batchesOf(
  store: Store,
  before: { readonly fact: number; readonly ledger: number; readonly version: number },
): Promise<WrittenRows[]> {
  const { db } = store;
  const facts = await db.selectFrom('fact').selectAll().where('n', '>', before.fact).orderBy('n').execute();
  const ledger = await db
    .selectFrom('ledger')
    .selectAll()
    .where('n', '>', before.ledger)
    .orderBy('n')
    .execute();
  const members = new Set(ledger.map(({ member }) => member));
  const ofRun = <One extends { readonly member: string }>(rows: readonly One[]): One[] =>
    rows.filter(({ member }) => members.has(member));
  const checkIns = ofRun(await db.selectFrom('check_in').selectAll().orderBy('member').execute());
  const attendance = ofRun(await db.selectFrom('attendance').selectAll().orderBy('member').execute());
  const rosters = ofRun(await db.selectFrom('roster').selectAll().orderBy('member').execute());
  const published = await db
    .selectFrom('dataset_row')
    .selectAll()
    .where('version', '>', before.version)
    .orderBy('version')
    .execute();
  const numbered = <One extends { readonly n: number }>({ n: _, ...row }: One): Omit<One, 'n'> => row;
  const part = <One>(rows: readonly One[], batch: number): One[] => {
    const size = rows.length / batchesPerRun;
    return rows.slice(batch * size, (batch + 1) * size);
  };
  return Array.from({ length: batchesPerRun }, (_, batch) => ({
    fact: part(facts, batch).map(numbered),
    check_in: part(checkIns, batch),
    attendance: part(attendance, batch),
    roster: part(rosters, batch),
    ledger: part(ledger, batch).map(numbered),
    dataset_row: part(published, batch),
  }));
}

async function insertBare(store: Store, rows: WrittenRows | undefined): Promise<void> {
  if (!rows) throw new Error('no rows to insert');
  await store.transaction(async (tx: Tx) => {
    for (const name of ['fact', 'check_in', 'attendance', 'roster', 'ledger'] as const) {
      await store.insert(tx, name, rows[name] as never[]);
    }
    const onConflict = { keys: ['dataset', 'key'] } as const;
    await store.insert(tx, 'dataset_row', rows.dataset_row as never[], { onConflict });
  });
}
