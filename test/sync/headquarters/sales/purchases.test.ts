// Purchases at headquarters, on both databases: stages, payments, import, hand-over, and what owners are told of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeveloperFile } from '../../../../sync/headquarters/developer-file.ts';
import { openDues } from '../../../../sync/headquarters/sales/payment-plan.ts';
import { readPurchaseCsv } from '../../../../sync/headquarters/sales/purchase-csv.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

const w = (zh: string) => ({ zh, en: zh });
const stages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
const sales: NonNullable<DeveloperFile['sales']> = {
  internal: [{ unit: 'milan-302', buyer: '赵某', floorPrice: 260_000_000, discountLimit: 300 }],
  proposals: [],
  purchases: [
    {
      id: 'p1',
      member: 'm1',
      unit: 'milan-301',
      project: 'siji',
      label: w('四季花城米兰苑301'),
      stage: 'subscription',
      reached: stages.map((stage) => ({ stage, on: stage === 'subscription' ? '2025-11-01' : null })),
      payment: w('分期'),
      total: 267_000_000,
      paid: 167_000_000,
      plan: [
        { what: w('二期'), amount: 60_000_000, by: '2025-12-01' },
        { what: w('三期'), amount: 40_000_000, by: '2026-03-01' },
      ],
      nextDocument: null,
      handedOverOn: null,
      warrantyUntil: null,
    },
  ],
  handOverDays: [
    {
      project: 'siji',
      day: '2025-11-21',
      from: '2025-11-21T00:30:00.000Z',
      to: '2025-11-21T10:00:00.000Z',
      place: w('会所'),
      units: [{ unit: 'milan-301', member: 'm1', label: w('四季花城米兰苑301') }],
    },
  ],
};

let world: World;
const told = async (key: string): Promise<Record<string, unknown> | null> => {
  const row = await world.store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'owners')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.body ? (JSON.parse(row.body) as Record<string, unknown>) : null;
};

describe.each(storeKinds)('purchases on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld({ ...smallDeveloper(), sales }, kind);
  });
  afterEach(() => world.remove());

  it('SA6 D3 go stage by stage, and the owner is told', async () => {
    const { purchases } = world.sales;
    expect(await purchases.move('p1', { stage: 'mortgage', on: '2025-11-20' }, 'lin')).toBe(
      'not-the-next-stage',
    );
    expect(await purchases.move('p1', { stage: 'signing', on: '2025-11-22' }, 'lin')).toBe('day-in-future');
    expect(await purchases.move('p1', { stage: 'signing', on: '2025-10-31' }, 'lin')).toBe(
      'day-before-last-stage',
    );
    expect(await purchases.move('p0', { stage: 'signing', on: '2025-11-20' }, 'lin')).toBe(
      'unknown-purchase',
    );
    expect(await purchases.move('p1', { stage: 'signing', on: '2025-11-20' }, 'lin')).toBe('done');
    expect(await told('m1/purchase/p1')).toMatchObject({ stage: 'signing', paid: 167_000_000 });
    expect(await purchases.pay('p1', { amount: 70_000_000, on: '2025-11-21' }, 'lin')).toBe('done');
    expect(await told('m1/purchase/p1')).toMatchObject({ dues: [{ amount: 30_000_000, by: '2026-03-01' }] });
    expect(await purchases.pay('p1', { amount: 30_000_001, on: '2025-11-21' }, 'lin')).toBe(
      'more-than-total',
    );
    expect(await purchases.move('p1', { stage: 'subscription', on: '2025-11-01' }, 'lin')).toBe('done');
    expect(await purchases.move('p1', { stage: 'signing', on: '2025-11-20' }, 'lin')).toBe('done');
    const booked = await world.store.db
      .selectFrom('ledger')
      .select('points')
      .where('business_key', '=', 'purchase/p1')
      .execute();
    expect(booked).toEqual([{ points: 2_670 }]);
  });

  it('SA3 a price below the lowest or beyond the discount limit is refused', async () => {
    const { board } = world;
    expect(await board.change('milan-302', { price: 259_999_999 }, 'lin')).toBe('below-floor-price');
    expect(await board.change('milan-302', { price: 260_000_001, kind: 'price' }, 'lin')).toBe('changed');
    await board.discard('all', 'lin');
    const tooMuch = { price: 267_000_000 * 0.969, kind: 'discount' as const, floorPrice: null };
    expect(await board.change('milan-302', tooMuch, 'lin')).toBe('beyond-discount-limit');
  });

  it('SA1 SA2 nobody approves what they had a hand in, and every decision is kept', async () => {
    const { board } = world;
    await board.change('milan-302', { state: 'sold' }, 'lin');
    await board.change('milan-302', { buyer: '钱某', kind: 'rename' }, 'su');
    await board.change('milan-303', { state: 'sold' }, 'lin');
    for (const by of ['lin', 'su']) {
      expect(await board.publish('all', by)).toMatchObject({ kind: 'own-change' });
    }
    expect(await board.pendingCount()).toBe(2);
    expect(await board.publish('all', 'wu', '核对无误')).toEqual({ kind: 'decided', changed: 2 });
    expect(await board.unit('milan-302')).toMatchObject({ internal: { buyer: '钱某' }, pending: null });
    const kept = await world.store.db
      .selectFrom('board_decision')
      .select(['unit', 'decided_by', 'reason'])
      .execute();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({ decided_by: 'wu', reason: '核对无误' });
  });

  it('SA9 D7 the first arrival and the first signature count', async () => {
    const body = { member: 'm1', unit: 'milan-301', day: '2025-11-21' };
    const queued = (number: string) => ({ kind: 'hand-over-queued', body: { ...body, number } });
    const signed = (outcome: string, score: number) => ({
      kind: 'hand-over-signed',
      body: { ...body, outcome, defects: [], ratings: [{ item: 'property-handover', score }] },
    });
    await send(world, [fact(1, queued('H01-001')), fact(2, signed('accepted', 5))]);
    await send(world, [fact(1, queued('H02-001')), fact(2, signed('refused', 1))], 'hall-2');
    expect(await told('m1/hand-over/milan-301')).toMatchObject({ number: 'H01-001', ahead: 0 });
    const [day] = await world.sales.handOver.days();
    expect(day?.figures).toMatchObject({ came: 1, signed: 1, refused: 0, satisfied: 10_000 });
    expect(await told('m1/care/milan-301')).toMatchObject({ step: 'moving-in', since: '2025-11-21' });
    const stranger = { kind: 'hand-over-queued', body: { ...body, member: 'm2', number: 'H01-002' } };
    await send(world, [fact(3, stranger)]);
    expect(await world.deadLetters.count()).toBe(1);
  });

  it('SA5 the last list of a member counts, and is told with their row', async () => {
    const kept = (units: string[]) => ({ kind: 'shortlist-kept', body: { member: 'm1', units } });
    await send(world, [fact(1, kept(['milan-302'])), fact(2, kept(['milan-303', 'milan-304']))]);
    expect(await world.sales.interest.shortlist('m1')).toEqual(['milan-303', 'milan-304']);
    const row = await world.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'members')
      .where('key', '=', 'member/m1')
      .executeTakeFirst();
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ shortlist: ['milan-303', 'milan-304'] });
  });
});

