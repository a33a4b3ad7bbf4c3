// Hostile bytes at the screen's door: raw HTTP, half handshakes, resets, and WebSocket nonsense behind a right handshake.

import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { BootToken } from '../../kiosk/boot-token.ts';
import { plainManner } from '../../kiosk/manner.ts';
import type { Show } from '../../kiosk/screen.ts';
import { ScreenServer } from '../../kiosk/screen-server.ts';
import type { Touched } from '../../kiosk/touch.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { seed, seeded } from './seeded.ts';

const status = { site: 's', terminal: 't', helpPhone: '1', asOf: null, timeZone: 'UTC' } as const;
const show: Show = {
  v: 1,
  kind: 'show',
  revision: 1,
  language: 'zh',
  manner: plainManner,
  display: null,
  idle: null,
  isHelpCalled: false,
  confirms: null,
  status: {
    ...status,
    link: 'online',
    printer: 'ready',
    reader: 'ready',
    troubles: [],
    wedge: null,
    hasMaintenance: false,
  },
  screen: { kind: 'attract', today: [], notice: null },
};
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve() {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'ui'));
  writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html>');
  const touches: Touched[] = [];
  const faults = new Set<string>();
  const token = BootToken.open(join(folder, 'run'), 'boot-1');
  const server = await ScreenServer.open({
    port: 0,
    uiDir: join(folder, 'ui'),
    token,
    maxSockets: 2,
    touchesPerSecond: 1_000_000,
    currentShow: () => show,
    onTouch: (touched) => void touches.push(touched),
    onGone: () => undefined,
    health: () => ({}),
    siteWords: () => ({ version: 'b1-l1', words: ['张江花园'] }),
    onFault: (code) => void faults.add(code),
  });
  open.push(server);
  const host = `127.0.0.1:${server.port}`;
  const cookie = token.cookie(server.port).split(';')[0] ?? '';
  const stillServes = async (): Promise<void> => {
    const { status: code } = await fetch(`http://${host}/`, { headers: { cookie } });
    expect(code, `seed ${seed}`).toBe(200);
  };
  return { server, host, cookie, touches, faults, stillServes };
}

/** @returns what came back, once both sides are done; `isReset` hangs up rudely in the middle */
function say(port: number, bytes: string | Uint8Array, isReset = false): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket: Socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes, () => (isReset ? socket.resetAndDestroy() : socket.end()));
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

describe('the screen server under hostile bytes', () => {
  it.each(['//', '/\\', 'http://[', '///@:99999', '*', 'http://a b/'])(
    'answers %s as no address of ours, and lives on',
    async (path) => {
      const { server, host, stillServes } = await serve();
      const answer = await say(
        server.port,
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      await stillServes();
    },
  );

  it('lives on when a refused handshake is reset', async () => {
    const { server, host, stillServes } = await serve();
    const handshake = `GET /nope HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    for (let n = 0; n < 30; n += 1) await say(server.port, handshake + 'x'.repeat(n * 5_000), true);
    await stillServes();
  });

  it('hangs up on whoever was refused and keeps its half open', async () => {
    const { server, host } = await serve();
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(`GET /nope HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const keepTalking = setInterval(() => socket.write('x'), 5);
    await closed;
    clearInterval(keepTalking);
  });

  it(`survives spoilt requests (seed ${seed})`, async () => {
    const random = seeded();
    const { server, host, cookie, stillServes, touches } = await serve();
    const right = [
      `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
      `GET /?token=x HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85abcd',
    ].map((text) => Buffer.from(text, 'latin1'));
    for (let n = 0; n < 400; n += 1)
      await say(server.port, random.spoil(random.pick(right)), random.int(3) === 0);
    await stillServes();
    expect(touches, `seed ${seed}`).toEqual([]);
  });

  it(`takes no nonsense for a touch, and a touch after it (seed ${seed})`, async () => {
    const random = seeded();
    const { host, cookie, touches, faults } = await serve();
    const headers = { cookie, origin: `http://${host}` };
    const start = { v: 1, revision: 1, touch: { kind: 'start' } };
    const right = Buffer.from(JSON.stringify(start));
    for (let round = 0; round < 20; round += 1) {
      const socket = new WebSocket(`ws://${host}/ws`, { headers });
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('open', resolve));
      for (let n = 0; n < 50; n += 1) {
        const bytes = random.int(2) ? random.bytes(300) : random.spoil(right);
        if (bytes.toString() !== right.toString()) socket.send(bytes, { binary: random.int(3) === 0 });
      }
      // no WebSocket frame any more: the line must end, the server not
      if (random.int(2)) (Reflect.get(socket, '_socket') as Socket).write(random.bytes(64));
      socket.close();
      await new Promise((resolve) => socket.once('close', resolve));
    }
    for (const { touch } of touches) expect(touch.kind, `seed ${seed}`).toBe('start');
    const before = touches.length;
    const socket = new WebSocket(`ws://${host}/ws`, { headers });
    socket.once('open', () => socket.send(right.toString()));
    await vi.waitFor(() => expect(touches.slice(before)).toEqual([start]));
    expect([...faults]).toEqual(['screen-message-bad']);
    socket.terminate();
  });

  it('does not keep every screen for a page that stopped reading', async () => {
    const { server, host, cookie } = await serve();
    const socket = new WebSocket(`ws://${host}/ws`, { headers: { cookie, origin: `http://${host}` } });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('message', resolve));
    socket.pause();
    const large: Show = { ...show, status: { ...show.status, site: 'x'.repeat(1_000_000) } };
    for (let n = 0; n < 30; n += 1) {
      server.push(large);
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.resume();
    await closed;
  });
});
