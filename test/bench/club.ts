// Row `club`: ledgers replayed into balance, level and lots, against the least that such a replay must do; and joinings.
import type { LedgerLine } from '../../sync/contract/members.ts';
import {
  accountOf,
  addMonths,
  defaultRules,
  levelOf,
  type PointsEntry,
  standingAt,
} from '../../sync/contract/points.ts';
import { makeRandom } from '../demo/developer/random.ts';
import { joinsRow } from './joins.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const entriesPerLedger = 40;
const levels = [0, 200, 1_000, 5_000].map((from) => ({ from }));
const now = new Date('2026-11-21T06:00:00.000Z');

/** Medians over runs that take turns; the floor sums up the same entries and reads their times. */
export async function clubRow(options: RowOptions): Promise<Row[]> {
  const { isQuick, progress } = options;
  const runs = isQuick ? 3 : 9;
  const ledgers = Array.from({ length: isQuick ? 500 : 5_000 }, (_, n) => someLedger(n));
  const [ours, floor]: [number[], number[]] = [[], []];
  let sum = 0;
  for (let run = -1; run < runs; run += 1) {
    progress(`replaying ${ledgers.length} ledgers, run ${run + 1} of ${runs}`);
    const replayed = perSecond(ledgers, (ledger) => {
      const { balance, earned } = standingAt(accountOf(ledger), defaultRules.levelMonths, now);
      sum += balance + (levelOf(levels, earned)?.from ?? 0);
    });
    const summed = perSecond(ledgers, (ledger) => {
      for (const { points, at } of ledger) sum += Date.parse(at) < now.getTime() ? points : 0;
    });
    if (run < 0) continue;
    ours.push(replayed);
    floor.push(summed);
  }
  if (sum === 0) throw new Error('nothing was replayed');
  return [
    ratioRow({
      row: 'club',
      metric: 'ledger replays/s ÷ summing up',
      op: '>=',
      goal: 0.1,
      ours: median(ours),
      against: median(floor),
      peer: `sum of ${entriesPerLedger} entries`,
      runs,
    }),
    await joinsRow(options),
  ];
}

function perSecond(ledgers: readonly PointsEntry[][], replay: (ledger: PointsEntry[]) => void): number {
  const startMs = performance.now();
  for (const ledger of ledgers) replay(ledger);
  return (ledgers.length * 1_000) / (performance.now() - startMs);
}

/** Three years of a member who comes often: most earns, some is spent, a little is taken back. */
function someLedger(seed: number): PointsEntry[] {
  const random = makeRandom(seed);
  const none = { reverses: null, expires: null, until: null };
  const entries: PointsEntry[] = [];
  let atMs = now.getTime() - 3 * 365 * 86_400_000;
  for (let n = 0; n < entriesPerLedger; n += 1) {
    atMs += random.int(1, 50) * 86_400_000 * 0.5;
    const line: Pick<LedgerLine, 'id' | 'at'> = { id: `e${n}`, at: new Date(atMs).toISOString() };
    const kind = random.next();
    const first = entries[random.int(0, Math.max(0, n - 1))];
    if (kind < 0.8 || !first) {
      const until = addMonths(atMs, defaultRules.lotMonths).toISOString();
      entries.push({ ...none, ...line, points: random.pick([10, 20, 500]), until });
    } else if (kind < 0.95) entries.push({ ...none, ...line, points: -random.int(1, 50) });
    else entries.push({ ...none, ...line, points: -first.points, reverses: first.id });
  }
  return entries;
}
