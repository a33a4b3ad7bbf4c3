// Row `report`: the month's report over 1,000,000 rows of the desk against a bare count of them, and the whole fair of D3 replayed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../sync/headquarters/parts.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../sync/headquarters/store/store.ts';
import { seededRandom } from '../faults/fault-plan.ts';
import { type Fair, makeFair } from '../simulators/fair/fair-load.ts';
import { replayFair } from '../simulators/fair/replay-fair.ts';
import { type Life, lifeRows } from '../sync/headquarters/reports/request-lives.ts';
import { someOpener, someSealer } from '../sync/some-keys.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const now = (): Date => new Date('2025-11-21T08:00:00.000Z');
const tables = ['request', 'task', 'request_event', 'call_back', 'rating'] as const;

export async function reportRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-report-'));
  try {
    return [
      await overManyRows(folder, isQuick ? 20_000 : 1_000_000, isQuick ? 2 : 5, progress),
      await replayRow(folder, isQuick ? 0.05 : 1, progress),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function overManyRows(
  folder: string,
  wanted: number,
  runs: number,
  progress: RowOptions['progress'],
): Promise<Row> {
  progress(`writing ${wanted} rows of requests, tasks, call-backs and ratings`);
  const { store, parts } = await openParts(folder, 'desk', makeFair(3, 0.01));
  try {
    const written = await writeManyLives(store, wanted);
    const [ours, floor]: [number[], number[]] = [[], []];
    for (let run = 0; run <= runs; run += 1) {
      progress(`report ${run} of ${runs}`);
      const counted = await timed(async () => {
        let rows = 0;
        for (const table of tables) {
          const { rows: found } = await sql<{
            n: number;
          }>`select count(*) as n from ${sql.table(table)} not indexed`.execute(store.db);
          rows += Number(found[0]?.n);
        }
        if (rows !== written) throw new Error(`${rows} rows instead of ${written}`);
      });
      const reported = await timed(async () => {
        const { total } = await parts.reports.report('2025-10');
        if ((total.figures['closing']?.now.whole ?? 0) === 0) throw new Error('the report counted nothing');
      });
      // the first run warms up
      if (run === 0) continue;
      ours.push(reported);
      floor.push(counted);
    }
    return ratioRow({
      row: 'report',
      metric: `ms for three months of ${written} rows ÷ bare count of them`,
      op: '<=',
      goal: 40,
      ours: median(ours),
      against: median(floor),
      peer: 'count(*) of the five tables',
      runs,
    });
  } finally {
    await store.close();
  }
}

/** The whole fair must go through within an hour of its eight days: told at once, not a day late. */
async function replayRow(folder: string, share: number, progress: RowOptions['progress']): Promise<Row> {
  progress(`replaying the fair of D3, ${share * 100} %`);
  const fair = makeFair(3, share);
  const { store, parts } = await openParts(folder, 'fair', fair);
  try {
    let facts = 0;
    const ms = await timed(async () => {
      const replayed = await replayFair(parts, fair);
      if (replayed.applied !== replayed.facts) throw new Error('some of the fair was not applied');
      facts = replayed.facts;
    });
    // eight days of eleven hours
    const toldPerSecond = facts / (8 * 11 * 3_600);
    return ratioRow({
      row: 'report',
      metric: `facts/s of the fair (${facts}) ÷ as fast as it was told`,
      op: '>=',
      goal: 100,
      ours: (facts * 1_000) / ms,
      against: toldPerSecond,
      peer: 'eight days of eleven hours',
      runs: 1,
    });
  } finally {
    await store.close();
  }
}

async function openParts(folder: string, name: string, fair: Fair): Promise<{ store: Store; parts: Parts }> {
  const store = await openStore(`sqlite:${join(folder, `${name}.sqlite`)}`);
  const fleetKey = Buffer.alloc(32, 7);
  const parts = buildParts({
    store,
    fleetKey,
    opener: someOpener,
    sealer: someSealer,
    now,
    limits: { undoMs: 1, keptFrames: 10 },
    onChange: () => {},
  });
  await importDeveloper({ ...parts, fleetKey, cardWidth: 'all' }, parseDeveloper(fair.developer, 'fair'));
  return { store, parts };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @returns how many rows there are now */
async function writeManyLives(store: Store, wanted: number): Promise<number> {
  const random = seededRandom(21);
  const first = Date.parse('2023-10-01T00:00:00.000+08:00');
  const spanMs = now().getTime() - first;
  let written = 0;
  for (let n = 0; written < wanted; ) {
    written += await store.transaction(async (tx) => {
      let rows = 0;
      const some = Array.from({ length: 2_000 }, () => {
        n += 1;
        return lifeRows(someLife(random), `r${n}`, first + Math.floor(random() * spanMs));
      });
      for (const table of tables) {
        const own = some.flatMap((life) => life[table] as never[]);
        await store.insert(tx, table, own);
        rows += own.length;
      }
      return rows;
    });
  }
  return written;
}

/** As at a busy desk: most is answered and closed, one in eight is a complaint, one in ten climbs. */
function someLife(random: () => number): Life {
  const hour = 3_600_000;
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const maybe = <T>(chance: number, value: T): T | null => (random() < chance ? value : null);
  const kind = pick(['repair', 'repair', 'repair', 'repair', 'enquiry', 'enquiry', 'complaint', 'praise']);
  return {
    kind,
    project: `fair-${1 + Math.floor(random() * 9)}`,
    month: 0,
    into: 0,
    isInvalid: random() < 0.05,
    replyBy: 10 * 60_000,
    replied: Math.floor(random() * 20 * 60_000),
    visitBy: hour,
    arrived: maybe(0.9, Math.floor(random() * 2 * hour)),
    climbed: maybe(0.1, 2 * hour),
    isClimbWithdrawn: false,
    isReopened: random() < 0.05,
    closed: maybe(0.9, Math.floor(random() * 240 * hour)),
    outcome: pick(['solved', 'solved', 'solved', 'partly', 'not-solved']),
    tasks: Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
      port: pick(['engineering', 'design', 'property', 'sales']),
      supplier: maybe(0.4, pick(['甲方建材', '乙方门窗', '丙方防水'])),
      cause: maybe(0.7, pick(['material', 'engineering', 'design', 'property', 'service'])),
      element: pick(['ceiling', 'window', 'lift', 'wall', 'floor']),
      problem: pick(['leak', 'crack', 'noise', 'stuck']),
      deadline: 72 * hour,
      closed: maybe(0.9, Math.floor(random() * 120 * hour)),
    })),
    calls: [{ after: maybe(0.95, 200 * hour), verdict: maybe(0.9, pick(['solved', 'solved', 'partly'])) }],
    ratings: ['satisfaction', 'engineering-windows', 'design-roads'].map((item) => ({
      item,
      score: 1 + Math.floor(random() * 5),
      after: 200 * hour,
    })),
  };
}
