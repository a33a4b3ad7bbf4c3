// Events and sessions on the API: defined, filled, imported row by row, exported, counted.

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityAnswers, importLineSchema } from '../../../../sync/headquarters/api/activity-api.ts';
import { chosen } from '../../../../sync/headquarters/club/member-lists.ts';
import { type Running, runHeadquarters } from '../running.ts';
import { lastMonth, smallDeveloper } from '../small-developer.ts';

let hq: Running;
beforeAll(async () => {
  const developer = smallDeveloper(lastMonth());
  const [, second] = developer.members;
  if (second) second.phone = '13900001111';
  // what was earned long ago expires by the machine's clock
  for (const { ledger } of developer.members) for (const entry of ledger) entry.at = hours(-24 * 30);
  hq = await runHeadquarters({ developer, limits: { rosterRows: 50 } });
});
afterAll(() => hq?.remove());

const api = async (path: string, body?: unknown) => await hq.call(`/api/${path}`, body);
const w = (zh: string) => ({ zh, en: zh });
/** Headquarters goes by the machine's clock here. */
const hours = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();
const opensAt = hours(24);
const session = (more: object = {}) => ({
  name: w('晚场'),
  opensAt,
  endsAt: hours(27),
  points: 30,
  quota: 1,
  walkIn: false,
  signUp: true,
  minLevel: 'silver',
  gates: ['gate-a'],
  treatments: { silver: w('前排') },
  ...more,
});
const define = async (more: object = {}): Promise<string> => {
  const event = await api('activities', { name: w('新春会'), place: w('会所'), project: 'siji' });
  const made = await api(`activities/${event.json['id']}/sessions`, session(more));
  return String(made.json['id']);
};
const join = async (id: string, member: string, mayWait = false) =>
  await api(`activities/sessions/${id}/places`, { member, act: 'join', mayWait });
const codeOf = ({ json }: { json: Record<string, unknown> }): unknown =>
  (json['error'] as { code: string } | undefined)?.code;

describe('events are definable (D17)', () => {
  it('D17: what was defined is listed with its figures, in the contract’s shape', async () => {
    const id = await define();
    const { json } = await api('activities');
    const { activities, levels } = v.parse(activityAnswers.activities, json);
    const found = activities.flatMap(({ sessions }) => sessions).find((one) => one.id === id);
    expect(found).toMatchObject({ quota: 1, minLevel: 'silver', gates: ['gate-a'], points: 30 });
    expect(found?.figures).toEqual({
      listed: 0,
      waiting: 0,
      checkedIn: 0,
      walkIns: 0,
      doubles: 0,
      overBy: 0,
    });
    expect(levels.map(({ code }) => code)).toEqual(['basic', 'silver']);
  });

  it.each([
    [{ endsAt: opensAt }, 'ends-before-opens'],
    [{ opensAt: hours(-5), endsAt: hours(-2) }, 'already-over'],
    [{ minLevel: 'gold' }, 'unknown-level'],
    [{ treatments: { gold: w('x') } }, 'unknown-level'],
    [{ quota: 0 }, 'body-wrong'],
    [{ gates: ['not a gate!'] }, 'body-wrong'],
  ])('refuses %j as %s, and nothing is made', async (more, code) => {
    const before = (await api('activities')).json;
    const event = (before['activities'] as { id: string }[])[0]?.id;
    expect(codeOf(await api(`activities/${event}/sessions`, session(more)))).toBe(code);
    expect((await api('activities')).json).toEqual(before);
  });

  it('refuses an event at a project that is not there, and a session of an event that is not there', async () => {
    const event = { name: w('x'), place: w('y'), project: 'nowhere' };
    expect(codeOf(await api('activities', event))).toBe('unknown-project');
    expect(codeOf(await api('activities/none/sessions', session()))).toBe('unknown-event');
  });
});

