// Purchases at headquarters, on both databases: stages, payments, import, hand-over, and what owners are told of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDues } from '../../../../sync/headquarters/sales/payment-plan.ts';
import { readPurchaseCsv } from '../../../../sync/headquarters/sales/purchase-csv.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';
import { audited, sales, told, w } from './some-sales.ts';

let world: World;

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
    expect(await told(world, 'm1/purchase/p1')).toMatchObject({ stage: 'signing', paid: 167_000_000 });
    expect(await purchases.pay('p1', { amount: 70_000_000, on: '2025-11-21' }, 'lin')).toBe('done');
    expect(await told(world, 'm1/purchase/p1')).toMatchObject({
      dues: [{ amount: 30_000_000, by: '2026-03-01' }],
    });
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
    await world.approval.discard({ units: 'all', adverse: [] }, 'lin');
    const tooMuch = { price: 267_000_000 * 0.969, kind: 'discount' as const, floorPrice: null };
    expect(await board.change('milan-302', tooMuch, 'lin')).toBe('beyond-discount-limit');
  });

  it('SA1 SA2 nobody approves what they had a hand in, and every decision is kept', async () => {
    const { board } = world;
    await board.change('milan-302', { state: 'sold' }, 'lin');
    await board.change('milan-302', { buyer: '钱某', kind: 'rename' }, 'su');
    await board.change('milan-303', { state: 'sold' }, 'lin');
    for (const by of ['lin', 'su']) {
      expect(await world.approval.publish({ units: 'all', adverse: [] }, by)).toMatchObject({
        kind: 'own-change',
      });
    }
    expect(await board.pendingCount()).toBe(2);
    expect(await world.approval.publish({ units: 'all', adverse: [], reason: '核对无误' }, 'wu')).toEqual({
      kind: 'decided',
      changed: 2,
    });
    expect(await board.unit('milan-302')).toMatchObject({ internal: { buyer: '钱某' }, pending: null });
    const kept = await world.store.db
      .selectFrom('board_decision')
      .select(['unit', 'decided_by', 'reason'])
      .execute();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({ decided_by: 'wu', reason: '核对无误' });
  });

  it('SA10 D3 a purchase that goes to somebody else is no longer told to whoever had it', async () => {
    const [before] = sales.purchases;
    if (!before) throw new Error('no purchase');
    expect(await told(world, 'm1/purchase/p1')).not.toBeNull();
    await world.sales.purchases.import([{ ...before, member: 'm2' } as never], 'lin');
    expect(await told(world, 'm1/purchase/p1')).toBeNull();
    expect(await told(world, 'm1/care/milan-301')).toBeNull();
    expect(await told(world, 'm2/purchase/p1')).toMatchObject({ total: 267_000_000 });
    expect(await audited(world)).toContain('lin purchases-imported');
  });

  it('SA6 D3 the same payment is booked once, however often the button was pressed', async () => {
    const { purchases, purchaseList } = world.sales;
    const payment = { amount: 10_000_000, on: '2025-11-20', before: 167_000_000 };
    const twice = await Promise.all([
      purchases.pay('p1', payment, 'lin'),
      purchases.pay('p1', payment, 'lin'),
    ]);
    expect(twice.sort()).toEqual(['changed-since', 'done']);
    expect((await purchaseList.one('p1'))?.paid).toBe(177_000_000);
    expect(await audited(world)).toContain('lin purchase-paid');
  });

  it('SA11 D3 purchases are read a page at a time, and the due contacts without reading all', async () => {
    const [first] = sales.purchases;
    const more = ['p2', 'p3', 'p4'].map((id) => ({ ...first, id, member: 'm2', unit: `milan-30${id[1]}` }));
    await world.sales.purchases.import(more as never, 'lin');
    const page = await world.sales.purchaseList.page({ limit: 3 });
    expect(page).toMatchObject({ total: 4, next: 'p3' });
    expect((await world.sales.purchaseList.page({ limit: 3, after: 'p3' })).purchases).toMatchObject([
      { id: 'p4' },
    ]);
    expect(
      (await world.sales.purchaseList.page({ limit: 9, member: 'm2', stage: 'subscription' })).total,
    ).toBe(3);
    expect(await world.sales.purchaseList.page({ limit: 9, stage: 'title' })).toMatchObject({
      total: 0,
      next: null,
    });
    // three days after the subscription; of the one that is invited, after the invitation
    expect(await world.sales.purchaseList.contacts('2025-11-03')).toMatchObject([{ id: 'p1' }]);
    expect(await world.sales.purchaseList.contacts('2025-11-04')).toHaveLength(4);
  });

  it('SA8 D8 a contact that was made is planned anew, and one made in another step does not count', async () => {
    const { purchases, purchaseList } = world.sales;
    const due = (await purchaseList.one('p1'))?.care?.next?.on ?? '';
    expect(await purchases.noteContact('p1', { dueOn: due, note: null }, 'lin')).toBe('done');
    expect(await purchases.noteContact('p1', { dueOn: due, note: null }, 'su')).toBe('not-due');
    const next = (await purchaseList.one('p1'))?.care?.next?.on ?? '';
    expect(next > due).toBe(true);
    expect(await purchaseList.contacts(due)).toEqual([]);
    expect(await told(world, 'm1/care/milan-301')).toMatchObject({ next: { on: next } });
  });

  it('SA5 the last list of a member counts, and is told with their row', async () => {
    const kept = (units: string[]) => ({ kind: 'shortlist-kept', body: { member: 'm1', units } });
    await send(world, [fact(1, kept(['milan-302'])), fact(2, kept(['milan-303', 'milan-304']))]);
    // another terminal had no link when it kept an older one
    const older = { ...kept(['milan-301']), at: '2025-11-21T06:00:00.000Z' };
    await send(world, [fact(1, older)], 'hall-2');
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
  const known = async () => ({
    isMember: (id: string) => id === 'm1',
    home: (unit: string) => (unit === 'milan-301' ? { project: 'siji', label: w('301') } : undefined),
  });
  const head = 'id,member,unit,stage,subscription,total,paid,plan';

  it('SA7 with one wrong cell is not taken, and each is named by line and column', async () => {
    const csv = `${head}
p1,m1,milan-301,signing,2025-01-02,100,50,2025-12-01 50 二期
p1,m9,milan-999,sold,2025-13-02,x,50,soon
p3,,milan-301,signing,,100,200,`;
    const read = await readPurchaseCsv(csv, known);
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

  it('without one is taken as it stands, money in fen', async () => {
    const read = await readPurchaseCsv(
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
