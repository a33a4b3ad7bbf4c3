// Events and sessions on the API: defined, filled, imported row by row, exported, counted.

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityAnswers } from '../../../../sync/headquarters/api/activity-api.ts';
import { chosen } from '../../../../sync/headquarters/club/member-lists.ts';
import { type Running, runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';

let hq: Running;
beforeAll(async () => {
  const developer = smallDeveloper();
  const [, second] = developer.members;
  if (second) second.phone = '13900001111';
  hq = await runHeadquarters({ developer });
});
afterAll(() => hq?.remove());

const api = async (path: string, body?: unknown) => await hq.call(`/api/${path}`, body);
const w = (zh: string) => ({ zh, en: zh });
const session = (more: object = {}) => ({
  name: w('晚场'),
  opensAt: '2026-12-01T10:00:00.000Z',
  endsAt: '2026-12-01T13:00:00.000Z',
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
    [{ endsAt: '2026-12-01T10:00:00.000Z' }, 'ends-before-opens'],
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
  it('CL22: over quota is refused plainly, the waiting list is offered, and a greater quota promotes', async () => {
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
      ',,,,',
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
        { line: 8, code: 'no-member' },
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

  it.each([
    ['name,city\nx,y\n', 'csv-unreadable'],
    ['', 'csv-unreadable'],
    ['member\n"m1\n', 'csv-unreadable'],
    [`member\n${'m1\n'.repeat(5_001)}`, 'csv-too-long'],
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
    expect(none.json['lines']).toEqual([]);
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
