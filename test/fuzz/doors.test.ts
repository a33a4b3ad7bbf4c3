// Hostile bytes at every door of the shipped programs: afterwards a card works, a slip prints, facts arrive once.
import { connect } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { topics } from '../../sync/contract/topics.ts';
import { type Shipped, startShipped, tenant } from '../journeys/shipped.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { type Seeded, seed, seeded } from './seeded.ts';

let shipped: Shipped;
let random: Seeded;
beforeAll(async () => {
  shipped = await startShipped();
  random = seeded();
});
afterAll(() => shipped?.close());

const soon = { timeout: 20_000, interval: 50 };
let used = 0;

/** The next active member checks in: seen at headquarters once, with one slip on paper. */
async function expectService(): Promise<void> {
  const card = shipped.cards.filter(({ state }) => state === 'active')[used++];
  if (!card) throw new Error('the deck is used up');
  const slips = shipped.printer.slips.length;
  shipped.reader.present(card.number);
  await vi.waitFor(async () => {
    const arrived = await shipped.facts('check-in-recorded');
    expect(
      arrived.filter(({ body }) => body['member'] === card.member),
      `seed ${seed}`,
    ).toHaveLength(1);
    expect(shipped.printer.slips.length, `seed ${seed}`).toBe(slips + 1);
  }, soon);
  expect(shipped.terminal.isRunning, `seed ${seed}`).toBe(true);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(`doors under hostile bytes (seed ${seed})`, () => {
  it('serves before anything hostile came', expectService);

  it('reader: noise, spoilt frames, torn frames; none is a card, noise is said once', async () => {
    const before = (await shipped.facts('card-refused')).length;
    const frame = rdm6300Frame('0123456789');
    let tail: Buffer = Buffer.alloc(0);
    for (let n = 0; n < 2_000; n += 1) {
      const bytes = random.int(2) ? random.bytes(40) : random.spoil(frame);
      // a spoilt frame may by chance still be a whole one, or end one that was torn; that is a card, not nonsense
      const sent = Buffer.concat([tail, bytes]);
      if (!holdsCard(sent)) {
        shipped.reader.send(bytes);
        tail = sent.subarray(-frame.length);
      }
      if (n % 100 === 0) await pause(5);
    }
    shipped.reader.sendWrongChecksum('0123456789');
    // whatever was torn open is closed by the next start
    await expectService();
    expect((await shipped.facts('card-refused')).length, `seed ${seed}`).toBe(before);
    await vi.waitFor(() => expect(shipped.logged('terminal', 'reader-noise')).toHaveLength(1), soon);
    await vi.waitFor(() => expect(shipped.logged('terminal', 'reader-bad-checksum')).toHaveLength(1), soon);
  });

  it('printer: nobody asked for these bytes; no slip is lost or called printed without paper', async () => {
    for (let n = 0; n < 1_000; n += 1) {
      shipped.printer.say(random.bytes(12));
      if (n % 50 === 0) await pause(10);
    }
    await expectService();
    expect(shipped.logged('terminal', 'printer-not-a-printer').length).toBeLessThanOrEqual(1);
  });

  it('panel: nonsense on the line', async () => {
    for (let n = 0; n < 300; n += 1) {
      shipped.panel.say(random.bytes(30));
      if (n % 50 === 0) await pause(10);
    }
    await expectService();
  });

  it('MQTT: nonsense from a stranger on every topic; each kind is said once, nothing false is applied', async () => {
    const stranger = await connectAsync(shipped.brokerUrl, { clientId: 'stranger', reconnectPeriod: 0 });
    const known = await shipped.facts();
    await flood(stranger);
    await expectService();
    const now = await shipped.facts();
    expect(now.slice(0, known.length)).toEqual(known);
    expect(now.map(({ seq }) => seq)).toEqual(now.map((_, n) => n + 1));
    expect(new Set(now.map(({ id }) => id)).size).toBe(now.length);
    const { terminals } = await shipped.api<{ terminals: { terminal: string }[] }>('terminals');
    expect(terminals.map(({ terminal }) => terminal)).toEqual(['hall-01']);
    for (const code of ['sync-frame-unsigned', 'sync-frame-forged']) {
      expect(shipped.logged('terminal', code).length, code).toBeLessThanOrEqual(1);
    }
    expect(shipped.logged('terminal', 'sync-frame-unsigned')).toHaveLength(1);
    // two names, three channels that headquarters parses itself, unreadable or of a wrong shape
    expect(shipped.logged('headquarters', 'message-failed').length).toBeLessThanOrEqual(12);
    expect(shipped.logged('headquarters', 'dead-letter').length).toBeLessThanOrEqual(8);
    await stranger.endAsync(true);
  }, 60_000);

  it('HTTP: nonsense at the screen and at headquarters', async () => {
    const screen = new URL(shipped.terminal.screenAddress());
    const api = new URL(shipped.headquartersUrl);
    for (const { host, port } of [screen, api]) {
      const right = [
        '/',
        '//',
        '/api/facts?after=x',
        '/ws',
        '/health',
        '/api/service/requests/x/deeds',
        '/%ff%00',
      ].map((path) =>
        Buffer.from(
          `${random.pick(['GET', 'POST', 'PUT', 'OPTIONS'])} ${path} HTTP/1.1\r\nHost: ${host}\r\n` +
            `Authorization: Bearer ${shipped.token}\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{"state":`,
        ),
      );
      for (let n = 0; n < 300; n += 1) {
        const bytes = random.int(4) ? random.spoil(random.pick(right)) : random.pick(right);
        await say(Number(port), bytes, random.int(4) === 0);
      }
    }
    await expectService();
    expect(shipped.logged('headquarters', 'http-fault')).toEqual([]);
  });
});

/** May there be a whole frame in it? Eight bits of checksum fit once in a while. */
function holdsCard(bytes: Buffer): boolean {
  return [...bytes.toString('latin1').matchAll(/(?=([0-9A-F]{12}))/gi)].some(
    ([, digits = '']) => Buffer.from(digits, 'hex').reduce((sum, byte) => sum ^ byte, 0) === 0,
  );
}

/** Forty rounds over all topics of terminal and headquarters: random bytes and messages that are nearly right. */
async function flood(stranger: MqttClient): Promise<void> {
  const [ours, hall, ghost] = [tenant as TenantId, 'hall-01' as TerminalId, 'ghost-99' as TerminalId];
  const all = [hall, ghost].flatMap((terminal) => [
    topics.facts(ours, terminal),
    topics.ask(ours, terminal),
    topics.presence(ours, terminal),
    topics.ack(ours, terminal),
    topics.dataset(ours, terminal),
    topics.question(ours, terminal),
    topics.order(ours, terminal),
    topics.answer(ours, terminal),
  ]);
  all.push(
    topics.manifest(ours),
    `yingbin/v1/${tenant}/up/xx/hall-01/facts`,
    `yingbin/v1/${tenant}/up/00/a/b`,
  );
  const epoch = 'a'.repeat(32);
  const [orderId, at] = ['01890000-0000-7000-8000-000000000001', '2026-11-21T00:00:00.000Z'];
  const nearlyRight = [
    { v: 1, terminal: 'hall-01', epoch, forgotten: 0, prev: null, facts: [{ seq: 1, id: 'x' }] },
    {
      v: 1,
      epoch,
      applied: 1e9,
      safe: 1e9,
      last: null,
      renew: false,
      visible: { members: 0, events: 0, requests: 0 },
    },
    { v: 1, have: { board: -1 } },
    { v: 2, online: 'yes' },
    { v: 1, id: orderId, epoch, kind: 'card', card: 'b'.repeat(22) },
    {
      v: 1,
      id: orderId,
      batch: orderId,
      terminal: 'hall-01',
      at,
      expiresAt: at,
      kind: 'restart-terminal',
      body: {},
    },
    { v: 1, dataset: 'members', from: 0, to: 1e9, part: 0, parts: 1, sha256: 'x', rows: [['a', null]] },
    [],
  ].map((message) => encodeFrame(message));
  for (let round = 0; round < 40; round += 1) {
    for (const topic of all) {
      const payload = random.int(2) ? random.bytes(200) : random.spoil(random.pick(nearlyRight));
      await stranger.publishAsync(topic, payload, { qos: 1, retain: random.int(20) === 0 });
    }
  }
  // what was retained would greet every terminal for ever
  for (const topic of all) await stranger.publishAsync(topic, '', { qos: 1, retain: true });
}

function say(port: number, bytes: Uint8Array, isReset: boolean): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes, () => (isReset ? socket.resetAndDestroy() : socket.end()));
    });
    socket.resume();
    // an answer that never comes is one of the things that may happen to a torn request
    socket.setTimeout(500, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}
