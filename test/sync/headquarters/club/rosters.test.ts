// Lists, waiting lists and double check-ins: the same whatever order terminals are heard in.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionRow } from '../../../../sync/contract/events.ts';
import type { MemberId, SessionId } from '../../../../sync/contract/ids.ts';
import { placesOf, standingOf } from '../../../../sync/headquarters/club/roster-order.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

const members = ['m1', 'm2', 'm3'] as const;
const at = (minute: number): string => new Date(Date.UTC(2025, 10, 21, 6, 0) + minute * 60_000).toISOString();

describe('who has a place (CL50–CL52)', () => {
  const act = (minute: number, what: 'in' | 'out', treatment: string | null = null) => ({
    id: `a${minute}`,
    at: at(minute),
    act: what,
    treatment,
  });

  it('CL50: who signs up twice keeps the first, who leaves and comes back is last', () => {
    expect(standingOf([act(5, 'in'), act(2, 'in')], undefined)?.since).toBe(`${at(2)}|a2`);
    expect(standingOf([act(5, 'in'), act(3, 'out'), act(2, 'in')], undefined)?.since).toBe(`${at(5)}|a5`);
    expect(standingOf([act(5, 'out'), act(2, 'in')], undefined)).toBeNull();
  });

  it('CL51: who has come is on the list, whatever was said before', () => {
    const came = standingOf([act(1, 'in'), act(2, 'out')], { at: at(9), id: 'f' });
    expect(came).toEqual({ since: `${at(9)}|f`, treatment: null });
  });

  it('CL52: the first have the places; a walk-in beyond them takes nobody’s', () => {
    const listed = [
      { member: 'walk-in', since: '9', hasCome: true },
      { member: 'second', since: '2', hasCome: false },
      { member: 'first', since: '1', hasCome: false },
      { member: 'third', since: '3', hasCome: false },
    ];
    const places = placesOf(listed, 2);
    expect(Object.fromEntries(places)).toEqual({ first: null, second: null, third: 1, 'walk-in': null });
    expect(Object.fromEntries(placesOf(listed, null))).toMatchObject({ third: null });
  });
});

