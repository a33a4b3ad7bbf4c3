// Row `member-lookup`: whose card is this, among 1,000,000, on a terminal's store; floor: a Map in memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cardToken } from '../../sync/contract/card-token.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { Replica } from '../../sync/replica.ts';
import { copyBigStore } from './big-store.ts';
import { bigStoreCards, bigStoreFleetKey, cardNumber, unknownCard } from './big-store-rows.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

/** cards that are looked up one after the other on one side before it is the other's turn */
const batch = 500;
const megabyte = 1_000_000;

/** Percentiles over single look-ups of cards all over the club, one in ten unknown. */
export async function memberLookupRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const lookups = isQuick ? 5_000 : 100_000;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-lookup-'));
  try {
    await copyBigStore(join(folder, 'terminal.db'), progress);
    const before = process.memoryUsage().rss;
    const replica = Replica.open(join(folder, 'datasets'));
    // as a terminal after a day
    for (let n = 0; n < 5_000; n += 1) replica.get('members', keyOf(n));
    const memory = Math.max(0, process.memoryUsage().rss - before);
    progress('making a Map of the same cards');
    const map = new Map<string, object>();
    for (let n = 0; n < bigStoreCards; n += 1) {
      const token = cardToken(bigStoreFleetKey, 'em4100', cardNumber(n));
      map.set(memberKeys.card(token), { kind: 'card', token, member: `m-${n}`, state: 'active' });
    }
    // what the operating system has not read yet says something of the disk, not of us
    measure(replica, map, lookups);
    const { ours, floor } = measure(replica, map, lookups);
    replica.close();
    const row = (metric: string, value: number, against: number, goal: number, peer: string): Row =>
      ratioRow({
        row: 'member-lookup',
        metric,
        op: '<=',
        goal,
        ours: value,
        against,
        peer,
        runs: lookups,
      });
    return [
      row('p99, µs ÷ Map', percentile(ours, 99), percentile(floor, 99), 20, 'Map of 1,000,000'),
      row('p50, µs ÷ Map', percentile(ours, 50), percentile(floor, 50), 20, 'Map of 1,000,000'),
      row('memory for it, MB', memory, megabyte, 60, '1 MB'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(replica: Replica, map: ReadonlyMap<string, object>, lookups: number) {
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let start = 0; start < lookups; start += batch) {
    const keys = Array.from({ length: batch }, (_, n) => keyOf(start + n));
    let found = 0;
    for (const key of keys) {
      const startNs = process.hrtime.bigint();
      const card = map.get(key);
      floor.push(Number(process.hrtime.bigint() - startNs) / 1_000);
      if (card) found += 1;
    }
    for (const key of keys) {
      const startNs = process.hrtime.bigint();
      const card = replica.get('members', key);
      ours.push(Number(process.hrtime.bigint() - startNs) / 1_000);
      if (card) found -= 1;
    }
    if (found !== 0) throw new Error('the terminal does not find the cards that there are');
  }
  return { ours, floor };
}

/** Cards far apart in every table; each tenth is nobody's. */
function keyOf(n: number): string {
  const card = n % 10 === 9 ? unknownCard(n) : cardNumber((n * 7_368_787) % bigStoreCards);
  return memberKeys.card(cardToken(bigStoreFleetKey, 'em4100', card));
}
