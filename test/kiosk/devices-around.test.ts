// A whole terminal with simulated devices around it: what is out is said, clears by itself, and stops nothing else.

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { parseConfig } from '../../kiosk/config.ts';
import { openLog } from '../../kiosk/log.ts';
import { parseShow, type Show } from '../../kiosk/screen.ts';
import { startTerminal } from '../../kiosk/start-terminal.ts';
import type { Touch } from '../../kiosk/touch.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { SimulatedPanel } from '../simulators/firmata-panel.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { someKeys } from '../sync/some-keys.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function startAround(devices: Readonly<Record<string, unknown>>) {
  const folder = scratchFolder();
  const secret = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  mkdirSync(join(folder, 'ui'));
  writeFileSync(join(folder, 'ui', 'index.html'), '<!doctype html>');
  const config = parseConfig(
    JSON.stringify({
      v: 1,
      tenant: 't',
      terminal: 'hall-1',
      code: 'H01',
      site: { name: { zh: '兰亭', en: 'Lanting' }, project: null, helpPhone: '400-1' },
      dataDir: join(folder, 'data'),
      screen: { port: 0 },
      broker: { url: 'mqtt://127.0.0.1:9' },
      headquarters: publicKeysOf(someKeys),
      fleetKeyFile: secret('fleet.key', Buffer.alloc(32, 7).toString('hex')),
      reader: null,
      printer: null,
      panel: null,
      desktop: false,
      limits: { deviceRetryMinMs: 20, deviceRetryMaxMs: 80, repeatedSwipeMs: 50 },
      ...devices,
    }),
    'config.json',
  );
  const logged: string[] = [];
  const log = openLog('hall-1', { write: (line) => void logged.push(line) });
  const terminal = await startTerminal({
    config,
    version: '1',
    uiDir: join(folder, 'ui'),
    log,
    onRestart: () => undefined,
  });
  open.push(terminal);
  const cookie =
    (await fetch(terminal.screenAddress, { redirect: 'manual' })).headers.get('set-cookie') ?? '';
  const headers = { cookie: cookie.split(';')[0] ?? '' };
  const { origin, host } = new URL(terminal.screenAddress);
  const socket = new WebSocket(`ws://${host}/ws`, { headers, origin });
  open.push({ close: () => socket.terminate() });
  const shows: Show[] = [];
  socket.on('message', (data) => {
    const show = parseShow(String(data));
    if (show) shows.push(show);
  });
  const last = (): Show => {
    const show = shows.at(-1);
    if (!show) throw new Error('nothing shown yet');
    return show;
  };
  const eventually = (check: (show: Show) => void): Promise<void> =>
    vi.waitFor(() => check(last()), { timeout: 8_000, interval: 10 });
  await eventually(() => undefined);
  return {
    logged,
    last,
    eventually,
    touch: (touch: Touch) => socket.send(JSON.stringify({ v: 1, revision: last().revision, touch })),
    health: async () =>
      (await (await fetch(new URL('/health', terminal.screenAddress), { headers })).json()) as unknown,
  };
}

async function simulatedReader(port = 0): Promise<SimulatedReader> {
  const reader = await SimulatedReader.start(port);
  open.push(reader);
  return reader;
}
const card = '0A00000001';

describe('a reader that goes', () => {
  it('is said in plain words, stops nothing else, and is forgotten when it is back', async () => {
    const reader = await simulatedReader();
    const { port } = reader;
    const t = await startAround({ reader: { kind: 'rdm6300', at: reader.address } });
    await t.eventually(({ status }) => expect(status.reader).toBe('ready'));
    await reader.close();
    await t.eventually(({ status }) => {
      expect(status.reader).toBe('absent');
      expect(status.troubles).toMatchObject([
        { device: 'reader', isOut: true, visitor: expect.stringContaining('看房照常') },
      ]);
    });
    t.touch({ kind: 'start' });
    await t.eventually(({ screen }) => expect(screen.kind).toBe('home'));
    t.touch({ kind: 'open-board' });
    await t.eventually(({ screen }) => expect(screen.kind).toBe('projects'));
    t.touch({ kind: 'choose-language', language: 'en' });
    await t.eventually(({ status }) => expect(status.troubles[0]?.visitor).toContain('look at homes'));
    const back = await simulatedReader(port);
    await t.eventually(({ status }) => expect(status).toMatchObject({ reader: 'ready', troubles: [] }));
    back.present(card, 100);
    await t.eventually(({ screen }) => expect(screen.kind).toBe('check-in-refused'));
  });

  it('does not concern the visitor while a second reader serves', async () => {
    const [first, second] = [await simulatedReader(), await simulatedReader()];
    const t = await startAround({
      reader: { kind: 'rdm6300', at: first.address },
      secondReader: { kind: 'rdm6300', at: second.address },
    });
    await vi.waitFor(async () =>
      expect(await t.health()).toMatchObject({ reader: 'ready', secondReader: 'ready' }),
    );
    await first.close();
    await t.eventually(({ status }) => {
      expect(status.troubles).toMatchObject([{ device: 'reader', visitor: null }]);
      expect(status.reader).toBe('ready');
    });
    second.present(card, 100);
    await t.eventually(({ screen }) => expect(screen.kind).toBe('check-in-refused'));
  });
});