describe('a list at headquarters', () => {
  it('CL52: over quota is refused plainly, the waiting list is offered, and a greater quota promotes', async () => {
    const id = await define();
    expect((await join(id, 'm1')).json).toEqual({ isListed: true, waiting: null });
    expect(codeOf(await join(id, 'm2'))).toBe('session-full');
    expect((await join(id, 'm2', true)).json).toEqual({ isListed: true, waiting: 1 });
    const { activities } = v.parse(activityAnswers.activities, (await api('activities')).json);
    const event = activities.find(({ sessions }) => sessions.some((one) => one.id === id));
    expect((await api(`activities/${event?.id}/sessions`, session({ id, quota: 2 }))).status).toBe(200);
    const { json } = await api(`activities/sessions/${id}/roster`);
    const { roster } = v.parse(activityAnswers.roster, json);
    expect(roster.map(({ member, waiting }) => [member, waiting])).toEqual([
      ['m1', null],
      ['m2', null],
    ]);
    expect(codeOf(await api(`activities/${event?.id}/sessions`, session({ id, quota: 1 })))).toBe(
      'quota-below-listed',
    );
  });

  it('is imported whole or not at all, each wrong row by its line', async () => {
    const id = await define({ quota: null });
    const csv = [
      'member,phone,name,treatment_zh,treatment_en',
      'm1,,张晓明,贵宾席,Front row',
      'm9,,,,',
      ',13900001111,别人,,',
      ',13812341234,,,',
      'm1,,,,',
      'm3,,,只有中文,',
      '',
      ',,,,',
      'm2,,',
    ].join('\r\n');
    const wrong = await api(`activities/sessions/${id}/import`, { csv, mayWait: false });
    expect(v.parse(activityAnswers.imported, wrong.json)).toEqual({
      added: 0,
      waiting: 0,
      unchanged: 0,
      faults: [
        { line: 3, code: 'unknown-member' },
        { line: 4, code: 'name-differs' },
        { line: 5, code: 'phone-of-several' },
        { line: 6, code: 'twice-in-file' },
        { line: 7, code: 'treatment-half' },
        { line: 9, code: 'no-member' },
        { line: 10, code: 'wrong-columns' },
      ],
    });
    expect((await api(`activities/sessions/${id}/roster`)).json['roster']).toEqual([]);
    const right =
      'member,phone,name,treatment_zh,treatment_en\nm1,,张晓明,贵宾席,Front row\n,13900001111,欧阳修,,\n';
    const done = await api(`activities/sessions/${id}/import`, { csv: right, mayWait: false });
    expect(done.json).toMatchObject({ added: 2, faults: [] });
    const again = await api(`activities/sessions/${id}/import`, { csv: right, mayWait: false });
    expect(again.json).toMatchObject({ added: 0, unchanged: 2, faults: [] });
  });

  it('names the rows that find no place, and takes its own export back', async () => {
    const id = await define();
    const csv = 'member\nm1\nm2\nm3\n';
    const full = await api(`activities/sessions/${id}/import`, { csv, mayWait: false });
    expect(full.json['faults']).toEqual([
      { line: 3, code: 'session-full' },
      { line: 4, code: 'session-full' },
    ]);
    const waits = await api(`activities/sessions/${id}/import`, { csv, mayWait: true });
    expect(waits.json).toMatchObject({ added: 3, waiting: 2, faults: [] });
    const file = await fetch(`${hq.httpUrl}/api/activities/sessions/${id}/roster.csv`, {
      headers: { authorization: `Bearer ${hq.token}` },
    });
    const exported = await file.text();
    expect(exported.split('\r\n')[1]).toContain('张晓明');
    const back = await api(`activities/sessions/${id}/import`, { csv: exported, mayWait: true });
    expect(back.json).toMatchObject({ added: 0, unchanged: 3, faults: [] });
  });

  it('tells how far it is while it works, and last what came of it', async () => {
    const id = await define({ quota: null });
    const ask = async (csv: string): Promise<unknown[]> => {
      const answer = await fetch(`${hq.httpUrl}/api/activities/sessions/${id}/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hq.token}`, accept: 'application/x-ndjson' },
        body: JSON.stringify({ csv, mayWait: false }),
      });
      const text = await answer.text();
      return text
        .trimEnd()
        .split('\n')
        .map((line) => v.parse(importLineSchema, JSON.parse(line)));
    };
    // more than other calls may send
    const wide = `member,note\nm1,${'x'.repeat(100_000)}\nm2,\n`;
    expect(await ask(wide)).toEqual([
      { kind: 'progress', done: 2, of: 2 },
      { kind: 'done', added: 2, waiting: 0, unchanged: 0, faults: [] },
    ]);
    expect(await ask('name\nx\n')).toEqual([{ kind: 'refused', code: 'csv-unreadable' }]);
  });

  it('D4: what begins like a formula leaves shielded and comes back as it was', async () => {
    const id = await define({ quota: null });
    const path = `activities/sessions/${id}`;
    await api(`${path}/import`, { csv: 'member,treatment_zh,treatment_en\nm1,+1 同伴,=1\n', mayWait: false });
    const headers = { authorization: `Bearer ${hq.token}` };
    const csv = await (await fetch(`${hq.httpUrl}/api/${path}/roster.csv`, { headers })).text();
    expect(csv).toContain(",'+1 同伴,'=1");
    const back = await api(`${path}/import`, { csv, mayWait: false });
    expect(back.json).toMatchObject({ added: 0, unchanged: 1, faults: [] });
  });

  it('CL57: who looks at the names on a list is in the audit, once for a while of looking', async () => {
    const id = await define();
    for (let look = 0; look < 3; look += 1) await api(`activities/sessions/${id}/roster`);
    const { json } = await api(`audit?about=${id}`);
    const lines = json['lines'] as { what: string }[];
    expect(lines.map(({ what }) => what)).toEqual(['roster-viewed', 'session-defined']);
  });

  it('D4: attendance by session leaves as figures, without a name', async () => {
    const id = await define();
    await join(id, 'm1');
    const headers = { authorization: `Bearer ${hq.token}` };
    const csv = await (await fetch(`${hq.httpUrl}/api/activities/attendance.csv`, { headers })).text();
    const [head = '', ...lines] = csv.trimEnd().split('\r\n');
    expect(head).toContain('listed,waiting,checked_in,walk_ins,absent,checked_in_twice,over_quota');
    expect(lines.some((line) => line.endsWith(',1,1,0,0,0,1,0,0'))).toBe(true);
    expect(csv).not.toContain('张晓明');
  });

  it.each([
    ['name,city\nx,y\n', 'csv-unreadable'],
    ['', 'csv-unreadable'],
    ['member\n"m1\n', 'csv-unreadable'],
    [`member\n${'m1\n'.repeat(51)}`, 'csv-too-long'],
  ])('refuses a file that is none', async (csv, code) => {
    const id = await define();
    expect(codeOf(await api(`activities/sessions/${id}/import`, { csv, mayWait: true }))).toBe(code);
  });
});

