// What happens to a request between filing and the last call, on both databases.
import { describe, expect, it } from 'vitest';
import type { PortId } from '../../../../sync/contract/ids.ts';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { storeKinds } from '../store-kinds.ts';
import { agent, filedRequest, rated, somebody, words } from './filed-request.ts';

describe.each(storeKinds)('the service desk on %s', (kind) => {
  const filed = () => filedRequest(kind);

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
    for (const [account, port] of [
      ['li', 'design'],
      ['wang', 'design'],
      ['zhao', 'property'],
    ] as const) {
      await world.accounts.add(tokenActor, {
        account,
        name: account,
        roles: ['port'],
        ports: [port as PortId],
        email: null,
        webhook: null,
        password: 'quite-long-enough',
      });
    }
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
    for (const wrong of [{ person: 'nobody' }, { person: 'zhao' }, { followers: ['zhao'] }]) {
      const outcome = await service.tasks.change(agent, `${id}/2`, { ...change, ...wrong });
      expect([wrong, outcome]).toEqual([wrong, 'unknown-person']);
    }
    expect(await service.tasks.change(agent, `${id}/2`, change)).toBe('done');
    // somebody else has the form open as it was before
    expect(await service.tasks.change(agent, `${id}/2`, { person: 'wang', version: 0 })).toBe(
      'task-moved-by-another',
    );
    const [seen] = (await service.desk.tasks(agent, false)).filter(({ n }) => n === 2);
    expect(await service.tasks.change(agent, `${id}/2`, { cause: 'design', version: seen?.version })).toBe(
      'done',
    );
    expect((await row()).tasks).toMatchObject([
      { port: 'engineering' },
      { port: 'design', deadline: task.deadline },
    ]);
    const mine = await service.desk.tasks(somebody('li', 'port', 'design'), false);
    expect(mine).toMatchObject([
      { n: 2, person: 'li', followers: ['wang'], supplier: '甲防水', cause: 'design' },
    ]);
    const notices = await world.store.db
      .selectFrom('notice')
      .select(['to_kind', 'to_whom', 'to_port'])
      .execute();
    expect(notices).toContainEqual({ to_kind: 'role', to_whom: 'port', to_port: 'design' });
    for (const to_whom of ['li', 'wang'])
      expect(notices).toContainEqual({ to_kind: 'account', to_whom, to_port: null });
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

  it('D25 two people move one request: the second, who saw it as it was, is told so', async () => {
    const { service, id } = await filed();
    const to = (step: string) => ({ kind: 'advance', to: step, note: null }) as const;
    const ends = await Promise.all([
      service.requests.act(agent, id, to('inspection'), 'reception'),
      service.requests.act(somebody('two', 'manager'), id, to('handling'), 'reception'),
    ]);
    expect([...ends].sort()).toEqual(['done', 'request-moved-by-another']);
  });
});