describe('a table of purchases', () => {
  const known = {
    isMember: (id: string) => id === 'm1',
    home: (unit: string) => (unit === 'milan-301' ? { project: 'siji', label: w('301') } : undefined),
  };
  const head = 'id,member,unit,stage,subscription,total,paid,plan';

  it('SA7 with one wrong cell is not taken, and each is named by line and column', () => {
    const csv = `${head}
p1,m1,milan-301,signing,2025-01-02,100,50,2025-12-01 50 二期
p1,m9,milan-999,sold,2025-13-02,x,50,soon
p3,,milan-301,signing,,100,200,`;
    const read = readPurchaseCsv(csv, known);
    expect(read.kind).toBe('wrong');
    const errors = read.kind === 'wrong' ? read.errors.map(({ line, column }) => `${line} ${column}`) : [];
    for (const wrong of [
      '3 member',
      '3 unit',
      '3 stage',
      '3 subscription',
      '3 total',
      '3 plan',
      '4 member',
    ]) {
      expect(errors).toContain(wrong);
    }
  });

  it('without one is taken as it stands, money in fen', () => {
    const read = readPurchaseCsv(
      `${head}\np1,m1,milan-301,signing,2025-01-02,100.5,50,2025-12-01 50.5 二期\n`,
      known,
    );
    expect(read).toMatchObject({
      kind: 'read',
      purchases: [{ total: 10_050, paid: 5_000, plan: [{ amount: 5_050, by: '2025-12-01' }] }],
    });
  });

  it('SA6 payments settle the oldest dues first', () => {
    const plan = [
      { what: w('b'), amount: 40, by: '2026-02-01' },
      { what: w('a'), amount: 30, by: '2026-01-01' },
    ];
    expect(openDues(plan, 100, 30).map(({ amount }) => amount)).toEqual([30, 40]);
    expect(openDues(plan, 100, 50).map(({ amount }) => amount)).toEqual([10, 40]);
    expect(openDues(plan, 100, 100)).toEqual([]);
  });
});
