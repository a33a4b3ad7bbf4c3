// The rules of the service are configuration: versions, terminals told, clocks run by them, to the second.

import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenActor } from '../../../../sync/headquarters/accounts/actor.ts';
import {
  type ServiceRules,
  serviceRulesSchema,
} from '../../../../sync/headquarters/api/service-rules-api.ts';
import { LadderKeeper } from '../../../../sync/headquarters/service/ladder-keeper.ts';
import { shippedRules } from '../../../../sync/headquarters/service/shipped-rules.ts';
import { type Running, runHeadquarters } from '../running.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../world.ts';

const rules = (more: Partial<ServiceRules>): ServiceRules => ({ ...shippedRules, ...more });
const assigned = rules({
  assignments: [
    { project: 'siji' as never, kind: null, profile: 'bluelight' },
    { project: null, kind: 'repair', profile: 'coastal' },
  ],
});

describe.each(storeKinds)('SV8 D18 the rules of the service on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  const published = async () =>
    (
      await world.store.db
        .selectFrom('dataset_row')
        .select('key')
        .where('dataset', '=', 'library')
        .where('key', 'like', 'promise/%')
        .where('body', 'is not', null)
        .orderBy('key')
        .execute()
    ).map(({ key }) => key);

  it('each change is a version, in the audit, and at the terminals; who comes second is told so', async () => {
    expect(await world.serviceRules.read()).toMatchObject({ version: 0, rules: { assignments: [] } });
    expect(await world.serviceRules.change(tokenActor, 0, assigned)).toBe('changed');
    expect(await world.serviceRules.change(tokenActor, 0, assigned)).toBe('changed-by-another');
    expect(await published()).toEqual(['promise/*/repair', 'promise/siji/*']);
    const elsewhere = rules({
      assignments: [{ project: 'nowhere' as never, kind: null, profile: 'coastal' }],
    });
    expect(await world.serviceRules.change(tokenActor, 1, elsewhere)).toBe('unknown-project');
    expect(await world.serviceRules.change(tokenActor, 1, shippedRules)).toBe('changed');
    expect(await published()).toEqual([]);
    expect((await world.serviceRules.read())?.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect((await world.serviceRules.read(1))?.rules.assignments).toHaveLength(2);
    expect((await world.audit.list({ limit: 5 })).map(({ what }) => what)).toContain('service-rules-changed');
  });

  it('D6 what the desk files, written or said, has the clock of its project, in the hours of its calendar', async () => {
    await world.serviceRules.change(tokenActor, 0, assigned);
    const told = {
      request: 'enquiry',
      member: 'm1',
      phone: null,
      project: null,
      unit: 'milan-301',
      text: '何时办产权证',
      isWritten: true,
    } as const;
    const replyBy = async (isWritten: boolean) => {
      const made = await world.service.requests.file(tokenActor, { ...told, isWritten } as never);
      return (await world.service.desk.request(tokenActor, 'id' in made ? made.id : ''))?.replyBy;
    };
    // Friday 16:00 in Shanghai
    expect(await replyBy(false)).toBe('2025-11-21T09:00:00.000Z');
    expect(await replyBy(true)).toBe('2025-11-24T08:00:00.000Z');
  });

  it('D18 a repair told on the telephone has its on-site clock as one at a terminal has', async () => {
    const told = {
      request: 'repair',
      member: null,
      phone: '13900001111',
      project: null,
      unit: null,
    } as const;
    const made = await world.service.requests.file(tokenActor, { ...told, text: '漏水', isWritten: false });
    expect(await world.service.desk.request(tokenActor, 'id' in made ? made.id : '')).toMatchObject({
      replyBy: '2025-11-21T08:10:00.000Z',
      onSiteBy: '2025-11-21T09:00:00.000Z',
    });
  });

  it('D19 nobody is climbed to at night: the step waits for the second at which they open', async () => {
    await world.serviceRules.change(tokenActor, 0, assigned);
    // promised until Friday 17:59:59 in Shanghai; a day later is a Saturday
    const replyBy = '2025-11-21T09:59:59.000Z';
    const { kind: what, body } = filing();
    const told = fact(1, { kind: what, body: { ...body, project: 'siji', replyBy, onSiteBy: null } });
    await send(world, [told]);
    const looked = async (at: string) => {
      const ladder = new LadderKeeper({
        ...world,
        now: () => new Date(at),
        changeOf: (ids) => world.service.changeOf(ids),
      });
      await ladder.climbDue();
      const { items } = await ladder.list(10);
      return items[0];
    };
    expect(await looked('2025-11-21T09:59:58.999Z')).toMatchObject({ level: 'ordinary' });
    expect(await looked(replyBy)).toMatchObject({ level: 'key', climbsAt: '2025-11-24T01:00:00.000Z' });
    expect(await looked('2025-11-24T00:59:59.999Z')).toMatchObject({ level: 'key' });
    expect(await looked('2025-11-24T01:00:00.000Z')).toMatchObject({ level: 'hot' });
  });

  it('SV8 reasons to pause and the waits of calls are what the rules say', async () => {
    const reason = { code: 'holiday', name: { zh: '春节', en: 'spring festival' } };
    const calls = { firstAfterMin: 30, nextAfterMin: 10, attempts: 2 };
    await world.serviceRules.change(tokenActor, 0, rules({ pauseReasons: [reason], calls }));
    const told = fact(1, filing());
    await send(world, [told]);
    const id = String(told['id']);
    expect(await world.ladder.pause(tokenActor, id, 'weather')).toBe('unknown-reason');
    expect(await world.ladder.pause(tokenActor, id, 'holiday')).toMatchObject({ request: id });
    expect((await world.ladder.list(5)).items[0]).toMatchObject({ pauseReason: reason.name });
    await world.ladder.resume(tokenActor, id);
    await world.service.tasks.move(tokenActor, `${id}/1`, 'filed', 'done', null);
    expect(await world.service.desk.calls()).toMatchObject([{ dueAt: '2025-11-21T08:30:00.000Z' }]);
    await world.service.callBacks.record(tokenActor, `${id}/call/1`, { kind: 'not-reached', note: null });
    expect(await world.service.desk.calls()).toMatchObject([{ dueAt: '2025-11-21T08:10:00.000Z' }]);
  });
});

