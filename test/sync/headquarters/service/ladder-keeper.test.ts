// The ladder on the tables: exact instants, notices to holder and substitute, pauses, and what the owner is told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { LadderKeeper } from '../../../../sync/headquarters/service/ladder-keeper.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../world.ts';

const filedAt = '2025-11-21T07:00:00.000Z';
const hour = 3_600_000;
const later = (ms: number): string => new Date(Date.parse(filedAt) + ms).toISOString();

describe.each(storeKinds)('D19: the ladder on %s', (kind) => {
  let world: World;
  let ladder: LadderKeeper;
  let clock = Date.parse(filedAt);
  const id = '11111111-1111-4111-8111-111111111111';
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    ladder = new LadderKeeper({
      ...world,
      now: () => new Date(clock),
      changeOf: (ids) => world.service.changeOf(ids),
    });
    await send(world, [fact(1, { ...filing(), id })]);
  });
  afterEach(() => world.remove());

  const request = () =>
    world.store.db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const row = async () => {
    const found = await world.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'requests')
      .where('key', '=', `m1/${id}`)
      .executeTakeFirst();
    return JSON.parse(found?.body ?? '{}') as { level: unknown };
  };
  const climbed = () =>
    world.store.db
      .selectFrom('request_event')
      .select(['at', 'from_step', 'to_step', 'actor'])
      .where('what', '=', 'climbed')
      .orderBy('n')
      .execute();

  it('climbs at the second, tells holder and substitute once, and shows the owner level, holder and next deadline', async () => {
    clock = Date.parse(later(600_000)) - 1;
    expect(await ladder.climbDue()).toBe(0);
    clock += 1;
    expect(await ladder.climbDue()).toBe(1);
    expect(await ladder.climbDue()).toBe(0);
    expect(await climbed()).toEqual([
      { at: later(600_000), from_step: 'ordinary', to_step: 'key', actor: 'clock' },
    ]);
    const notices = await world.store.db
      .selectFrom('notice')
      .select(['to_whom', 'about', 'subject'])
      .where('key', 'like', 'climbed/%')
      .orderBy('to_whom')
      .execute();
    expect(notices).toEqual([
      { to_whom: 'manager', about: id, subject: expect.stringContaining('H01-0001 升级为「重点」') },
      { to_whom: 'service-desk', about: id, subject: expect.stringContaining('key') },
    ]);
    expect((await row()).level).toEqual({
      level: 'key',
      holder: { zh: '部门负责人', en: 'Head of department' },
      nextAt: later(600_000 + 24 * hour),
    });
  });

  it('after three days in which nobody looked it has all three steps at their own instants', async () => {
    clock = Date.parse(later(72 * hour));
    await ladder.climbDue();
    expect((await climbed()).map(({ at, to_step }) => [at, to_step])).toEqual([
      [later(600_000), 'key'],
      [later(600_000 + 24 * hour), 'hot'],
      [later(600_000 + 48 * hour), 'major'],
    ]);
    expect(await request()).toMatchObject({ level: 'major', climbs_at: null });
    const { counts, items } = await ladder.list(10);
    expect(counts).toEqual({ ordinary: 0, key: 0, hot: 0, major: 1 });
    expect(items).toMatchObject([{ number: 'H01-0001', level: 'major', holder: { zh: '集团副总裁' } }]);
  });

  it('D18: stands still with a reason, goes on with what was left, and refuses what makes no sense', async () => {
    clock = Date.parse(later(240_000));
    expect(await ladder.pause(tokenActor, id, 'owner-away')).toMatchObject({ pausedAt: later(240_000) });
    expect(await ladder.pause(tokenActor, id, 'weather')).toBe('paused-already');
    clock = Date.parse(later(50 * hour));
    expect(await ladder.climbDue()).toBe(0);
    expect(await ladder.resume(tokenActor, id)).toMatchObject({ replyBy: later(50 * hour + 360_000) });
    expect(await ladder.resume(tokenActor, id)).toBe('not-paused');
    expect(await ladder.resume(tokenActor, 'nobody')).toBe('unknown-request');
    expect(await request()).toMatchObject({ paused_at: null, climbs_at: later(50 * hour + 360_000) });
    clock = Date.parse(later(50 * hour + 360_000));
    expect(await ladder.climbDue()).toBe(1);
    const audited = await world.audit.list({ about: id, limit: 10 });
    expect(audited.map(({ what }) => what)).toEqual(['request-resumed', 'request-paused']);
  });

  it('D19: while everybody who holds a level is away it is with the substitute, who is told so, and the owner sees that', async () => {
    const manager = (account: string) => ({
      account,
      name: account,
      roles: ['manager' as const],
      ports: [],
      email: null,
      webhook: null,
      password: 'quite-long-enough',
    });
    for (const account of ['chen', 'zhou']) await world.accounts.add(tokenActor, manager(account));
    await world.accounts.change(tokenActor, 'chen', { awayUntil: later(100 * hour) });
    clock = Date.parse(later(600_000));
    await ladder.climbDue();
    // one of two is there
    expect((await row()).level).toMatchObject({ level: 'key', holder: { zh: '部门负责人' } });
    await world.accounts.change(tokenActor, 'zhou', { awayUntil: later(100 * hour) });
    clock = Date.parse(later(600_000 + 24 * hour));
    await ladder.climbDue();
    expect((await row()).level).toMatchObject({ level: 'hot', holder: { zh: '地区公司副总经理' } });
    expect((await ladder.list(5)).items[0]).toMatchObject({ isWithSubstitute: true });
    const told = await world.store.db
      .selectFrom('notice')
      .select(['to_whom', 'text'])
      .where('key', 'like', 'climbed/%/substitute')
      .where('to_whom', '=', 'executive')
      .executeTakeFirstOrThrow();
    expect(told.text).toContain('地区公司总经理不在');
  });

  it('D19: who stops the clock after the bell does not stop the step that was due', async () => {
    clock = Date.parse(later(600_000)) + 400;
    await ladder.pause(tokenActor, id, 'weather');
    expect(await climbed()).toMatchObject([{ at: later(600_000), to_step: 'key' }]);
    expect(await request()).toMatchObject({ level: 'key', climbs_at: null, pause_reason: 'weather' });
    clock += 72 * hour;
    expect(await ladder.climbDue()).toBe(0);
  });

  it('an answer stops the reply clock; a day without progress climbs; the end stops all', async () => {
    const note = { zh: '马上到', en: 'On our way' };
    clock = Date.parse(later(300_000));
    // the desk's own clock stands at 08:00, an hour after the filing: the missed reply still climbs
    await world.service.requests.act(tokenActor, id, { kind: 'answer', note });
    expect(await request()).toMatchObject({ climbs_at: later(600_000), replied_at: later(hour) });
    clock = Date.parse(later(hour));
    expect(await ladder.climbDue()).toBe(1);
    expect(await request()).toMatchObject({ level: 'key', climbs_at: later(600_000 + 24 * hour) });
    await world.service.requests.act(tokenActor, id, { kind: 'answer', note });
    expect(await request()).toMatchObject({ level: 'key', climbs_at: later(25 * hour) });
    await world.service.requests.act(tokenActor, id, { kind: 'withdraw', note });
    expect(await request()).toMatchObject({ climbs_at: null });
    expect((await row()).level).toBeNull();
  });

  it('steps are what headquarters sets, and the change is on record', async () => {
    const steps = structuredClone(await world.ladderSettings.steps());
    steps.key.afterMin = 30;
    await world.ladderSettings.change(tokenActor, steps);
    clock = Date.parse(later(600_000 + 1_800_000));
    await ladder.climbDue();
    expect((await climbed()).map(({ to_step }) => to_step)).toEqual(['key', 'hot']);
    expect((await world.audit.list({ limit: 1 }))[0]?.what).toBe('ladder-changed');
  });
});
