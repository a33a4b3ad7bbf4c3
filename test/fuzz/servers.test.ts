// Hostile bytes at the servers that stand beside the product's own: the embedded broker and the lab.
import { connect } from 'node:net';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { topics } from '../../sync/contract/topics.ts';
import { openEmbeddedBroker } from '../../sync/headquarters/embedded-broker.ts';
import { openLabBench } from '../simulators/lab-bench.ts';
import { seed, seeded } from './seeded.ts';

const tenant = 'test' as TenantId;
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** @returns when the other side has hung up, or nothing more was said */
function say(port: number, bytes: Uint8Array, isReset: boolean): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes, () => (isReset ? socket.resetAndDestroy() : socket.end()));
    });
    socket.resume();
    socket.setTimeout(500, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

const connectPacket = Buffer.from('\x10\x11\x00\x04MQTT\x04\x02\x00\x3c\x00\x05hello', 'latin1');
const subscribePacket = Buffer.from('\x82\x08\x00\x01\x00\x03a/b\x01', 'latin1');
const publishPacket = Buffer.from('\x32\x0a\x00\x03a/b\x00\x02abc', 'latin1');

describe('the embedded broker', () => {
  it(`survives spoilt packets and goes on for everybody else (seed ${seed})`, async () => {
    const random = seeded();
    const broker = await openEmbeddedBroker(0, tenant, 'secret');
    open.push(broker);
    const terminal = await connectAsync(broker.url, { clientId: 'terminal', reconnectPeriod: 0 });
    open.push({ close: () => terminal.endAsync(true) });
    const port = Number(new URL(broker.url).port);
    for (let n = 0; n < 300; n += 1) {
      const packets = [connectPacket, subscribePacket, publishPacket].slice(0, 1 + random.int(3));
      const bytes = random.int(4) ? random.spoil(Buffer.concat(packets)) : random.bytes(200);
      await say(port, random.int(2) ? Buffer.concat([connectPacket, bytes]) : bytes, random.int(4) === 0);
    }
    const topic = topics.facts(tenant, 'hall-1' as TerminalId);
    await terminal.publishAsync(topic, 'still there', { qos: 1 });
    expect(terminal.connected, `seed ${seed}`).toBe(true);
  });

  it('CO10 hangs up on a packet that announces more than a frame can be, instead of collecting it', async () => {
    const broker = await openEmbeddedBroker(0, tenant, 'secret');
    open.push(broker);
    const socket = connect({ port: Number(new URL(broker.url).port), host: '127.0.0.1' });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(connectPacket);
    socket.write(Buffer.from('\x30\xff\xff\xff\x7f\x00\x03a/b', 'latin1'));
    await closed;
  });

  it('tells a stranger nothing and takes nothing from them that is not theirs', async () => {
    const broker = await openEmbeddedBroker(0, tenant, 'secret');
    open.push(broker);
    const stranger = await connectAsync(broker.url, { clientId: 'stranger', reconnectPeriod: 0 });
    open.push({ close: () => stranger.endAsync(true) });
    for (const filter of ['#', '+/+/+/up/#', topics.allUp(tenant), '$SYS/#']) {
      await expect(stranger.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    }
    const wrong = connectAsync(broker.url, {
      username: 'headquarters',
      password: 'guess',
      reconnectPeriod: 0,
      connectTimeout: 2_000,
    });
    await expect(wrong).rejects.toThrow();
  });
});

describe('the lab', () => {
  it(`survives spoilt requests and still swipes (seed ${seed})`, async () => {
    const random = seeded();
    const bench = await openLabBench();
    open.push(bench);
    const { host, port } = new URL(bench.lab.address);
    const right = [
      '/',
      '//',
      '/api/cards',
      '/api/watch',
      '/api/slips/1.png',
      '/api/x/y',
      '/%ff%2e%2e/a.js',
    ].map((path) => Buffer.from(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\n\r\n{"a`));
    for (let n = 0; n < 200; n += 1)
      await say(Number(port), random.spoil(random.pick(right)), random.int(4) === 0);
    const answer = await fetch(`${bench.lab.address}/api/cards/wang-fang/swipe`, { method: 'POST' });
    expect(answer.status, `seed ${seed}`).toBe(200);
  });
});
