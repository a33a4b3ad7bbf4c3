// The MQTT link with brokers that are odd, busy, or several.
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Link, LinkAdviceCode, LinkDownCode, LinkOptions } from '../../sync/link.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { startAedesBroker } from '../simulators/aedes-broker.ts';
import { startMosquitto } from '../simulators/mosquitto.ts';
import { startNatsCluster } from '../simulators/nats-cluster.ts';

interface Line {
  readonly link: Link;
  readonly downs: LinkDownCode[];
  readonly texts: string[];
  readonly advice: LinkAdviceCode[];
}

function line(options: Partial<LinkOptions> & Pick<LinkOptions, 'url'>): Line {
  const seen: Omit<Line, 'link'> = { downs: [], texts: [], advice: [] };
  const link = openMqttLink(
    {
      clientId: `odd-${Math.random().toString(36).slice(2)}`,
      subscriptions: ['odd/down'],
      keepAliveMs: 2_000,
      connectTimeoutMs: 2_000,
      reconnectMinMs: 5,
      reconnectMaxMs: 40,
      takenOverPauseMs: 40,
      ...options,
    },
    {
      onUp: () => {},
      onDown: (code) => seen.downs.push(code),
      onMessage: (_topic, payload) => seen.texts.push(Buffer.from(payload).toString()),
      onAdvice: (code) => seen.advice.push(code),
    },
  );
  onTestFinished(() => link.close());
  return { link, ...seen };
}

const up = ({ link }: Line) => vi.waitFor(() => expect(link.isUp).toBe(true), { timeout: 40_000 });

