// Who may do what at the service desk, what of it is on record, and how something ends that nobody can be asked about.
import { describe, expect, it } from 'vitest';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import { shippedRules } from '../../../../sync/headquarters/service/shipped-rules.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, now, send } from '../world.ts';
import { agent, filedRequest, somebody, words } from './filed-request.ts';

describe.each(storeKinds)('the service desk and its people on %s', (kind) => {
  const filed = () => filedRequest(kind);

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

  it('SV10 D20 without a number it is closed by two people with a reason, on record and in the audit; never by one', async () => {
    const { service, world } = await filed();
    const told = { request: 'complaint', member: null, phone: null, project: null, unit: null } as const;
    const made = await service.requests.file(agent, { ...told, text: '大堂太吵', isWritten: true });
    const id = 'id' in made ? made.id : '';
    await service.requests.act(agent, id, { kind: 'finish', note: null });
    const call = `${id}/call/1`;
    const give = (account: string, end: Parameters<typeof service.callBacks.record>[2]) =>
      service.callBacks.record(somebody(account, 'service-desk'), call, end);
    expect(await give('one', { kind: 'confirm-impossible' })).toBe('not-now');
    expect(await give('one', { kind: 'impossible', note: ' ' })).toBe('reason-missing');
    expect(await give('one', { kind: 'impossible', note: '匿名，没有电话' })).toBe('done');
    expect(await service.desk.calls()).toMatchObject([
      { isUnreachable: true, gaveUp: { by: 'one', reason: '匿名，没有电话' }, doneAt: null },
    ]);
    expect(await give('one', { kind: 'confirm-impossible' })).toBe('second-person-missing');
    expect(await give('two', { kind: 'confirm-impossible' })).toBe('done');
    expect(await service.desk.request(agent, id)).toMatchObject({ step: 'closed', outcome: 'unreached' });
    expect(await service.desk.calls()).toEqual([]);
    const lines = await world.audit.list({ about: id, limit: 10 });
    expect(lines.map(({ actor, what }) => [actor, what]).slice(0, 2)).toEqual([
      ['two', 'request-give-up-confirmed'],
      ['one', 'request-refused'],
    ]);
    await service.requests.act(agent, id, { kind: 'reopen', note: null });
    expect(await service.desk.request(agent, id)).toMatchObject({ step: 'handling', outcome: null });
  });

  it('SV10 D20 who has a number is called as often as the rules want before anybody gives up, and a word ends that', async () => {
    const { service, id, judge, finishTask, world, row } = await filed();
    await world.serviceRules.change(tokenActor, 0, {
      ...shippedRules,
      calls: { firstAfterMin: 60, nextAfterMin: 60, attempts: 2 },
    });
    await service.tasks.move(tokenActor, `${id}/1`, 'filed', 'working', null);
    await finishTask();
    const end = async (kind: 'not-reached' | 'impossible') => {
      const [call] = await service.desk.calls();
      const note = '多次未接';
      return await service.callBacks.record(agent, call?.id ?? '', { kind, note });
    };
    expect(await end('impossible')).toBe('still-reachable');
    await end('not-reached');
    expect(await end('impossible')).toBe('still-reachable');
    await end('not-reached');
    expect(await service.desk.calls()).toMatchObject([{ attempt: 3, isUnreachable: true, gaveUp: null }]);
    expect(await end('impossible')).toBe('done');
    await judge('not-solved');
    expect(await row()).toMatchObject({ state: 'in-progress', outcome: null });
    expect(await world.store.db.selectFrom('give_up').selectAll().execute()).toEqual([]);
  });

  it('D18 the on-site clock stops with the work, not with a dispatch; nobody is promised who need not come any more', async () => {
    const clocks = async (
      ...deeds: readonly ((made: Awaited<ReturnType<typeof filed>>) => Promise<string>)[]
    ) => {
      const made = await filed();
      const later = { on_site_by: '2025-11-21T09:00:00.000Z' };
      await made.world.store.db.updateTable('request').set(later).where('id', '=', made.id).execute();
      for (const deed of deeds) expect(await deed(made)).toBe('done');
      const record = await made.service.desk.request(agent, made.id);
      return [record?.onSiteBy, record?.onSiteAt];
    };
    const by = '2025-11-21T09:00:00.000Z';
    const at = now().toISOString();
    const consent = { kind: 'consent', note: null, ratings: [] } as const;
    expect(
      await clocks(({ service, id }) => service.tasks.move(agent, `${id}/1`, 'filed', 'assigned', null)),
    ).toEqual([by, null]);
    expect(
      await clocks(({ service, id }) => service.tasks.move(agent, `${id}/1`, 'filed', 'done', null)),
    ).toEqual([by, at]);
    expect(await clocks(({ service, id }) => service.requests.act(agent, id, consent))).toEqual([null, null]);
  });
});