describe('the rules of the service as they are typed', () => {
  it.each([
    ['a profile that is not there', { assignments: [{ project: null, kind: null, profile: 'gone' }] }],
    [
      'one project twice',
      {
        assignments: [
          { project: null, kind: null, profile: 'coastal' },
          { project: null, kind: null, profile: 'bluelight' },
        ],
      },
    ],
    ['no reason at all', { pauseReasons: [] }],
    ['calls at once', { calls: { firstAfterMin: 0, nextAfterMin: 1, attempts: 1 } }],
  ])('SV8 refuses %s', (_, more) => {
    expect(v.safeParse(serviceRulesSchema, { ...shippedRules, ...more }).success).toBe(false);
    expect(v.safeParse(serviceRulesSchema, shippedRules).success).toBe(true);
  });

  it('SV8 over the API: only managers change them, and a wrong version is told so', async () => {
    let hq: Running | undefined;
    try {
      hq = await runHeadquarters();
      const first = await hq.call('/api/service/rules');
      expect(first.json).toMatchObject({ version: 0, projects: [{ id: 'siji' }] });
      const made = await hq.call('/api/service/rules', { version: 0, rules: assigned });
      expect(made).toMatchObject({ status: 200, json: { version: 1 } });
      expect(await hq.call('/api/service/rules', { version: 0, rules: assigned })).toMatchObject({
        status: 409,
        json: { error: { code: 'changed-by-another' } },
      });
      expect((await hq.call('/api/service/rules', { version: 1, rules: {} })).status).toBe(400);
      expect((await hq.call('/api/service/rules?version=7')).status).toBe(404);
      expect((await hq.call('/api/service/rules?version=0')).json).toMatchObject({ version: 0 });
    } finally {
      await hq?.remove();
    }
  });
});
