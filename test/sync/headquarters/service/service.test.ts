// What happens to a request between filing and the last call, on both databases.
import { afterEach, describe, expect, it } from 'vitest';
import type { PortId } from '../../../../sync/contract/ids.ts';
import { type RequestRow, requestKeys } from '../../../../sync/contract/requests.ts';
import { type Actor, type Role, tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, makeWorld, now, send, type World } from '../world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.remove();
});

const words = (text: string) => ({ zh: text, en: text });
const rated = [
  { item: 'satisfaction', score: 4 },
  { item: 'leaks', score: 5 },
] as const;
const somebody = (account: string, role: Role, ...ports: string[]): Actor => ({
  account,
  name: account,
  roles: new Set([role]),
  ports: new Set(ports as PortId[]),
});
const agent = somebody('agent', 'service-desk');

describe.each(storeKinds)('the service desk on %s', (kind) => {
  async function filed() {
    const world = await makeWorld(undefined, kind);
    worlds.push(world);
    const told = fact(1, filing());
    await send(world, [told]);
    const id = String(told['id']);
    let seq = 1;
    const row = async (): Promise<RequestRow> => {
      const found = await world.store.db
        .selectFrom('dataset_row')
        .select('body')
        .where('dataset', '=', 'requests')
        .where('key', '=', requestKeys.request('m1', id))
        .executeTakeFirstOrThrow();
      return JSON.parse(String(found.body)) as RequestRow;
    };
    const say = async (content: object) => {
      seq += 1;
      return await send(world, [fact(seq, content)]);
    };
    const judge = (verdict: string, ratings: readonly object[] = [], member = 'm1') =>
      say({ kind: 'request-judged', body: { request: id, member, verdict, ratings, text: null } });
    const calls = () => world.service.desk.calls();
    const reached = async (verdict: 'solved' | 'partly' | 'not-solved', agrees: boolean) => {
      const [call] = await calls();
      return await world.service.callBacks.record(agent, call?.id ?? '', {
        kind: 'reached',
        verdict,
        agrees,
        ratings: rated,
        note: null,
      });
    };
    const finishTask = async () =>
      await world.service.tasks.move(tokenActor, `${id}/1`, 'working', 'done', null);
    return { world, id, row, say, judge, calls, reached, finishTask, service: world.service };
  }

  it('D16 goes the six steps; the owner sees each, and the clocks stop where they are kept', async () => {
    const { service, id, row } = await filed();
    expect(await row()).toMatchObject({
      state: 'filed',
      replyBy: '2025-11-21T07:10:00.000Z',
      tasks: [{ status: { zh: '待接单' }, isDone: false }],
      asksVerdict: false,
    });
    expect((await row()).steps?.map(({ name }) => name.zh)).toEqual([
      '受理',
      '现场查看',
      '任务分派',
      '任务处理',
      '关闭确认',
      '回访',
      '已关闭',
    ]);
    const deed = { kind: 'advance', to: 'inspection', note: words('我们到了') } as const;
    expect(await service.requests.act(agent, id, deed)).toBe('done');
    expect(await row()).toMatchObject({ state: 'in-progress', replyBy: null, onSiteBy: null });
    expect(await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'working', null)).toBe('done');
    expect((await row()).steps?.map(({ at }) => at !== null)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(await service.tasks.move(tokenActor, `${id}/1`, 'working', 'done', null)).toBe('done');
    expect(await row()).toMatchObject({ state: 'to-confirm', asksVerdict: true, tasks: [{ isDone: true }] });
  });

  it('D20 three call-backs: not solved, partly, solved; closed only then, and each on record', async () => {
    const { service, id, row, reached, finishTask, calls } = await filed();
    await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'working', null);
    for (const verdict of ['not-solved', 'partly'] as const) {
      expect(await finishTask()).toBe('done');
      expect(await reached(verdict, false)).toBe('done');
      expect(await row()).toMatchObject({ state: 'in-progress', tasks: [{ isDone: false }], outcome: null });
      expect(await calls()).toEqual([]);
    }
    await finishTask();
    expect(await reached('solved', true)).toBe('done');
    expect(await row()).toMatchObject({
      state: 'done',
      outcome: 'solved',
      callBacks: [{ verdict: 'not-solved' }, { verdict: 'partly' }, { verdict: 'solved' }],
    });
    const record = await service.desk.request(agent, id);
    expect(record).toMatchObject({ reopened: 2 });
    expect(record?.ratings).toHaveLength(6);
  });

  it('SV2 D6 nobody reached is called again; a call without a rating counts for nothing', async () => {
    const { service, id, calls, finishTask } = await filed();
    await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'working', null);
    await finishTask();
    const [first] = await calls();
    const record = (call: string, ratings: readonly []) =>
      service.callBacks.record(agent, call, {
        kind: 'reached',
        verdict: 'solved',
        agrees: true,
        ratings,
        note: null,
      });
    expect(await record(first?.id ?? '', [])).toBe('rating-missing');
    expect(await service.callBacks.record(agent, first?.id ?? '', { kind: 'not-reached', note: '忙' })).toBe(
      'done',
    );
    expect(await record(first?.id ?? '', [])).toBe('call-back-already-done');
    const [second] = await calls();
    expect(second).toMatchObject({ attempt: 2, dueAt: '2025-11-21T10:00:00.000Z', phone: '13812341234' });
  });

  it('D20 the owner closes it at the terminal with a rating, and then nobody need call', async () => {
    const { service, id, row, judge, calls, finishTask } = await filed();
    await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'working', null);
    await finishTask();
    expect(await calls()).toHaveLength(1);
    await judge('solved', [...rated]);
    expect(await row()).toMatchObject({ state: 'done', outcome: 'solved', asksVerdict: false });
    expect(await calls()).toEqual([]);
    await judge('not-solved');
    expect(await row()).toMatchObject({ state: 'in-progress', outcome: null, tasks: [{ isDone: false }] });
  });

  it('D6 D20 solved without a rating is done, but somebody still calls for the rating', async () => {
    const { row, judge, calls, reached } = await filed();
    await judge('solved');
    expect(await row()).toMatchObject({ state: 'done', outcome: 'solved' });
    expect(await calls()).toHaveLength(1);
    expect(await reached('solved', true)).toBe('done');
    expect(await calls()).toEqual([]);
  });

  it('SV3 D16 invalid with its reason is told to the owner, who is called or may object', async () => {
    const { service, id, row, judge, calls } = await filed();
    const note = words('业主自行改动的管道');
    expect(await service.requests.act(agent, id, { kind: 'invalidate', note })).toBe('done');
    expect(await row()).toMatchObject({
      state: 'invalid',
      outcome: 'invalid',
      answer: note,
      asksVerdict: true,
    });
    expect(await calls()).toHaveLength(1);
    await judge('not-solved');
    expect(await row()).toMatchObject({ state: 'in-progress', outcome: null });
  });

  it('SV5 D24 two people close one task: the second is told so, and nothing changes', async () => {
    const { service, id, row } = await filed();
    const close = (account: string) =>
      service.tasks.move(somebody(account, 'port', 'engineering'), `${id}/1`, 'filed', 'done', null);
    const ends = await Promise.all([close('one'), close('two')]);
    expect([...ends].sort()).toEqual(['done', 'task-already-closed']);
    expect(await row()).toMatchObject({ state: 'to-confirm' });
    const other = somebody('three', 'port', 'design');
    expect(await service.tasks.move(other, `${id}/1`, 'done', 'working', null)).toBe('not-your-port');
  });

  it('D6 D25 is split into tasks, handed over to another port, and follows them', async () => {
    const { service, id, row, world } = await filed();
    const task = {
      place: 'bathroom',
      element: 'wall',
      problem: 'crack',
      phrase: null,
      label: words('卫生间-墙面-开裂'),
      text: null,
      port: 'engineering',
      deadline: '2025-11-23T08:00:00.000Z',
    };
    expect(await service.tasks.add(agent, id, [task])).toBe('done');
    const change = {
      port: 'design',
      person: 'li',
      followers: ['wang'],
      supplier: '甲防水',
      cause: 'material',
      deadline: task.deadline,
    };
    expect(await service.tasks.change(agent, `${id}/2`, change)).toBe('done');
    expect((await row()).tasks).toMatchObject([
      { port: 'engineering' },
      { port: 'design', deadline: task.deadline },
    ]);
    const mine = await service.desk.tasks(somebody('li', 'port', 'design'), false);
    expect(mine).toMatchObject([
      { n: 2, person: 'li', followers: ['wang'], supplier: '甲防水', cause: 'material' },
    ]);
    const notices = await world.store.db
      .selectFrom('notice')
      .select(['to_kind', 'to_whom', 'to_port'])
      .execute();
    expect(notices).toContainEqual({ to_kind: 'role', to_whom: 'port', to_port: 'design' });
    expect(notices).toContainEqual({ to_kind: 'account', to_whom: 'li', to_port: null });
    for (const n of [1, 2]) {
      expect((await row()).state).not.toBe('to-confirm');
      await service.tasks.move(tokenActor, `${id}/${n}`, 'filed', 'done', null);
    }
    expect((await row()).state).toBe('to-confirm');
  });

  it('SV6 D25 the first line closes at once with consent; a move is taken back while it is fresh', async () => {
    const { service, id, row } = await filed();
    await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'done', null);
    expect(await row()).toMatchObject({ state: 'to-confirm', tasks: [{ isDone: true }] });
    expect(await service.requests.undo(agent, id)).toBe('done');
    expect(await row()).toMatchObject({ state: 'filed', asksVerdict: false, tasks: [{ isDone: false }] });
    expect(await service.desk.calls()).toEqual([]);
    expect(await service.requests.undo(agent, id)).toBe('too-late-to-undo');
    const consent = { kind: 'consent', note: null, ratings: rated } as const;
    expect(await service.requests.act(agent, id, consent)).toBe('done');
    expect(await row()).toMatchObject({ state: 'done', outcome: 'solved' });
    expect(await service.requests.undo(agent, id)).toBe('too-late-to-undo');
  });

  it('D6 whatever the owner adds stays at headquarters; another member says nothing about it', async () => {
    const { say, row, judge, service, id } = await filed();
    const note = { kind: 'request-noted', body: { request: id, member: 'm1', text: '门没关好' } };
    await say(note);
    expect(JSON.stringify(await row())).not.toContain('门没关好');
    const detail = await service.desk.request(agent, id);
    expect(detail?.events.at(-1)).toMatchObject({ what: 'noted', note: { zh: '门没关好' } });
    await judge('solved', [...rated], 'm2');
    expect((await row()).state).toBe('filed');
    expect((await service.desk.request(agent, id))?.events).toHaveLength(2);
  });

  it('D6 the desk files what somebody says on the telephone, with the clock of the library', async () => {
    const { service } = await filed();
    const told = {
      request: 'enquiry',
      member: null,
      phone: '13900001111',
      project: null,
      unit: null,
      text: '何时办产权证',
      isWritten: false,
    } as const;
    const made = await service.requests.file(agent, told);
    const id = 'id' in made ? made.id : '';
    expect(await service.desk.request(agent, id)).toMatchObject({
      kind: 'enquiry',
      phone: '13900001111',
      replyBy: '2025-11-21T08:10:00.000Z',
    });
    await service.requests.act(agent, id, { kind: 'answer', note: words('明年三月') });
    expect(await service.desk.request(agent, id)).toMatchObject({
      state: 'to-confirm',
      answer: words('明年三月'),
    });
    expect((await service.desk.inbox(agent, false)).map(({ due }) => due?.what)).toEqual([
      'reply',
      'call-back',
    ]);
  });

  it('D16 found invalid it stays invalid when the owner agrees to it, and is open again when they object', async () => {
    const { service, id, world, reached, judge } = await filed();
    const valid = async () =>
      (await world.store.db.selectFrom('request').select('valid').where('id', '=', id).executeTakeFirst())
        ?.valid;
    await service.requests.act(agent, id, { kind: 'invalidate', note: words('业主自行改动的管道') });
    expect(await valid()).toBe(0);
    expect(await reached('not-solved', true)).toBe('done');
    expect(await service.desk.request(agent, id)).toMatchObject({ step: 'closed', outcome: 'invalid' });
    expect(await valid()).toBe(0);
    await judge('not-solved');
    expect(await valid()).toBeNull();
  });

  it('SV5 a port works on requests with a task of its own, sees no others, and hands nothing over itself', async () => {
    const { service, id, world } = await filed();
    const own = somebody('wu', 'port', 'engineering');
    const other = somebody('li', 'port', 'design');
    const note = words('马上到');
    expect(await service.requests.act(other, id, { kind: 'answer', note })).toBe('not-your-port');
    expect(await world.ladder.pause(other, id, 'weather')).toBe('not-your-port');
    expect(await service.desk.request(other, id)).toBeUndefined();
    expect(await service.desk.inbox(other, false)).toEqual([]);
    expect(await service.requests.act(own, id, { kind: 'answer', note })).toBe('done');
    expect(await service.desk.request(own, id)).toMatchObject({ answer: note });
    expect(await service.desk.inbox(own, false)).toHaveLength(1);
    expect(await service.tasks.change(own, `${id}/1`, { port: 'design' })).toBe('not-yours');
    expect(await service.tasks.move(own, `${id}/1`, 'filed', 'working', null)).toBe('done');
    expect((await service.desk.tasks(own, false))[0]).toMatchObject({ person: 'wu' });
    expect(await service.requests.undo(somebody('xu', 'port', 'engineering'), id)).toBe('not-yours');
    expect(await service.requests.undo(own, id)).toBe('done');
  });

  it('SV7 AC1 each deed and each refusal stands in the audit chain with its actor, and never a word of it', async () => {
    const { service, id, world } = await filed();
    const note = words('王女士说下午在家');
    await service.requests.act(agent, id, { kind: 'advance', to: 'handling', note });
    await service.requests.undo(agent, id);
    await service.tasks.move(somebody('wu', 'port', 'engineering'), `${id}/1`, 'assigned', 'done', null);
    const lines = await world.audit.list({ about: id, limit: 10 });
    expect(lines.toReversed().map(({ actor, what, detail }) => [actor, what, detail])).toEqual([
      ['agent', 'request-moved', expect.objectContaining({ from: 'reception', to: 'handling' })],
      ['agent', 'request-taken-back', { event: expect.any(Number) }],
      ['wu', 'request-refused', { code: 'task-moved-by-another' }],
    ]);
    expect(JSON.stringify(lines)).not.toContain('王女士');
    expect(await world.audit.check()).toMatchObject({ kind: 'whole' });
  });

  it('D25 of more than fit the inbox, those whose promise runs out first are in it', async () => {
    const { service, world } = await filed();
    const late = Array.from({ length: 520 }, (_, n) => ({
      ...fact(n + 2, filing()),
      at: '2025-11-21T07:30:00.000Z',
      body: { ...filing().body, number: `H01-${n}`, replyBy: '2025-11-21T09:00:00.000Z', onSiteBy: null },
    }));
    for (let from = 0; from < late.length; from += 100) await send(world, late.slice(from, from + 100));
    const lines = await service.desk.inbox(agent, false);
    expect(lines).toHaveLength(500);
    expect(lines[0]).toMatchObject({ number: 'H01-0001', due: { what: 'reply' } });
  });

  it('D25 of more closed tasks than fit the board, the last closed are on it', async () => {
    const { service, id, world } = await filed();
    await world.store.transaction(async (tx) => {
      const [task] = await tx.selectFrom('task').selectAll().where('request', '=', id).execute();
      const many = Array.from({ length: 60 }, (_, n) => ({
        ...task,
        id: `${id}/x${n}`,
        n: n + 2,
        closed_at: new Date(now().getTime() + n * 1_000).toISOString(),
        deadline: null,
      }));
      await world.store.insert(tx, 'task', many as never);
    });
    const closed = await service.desk.tasks(agent, true);
    expect(closed).toHaveLength(50);
    expect(closed[0]).toMatchObject({ n: 61 });
  });

  it('D18 a home that is not the caller’s is refused at the desk too', async () => {
    const { service, world } = await filed();
    const told = {
      request: 'repair',
      member: 'm1',
      phone: null,
      project: null,
      unit: 'milan-302',
      text: '漏水',
      isWritten: false,
    } as const;
    expect(await service.requests.file(agent, told as never)).toEqual({ code: 'not-the-owners-home' });
    expect((await world.audit.list({ limit: 1 }))[0]).toMatchObject({ what: 'request-refused', about: 'm1' });
  });
});
