// Row `search`: mixed queries over 100,000 homes, against three search engines and the plain meaning of the query.
import type { BoardIndex } from '../../kiosk/search/board-index.ts';
import type { BoardQuery } from '../../kiosk/search/board-query.ts';
import { buildBoardIndex } from '../../kiosk/search/build-board-index.ts';
import type { BoardRow } from '../../sync/contract/board.ts';
import { isHit, type WholeUnit, wholeUnits } from '../kiosk/search/brute-search.ts';
import { rowSource } from '../kiosk/search/row-source.ts';
import { median, percentile, type Row, type RowOptions, ratioRow } from './row.ts';
import { flexPeer, ftsPeer, miniPeer, type PeerFound, type SearchPeer } from './search-peers.ts';
import { searchQueries, searchRows } from './search-world.ts';

const megabyte = 1_000_000;

/** Medians over single queries; each query goes to every contestant before the next one comes. */
export async function searchRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 1 : 3;
  const rows = searchRows(isQuick ? 10_000 : 100_000);
  const queries = searchQueries(isQuick ? 40 : 200, rows);
  const units = wholeUnits(rows);
  const index = buildTimed(rows, progress);
  const peers = [ftsPeer, flexPeer, miniPeer].map((open) => openTimed(open, units, progress));
  const ours: SearchPeer = { label: 'ours', search: (query) => ask(index, query, numbersOf(units)) };
  const contestants = [ours, ...peers];
  const times = contestants.map((): number[] => []);
  for (let run = -1; run < runs; run += 1) {
    queries.forEach((query, n) => {
      contestants.forEach((_, turn) => {
        // whoever goes first finds colder caches
        const who = (turn + n + run + 1) % contestants.length;
        const startMs = performance.now();
        contestants[who]?.search(query);
        if (run >= 0) times[who]?.push(performance.now() - startMs);
      });
    });
  }
  const equal = equalShares(contestants, queries, units);
  contestants.forEach(({ label }, who) => {
    const [p50, p95] = [50, 95].map((percent) => percentile(times[who] ?? [], percent).toFixed(3));
    progress(
      `${label}: p50 ${p50} ms, p95 ${p95} ms, ${((equal[who] ?? 0) * 100).toFixed(1)} % equal to the oracle`,
    );
  });
  const perSecond = (who: number, percent: number) => 1_000 / percentile(times[who] ?? [], percent);
  const speed = (who: number, percent: number, goal: number): Row =>
    ratioRow({
      row: 'search',
      metric: `queries/s at p${percent} ÷ ${['', 'FTS5', 'flexsearch', 'minisearch'][who]}`,
      op: '>=',
      goal,
      ours: perSecond(0, percent),
      against: perSecond(who, percent),
      peer: contestants[who]?.label ?? '',
      runs,
    });
  const fact = { row: 'search', against: 1, runs } as const;
  return [
    ratioRow({
      ...fact,
      metric: 'share equal to oracle',
      op: '>=',
      goal: 1,
      ours: equal[0] ?? 0,
      peer: 'brute scan',
    }),
    speed(1, 50, 10),
    speed(1, 95, 10),
    speed(2, 50, 1),
    speed(3, 50, 1),
    ratioRow({
      ...fact,
      metric: 'index, MB',
      op: '<=',
      goal: 10,
      ours: index.bytes / megabyte,
      peer: '1 MB',
    }),
  ];
}

function buildTimed(rows: readonly BoardRow[], progress: RowOptions['progress']): BoardIndex {
  const source = rowSource(rows);
  const steps: number[] = [];
  const build = buildBoardIndex(source);
  for (;;) {
    const startMs = performance.now();
    const { done, value } = build.next();
    steps.push(performance.now() - startMs);
    if (!done) continue;
    const [all, most] = [steps.reduce((a, b) => a + b), Math.max(...steps)];
    progress(
      `index of ${value.size} homes: ${all.toFixed(0)} ms in ${steps.length} steps, median ${median(steps).toFixed(3)}, longest ${most.toFixed(1)} ms`,
    );
    return value;
  }
}

function openTimed(
  open: (units: readonly WholeUnit[]) => SearchPeer,
  units: readonly WholeUnit[],
  progress: RowOptions['progress'],
): SearchPeer {
  const startMs = performance.now();
  const peer = open(units);
  progress(`${peer.label}: index in ${((performance.now() - startMs) / 1_000).toFixed(1)} s`);
  return peer;
}

/** Also counts what the chips of the screen show, which nobody asks of the peers. */
function ask(index: BoardIndex, query: BoardQuery, numbers: ReadonlyMap<string, number>): PeerFound {
  const found = index.search(query);
  for (const facet of ['state', 'bedrooms', 'facing'] as const) found.counts(facet);
  return { total: found.total, page: found.units.map(({ unit }) => numbers.get(unit) ?? -1) };
}

const numbered = new WeakMap<readonly WholeUnit[], ReadonlyMap<string, number>>();
function numbersOf(units: readonly WholeUnit[]): ReadonlyMap<string, number> {
  let numbers = numbered.get(units);
  if (!numbers) {
    numbers = new Map(units.map(({ unit }, at) => [unit.id, at]));
    numbered.set(units, numbers);
  }
  return numbers;
}

function equalShares(
  contestants: readonly SearchPeer[],
  queries: readonly BoardQuery[],
  units: readonly WholeUnit[],
): number[] {
  const equal = contestants.map(() => 0);
  for (const query of queries) {
    const hits = [...units.keys()].filter((at) => isHit(units[at] as WholeUnit, query, null));
    const right = JSON.stringify({
      total: hits.length,
      page: hits.slice(query.offset, query.offset + query.limit),
    } satisfies PeerFound);
    contestants.forEach((contestant, who) => {
      if (JSON.stringify(contestant.search(query)) === right) equal[who] = (equal[who] ?? 0) + 1;
    });
  }
  return equal.map((count) => count / queries.length);
}