describe('lists of members (D4)', () => {
  it('D4: by level and points, in the contract’s shape and as a file, and who asked is kept', async () => {
    const { json } = await api('lists/points?least=100');
    const { lines } = v.parse(activityAnswers.list, json);
    expect(lines.map(({ balance }) => balance)).toEqual([190, 190, 190]);
    const none = await api('lists/level?level=silver');
    expect(none.json).toEqual({ lines: [], total: 0 });
    const some = await api('lists/points?limit=1');
    expect(some.json).toMatchObject({ lines: [{ balance: 190 }], total: 3 });
    const file = await fetch(`${hq.httpUrl}/api/lists/level.csv?level=basic`, {
      headers: { authorization: `Bearer ${hq.token}` },
    });
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect((await file.text()).split('\r\n')).toHaveLength(5);
    expect((await api('lists/nobody')).status).toBe(404);
    expect((await api('lists/birthday?from=soon')).status).toBe(400);
  });

  it('D4: birthdays of the seven days, over the new year and on 29 February', () => {
    const line = (member: string, birthday: string) => ({
      member,
      name: member,
      phone: '',
      level: '',
      balance: 0,
      purchases: 0,
      referrals: 0,
      birthday,
      mayContact: null,
    });
    const lines = [line('a', '01-02'), line('b', '12-30'), line('c', '01-06'), line('d', '02-29')];
    const from = (day: string) => chosen(lines, { kind: 'birthday', from: day }).map(({ member }) => member);
    expect(from('2026-12-28')).toEqual(['b', 'a']);
    expect(from('2027-02-22')).toEqual(['d']);
    expect(from('2028-02-22')).toEqual([]);
    expect(from('2028-02-23')).toEqual(['d']);
  });
});
