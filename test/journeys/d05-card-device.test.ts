// D05 电子刷卡设备: a swipe is recorded at once; the session's points are booked in a batch when it ends.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseHeadquartersConfig } from '../../sync/headquarters/config.ts';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { startHeadquarters } from '../../sync/headquarters/headquarters.ts';
import { todaySessionPrefix } from '../demo/developer/programme.ts';
import { eventually } from './product.ts';
import { headquartersConfig, type Shipped, startShipped } from './shipped.ts';

interface Account {
  readonly balance: number;
  readonly lines: readonly { readonly item: string | null; readonly points: number }[];
}

let shipped: Shipped;
/** headquarters' clock is ahead of the wall's by so much */
let aheadMs = 0;

beforeAll(async () => {
  shipped = await startShipped(
    (developer) => {
      for (const member of developer.members) member.pin = null;
    },
    async (folder, developer, url) => {
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const headquarters = await startHeadquarters(parseHeadquartersConfig(headquartersConfig(url), 'test'), {
        log,
        baseDir: folder,
        consoleDir: folder,
        developer: parseDeveloper(developer, 'test'),
        now: () => new Date(Date.now() + aheadMs),
      });
      return { ready: { http: headquarters.httpUrl }, stop: () => headquarters.close() };
    },
  );
}, 120_000);
afterAll(() => shipped?.close());

const accountOf = (member: string) => shipped.api<Account>(`points/members/${member}`);
const batchesOfToday = async (): Promise<object[]> =>
  (await shipped.api<{ batches: { session: string }[] }>('points/batches')).batches.filter(({ session }) =>
    session.startsWith(todaySessionPrefix),
  );

it('D05 swipes are interactions at once, and points come in a batch when the session ends, once', async () => {
  const guests = shipped.cards.filter(({ state }) => state === 'active').slice(0, 3);
  const members = guests.map(({ member }) => member ?? '');
  const before = await Promise.all(members.map(async (member) => (await accountOf(member)).balance));
  for (const [n, guest] of guests.entries()) {
    shipped.reader.present(guest.number, 100);
    await eventually(async () => expect(await shipped.facts('check-in-recorded')).toHaveLength(n + 1));
  }
  const balances = () => Promise.all(members.map(async (member) => (await accountOf(member)).balance));
  await eventually(async () => expect(await balances()).toEqual(before.map((points) => points + 20)));
  expect(await batchesOfToday()).toEqual([]);

  aheadMs = 25 * 3_600_000;
  await eventually(async () => expect(await balances()).toEqual(before.map((points) => points + 25)));
  expect(await batchesOfToday()).toMatchObject([{ members: 3, points: 15 }]);
  const { lines } = await accountOf(members[0] ?? '');
  expect(lines.slice(0, 2).map(({ item, points }) => [item, points])).toEqual([
    ['event-attended', 5],
    ['check-in', 20],
  ]);
}, 150_000);
