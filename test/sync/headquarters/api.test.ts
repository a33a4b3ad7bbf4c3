// The API answers its contract's shapes, to those with the token, and moves requests and units.

import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { datasetChangeSchema } from '../../../sync/contract/datasets.ts';
import { serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import { answers, apiErrorSchema } from '../../../sync/headquarters/api.ts';
import { parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { rowsOf } from '../dataset-changes.ts';
import { type Answer, openTerminalEnd, type Running, runHeadquarters, type TerminalEnd } from './running.ts';
import { lastMonth, smallDeveloper } from './small-developer.ts';
import { batchOf, checkIn, fact, filing } from './world.ts';

let hq: Running;
/** proposed by another person */
const lin = {
  internal: [],
  proposals: [
    {
      unit: 'milan-302',
      kind: 'state' as const,
      state: 'sold',
      price: null,
      by: 'lin',
      note: null,
      at: '2025-11-21T07:00:00.000Z',
    },
  ],
  purchases: [],
  handOverDays: [],
};
let end: TerminalEnd;
const filed = fact(2, filing());
const desk = '/api/service/requests';
beforeAll(async () => {
  hq = await runHeadquarters();
  end = await openTerminalEnd(hq.mqttUrl);
  const facts = [fact(1, checkIn('m1')), filed, fact(3)];
  await end.say('facts', batchOf(facts));
  await vi.waitFor(async () => expect((await hq.call('/api/facts')).json['facts']).toHaveLength(3));
});
afterAll(async () => {
  await end.close();
  await hq.remove();
});

/** fetch may not choose its Host, so this asks by hand. */
function statusWithHost(host: string, path: string): Promise<number> {
  const { port } = new URL(hq.httpUrl);
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${hq.token}` };
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the API', () => {
  it.each([
    ['/api/facts?after=0', answers.facts],
    ['/api/facts?before=3&limit=1', answers.facts],
    ['/api/terminals', answers.terminals],
    ['/api/members?q=欧阳', answers.members],
    ['/api/members/m1', answers.member],
    ['/api/requests', answers.requests],
    ['/api/service/inbox', serviceAnswers.inbox],
    ['/api/service/tasks', serviceAnswers.tasks],
    ['/api/service/call-backs', serviceAnswers.calls],
    ['/api/service/forms', serviceAnswers.forms],
    [`${desk}/${filed['id']}`, serviceAnswers.request],
    ['/api/board', answers.board],
    ['/api/board/units?building=milan', answers.units],
    ['/api/events', answers.events],
    ['/api/dead-letters', answers.deadLetters],
    ['/api/health', answers.health],
  ] as const)('%s has the shape of the contract', async (path, schema) => {
    const { status, json } = await hq.call(path);
    expect(status).toBe(200);
    expect(v.safeParse(schema, json).issues).toBeUndefined();
  });

  it('tells facts in order of arrival, with the masked name of whom they are about', async () => {
    const { facts } = v.parse(answers.facts, (await hq.call('/api/facts?after=0')).json);
    expect(facts.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'check-in-recorded'],
      [2, 'request-filed'],
      [3, 'person-proven'],
    ]);
    expect(facts[0]?.about).toEqual({ member: '张**', session: { zh: '全天场', en: '全天场' }, unit: null });
    const later = v.parse(answers.facts, (await hq.call('/api/facts?after=2')).json);
    expect(later.facts.map(({ n }) => n)).toEqual([3]);
    const older = v.parse(answers.facts, (await hq.call('/api/facts?before=3&limit=1')).json);
    expect(older.facts.map(({ n }) => n)).toEqual([2]);
  });

  it('AC8: a search for members by name or telephone is on record, without what was searched for', async () => {
    await hq.call('/api/members?q=13800001234');
    const { json } = await hq.call('/api/audit?limit=1');
    expect(json['lines']).toMatchObject([{ what: 'persons-searched', detail: { page: 'points' } }]);
    expect(JSON.stringify(json)).not.toContain('13800001234');
  });

  it('needs the token, and keeps it in a file for its user only', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${hq.token}`]) {
      const { status, json } = await hq.call('/api/facts', undefined, { authorization });
      expect(status).toBe(401);
      expect(v.is(apiErrorSchema, json)).toBe(true);
    }
    expect(statSync(join(hq.folder, 'api.token')).mode & 0o777).toBe(0o600);
  });

  it('answers only to its own address, and to no other page', async () => {
    const { host } = new URL(hq.httpUrl);
    expect(await statusWithHost(host, '/api/health')).toBe(200);
    expect(await statusWithHost('evil.example', '/api/health')).toBe(421);
    expect(await statusWithHost('127.0.0.1:1', '/')).toBe(421);
    const { status } = await hq.call('/api/health', undefined, { origin: 'http://evil.example' });
    expect(status).toBe(403);
    const response = await fetch(`${hq.httpUrl}/api/health`);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('refuses what it does not understand with a coded sentence', async () => {
    for (const [path, body, status, code] of [
      ['/api/facts?after=x', undefined, 400, 'wrong-number'],
      ['/api/requests?state=lost', undefined, 400, 'wrong-state'],
      ['/api/members/m99', undefined, 404, 'unknown-member'],
      ['/api/nothing', undefined, 404, 'not-found'],
      ['/api/board/units/milan-302', '{', 400, 'body-not-json'],
      ['/api/board/units/milan-302', { price: '5' }, 400, 'body-wrong'],
      ['/api/board/units/milan-302', { colour: 'red' }, 400, 'body-wrong'],
      ['/api/board/units/milan-302', { state: 'gone' }, 400, 'unknown-state'],
      ['/api/board/units/milan-999', { state: 'sold' }, 404, 'unknown-unit'],
      ['/api/board/publish', { units: 'some' }, 400, 'body-wrong'],
      [`${desk}/${filed['id']}/deeds`, { kind: 'advance', to: 'closed' }, 409, 'not-now'],
      [`${desk}/${filed['id']}/deeds`, { kind: 'finish' }, 409, 'tasks-open'],
      [`${desk}/${filed['id']}/deeds`, { kind: 'invalidate', note: ' ' }, 400, 'body-wrong'],
      [`${desk}/none/deeds`, { kind: 'finish' }, 404, 'unknown-request'],
      [`${desk}/${filed['id']}/undo`, {}, 409, 'too-late-to-undo'],
      ['/api/service/tasks/none/step', { from: 'filed', to: 'done' }, 404, 'unknown-task'],
      ['/api/service/call-backs/none', { kind: 'not-reached' }, 404, 'unknown-call-back'],
      ['/api/board/publish', 'x'.repeat(70_000), 413, 'body-too-large'],
    ] as const) {
      const answer = await hq.call(path, body);
      expect({ path, status: answer.status, json: answer.json }).toMatchObject({
        path,
        status,
        json: { error: { code } },
      });
    }
  });

  it('moves a request forward, takes the move back, and tells the owner', async () => {
    const path = `/api/service/requests/${filed['id']}`;
    const note = '师傅明早九点到';
    const moved = await hq.call(`${path}/deeds`, { kind: 'advance', to: 'inspection', note });
    expect(moved.json).toMatchObject({
      state: 'in-progress',
      step: 'inspection',
      memberName: '张**',
      home: { zh: '四季花城米兰苑301' },
    });
    // filed a year ago by the terminal's clock, it climbs by itself too
    const told = (answer: Answer) =>
      (answer.json['events'] as { what: string }[]).filter(({ what }) => what !== 'climbed');
    expect(told(moved)).toMatchObject([{ what: 'filed' }, { what: 'moved', note: { zh: note } }]);
    const undone = await hq.call(`${path}/undo`, {});
    expect(undone.json).toMatchObject({ state: 'filed', repliedAt: null });
    expect(told(undone)).toMatchObject([
      { isWithdrawn: false },
      { isWithdrawn: true },
      { what: 'taken-back' },
    ]);
    await hq.call(`${path}/deeds`, { kind: 'advance', to: 'handling' });
    const ratings = [{ item: 'satisfaction', score: 5 }];
    const closed = await hq.call(`${path}/deeds`, { kind: 'consent', note: '业主电话确认', ratings });
    expect(closed.json).toMatchObject({ state: 'done', step: 'closed', outcome: 'solved' });
    expect((await hq.call('/api/requests?state=done')).json['requests']).toHaveLength(1);
    await end.say('ask', {
      v: 1,
      kind: 'changes',
      have: { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 },
    });
    await vi.waitFor(() => {
      const change = end
        .heard('dataset', datasetChangeSchema)
        .findLast(({ dataset }) => dataset === 'requests');
      expect(rowsOf(change)).toMatchObject([{ id: filed['id'], state: 'done', outcome: 'solved' }]);
    });
  });

  it('changes, approves and discards units', async () => {
    const changed = await hq.call('/api/board/units/milan-302', { state: 'sold' });
    expect(changed.json).toMatchObject({ approved: { state: 'available' }, pending: { state: 'sold' } });
    expect((await hq.call('/api/board')).json).toMatchObject({ pending: 1 });
    const own = await hq.call('/api/board/publish', { units: ['milan-302'] });
    expect([own.status, own.json]).toMatchObject([409, { error: { code: 'own-change' } }]);
    expect((await hq.call('/api/board/discard', { units: 'all' })).json).toEqual({ changed: 1 });
    await hq.import(parseDeveloper({ ...smallDeveloper(lastMonth()), sales: lin }, 'test'));
    expect((await hq.call('/api/board/publish', { units: ['milan-302'] })).json).toEqual({ changed: 1 });
    await hq.call('/api/board/units/milan-303', { price: 1 });
    expect((await hq.call('/api/board/discard', { units: 'all' })).json).toEqual({ changed: 1 });
    expect((await hq.call('/api/board/units?pending=true')).json).toEqual({ units: [] });
  });

  it('slows down who asks too fast or guesses tokens', async () => {
    const slow = await runHeadquarters({ limits: { requestsPerSecond: 5, wrongTokensPerMinute: 3 } });
    try {
      const wrong = { authorization: 'Bearer wrong' };
      const guesses = [];
      for (let i = 0; i < 4; i += 1) guesses.push((await slow.call('/api/health', undefined, wrong)).status);
      expect(guesses).toEqual([401, 401, 429, 429]);
      expect((await slow.call('/api/health')).json).toMatchObject({
        error: { code: 'too-many-wrong-tokens' },
      });
      const burst = await Promise.all(Array.from({ length: 20 }, () => slow.call('/api/health')));
      expect(burst.map(({ json }) => json)).toContainEqual(
        expect.objectContaining({ error: expect.objectContaining({ code: 'too-many-requests' }) }),
      );
    } finally {
      await slow.remove();
    }
  });
});
