// Orders at headquarters: given, sent until they are received, told step by step, taken back, expired.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { maxOpenOrders, type OrderContent } from '../../../sync/contract/orders.ts';
import { Audit } from '../../../sync/headquarters/accounts/audit.ts';
import { Fleet } from '../../../sync/headquarters/fleet.ts';
import { Orders } from '../../../sync/headquarters/orders.ts';
import { storeKinds } from './store-kinds.ts';
import { epoch, fact, makeWorld, now, send, type World } from './world.ts';

const hall = 'hall-1' as TerminalId;
const other = 'hall-2' as TerminalId;
const testPage: OrderContent = { kind: 'print-test-page', body: {} };
const hour = 3_600_000;
const by = { account: 'it-chen' };

let world: World;
let ms: number;
let orders: Orders;
let seq: number;

const give = (terminals: readonly TerminalId[] | 'all' = [hall], content = testPage) =>
  orders.give({ terminals, content, expiresInMs: hour, by });
const statesOf = async (batch: string) =>
  (await orders.ofBatch(batch)).map(({ terminal, state, code }) => [terminal, state, code]);
/** As a terminal tells it; `n` orders of the batch in their order. */
async function tell(batch: string, steps: readonly [state: string, code?: string][], terminal = hall) {
  const [row] = (await orders.ofBatch(batch)).filter((each) => each.terminal === terminal);
  const facts = steps.map(([state, code = null]) => {
    seq += 1;
    return fact(seq, { kind: 'order-progressed', body: { order: row?.id, state, code } });
  });
  return await send(world, facts, hall, epoch);
}

describe.each(storeKinds)('orders on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    ms = now().getTime();
    seq = 0;
    orders = new Orders(world.store, new Audit(world.store, now), () => new Date(ms));
    const fleet = new Fleet(world.store, now);
    await fleet.noteSeen(hall);
    await fleet.noteSeen(other);
  });
  afterEach(() => world.remove());

  it('OR2: go from queued over received and running to done by the terminal’s facts, with the times told', async () => {
    const { batch, given, refused } = await give('all');
    expect([given, refused]).toEqual([2, []]);
    expect(await statesOf(batch)).toEqual([
      [hall, 'queued', null],
      [other, 'queued', null],
    ]);
    await tell(batch, [['received'], ['running']]);
    expect((await orders.batches(10))[0]?.counts).toMatchObject({ queued: 1, running: 1 });
    await tell(batch, [['done']]);
    const [mine] = await orders.ofBatch(batch);
    expect(mine).toMatchObject({ state: 'done', code: null, receivedAt: '2025-11-21T07:00:00.000Z' });
    expect(mine?.endedAt).not.toBeNull();
    expect((await orders.batches(10))[0]?.counts).toMatchObject({ queued: 1, done: 1 });
  });

  it('OR2: a whole story in one batch of facts counts as told in order; a code says why it failed', async () => {
    const { batch } = await give();
    await tell(batch, [['received'], ['running'], ['failed', 'no-printer']]);
    expect(await statesOf(batch)).toEqual([[hall, 'failed', 'no-printer']]);
  });

  it('OR2: a terminal that speaks of an order that it was not given is set aside, the stream goes on', async () => {
    const { batch } = await give([other]);
    const { deadLetters, ack } = await tell(batch, [['received']], other);
    expect([deadLetters, ack?.applied]).toEqual([['unknown-order'], 1]);
    expect(await statesOf(batch)).toEqual([[other, 'queued', null]]);
  });

  it('S16 what a terminal refused as an order stands in the audit with its reason, once for each time it told', async () => {
    const audit = async () =>
      (await world.audit.list({ limit: 5, what: 'order-refused' })).map(({ actor, about, detail }) => [
        actor,
        about,
        detail,
      ]);
    expect(await audit()).toEqual([]);
    const refusals = ['replayed', 'foreign'].map((reason, at) =>
      fact(at + 1, { kind: 'order-refused', body: { reason } }),
    );
    await send(world, refusals, hall, epoch);
    // the same batch again, as after a lost ack
    await send(world, refusals, hall, epoch);
    expect(await audit()).toEqual([
      [hall, hall, { reason: 'foreign' }],
      [hall, hall, { reason: 'replayed' }],
    ]);
    expect((await world.audit.check()).kind).toBe('whole');
  });

  it('OR3: an order is sent at once, again with longer waits, and not any more once it was received', async () => {
    const { batch } = await give();
    const first = await orders.takeDue(10);
    expect(first).toMatchObject([{ v: 1, batch, terminal: hall, ...testPage }]);
    expect(await orders.takeDue(10)).toEqual([]);
    const waits: number[] = [];
    for (let sends = 0; sends < 4; sends += 1) {
      const sentMs = ms;
      while ((await orders.takeDue(10)).length === 0) ms += 1_000;
      waits.push((ms - sentMs) / 1_000);
    }
    expect(waits).toEqual([5, 10, 20, 40]);
    await tell(batch, [['received']]);
    ms += 600_000;
    expect(await orders.takeDue(10)).toEqual([]);
  });

  it('OR3: nothing is sent to a terminal that is away, and everything when it comes', async () => {
    await world.fleet.forgetPresence();
    await give();
    await give();
    expect(await orders.takeDue(10)).toEqual([]);
    await new Fleet(world.store, now).noteSeen(hall);
    expect(await orders.takeDue(10, other)).toEqual([]);
    expect(await orders.takeDue(10, hall)).toHaveLength(2);
    expect(await orders.takeDue(10, hall)).toHaveLength(2);
  });

  it('OR4: expires by headquarters’ clock, is not sent then, and what the terminal tells later counts', async () => {
    const { batch } = await give('all');
    ms += hour;
    expect(await orders.takeDue(10)).toEqual([]);
    await orders.expire();
    expect((await statesOf(batch)).map(([, state]) => state)).toEqual(['expired', 'expired']);
    await tell(batch, [['received'], ['running'], ['done']]);
    expect((await statesOf(batch)).map(([, state]) => state)).toEqual(['done', 'expired']);
  });

  it('OR4: one that runs is not expired by headquarters', async () => {
    const { batch } = await give();
    await tell(batch, [['received'], ['running']]);
    ms += 2 * hour;
    await orders.expire();
    expect(await statesOf(batch)).toEqual([[hall, 'running', null]]);
  });

  it('OR2: can be taken back while queued, and only then', async () => {
    const { batch } = await give('all');
    await tell(batch, [['received']]);
    expect(await orders.cancel(batch, by)).toBe(1);
    expect((await statesOf(batch)).map(([, state]) => state)).toEqual(['received', 'cancelled']);
    ms += 60_000;
    expect(await orders.takeDue(10)).toEqual([]);
    expect(await orders.cancel(batch, by)).toBe(0);
  });

  it('OR6: the 101st open order of a terminal is refused with a code; others get theirs', async () => {
    for (let n = 0; n < maxOpenOrders; n += 1) await give();
    expect(await give('all')).toMatchObject({
      given: 1,
      refused: [{ terminal: hall, code: 'too-many-orders' }],
    });
    expect(await give(['nobody' as TerminalId])).toMatchObject({
      given: 0,
      refused: [{ terminal: 'nobody', code: 'unknown-terminal' }],
    });
  });

  it('OR3: what is long over is forgotten', async () => {
    const { batch } = await give();
    await tell(batch, [['received'], ['running'], ['done']]);
    ms += 91 * 24 * hour;
    const next = await give();
    expect((await orders.batches(10)).map((each) => each.batch)).toEqual([next.batch]);
    expect(await orders.ofBatch(batch)).toEqual([]);
  });
});