describe('the panel', () => {
  it('lights up for who comes, calls for help, and sounds the alarm when the housing opens', async () => {
    const panel = await SimulatedPanel.start();
    open.push(panel);
    const t = await startAround({ panel: { kind: 'firmata', at: panel.address } });
    await vi.waitFor(async () => expect(await t.health()).toMatchObject({ panel: 'ready' }), 5_000);
    panel.setPresence(true);
    await t.eventually(({ screen }) => expect(screen.kind).toBe('home'));
    // welcome: red above green above blue, steady
    await vi.waitFor(() => {
      const { red, green, blue } = panel.outputs.light;
      expect(red > green && green > blue && blue > 0).toBe(true);
    }, 5_000);
    panel.pressHelp();
    await t.eventually(({ isHelpCalled }) => expect(isHelpCalled).toBe(true));
    await vi.waitFor(() => expect(panel.outputs.light).toMatchObject({ blue: 0 }), 5_000);
    // the sound of the call has ended
    await vi.waitFor(() => expect(panel.outputs.isBuzzing).toBe(false), 5_000);
    const heard = new Promise<void>((resolve) => {
      panel.watch(({ isBuzzing }) => isBuzzing && resolve());
    });
    panel.setTamper(true);
    await heard;
    await vi.waitFor(() => expect(t.logged.join('')).toContain('"housing-opened"'), 5_000);
  });
});

describe('what cannot be opened at all', () => {
  it('is out of order with a code; the terminal serves', async () => {
    const t = await startAround({
      reader: { kind: 'rdm6300', at: 'serial:/dev/there-is-no-such-line' },
      printer: { kind: 'esc-pos', at: 'usb:ffff:fff1' },
      panel: { kind: 'firmata', at: 'serial:/dev/there-is-no-such-line-either' },
    });
    await t.eventually(({ status }) => {
      expect(status.troubles.map(({ code }) => code).sort()).toEqual([
        'panel-unplugged',
        'printer-unplugged',
        'reader-unplugged',
      ]);
      // cards matter more than slips, and the panel has its place on the screen
      expect(status.troubles.filter(({ visitor }) => visitor !== null)).toHaveLength(1);
    });
    t.touch({ kind: 'start' });
    await t.eventually(({ screen }) => expect(screen.kind).toBe('home'));
  });

  it('a desktop that is not there is no trouble', async () => {
    vi.stubEnv('DISPLAY', '').stubEnv('WAYLAND_DISPLAY', '').stubEnv('XDG_SESSION_TYPE', '');
    open.push({ close: () => vi.unstubAllEnvs() });
    const t = await startAround({ desktop: true });
    await vi.waitFor(async () => expect(await t.health()).toMatchObject({ desktop: 'unavailable' }), 5_000);
    expect(t.last().status.troubles).toEqual([]);
    expect(t.logged.join('')).not.toContain('desktop');
  });

  it('a maintenance PIN that others may read keeps the screen shut', async () => {
    const folder = scratchFolder();
    const pinFile = join(folder, 'pin');
    writeFileSync(pinFile, '120934', { mode: 0o600 });
    const shut = join(folder, 'shut');
    writeFileSync(shut, '120934');
    chmodSync(shut, 0o644);
    expect((await startAround({ maintenance: { pinFile } })).last().status.hasMaintenance).toBe(true);
    const t = await startAround({ maintenance: { pinFile: shut } });
    expect(t.last().status.hasMaintenance).toBe(false);
    expect(t.logged.join('')).toContain('"pin-file-unreadable"');
    expect(t.logged.join('')).not.toContain('120934');
    // by hand it was written in clear: it is sealed at the first start
    expect(readFileSync(pinFile, 'utf8')).toMatch(/^scrypt:/);
  });
});

describe('a reader that types into the page', () => {
  it('is a reader: cards count on every screen, bank cards are refused, rubbish is unreadable', async () => {
    const t = await startAround({ reader: { kind: 'wedge', format: '8H10D', maxGapMs: 80 }, cardWidth: 32 });
    expect(t.last().status).toMatchObject({ reader: 'ready', wedge: { maxGapMs: 80 } });
    t.touch({ kind: 'typed-card', keys: '0040856634' });
    await t.eventually(({ screen }) => expect(screen).toMatchObject({ reason: 'unknown-card' }));
    t.touch({ kind: 'typed-card', keys: ';' });
    await t.eventually(({ screen }) => expect(screen).toMatchObject({ reason: 'card-payment' }));
    t.touch({ kind: 'typed-card', keys: '40856634' });
    await t.eventually(({ screen }) => expect(screen).toMatchObject({ reason: 'card-unreadable' }));
    t.touch({ kind: 'typed-card', keys: '4111111111111111' });
    await t.eventually(({ screen }) => expect(screen).toMatchObject({ reason: 'card-payment' }));
    expect(t.logged.join('')).not.toMatch(/40856634|4111111111111111/);
  });

  it('is none where the config has no wedge', async () => {
    const t = await startAround({});
    t.touch({ kind: 'typed-card', keys: '0040856634' });
    t.touch({ kind: 'start' });
    await t.eventually(({ screen }) => expect(screen.kind).toBe('home'));
  });
});