describe.each(storeKinds)('lists at headquarters on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterAll(() => world?.remove());

  const addSession = async (quota: number | null): Promise<SessionId> => {
    const id = `s-${randomUUID().slice(0, 8)}` as SessionId;
    const row: SessionRow = {
      kind: 'session',
      id,
      event: 'open' as never,
      name: { zh: '夜场', en: 'Evening' },
      opensAt: at(0),
      endsAt: at(600),
      points: 20,
      quota,
      walkIn: true,
      signUp: true,
    };
    const record = { id, event: 'open', points: 20, opens_at: row.opensAt, row: JSON.stringify(row) };
    await world.store.transaction((tx) => tx.insertInto('session').values(record).execute());
    return id;
  };
  const published = async (session: string) => {
    const rows = await world.store.db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', 'events')
      .where('key', 'like', `%${session}%`)
      .where('body', 'is not', null)
      .orderBy('key')
      .execute();
    return rows.map(({ key, body }) => [
      key.replace(session, 'S'),
      JSON.parse(String(body).replaceAll(session, 'S')) as Record<string, unknown>,
    ]);
  };
  const waitingOf = async (session: string): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      (await published(session))
        .filter(([key]) => String(key).startsWith('roster/'))
        .map(([key, row]) => [
          String(key).split('/')[2],
          (row as Record<string, unknown>)['waiting'] ?? 'place',
        ]),
    );
  const wish = (member: string, session: string, what: 'join' | 'leave', minute: number) => ({
    at: at(minute),
    kind: 'session-wished',
    body: { member, session, wish: what },
  });
  const stream = () => randomUUID().replaceAll('-', '');
  const notices = async (session: string): Promise<string[]> =>
    (await world.store.db.selectFrom('notice').select('subject').where('about', '=', session).execute()).map(
      ({ subject }) => (JSON.parse(subject) as { zh: string }).zh,
    );

  it('CL52 CL53: over quota they wait in order, and the next one is promoted and told', async () => {
    const session = await addSession(1);
    const own = stream();
    await send(
      world,
      [fact(1, wish('m1', session, 'join', 1)), fact(2, wish('m2', session, 'join', 2))],
      'g-1',
      own,
    );
    await send(world, [fact(3, wish('m3', session, 'join', 3))], 'g-1', own);
    expect(await waitingOf(session)).toEqual({ m1: 'place', m2: 1, m3: 2 });
    await send(world, [fact(4, wish('m1', session, 'leave', 4))], 'g-1', own);
    expect(await waitingOf(session)).toEqual({ m2: 'place', m3: 1 });
    const told = await notices(session);
    // m1 was given a place at once, m2 later
    expect([...told].sort()).toEqual(['您在候补名单上', '您在候补名单上', '您有名额了', '您有名额了'].sort());
    const row = (await published(session)).find(([key]) => key === 'session/S');
    expect(row?.[1]).toMatchObject({ listed: 1, waiting: 1 });
  });

  it('CL53: a wish that comes late is placed by when it was made', async () => {
    const session = await addSession(1);
    await send(world, [fact(1, wish('m2', session, 'join', 5))], 'g-2', stream());
    await send(world, [fact(1, wish('m1', session, 'join', 1))], 'g-3', stream());
    expect(await waitingOf(session)).toEqual({ m1: 'place', m2: 1 });
    expect(await notices(session)).toContain('您改为候补');
  });

  it('a wish for what has no sign-up is kept and refused', async () => {
    const result = await send(world, [fact(1, wish('m1', 'open-1', 'join', 1))], 'g-4', stream());
    expect(result.deadLetters).toEqual(['no-sign-up']);
  });

  it('CL54: of two check-ins told by two terminals the earlier counts, once, and both are kept', async () => {
    const session = await addSession(null);
    const swipe = (minute: number) => ({
      at: at(minute),
      kind: 'check-in-recorded',
      body: { member: 'm1', card: 'c'.repeat(22), event: 'open', session, points: 20, isWalkIn: true },
    });
    await send(world, [fact(1, swipe(8))], 'g-5', stream());
    await send(world, [fact(1, swipe(7))], 'g-6', stream());
    const { db } = world.store;
    const told = db.selectFrom('attendance').select(['terminal', 'at']).where('session', '=', session);
    expect(await told.orderBy('at').execute()).toEqual([
      { terminal: 'g-6', at: at(7) },
      { terminal: 'g-5', at: at(8) },
    ]);
    expect(await db.selectFrom('check_in').select('at').where('session', '=', session).execute()).toEqual([
      { at: at(7) },
    ]);
    const booked = db
      .selectFrom('ledger')
      .select('points')
      .where('business_key', '=', `check-in/${session}/m1`);
    expect(await booked.execute()).toHaveLength(1);
  });

  const act = fc.record({
    where: fc.integer({ min: 0, max: 3 }),
    member: fc.constantFrom(...members),
    what: fc.constantFrom('join', 'leave', 'come', 'join', 'come'),
  });

  it('CL50–CL54: any order, and any repetition, comes to the same lists and check-ins', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.nat(50), { minLength: 9, maxLength: 9 }),
        async (acts, quota, ranks) => {
          const outcomes: unknown[] = [];
          for (const isOther of [false, true]) {
            const session = await addSession(quota);
            run += 1;
            await play(session, run, acts, isOther ? ranks : []);
            const checkIns = await world.store.db
              .selectFrom('check_in')
              .select(['member', 'at'])
              .where('session', '=', session)
              .orderBy('member')
              .execute();
            outcomes.push({ rows: await published(session), checkIns });
          }
          expect(outcomes[1]).toEqual(outcomes[0]);
        },
      ),
      { numRuns: kind === 'sqlite' ? 25 : 8 },
    );
  });

  /** Place 0 is the desk, the others are terminals; each tells its own in order, and who tells next is by rank. */
  async function play(
    session: SessionId,
    run: number,
    acts: readonly { where: number; member: string; what: string }[],
    ranks: readonly number[],
  ): Promise<void> {
    const queues = [0, 1, 2, 3].map((where) =>
      acts.map((one, minute) => ({ ...one, minute })).filter((one) => one.where === where),
    );
    const own = stream();
    const told = [0, 0, 0, 0];
    for (let step = 0; queues.some((queue) => queue.length > 0); step += 1) {
      const open = [0, 1, 2, 3].filter((where) => (queues[where]?.length ?? 0) > 0);
      const where = open[(ranks[step] ?? 0) % open.length] ?? 0;
      const next = queues[where]?.shift();
      if (!next) continue;
      const { member, what, minute } = next;
      if (where === 0) {
        const id = `desk/${run}-${minute}`;
        const place = { session, member: member as MemberId, source: 'desk', treatment: null };
        await world.store.transaction(async (tx) => {
          const change = await world.rosters.act(tx, [
            { ...place, id, at: at(minute), act: what === 'leave' ? 'out' : 'in' },
          ]);
          await world.publication.publish(tx, [change]);
        });
        continue;
      }
      const content =
        what === 'come'
          ? {
              at: at(minute),
              kind: 'check-in-recorded',
              body: { member, card: 'c'.repeat(22), event: 'open', session, points: 20 },
            }
          : wish(member, session, what === 'leave' ? 'leave' : 'join', minute);
      told[where] = (told[where] ?? 0) + 1;
      const one = [fact(told[where] ?? 1, content)];
      await send(world, one, `p${run}-${where}`, own);
      // the ack was lost: it comes again
      if ((ranks[step] ?? 1) % 3 === 0) await send(world, one, `p${run}-${where}`, own);
    }
  }
});
