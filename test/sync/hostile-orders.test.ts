// Orders over a broker that somebody else got into: only what headquarters signed for this terminal, in time, is done once.
import { describe, expect, it, vi } from 'vitest';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { maxOpenOrders, orderKinds, type WireOrder } from '../../sync/contract/orders.ts';
import { makeSignKeys, signFrame, signingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { OrderBook, type OrderWork, type OrderWorks, orderBookMigrations } from '../../sync/order-book.ts';
import { orderPart } from '../../sync/order-part.ts';
import { tenant, terminal } from './scratch.ts';
import { sentAgain, someOrder } from './some-orders.ts';
import { headquarters, openStore, openTerminalAndStranger, soon } from './terminal-and-stranger.ts';

const hour = 3_600_000;
const hqNow = new Date('2026-03-01T12:00:00.000Z');
const topic = topics.order(tenant, terminal);

const expiresAt = new Date(hqNow.getTime() + hour).toISOString();
const order = (change: Partial<WireOrder> = {}) =>
  someOrder('print-test-page', {}, hqNow.getTime(), { expiresAt, ...change });
const sign = (given: object, on = topic): Buffer => signFrame(on, encodeFrame(given), headquarters);

/** A terminal with an order book, and a stranger on its broker who hears all. */
async function setUp(work: Partial<OrderWork> = {}) {
  const { db, outbox } = openStore(orderBookMigrations);
  const begun: string[] = [];
  const each: OrderWork = {
    isRepeatable: true,
    begin({ id }) {
      begun.push(id);
      return { state: 'done' };
    },
    ...work,
  };
  const book = new OrderBook({
    db,
    outbox,
    works: Object.fromEntries(orderKinds.map((kind) => [kind, each])) as unknown as OrderWorks,
    headquartersNow: () => hqNow,
    run: 'run-1',
    onRecorded: () => undefined,
  });
  const { refused, say: sayOn } = await openTerminalAndStranger(outbox, [
    () => orderPart(book, { tenant, terminal }),
  ]);
  const say = (payload: Uint8Array, on = topic) => sayOn(on, payload);
  const states = () => db.all('SELECT state FROM given_order ORDER BY state').map(({ state }) => state);
  return { outbox, refused, begun, say, states };
}

describe('orders on a hostile broker', () => {
  it('F15 S16 OR1 unsigned, forged, garbled and misaddressed orders are dropped with a code, and the right one is done', async () => {
    const { outbox, refused, begun, say, states } = await setUp();
    const right = order();
    const elsewhere = topics.order(tenant, 'hall-2' as TerminalId);
    await say(encodeFrame(right));
    await say(signFrame(topic, encodeFrame(right), signingKey(makeSignKeys().privateKey)));
    await say(sign(right, elsewhere));
    await say(sign(order({ terminal: 'hall-2' as TerminalId })));
    await say(sign({ ...right, expiresAt: right.at }));
    await say(sign({ ...right, id: 'the first' }));
    // an ack is no order, though headquarters signed it for this terminal
    await say(sign({ v: 1 }, topics.ack(tenant, terminal)));
    await vi.waitFor(() => expect(refused).toHaveLength(7), soon);
    expect(refused).toEqual([
      'sync-frame-unsigned',
      'sync-frame-forged',
      'sync-frame-forged',
      'sync-order-foreign',
      'sync-frame-shape',
      'sync-frame-shape',
      'sync-frame-forged',
    ]);
    expect([states(), outbox.lastSeq]).toEqual([[], 0]);
    await say(sign(right));
    await vi.waitFor(() => expect(states()).toEqual(['done']), soon);
    expect([begun, outbox.lastSeq]).toEqual([[right.id], 3]);
  });

  it('S16 F15 OR3 an order that is replayed, in any number, or behind a later one, is refused with a code', async () => {
    const { outbox, refused, begun, say, states } = await setUp();
    const [one, two] = [order(), order()];
    for (const each of [one, one, two, one, two, one]) await say(sign(each));
    await vi.waitFor(() => expect(begun).toHaveLength(2), soon);
    const marker = order({ kind: 'fly-away' });
    await say(sign(marker));
    await vi.waitFor(() => expect(states()).toContain('failed'), soon);
    expect([begun, outbox.lastSeq]).toEqual([[one.id, two.id], 8]);
    expect(refused).toEqual(Array.from({ length: 4 }, () => 'sync-order-replayed'));
    const [held, later] = [order(), order()];
    await say(sign(later));
    await say(sign(held));
    await vi.waitFor(() => expect(refused).toHaveLength(5), soon);
    expect([begun.at(-1), states().length]).toEqual([later.id, 4]);
    // headquarters itself sends what it was not told of once more: a new number, the same order
    await say(sign(sentAgain(later)));
    await say(sign(sentAgain(held)));
    await vi.waitFor(() => expect(begun.at(-1)).toBe(held.id), soon);
    expect([begun.length, refused.length]).toEqual([4, 5]);
  });

  it('F15 OR4 an order that was held back until it had expired is not done, nor one from long ago', async () => {
    const { outbox, begun, say, states } = await setUp();
    const past = (ms: number) => new Date(hqNow.getTime() - ms).toISOString();
    const day = 24 * hour;
    await say(sign(order({ at: past(62 * day), expiresAt: past(61 * day) })));
    await say(sign(order({ at: past(2 * hour), expiresAt: past(hour) })));
    const right = order();
    await say(sign(right));
    await vi.waitFor(() => expect(begun).toEqual([right.id]), soon);
    expect([states(), outbox.lastSeq]).toEqual([['done', 'expired'], 5]);
  });

  it('OR6 the 101st open order is refused with a code', async () => {
    const { refused, say, states } = await setUp({ canBegin: () => false });
    for (let n = 0; n < maxOpenOrders; n += 1) await say(sign(order()));
    await vi.waitFor(() => expect(states()).toHaveLength(maxOpenOrders), soon);
    await say(sign(order()));
    await vi.waitFor(() => expect(refused).toEqual(['sync-order-surplus']), soon);
    expect(states()).toHaveLength(maxOpenOrders);
  });
});
