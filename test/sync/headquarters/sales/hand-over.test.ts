// Hand-over days at headquarters, on both databases: the queue, what the desk says, and which signature counts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';
import { audited, sales, told, w } from './some-sales.ts';

let world: World;
const body = { member: 'm1', unit: 'milan-301', day: '2025-11-21' };
const key = 'm1/hand-over/milan-301';
const queued = (number: string, at = '2025-11-21T07:00:00.000Z') => ({
  kind: 'hand-over-queued',
  at,
  body: { ...body, number },
});
const signed = (outcome: string, score: number, at = '2025-11-21T07:30:00.000Z') => ({
  kind: 'hand-over-signed',
  at,
  body: { ...body, outcome, defects: [], ratings: [{ item: 'property-handover', score }] },
});
const today = async () => {
  const [day] = await world.sales.handOver.days();
  if (!day) throw new Error('no day');
  return day;
};
const laterDay = {
  project: 'siji',
  day: '2025-11-28',
  from: '2025-11-28T00:30:00.000Z',
  to: '2025-11-28T10:00:00.000Z',
  place: w('会所'),
};

describe.each(storeKinds)('a hand-over day on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld({ ...smallDeveloper(), sales }, kind);
  });
  afterEach(() => world.remove());

  it('SA9 D7 the first arrival and the first acceptance count, in whichever order they are heard of', async () => {
    const early = [
      fact(1, queued('H02-001', '2025-11-21T06:00:00.000Z')),
      fact(2, signed('refused', 1, '2025-11-21T06:30:00.000Z')),
    ];
    await send(world, [fact(1, queued('H01-001')), fact(2, signed('accepted', 5))]);
    await send(world, early, 'hall-2');
    await send(
      world,
      [
        fact(1, queued('H03-001', '2025-11-21T07:10:00.000Z')),
        fact(2, signed('accepted', 3, '2025-11-21T07:40:00.000Z')),
      ],
      'hall-3',
    );
    expect(await told(world, key)).toMatchObject({ number: 'H02-001', ahead: 0, outcome: 'accepted' });
    expect((await today()).figures).toMatchObject({ came: 1, signed: 1, refused: 0, satisfied: 10_000 });
    expect(await told(world, 'm1/care/milan-301')).toMatchObject({ step: 'moving-in', since: '2025-11-21' });
    const stranger = { kind: 'hand-over-queued', body: { ...body, member: 'm2', number: 'H01-002' } };
    await send(world, [fact(3, stranger)]);
    expect(await world.deadLetters.count()).toBe(1);
  });

  it('SA13 D7 D21 what was rated counts in the month, once, with the signature that counts', async () => {
    await send(world, [fact(1, queued('H01-001')), fact(2, signed('refused', 1))]);
    await send(world, [fact(1, signed('accepted-with-defects', 4, '2025-11-21T07:50:00.000Z'))], 'hall-2');
    const ratings = await world.store.db
      .selectFrom('rating')
      .select(['item', 'score', 'project', 'unit'])
      .execute();
    expect(ratings).toEqual([{ item: 'property-handover', score: 4, project: 'siji', unit: 'milan-301' }]);
    const { total } = await world.reports.report('2025-11');
    expect(total.figures['hand-over-satisfaction']?.now).toEqual({ part: 1, whole: 1 });
  });

  it('SA13 D7 what is handed over is among the homes of its owner from that day', async () => {
    await send(world, [fact(1, queued('H01-001')), fact(2, signed('accepted', 5))]);
    const row = await world.store.db
      .selectFrom('member')
      .select('homes')
      .where('id', '=', 'm1')
      .executeTakeFirst();
    expect(JSON.parse(row?.homes ?? '[]')).toMatchObject([{ unit: 'milan-301', handedOverOn: '2025-11-21' }]);
    expect((await world.sales.purchaseList.one('p1'))?.warrantyUntil).toBe('2027-11-21');
  });

  it('SA14 D7 who is called and not there is passed over, and stands in line again when they are back', async () => {
    const { handOver } = world.sales;
    const { id } = await today();
    await send(world, [fact(1, queued('H01-001'))]);
    expect(await handOver.settle(id, body.unit, 'absent', 'lin')).toBe('not-called');
    await handOver.callNext(id, 'lin');
    expect(await told(world, key)).toMatchObject({ calledAt: '2025-11-21T08:00:00.000Z', isAbsent: false });
    expect(await handOver.settle(id, body.unit, 'absent', 'lin')).toBe('done');
    expect(await told(world, key)).toMatchObject({ isAbsent: true });
    expect((await today()).figures).toMatchObject({ invited: 1, came: 1, waiting: 0, absent: 1 });
    expect(await handOver.settle(id, body.unit, 'readmit', 'lin')).toBe('done');
    expect(await handOver.settle(id, body.unit, 'readmit', 'lin')).toBe('not-closed');
    expect(await told(world, key)).toMatchObject({ isAbsent: false, calledAt: null, number: 'H01-001' });
    expect((await handOver.callNext(id, 'lin'))?.number).toBe('H01-001');
    await send(world, [fact(2, signed('accepted', 5))]);
    expect(await handOver.settle(id, body.unit, 'absent', 'lin')).toBe('signed-already');
    expect(await handOver.settle(id, body.unit, 'withdraw', 'lin')).toBe('has-come');
    expect(await audited(world)).toEqual([
      'import purchases-imported',
      'lin hand-over-called',
      'lin hand-over-absent',
      'lin hand-over-readmit',
      'lin hand-over-called',
    ]);
  });

  it('SA14 D7 a withdrawn invitation stays on record, and whoever comes all the same is taken', async () => {
    const { handOver } = world.sales;
    const { id } = await today();
    expect(await handOver.settle(id, 'milan-999', 'withdraw', 'lin')).toBe('unknown-invitation');
    expect(await handOver.settle(id, body.unit, 'withdraw', 'lin')).toBe('done');
    expect(await told(world, key)).toBeNull();
    expect((await today()).figures).toMatchObject({ invited: 0 });
    expect(await handOver.places(id)).toMatchObject([{ unit: body.unit, closed: 'withdrawn' }]);
    await send(world, [fact(1, queued('H01-001'))]);
    expect(await told(world, key)).toMatchObject({ number: 'H01-001' });
    expect((await today()).figures).toMatchObject({ invited: 1, waiting: 1 });
  });

  it('SA14 D7 of two days the later one is told, whatever is still heard of the earlier one', async () => {
    const { handOver } = world.sales;
    const planned = await handOver.plan(laterDay, ['milan-301'], 'lin');
    expect(planned).toHaveProperty('id');
    expect(await told(world, key)).toMatchObject({ day: '2025-11-28', number: null });
    await send(world, [fact(1, queued('H01-001'))]);
    expect(await told(world, key)).toMatchObject({ day: '2025-11-28', number: null });
    const id = 'id' in planned ? planned.id : '';
    await handOver.settle(id, 'milan-301', 'withdraw', 'lin');
    expect(await told(world, key)).toMatchObject({ day: '2025-11-21', number: 'H01-001' });
    await handOver.plan(laterDay, ['milan-301'], 'lin');
    expect(await told(world, key)).toMatchObject({ day: '2025-11-28' });
    expect(await handOver.plan(laterDay, ['milan-302'], 'lin')).toEqual({ unknown: ['milan-302'] });
  });
});