/** Answers each CONNECT as told, by its protocol level, and each SUBSCRIBE with a grant. */
async function oddBroker(
  answer: (level: number, socket: Socket) => void,
  { suback = () => 1 }: { readonly suback?: () => number | null } = {},
): Promise<string> {
  const server = createServer((socket) => {
    let hasProperties = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      if (bytes[0] === 0x10) {
        hasProperties = bytes[8] === 5;
        answer(bytes[8] ?? 0, socket);
      } else if (bytes[0] === 0xc0) socket.write(Buffer.of(0xd0, 0));
      else if (bytes[0] === 0x82) {
        const code = suback();
        const id = [bytes[2] ?? 0, bytes[3] ?? 0];
        if (code !== null)
          socket.write(Buffer.of(0x90, hasProperties ? 4 : 3, ...id, ...(hasProperties ? [0] : []), code));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
const connack = (code: number): Buffer => Buffer.of(0x20, 2, 0, code);
const connack5 = (code: number): Buffer => Buffer.of(0x20, 3, 0, code, 0);

describe('MQTT link', () => {
  it('CO9 a broker that is busy (CONNACK 3) for a while ends nothing', async () => {
    let asked = 0;
    const url = await oddBroker((level, socket) => {
      asked += 1;
      if (level === 5) socket.end(connack(1));
      else if (asked < 6) socket.end(connack(3));
      else socket.write(connack(0));
    });
    const a = line({ url });
    await up(a);
    expect(new Set(a.downs)).toEqual(new Set(['sync-link-unreachable']));
  });

  it('CO9 a broker that closes without a word at MQTT 5 is served with 3.1.1', async () => {
    const levels: number[] = [];
    const url = await oddBroker((level, socket) => {
      levels.push(level);
      if (level === 5) socket.end();
      else socket.write(connack(0));
    });
    await up(line({ url }));
    expect(levels).toEqual([5, 4]);
  });

  it('CO9 MQTT 5 asks for a short session, a delayed will and no packets over 64 KiB; 3.1.1 for none of it', async () => {
    const connects: Buffer[] = [];
    const server = createServer((socket) => socket.on('data', (bytes: Buffer) => connects.push(bytes)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const will = { topic: 'odd/will', payload: Buffer.from('gone'), delayMs: 5_000 };
    line({ url, will });
    await vi.waitFor(() => expect(connects.length).toBe(1));
    line({ url, will, highestMqtt: 4 });
    await vi.waitFor(() => expect(connects.length).toBe(2));
    const [five, four] = connects;
    const has = (bytes: Buffer | undefined, ...property: number[]) => bytes?.includes(Buffer.from(property));
    expect(has(five, 0x11, 0, 0, 0, 5)).toBe(true);
    expect(has(five, 0x18, 0, 0, 0, 5)).toBe(true);
    expect(has(five, 0x27, 0, 1, 4, 0)).toBe(true);
    expect([has(four, 0x11, 0, 0, 0, 5), has(four, 0x18, 0, 0, 0, 5)]).toEqual([false, false]);
  });

  it('CO9 F20 a broker that lets in, answers pings, and never grants what was subscribed is left for another', async () => {
    const silent = await oddBroker((_level, socket) => socket.write(connack(0)), { suback: () => null });
    const granting = await oddBroker((_level, socket) => socket.write(connack(0)));
    const a = line({ url: [silent, granting], random: () => 0, keepAliveMs: 1_000, highestMqtt: 4 });
    await up(a);
    expect(a.downs).toEqual(['sync-link-lost']);
  });

  it.each([
    { highestMqtt: 4, refusal: 0x80 },
    { highestMqtt: 5, refusal: 0x87 },
  ] as const)(
    'CO9 F20 a broker that refuses what was subscribed is left and asked again (MQTT $highestMqtt)',
    async ({ highestMqtt, refusal }) => {
      let asked = 0;
      const suback = (): number => {
        asked += 1;
        return asked < 3 ? refusal : 1;
      };
      const welcome = highestMqtt === 5 ? connack5(0) : connack(0);
      const url = await oddBroker((_level, socket) => socket.write(welcome), { suback });
      const a = line({ url, highestMqtt });
      await up(a);
      expect(a.downs).toEqual(['sync-link-refused', 'sync-link-refused']);
    },
  );

  it('CO9 F20 a line that breaks before the subscription was answered was lost, not refused', async () => {
    let asked = 0;
    const url = await oddBroker(
      (_level, socket) => {
        asked += 1;
        socket.write(connack(0));
        if (asked === 1) setImmediate(() => socket.destroy());
      },
      { suback: () => (asked === 1 ? null : 1) },
    );
    const a = line({ url, highestMqtt: 4 });
    await up(a);
    expect(a.downs).toEqual(['sync-link-lost']);
  });

  it('CO9 an expiry is asked of brokers that know it, and a hint that nobody listens is passed on once', async () => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.close());
    const a = line({ url: broker.url });
    await up(a);
    expect(await a.link.publish('odd/nobody', Buffer.from('1'))).toBe(true);
    expect(await a.link.publish('odd/nobody', Buffer.from('2'))).toBe(true);
    expect(a.advice).toEqual(['sync-broker-nobody-listens']);
    await a.link.publish('odd/down', Buffer.from('kept'), { isRetained: true, expiryMs: 1_000 });
    await vi.waitFor(() => expect(a.texts).toEqual(['kept']));
    await vi.waitFor(
      async () => {
        const later = line({ url: broker.url });
        await up(later);
        await later.link.publish('odd/down', Buffer.from('end'));
        await vi.waitFor(() => expect(later.texts.at(-1)).toBe('end'));
        expect(later.texts).toEqual(['end']);
      },
      { timeout: 10_000, interval: 300 },
    );
  });

  it('CO9 a broker that takes only small packets does not end the connection over a large one', async () => {
    const broker = await startMosquitto({ config: ['max_packet_size 5000'] });
    onTestFinished(() => broker.close());
    const a = line({ url: broker.url });
    await up(a);
    expect(await a.link.publish('odd/down', Buffer.alloc(6_000))).toBe(false);
    expect(await a.link.publish('odd/down', Buffer.from('small'))).toBe(true);
    expect([a.advice, a.downs]).toEqual([['sync-broker-packet-limit'], []]);
  });

  it('CO9 with one of two brokers dead it finds the other, whichever it tries first', async () => {
    const [dead, living] = [await startAedesBroker(), await startAedesBroker()];
    onTestFinished(() => living.close());
    await dead.close();
    for (const first of [0, 1]) {
      const a = line({ url: [dead.url, living.url], random: () => first });
      await up(a);
      expect(a.downs.length).toBeLessThanOrEqual(1);
      await a.link.close();
    }
  });

  it('CO9 F20 a node that takes, grants and pings, and delivers nothing any more is left for another', async () => {
    const [node, other] = [await startAedesBroker(), await startAedesBroker()];
    onTestFinished(async () => void (await Promise.all([node.close(), other.close()])));
    // the first, then again the first: the next attempt goes on to the other
    const options = { url: [node.url, other.url], random: () => 0, keepAliveMs: 1_000 };
    const hearing = line({ ...options, subscriptions: ['odd/+'], echoTopicOf: () => 'odd/echo' });
    const trusting = line(options);
    await Promise.all([up(hearing), up(trusting)]);
    const isAt = async ({ url }: { readonly url: string }, { texts }: Line): Promise<boolean> => {
      const teller = line({ url, subscriptions: [] });
      await up(teller);
      const word = `at ${url} ${Math.random()}`;
      await teller.link.publish('odd/down', Buffer.from(word));
      return vi
        .waitFor(() => expect(texts).toContain(word), { timeout: 500 })
        .then(
          () => true,
          () => false,
        );
    };
    const [first, second] = (await isAt(node, trusting)) ? [node, other] : [other, node];
    first.deafen();
    await vi.waitFor(() => expect(hearing.downs).toContain('sync-link-lost'), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await isAt(second, hearing)).toBe(true), { timeout: 10_000 });
    // its own words are nobody's
    expect(hearing.texts.filter((text) => !text.startsWith('at '))).toEqual([]);
    // the control stays where nothing comes
    expect(trusting.downs).toEqual([]);
    expect(await isAt(second, trusting)).toBe(false);
  });

  it('CO9 F20 a cluster two of whose nodes are killed one after the other in mid-stream carries on', async () => {
    const cluster = await startNatsCluster();
    onTestFinished(() => cluster.close());
    // a cluster takes seconds over a subscription: whoever gives up sooner never comes back on a busy machine
    const patient = { url: cluster.urls, keepAliveMs: 20_000, connectTimeoutMs: 20_000 };
    // a node that comes up again may grant, take and ping, and deliver nothing
    const hq = line({ ...patient, subscriptions: ['odd/+'], echoTopicOf: () => 'odd/echo' });
    const terminal = line(patient);
    await Promise.all([up(hq), up(terminal)]);
    let n = 0;
    let isOver = false;
    const stream = (async () => {
      // as the courier does: again until the other end has it
      while (!isOver) {
        await terminal.link.publish('odd/up', Buffer.from(String(n)));
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (hq.texts.includes(String(n))) n += 1;
      }
    })();
    for (const node of cluster.nodes.slice(1)) {
      const before = n;
      await vi.waitFor(() => expect(n).toBeGreaterThan(before + 5), { timeout: 170_000 });
      await node.kill();
      const dead = n;
      await vi.waitFor(() => expect(n).toBeGreaterThan(dead + 5), { timeout: 170_000 });
      await node.start();
    }
    isOver = true;
    await stream;
    expect(hq.texts.length).toBeGreaterThanOrEqual(n);
  }, 720_000);
});
