// The executives' digest goes out once a day at 8:00 of the site, and rectification tasks are raised, followed and filed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DailyDigest } from '../../../../sync/headquarters/reports/daily-digest.ts';
import { digestText } from '../../../../sync/headquarters/reports/digest-text.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { type Life, writeLives } from './request-lives.ts';

const hour = 3_600_000;
const life: Life = {
  kind: 'complaint',
  project: 'siji',
  month: 0,
  into: 0,
  isInvalid: false,
  replyBy: hour,
  replied: null,
  visitBy: null,
  arrived: null,
  climbed: null,
  isClimbWithdrawn: false,
  isReopened: false,
  closed: null,
  outcome: 'solved',
  tasks: [],
  calls: [],
  ratings: [],
};

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    const developer = smallDeveloper();
    developer.regions = [{ id: 'south', name: { zh: '华南', en: 'South' }, projects: ['siji'] }];
    world = await makeWorld(developer, kind);
  });
  afterEach(() => world?.remove());

  it('D12: tells executives of yesterday from 8:00 on, once a day, whatever restarts or doubles', async () => {
    // 20 November at the site
    await writeLives(world.store, [life, { ...life, kind: 'praise', replyBy: null }], {
      0: Date.parse('2025-11-20T10:00:00.000+08:00'),
    });
    let now = new Date('2025-11-21T07:59:00.000+08:00');
    const open = (): DailyDigest => new DailyDigest(world.store, world.notices, () => now, 'Asia/Shanghai');
    expect(await open().tellWhenDue()).toBe(false);
    now = new Date('2025-11-21T08:00:00.000+08:00');
    const both = await Promise.all([open().tellWhenDue(), open().tellWhenDue()]);
    expect(both).toContain(true);
    expect(await open().tellWhenDue()).toBe(false);
    const told = await world.store.db
      .selectFrom('notice')
      .select(['key', 'to_whom', 'text'])
      .where('key', 'like', 'digest/%')
      .execute();
    expect(told.map(({ key, to_whom }) => [key, to_whom])).toEqual([['digest/2025-11-20', 'executive']]);
    expect(JSON.parse(told[0]?.text ?? '{}').zh).toContain('受理：投诉 1，表扬 1');
    expect(JSON.parse(told[0]?.text ?? '{}').zh).toContain('一般 1 (+1)');
    now = new Date('2025-11-22T09:30:00.000+08:00');
    expect(await open().tellWhenDue()).toBe(true);
  });

  it('D12: counts late replies and names what is open longest, without anybody’s name', async () => {
    await writeLives(world.store, [life, { ...life, into: hour }], {
      0: Date.parse('2025-11-20T10:00:00.000+08:00'),
    });
    const digest = await world.digest.of('2025-11-20');
    expect(digest).toMatchObject({ lateReplies: 2, oldest: [{ number: 'r0' }, { number: 'r1' }] });
    expect(digestText(digest).text.en).toContain('late replies 2');
  });

  it('D21: a region below a threshold gets a task once, answers it, and it is put on file under a number', async () => {
    await writeLives(world.store, [life], { 0: Date.parse('2025-10-10T10:00:00.000+08:00') });
    const raised = await world.rectifications.raise('2025-10', 'clock');
    expect(raised).toBeGreaterThan(0);
    expect(await world.rectifications.raise('2025-10', 'clock')).toBe(0);
    const items = await world.rectifications.list('2025-10');
    const item = items.find(({ metric }) => metric === 'reply-timeliness');
    expect(item).toMatchObject({ region: 'south', part: 0, whole: 1, threshold: 9_500, state: 'open' });
    const id = item?.id ?? '';
    expect(await world.rectifications.note(id, 'filed', 'too soon', 'm')).toBe('not-answered');
    expect(await world.rectifications.note(id, 'answered', '值班人手不足，已增派两人', 'm')).toBe('noted');
    expect(await world.rectifications.note(id, 'followed', '一周后复查', 'm')).toBe('noted');
    expect(await world.rectifications.note(id, 'filed', '已复查', 'm')).toBe('noted');
    expect(await world.rectifications.note(id, 'followed', 'late', 'm')).toBe('filed-already');
    expect(await world.rectifications.get(id)).toMatchObject({
      state: 'filed',
      filedAs: 'ZG-2025-10-001',
      notes: [{ what: 'created' }, { what: 'answered' }, { what: 'followed' }, { what: 'filed' }],
    });
    const notices = await world.store.db
      .selectFrom('notice')
      .select('to_whom')
      .where('key', 'like', 'rectification/%')
      .execute();
    expect(notices).toHaveLength(raised);
  });

  it('D21: somebody orders one task of the report with words of their own, once', async () => {
    await writeLives(world.store, [life], { 0: Date.parse('2025-10-10T10:00:00.000+08:00') });
    const order = { month: '2025-10', region: 'south', metric: 'complaint-rate', text: '请区域公司分析' };
    expect(await world.rectifications.order({ ...order, region: 'north' }, 'chen')).toBe('unknown-region');
    expect(await world.rectifications.order({ ...order, metric: 'luck' }, 'chen')).toBe('unknown-metric');
    expect(await world.rectifications.order({ ...order, metric: 'planning-design' }, 'chen')).toBe(
      'nothing-counted',
    );
    expect(await world.rectifications.order(order, 'chen')).toBe('raised');
    expect(await world.rectifications.order(order, 'lin')).toBe('raised-already');
    expect(await world.rectifications.list('2025-10')).toMatchObject([
      { metric: 'complaint-rate', part: 1, whole: 1, notes: [{ actor: 'chen', text: '请区域公司分析' }] },
    ]);
    const audited = await world.audit.list({ actor: 'chen', limit: 5 });
    expect(audited).toMatchObject([{ what: 'rectifications-raised', about: '2025-10' }]);
  });

  it('D21: two tasks that are filed at the same time get two numbers', async () => {
    await writeLives(world.store, [life], { 0: Date.parse('2025-10-10T10:00:00.000+08:00') });
    await world.rectifications.raise('2025-10', 'clock');
    const items = await world.rectifications.list('2025-10');
    for (const { id } of items) await world.rectifications.note(id, 'answered', '已整改', 'm');
    await Promise.all(items.map(({ id }) => world.rectifications.note(id, 'filed', '备案', 'm')));
    const numbers = (await world.rectifications.list('2025-10')).map(({ filedAs }) => filedAs);
    expect(new Set(numbers).size).toBe(items.length);
    expect(items.length).toBeGreaterThan(1);
  });
});
