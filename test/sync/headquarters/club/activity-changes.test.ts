// Sessions that are cancelled, moved, changed too late or held again: who is told, what stays, what is refused.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionRow } from '../../../../sync/contract/events.ts';
import type { MemberId } from '../../../../sync/contract/ids.ts';
import type { SessionBody } from '../../../../sync/headquarters/api/activity-api.ts';
import { storeKinds } from '../store-kinds.ts';
import { checkIn, fact, makeWorld, now, send, type World } from '../world.ts';

const desk = { account: 'club-1' };
const w = (zh: string) => ({ zh, en: zh });
const at = (hours: number): string => new Date(now().getTime() + hours * 3_600_000).toISOString();
const session = (more: Partial<SessionBody> = {}): SessionBody => ({
  name: w('夜场'),
  opensAt: at(1),
  endsAt: at(4),
  points: 20,
  quota: null,
  walkIn: true,
  signUp: true,
  minLevel: null,
  gates: null,
  treatments: {},
  ...more,
});
const stream = () => randomUUID().replaceAll('-', '');

describe.each(storeKinds)('changes of events on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterAll(() => world?.remove());

  const define = async (more: Partial<SessionBody> = {}): Promise<string> => {
    const made = await world.activities.defineSession(desk, 'open', session(more));
    if (typeof made === 'string') throw new Error(made);
    return made.id;
  };
  const change = async (id: string, more: Partial<SessionBody>) =>
    await world.activities.defineSession(desk, 'open', session({ ...more, id }));
  const join = async (id: string, member: string, mayWait = false) =>
    await world.activities.place(desk, id, { member: member as MemberId, act: 'join', mayWait });
  const told = async (id: string): Promise<string[]> =>
    (await world.store.db.selectFrom('notice').select('subject').where('about', '=', id).execute()).map(
      ({ subject }) => (JSON.parse(subject) as { zh: string }).zh,
    );
  const published = async (id: string): Promise<SessionRow> => {
    const row = world.store.db.selectFrom('dataset_row').select('body').where('key', '=', `session/${id}`);
    return JSON.parse(String((await row.executeTakeFirstOrThrow()).body)) as SessionRow;
  };
  /** As if it had been defined then. */
  const backdate = async (id: string, opensAt: string, endsAt: string): Promise<void> => {
    const row = { ...(await published(id)), opensAt, endsAt };
    await world.store.transaction((tx) => world.activities.keep(tx, row));
  };

  it('D17 CL58: a cancelled session tells everybody on its list, also who waits, and terminals', async () => {
    const id = await define({ quota: 1 });
    await join(id, 'm1');
    await join(id, 'm2', true);
    expect(await world.activityChanges.cancel(desk, id)).toEqual({ told: 2 });
    expect((await told(id)).filter((subject) => subject === '活动取消')).toHaveLength(2);
    expect((await published(id)).cancelledAt).toBe(now().toISOString());
    const audit = await world.store.db.selectFrom('audit').select('what').where('about', '=', id).execute();
    expect(audit.map(({ what }) => what)).toContain('session-cancelled');
    expect(await world.activityChanges.cancel(desk, id)).toBe('session-cancelled');
    expect(await change(id, { quota: 5 })).toBe('session-cancelled');
    expect(await join(id, 'm3')).toBe('session-cancelled');
    expect(await world.rosterImport.import(desk, { session: id, csv: 'member\nm3\n', mayWait: true })).toBe(
      'session-cancelled',
    );
    expect(await world.activityChanges.cancel(desk, 'nowhere')).toBe('unknown-session');
  });

  it('D17 CL58: who came before it was cancelled, or while a terminal did not know, keeps the points; nothing more is earned', async () => {
    const id = await define({ opensAt: at(-2), endsAt: at(1) });
    await world.activityChanges.cancel(desk, id);
    const result = await send(world, [fact(1, checkIn('m3', id))], 'c-1', stream());
    expect(result.deadLetters).toEqual([]);
    await backdate(id, at(-3), at(-1));
    await world.batches.bookEnded();
    const rows = await world.store.db
      .selectFrom('ledger')
      .select(['points', 'item'])
      .where('member', '=', 'm3')
      .where('business_key', 'like', `%${id}%`)
      .execute();
    expect(rows).toEqual([{ points: 20, item: 'check-in' }]);
  });

  it('D17 CL58: a wish that comes late to a cancelled session is kept and answered with that', async () => {
    const id = await define({ quota: 1 });
    await world.activityChanges.cancel(desk, id);
    const wish = { kind: 'session-wished', body: { member: 'm1', session: id, wish: 'join' } };
    expect((await send(world, [fact(1, wish)], 'c-2', stream())).deadLetters).toEqual([]);
    expect(await told(id)).toEqual(['活动取消']);
  });

  it('D17 CL59: once check-in has opened, its opening and points stay; more places and a later end are fine', async () => {
    const id = await define({ opensAt: at(-1), endsAt: at(2) });
    const open = { opensAt: at(-1), endsAt: at(2) };
    expect(await change(id, { ...open, points: 50 })).toBe('session-started');
    expect(await change(id, { ...open, opensAt: at(1) })).toBe('session-started');
    expect(await change(id, { opensAt: at(-1), endsAt: at(-0.5) })).toBe('already-over');
    expect(await change(id, { ...open, endsAt: at(3), quota: 9 })).toEqual({ id });
    await backdate(id, at(-3), at(-1));
    expect(await change(id, { opensAt: at(-3), endsAt: at(9) })).toBe('session-over');
    expect(await join(id, 'm1')).toBe('session-over');
  });

  it('D17 CL59: a session that is moved tells who counts on it, in the words of headquarters’ zone', async () => {
    const id = await define();
    await join(id, 'm1');
    expect(await change(id, { opensAt: at(25), endsAt: at(28) })).toEqual({ id });
    const rows = await world.store.db.selectFrom('notice').select('text').where('about', '=', id).execute();
    expect(rows.map(({ text }) => (JSON.parse(text) as { zh: string }).zh)).toEqual([
      '「夜场」改到 11月22日周六 17:00，您的报名仍然有效。',
    ]);
    await change(id, { opensAt: at(25), endsAt: at(28), quota: 7 });
    expect(await told(id)).toHaveLength(1);
  });

  it('CL53: of what is over nobody is told that they moved up', async () => {
    const id = await define({ quota: 1, opensAt: at(-3), endsAt: at(1) });
    await join(id, 'm1');
    await join(id, 'm2', true);
    const before = await told(id);
    await backdate(id, at(-3), at(-0.1));
    const leave = { at: at(-2), kind: 'session-wished', body: { member: 'm1', session: id, wish: 'leave' } };
    await send(world, [fact(1, leave)], 'c-3', stream());
    expect(await told(id)).toEqual(before);
  });

  it('CL52: a place that was taken meanwhile is refused, and the list stays as it was', async () => {
    const id = await define({ quota: 1 });
    const first = { id: `desk/${id}`, session: id as never, member: 'm1' as MemberId, at: at(-1) };
    await world.store.transaction(async (tx) => {
      const act = { ...first, act: 'in' as const, treatment: null, source: 'desk' };
      await world.publication.publish(tx, [await world.rosters.act(tx, [act])]);
    });
    const { freePlaces } = world.activities;
    // both desks saw it free
    world.activities.freePlaces = async () => 1;
    try {
      expect(await join(id, 'm2')).toBe('session-full');
      const file = { session: id, csv: 'member\nm3\n', mayWait: false };
      expect(await world.rosterImport.import(desk, file)).toBe('session-full');
    } finally {
      world.activities.freePlaces = freePlaces;
    }
    const acts = world.store.db.selectFrom('roster_act').select('member').where('session', '=', id);
    expect(await acts.execute()).toEqual([{ member: 'm1' }]);
  });

  it('D17: an event is held again with its sessions, later and empty', async () => {
    const { id: event } = (await world.activities.defineEvent(desk, {
      name: w('茶会'),
      place: w('会所'),
      project: null,
    })) as { id: string };
    const make = async (more: Partial<SessionBody>) =>
      ((await world.activities.defineSession(desk, event, session(more))) as { id: string }).id;
    const first = await make({ quota: 1, treatments: { silver: w('前排') } });
    await join(first, 'm1');
    await world.activityChanges.cancel(desk, await make({ name: w('取消的') }));
    const copy = (await world.activityChanges.copy(desk, event, 7)) as { id: string };
    const { activities } = await world.activityDesk.activities();
    const made = activities.find(({ id }) => id === copy.id);
    expect(made?.name).toEqual(w('茶会'));
    expect(made?.sessions).toMatchObject([
      { opensAt: at(1 + 7 * 24), endsAt: at(4 + 7 * 24), quota: 1, treatments: { silver: w('前排') } },
    ]);
    expect(made?.sessions[0]?.figures.listed).toBe(0);
    expect(await world.activityChanges.copy(desk, 'nowhere', 7)).toBe('unknown-event');
    await backdate(first, at(-72), at(-70));
    expect(await world.activityChanges.copy(desk, event, 1)).toBe('already-over');
    expect(await world.activityChanges.remove(desk, event)).toBe('event-has-sessions');
  });

  it('D17: an event without sessions can go; what ended long ago is shown when asked for', async () => {
    const body = { name: w('空'), place: w('会所'), project: null };
    const { id } = (await world.activities.defineEvent(desk, body)) as { id: string };
    const ids = async (isPast: boolean) =>
      (await world.activityDesk.activities(isPast)).activities.map((event) => event.id);
    expect(await ids(false)).toContain(id);
    expect(await world.activityChanges.remove(desk, id)).toEqual({ id });
    expect(await world.activityChanges.remove(desk, id)).toBe('unknown-event');
    expect(await ids(true)).not.toContain(id);
    const long = await define();
    await backdate(long, at(-40 * 24), at(-40 * 24 + 2));
    const shown = async (isPast: boolean) =>
      (await world.activityDesk.activities(isPast)).activities.flatMap(({ sessions }) =>
        sessions.map((one) => one.id),
      );
    expect(await shown(false)).not.toContain(long);
    expect(await shown(true)).toContain(long);
  });

  it('CL60: what ended 60 days ago leaves the terminals with its list, and headquarters keeps it', async () => {
    const [old, kept] = [await define({ quota: 5 }), await define()];
    for (const id of [old, kept]) await join(id, 'm1');
    await backdate(old, at(-61 * 24), at(-60 * 24 - 1));
    await backdate(kept, at(-59 * 24), at(-59 * 24 + 1));
    const known = async (id: string): Promise<string[]> => {
      const rows = world.store.db.selectFrom('dataset_row').select('key').where('dataset', '=', 'events');
      const own = rows.where('key', 'like', `%${id}%`).where('body', 'is not', null).orderBy('key');
      return (await own.execute()).map(({ key }) => key.replace(id, 'S'));
    };
    const changes = world.oldSessions;
    expect(await changes.withdraw()).toBe(1);
    expect(await changes.withdraw()).toBe(0);
    expect(await known(old)).toEqual([]);
    expect(await known(kept)).toEqual(['roster/S/m1', 'session/S']);
    expect((await world.activityDesk.roster(old))?.map(({ member }) => member)).toEqual(['m1']);
    // a terminal that was silent all the time: taken, and gone from terminals again with the next day
    const late = { ...checkIn('m3', old), at: at(-61 * 24 + 1) };
    expect((await send(world, [fact(1, late)], 'c-4', stream())).deadLetters).toEqual([]);
    await changes.withdraw();
    expect(await known(old)).toEqual([]);
  });

  it('D4: the desk may name a member by the telephone, unless several have it', async () => {
    const id = await define();
    expect(await join(id, '13812341234')).toBe('phone-of-several');
    expect(await join(id, '13700000009')).toBe('unknown-member');
    await world.store.transaction((tx) =>
      tx.updateTable('member').set({ phone: '13700000009' }).where('id', '=', 'm3').execute(),
    );
    expect(await join(id, '137 0000 0009')).toEqual({ isListed: true, waiting: null });
    expect((await world.activityDesk.roster(id))?.map(({ member }) => member)).toEqual(['m3']);
  });

  it('CL2: who became one with another member is put on lists as that member', async () => {
    await world.store.transaction(async (tx) => {
      const twin = await tx.selectFrom('member').selectAll().where('id', '=', 'm2').executeTakeFirstOrThrow();
      const one = { ...twin, phone: '13700000000' };
      await tx.updateTable('member').set({ phone: one.phone }).where('id', '=', 'm2').execute();
      await tx
        .insertInto('member')
        .values({ ...one, id: 'm2-old', merged_into: 'm2' })
        .execute();
    });
    const id = await define();
    expect(await join(id, 'm2-old')).toEqual({ isListed: true, waiting: null });
    const file = { session: id, csv: 'phone\n137 0000-0000\n', mayWait: false };
    expect(await world.rosterImport.import(desk, file)).toMatchObject({ unchanged: 1, faults: [] });
  });

  it('D17: ten thousand rows are put on a list at once, or not at all', async () => {
    const [one] = await world.store.db.selectFrom('member').selectAll().where('id', '=', 'm1').execute();
    const phones = Array.from({ length: 10_000 }, (_, n) => String(15_000_000_000 + n));
    const many = phones.map((phone, n) => ({ ...one, id: `many-${n}`, name: `会员${n}`, phone }) as never);
    await world.store.transaction((tx) => world.store.insert(tx, 'member', many));
    const id = await define({ quota: 9_000 });
    const csv = `phone,name\n${phones.map((phone, n) => `${phone},会员${n}`).join('\n')}\n`;
    const steps: number[] = [];
    const onProgress = (done: number): void => void steps.push(done);
    const wrong = { session: id, csv: `${csv}15000000000,会员0\n`, mayWait: true };
    const refused = await world.rosterImport.import(desk, wrong);
    expect(refused).toEqual({
      added: 0,
      waiting: 0,
      unchanged: 0,
      faults: [{ line: 10_002, code: 'twice-in-file' }],
    });
    const done = await world.rosterImport.import(desk, { session: id, csv, mayWait: true, onProgress });
    expect(done).toEqual({ added: 10_000, waiting: 1_000, unchanged: 0, faults: [] });
    expect(steps).toHaveLength(20);
    expect(steps.at(-1)).toBe(10_000);
    expect(await published(id)).toMatchObject({ listed: 9_000, waiting: 1_000 });
  }, 60_000);
});
