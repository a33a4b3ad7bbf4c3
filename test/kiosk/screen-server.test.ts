// The door between screen and terminal: who may come in, and what becomes of nonsense.

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { BootToken } from '../../kiosk/boot-token.ts';
import { plainManner } from '../../kiosk/manner.ts';
import { elsewhere, type Show } from '../../kiosk/screen.ts';
import { ScreenServer } from '../../kiosk/screen-server.ts';
import type { Touched } from '../../kiosk/touch.ts';
import { TouchLimit } from '../../kiosk/touch-limit.ts';
import { scratchFolder } from '../sync/scratch.ts';

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
    site: 's',
    terminal: 't',
    helpPhone: '1',
    link: 'online',
    asOf: null,
    printer: 'ready',
    reader: 'ready',
    troubles: [],
    wedge: null,
    hasMaintenance: true,
    timeZone: 'UTC',
  },
  screen: { kind: 'attract', today: [], notice: null },
};
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function serve(limits = { maxSockets: 2, touchesPerSecond: 5 }) {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html><title>迎宾</title>');
  writeFileSync(join(folder, 'ui', 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');
  const touches: Touched[] = [];
  const faults: string[] = [];
  const gone: string[] = [];
  const token = BootToken.open(join(folder, 'run'), 'boot-1');
  const server = await ScreenServer.open({
    port: 0,
    uiDir: join(folder, 'ui'),
    token,
    ...limits,
    currentShow: () => show,
    onTouch: (touched) => void touches.push(touched),
    onGone: () => void gone.push('gone'),
    health: () => ({ link: 'online' }),
    siteWords: () => ({ version: 'b1-l1', words: ['张江花园'] }),
    onFault: (code) => void faults.push(code),
  });
  open.push(server);
  const cookie = token.cookie(server.port).split(';')[0] ?? '';
  const own = `127.0.0.1:${server.port}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
      (resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port: server.port, path, headers }, (answer) => {
          let body = '';
          answer.on('data', (bytes) => {
            body += bytes;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
        });
        sent.on('error', reject);
        sent.end();
      },
    );
  const shown: string[] = [];
  const connect = (headers: Record<string, string>) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`ws://${own}/ws`, { headers });
      socket.on('message', (data) => void shown.push(String(data)));
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  return { server, token, cookie, own, get, connect, touches, faults, gone, shown };
}

describe('the screen server', () => {
  it('lets in who knows the token of this boot, once, and then by cookie', async () => {
    const { token, server, get, cookie } = await serve();
    const first = await get(
      new URL(token.addressOn(server.port)).pathname + new URL(token.addressOn(server.port)).search,
    );
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await get('/', { cookie })).toMatchObject({ status: 200, body: expect.stringContaining('迎宾') });
    expect(await get('/health', { cookie })).toMatchObject({ status: 200, body: '{"link":"online"}' });
  });

  it('tells the words of the site, and 304 while they are the same', async () => {
    const { get, cookie } = await serve();
    const told = await get('/words.json', { cookie });
    expect(told).toMatchObject({ status: 200, body: '["张江花园"]', headers: { etag: '"b1-l1"' } });
    expect(await get('/words.json', { cookie, 'if-none-match': '"b1-l1"' })).toMatchObject({
      status: 304,
      body: '',
    });
    expect(await get('/words.json', { cookie, 'if-none-match': '"b0-l1"' })).toMatchObject({ status: 200 });
  });

  it.each(['/', '/assets/a.js', '/health', '/words.json', '/?token=wrong'])(
    'answers 401 on %s without it',
    async (path) => {
      const { get } = await serve();
      expect(await get(path)).toMatchObject({ status: 401, body: expect.stringContaining('no-token') });
    },
  );

  it.each(['evil.example', '127.0.0.1.evil.example', '127.0.0.1', 'localhost'])(
    'refuses the host %s',
    async (host) => {
      const { get, cookie } = await serve();
      expect(await get('/', { cookie, host })).toMatchObject({ status: 421 });
    },
  );

  it('serves nothing outside the built page, and only GET', async () => {
    const { get, cookie } = await serve();
    for (const path of [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/assets/../../secret.json',
      '/nothing.js',
    ]) {
      expect((await get(path, { cookie })).status, path).toBe(404);
    }
  });

  it('S36 sends a policy that allows nothing but itself', async () => {
    const { get, cookie } = await serve();
    const { headers } = await get('/', { cookie });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  it('S37 refuses a socket of a foreign origin, without an origin, or without the token', async () => {
    const { connect, cookie, own } = await serve();
    const origin = `http://${own}`;
    for (const headers of [{ cookie, origin: 'http://evil.example' }, { cookie }, { origin }]) {
      await expect(connect(headers as Record<string, string>)).rejects.toThrow(/403/);
    }
    const socket = await connect({ cookie, origin });
    socket.terminate();
  });

  it('shows the current screen at once, takes touches, and ignores nonsense without losing the line', async () => {
    const { connect, cookie, own, touches, faults, server, shown } = await serve();
    const socket = await connect({ cookie, origin: `http://${own}` });
    for (const nonsense of ['', '{', '{"v":1}', '{"v":1,"revision":1,"touch":{"kind":"format-disk"}}'])
      socket.send(nonsense);
    socket.send(JSON.stringify({ v: 1, revision: 1, touch: { kind: 'start' } }));
    await vi.waitFor(() => expect(touches).toEqual([{ v: 1, revision: 1, touch: { kind: 'start' } }]));
    expect(new Set(faults)).toEqual(new Set(['screen-message-bad']));
    server.push({ ...show, revision: 2 });
    await vi.waitFor(() => expect(shown.map((text) => JSON.parse(text).revision)).toEqual([1, 2]));
  });

  it('drops a socket that sends more than a touch can be', async () => {
    const { connect, cookie, own } = await serve();
    const socket = await connect({ cookie, origin: `http://${own}` });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.send('x'.repeat(10_000));
    expect(await closed).toBe(1009);
  });

  it('has a limit of screens and of touches a second, and says so', async () => {
    const { connect, cookie, own, touches, faults } = await serve({ maxSockets: 1, touchesPerSecond: 5 });
    const headers = { cookie, origin: `http://${own}` };
    const socket = await connect(headers);
    await expect(connect(headers)).rejects.toThrow(/503/);
    for (let n = 0; n < 50; n += 1)
      socket.send(JSON.stringify({ v: 1, revision: n, touch: { kind: 'stay' } }));
    await vi.waitFor(() => expect(touches.length + faults.length).toBeGreaterThanOrEqual(50));
    expect(touches.length).toBeLessThan(20);
    expect(faults).toContain('screen-too-many');
  });

  it('U21 one page is the screen: the newest; the others are told so and shown nobody', async () => {
    const { connect, cookie, own, gone, server, touches, shown } = await serve();
    const headers = { cookie, origin: `http://${own}` };
    const ended = (socket: WebSocket) =>
      new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const first = await connect(headers);
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    expect(gone).toEqual([]);
    const second = await connect(headers);
    await vi.waitFor(() => expect(shown).toHaveLength(3));
    expect([...shown].sort().filter((text) => text === elsewhere)).toEqual([elsewhere]);
    // whoever looks at the second may be somebody else
    expect(gone).toEqual(['gone']);
    server.push({ ...show, revision: 2 });
    await vi.waitFor(() => expect(shown).toHaveLength(4));
    first.send(JSON.stringify({ v: 1, revision: 1, touch: { kind: 'go-home' } }));
    second.send(JSON.stringify({ v: 1, revision: 2, touch: { kind: 'start' } }));
    await vi.waitFor(() => expect(touches.map(({ touch }) => touch.kind)).toEqual(['start']));
    second.terminate();
    await vi.waitFor(() => expect(gone).toEqual(['gone', 'gone']));
    // the one before is the screen again
    await vi.waitFor(() => expect(shown).toHaveLength(5));
    first.send(JSON.stringify({ v: 1, revision: 1, touch: { kind: 'open-board' } }));
    await vi.waitFor(() => expect(touches.at(-1)?.touch.kind).toBe('open-board'));
    const firstEnd = ended(first);
    await server.close();
    await firstEnd;
    expect(gone).toEqual(['gone', 'gone']);
  });

  it('U21 a page that goes while another is the screen is nobody’s end', async () => {
    const { connect, cookie, own, gone } = await serve();
    const headers = { cookie, origin: `http://${own}` };
    const [first, second] = [await connect(headers), await connect(headers)];
    await vi.waitFor(() => expect(gone).toEqual(['gone']));
    const ended = new Promise<void>((resolve) => first.once('close', () => resolve()));
    first.close();
    await ended;
    expect(gone).toEqual(['gone']);
    second.terminate();
    await vi.waitFor(() => expect(gone).toEqual(['gone', 'gone']));
  });
});

describe('the token of a boot', () => {
  it('survives a restart of the terminal, not one of the machine, and is private', () => {
    const run = scratchFolder();
    const first = BootToken.open(run, 'boot-1').addressOn(1);
    expect(BootToken.open(run, 'boot-1').addressOn(1)).toBe(first);
    expect(BootToken.open(run, 'boot-2').addressOn(1)).not.toBe(first);
    expect(statSync(join(run, 'screen-token')).mode & 0o777).toBe(0o600);
  });
});

describe('the limit of touches', () => {
  it('lets a burst through and then so many a second', () => {
    let ms = 0;
    const limit = new TouchLimit(10, () => ms);
    expect(Array.from({ length: 30 }, () => limit.take()).filter(Boolean)).toHaveLength(20);
    ms = 500;
    expect(Array.from({ length: 30 }, () => limit.take()).filter(Boolean)).toHaveLength(5);
  });
});
