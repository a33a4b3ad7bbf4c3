// Orders and live questions through headquarters' own door: HTTP in, signed MQTT out, facts back.
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardToken } from '../../../sync/contract/card-token.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { maxOpenOrders, orderSchema } from '../../../sync/contract/orders.ts';
import { answerSchema, questionsPerSecond } from '../../../sync/contract/questions.ts';
import { openSignedFrame, verifyingKey } from '../../../sync/contract/signed-frame.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { answers } from '../../../sync/headquarters/api.ts';
import { openTerminalEnd, type Running, runHeadquarters, type TerminalEnd, tenant } from './running.ts';
import { batchOf, epoch, fact, fleetKey } from './world.ts';

const hour = 3_600_000;
const testPage = { terminals: ['hall-1'], expiresInMs: hour, kind: 'print-test-page', body: {} };
const soon = { timeout: 10_000, interval: 10 };
const presence = (online: boolean) => ({ v: 1, online, version: '1', at: null, waiting: 0 });

let hq: Running;
let end: TerminalEnd;
beforeEach(async () => {
  hq = await runHeadquarters({ limits: { ordersEveryMs: 50 } });
  end = await openTerminalEnd(hq.mqttUrl);
  await end.say('presence', presence(true));
  await vi.waitFor(
    async () => expect((await hq.call('/api/terminals')).json['terminals']).toHaveLength(1),
    soon,
  );
});
afterEach(async () => {
  await end.close();
  await hq.remove();
});

const statesOf = async (batch: unknown): Promise<unknown> =>
  v.parse(answers.batch, (await hq.call(`/api/orders/${batch}`)).json).orders.map(({ state }) => state);

describe('orders through headquarters', () => {
  it('OR1 OR3: an order goes out at once, signed for its terminal, and its end comes back as facts', async () => {
    const raw: Buffer[] = [];
    const on = topics.order(tenant, 'hall-1' as TerminalId);
    end.client.on('message', (topic, payload) => topic === on && raw.push(payload));
    const { status, json } = await hq.call('/api/orders', testPage);
    expect([status, json['given'], json['refused']]).toEqual([200, 1, []]);
    await vi.waitFor(() => expect(raw).toHaveLength(1), soon);
    const key = verifyingKey(Buffer.from(hq.publicKeys.signKey, 'base64'));
    expect(() => openSignedFrame(on, raw[0] ?? Buffer.alloc(0), key)).not.toThrow();
    expect(() => openSignedFrame(`${on}x`, raw[0] ?? Buffer.alloc(0), key)).toThrow();
    const [order] = end.heard('order', orderSchema);
    expect(order).toMatchObject({ terminal: 'hall-1', kind: 'print-test-page', batch: json['batch'] });
    const step = (seq: number, state: string) =>
      fact(seq, { kind: 'order-progressed', body: { order: order?.id, state, code: null } });
    const facts = [step(1, 'received'), step(2, 'running'), step(3, 'done')];
    await end.say('facts', batchOf(facts));
    await vi.waitFor(async () => expect(await statesOf(json['batch'])).toEqual(['done']), soon);
    expect(v.parse(answers.batches, (await hq.call('/api/orders')).json).batches[0]?.counts).toMatchObject({
      done: 1,
    });
  });

  it('OR3: one for a terminal that is away waits, survives a restart of headquarters, and goes out when it comes', async () => {
    await end.say('presence', presence(false));
    await vi.waitFor(async () => {
      expect((await hq.call('/api/terminals')).json['terminals']).toMatchObject([{ online: false }]);
    }, soon);
    const { json } = await hq.call('/api/orders', testPage);
    await end.close();
    hq = await hq.restart();
    end = await openTerminalEnd(hq.mqttUrl);
    expect(end.heard('order', orderSchema)).toEqual([]);
    await end.say('ask', {
      v: 1,
      kind: 'changes',
      have: { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 },
    });
    await vi.waitFor(() => expect(end.heard('order', orderSchema)).toHaveLength(1), soon);
    expect(await statesOf(json['batch'])).toEqual(['queued']);
    expect(await hq.call(`/api/orders/${json['batch']}/cancel`, {})).toMatchObject({ json: { changed: 1 } });
    expect(await statesOf(json['batch'])).toEqual(['cancelled']);
  });

  it.each<[string, object, number, string]>([
    ['an unknown kind', { ...testPage, kind: 'fly-away' }, 400, 'body-wrong'],
    ['a wrong body', { ...testPage, body: { copies: 3 } }, 400, 'body-wrong'],
    ['no expiry', { ...testPage, expiresInMs: undefined }, 400, 'body-wrong'],
    ['an expiry in a year', { ...testPage, expiresInMs: 365 * 24 * hour }, 400, 'body-wrong'],
    ['no terminal', { ...testPage, terminals: [] }, 400, 'body-wrong'],
    ['a name that is none', { ...testPage, terminals: ['#'] }, 400, 'body-wrong'],
    ['a stranger', { ...testPage, terminals: ['hall-9'] }, 409, 'unknown-terminal'],
  ])('OR1: %s is refused with a code', async (_what, body, status, code) => {
    const answer = await hq.call('/api/orders', body);
    expect([answer.status, answer.json['error']]).toMatchObject([status, { code }]);
    expect((await hq.call('/api/orders')).json['batches']).toEqual([]);
  });

  it('OR6: the 101st open order is refused with a code; nobody without the token gives one', async () => {
    for (let n = 0; n < maxOpenOrders; n += 1) {
      // the API itself lets nobody ask faster
      await vi.waitFor(async () => expect((await hq.call('/api/orders', testPage)).status).toBe(200), soon);
    }
    const surplus = await vi.waitFor(async () => {
      const answer = await hq.call('/api/orders', testPage);
      expect(answer.status).not.toBe(429);
      return answer;
    }, soon);
    expect([surplus.status, surplus.json['error']]).toMatchObject([409, { code: 'too-many-orders' }]);
    const stranger = await hq.call('/api/orders', testPage, { authorization: 'Bearer nobody' });
    expect(stranger.status).toBe(401);
  });
});

describe('live questions through headquarters', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  const ask = { v: 1, id, epoch, kind: 'card', card: cardToken(fleetKey, 'em4100', '0100000001') };

  it('OR5: are answered to who asked, with masked names; too many and garbled ones are not', async () => {
    await end.say('question', ask);
    await vi.waitFor(() => expect(end.heard('answer', answerSchema)).toHaveLength(1), soon);
    expect(end.heard('answer', answerSchema)).toMatchObject([
      { id, kind: 'known', card: { member: 'm1' }, member: { name: '张**' } },
    ]);
    await end.say('question', { ...ask, card: '0100000001' });
    for (let n = 0; n <= questionsPerSecond; n += 1) await end.say('question', ask);
    await vi.waitFor(() => {
      const kinds = end.heard('answer', answerSchema).map(({ kind }) => kind);
      expect(kinds).toContain('refused');
    }, soon);
    expect(JSON.stringify(hq.lines)).not.toContain('0100000001');
  });
});
