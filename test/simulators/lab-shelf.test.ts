// The lab's shelf and faults over HTTP: what is fitted, what the terminal is told, and states that belong together.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../kiosk/config.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { someKeys } from '../sync/some-keys.ts';
import type { LabShelf, LabState } from './lab/lab-view.ts';
import { type LabBench, openLabBench, printSlip } from './lab-bench.ts';

let bench: LabBench;
beforeEach(async () => {
  bench = await openLabBench();
});
afterEach(async () => {
  await bench.close();
});

const post = (path: string): Promise<Response> =>
  fetch(`${bench.lab.address}/api/${path}`, { method: 'POST' });
const press = async (path: string): Promise<LabState> => (await (await post(path)).json()) as LabState;
const get = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${bench.lab.address}/api${path}`)).json()) as T;
const codeOf = async (answer: Response): Promise<unknown> =>
  ((await answer.json()) as { error: { code: string } }).error.code;

describe('the shelf', () => {
  it('has every reader kind that a line or HID can carry, and at least twelve printers', async () => {
    const { readers, printers } = await get<LabShelf>('/shelf');
    const kinds = new Set<string>();
    for (const { id } of readers) {
      await press(`shelf/reader/${id}`);
      kinds.add(String(bench.terminal.fitted?.reader.kind));
    }
    const all = [
      'hid-pos',
      'id-tech',
      'keyboard',
      'keyboard-stripe',
      'magtek',
      'pn532',
      'rdm6300',
      'wiegand',
    ];
    expect([...kinds].sort()).toEqual(all);
    expect(readers.filter(({ family }) => family === 'typed')).toHaveLength(6);
    expect(printers.length).toBeGreaterThanOrEqual(12);
  });

  it('fits what was chosen as IT would: settings that the terminal can read, and a restart', async () => {
    const { reader, isTerminalRunning, isFitting } = await press('shelf/reader/keyboard-6h8d');
    expect({ model: reader.model, isTerminalRunning, isFitting }).toEqual({
      model: 'keyboard-6h8d',
      isTerminalRunning: true,
      isFitting: false,
    });
    const { printer } = await press('shelf/printer/generic-58mm');
    expect(printer.model).toBe('generic-58mm');
    const settings = bench.terminal.fitted;
    expect(settings).toMatchObject({
      reader: { kind: 'keyboard', format: '6H8D' },
      printer: { kind: 'esc-pos', model: 'generic-58mm' },
    });
    expect(() => parseConfig(JSON.stringify(configWith(settings)), 'config.json')).not.toThrow();
  });

  it('leaves a terminal without power as it is', async () => {
    await press('terminal/kill');
    const { isTerminalRunning } = await press('shelf/reader/pn532');
    expect(isTerminalRunning).toBe(false);
    expect(bench.terminal.fitted?.reader.kind).toBe('pn532');
  });

  it('a terminal that does not start again is said, and another device can be fitted', async () => {
    bench.terminal.cannotStart = true;
    expect(await codeOf(await post('shelf/reader/pn532'))).toBe('lab-switch-failed');
    bench.terminal.cannotStart = false;
    await press('terminal/start');
    expect((await press('shelf/reader/rdm6300')).isFitting).toBe(false);
  });

  it('a device that is not on it is not found', async () => {
    expect(await codeOf(await post('shelf/reader/abacus'))).toBe('unknown-device');
    expect(await codeOf(await post('shelf/printer/__proto__'))).toBe('unknown-device');
    expect(await codeOf(await post('shelf/panel/uno'))).toBe('unknown-device');
  });

  it('keeps the paper of the printer that stood there before', async () => {
    await printSlip(bench.printer.port, 'BEFORE');
    await press('shelf/printer/generic-58mm');
    await printSlip(bench.printer.port, 'AFTER');
    const slips = await get<{ id: string; text: string }[]>('/slips');
    expect(slips.map(({ id }) => id)).toEqual(['1', '2']);
    expect(slips.map(({ text }) => text.trim())).toEqual(['BEFORE', 'AFTER']);
  });
});

describe('faults', () => {
  it('a pulled cable refuses the terminal until it is put back, at the same address', async () => {
    expect((await press('reader/unplug')).reader).toMatchObject({ isPlugged: false, isConnected: false });
    await expect(bench.listenAgain()).rejects.toThrow(/ECONNREFUSED/);
    await press('reader/unplug');
    await press('reader/plug');
    await bench.listenAgain();
    await vi.waitFor(async () =>
      expect((await get<LabState>('/state')).reader).toMatchObject({ isPlugged: true, isConnected: true }),
    );
    await press('cards/wang-fang/swipe');
    await vi.waitFor(() => expect(bench.heard()).toContain('01A2B3C4D5'));
  });

  it('a silent reader is plugged and nothing of it arrives', async () => {
    await press('reader/silent');
    await press('cards/wang-fang/swipe');
    expect((await press('reader/speak')).reader.isSilent).toBe(false);
    await press('cards/li-xiaoming/swipe');
    await vi.waitFor(() => expect(bench.heard()).toContain('01A2B3C4D6'));
  });

  it('an accident that this reader cannot have is refused, and offered where it can', async () => {
    expect(await codeOf(await post('reader/bank-card'))).toBe('not-with-this-device');
    await press('shelf/reader/magtek');
    expect((await post('reader/bank-card')).status).toBe(200);
    await press('shelf/printer/zjiang-zj-5870');
    expect(await codeOf(await post('printer/cutter-jam'))).toBe('not-with-this-device');
  });

  it('a refill ends paper-out, paper-low and a roll that was about to end', async () => {
    await press('printer/next-slip-paper-out');
    await press('printer/paper-low');
    expect((await press('printer/paper-out')).printer).toMatchObject({
      hasPaper: false,
      nextSlip: 'paper-out',
    });
    expect((await press('printer/paper-in')).printer).toMatchObject({
      hasPaper: true,
      isPaperLow: false,
      nextSlip: 'none',
    });
  });

  it('another device comes sound, whatever was wrong with the one before', async () => {
    for (const fault of ['unplug', 'deaf', 'hot', 'cutter-jam', 'proof-lost', 'next-slip-power-cut'])
      await press(`printer/${fault}`);
    await press('reader/unplug');
    await press('shelf/reader/pn532');
    const { printer, reader } = await press('shelf/printer/epson-tm-t88v');
    expect(printer).toMatchObject({
      isPlugged: true,
      isDeaf: false,
      isHot: false,
      isCutterJammed: false,
      proofs: 'sound',
      nextSlip: 'none',
    });
    expect(reader.isPlugged).toBe(true);
  });

  it('a panel that is pulled or flashed wrongly is dark', async () => {
    expect((await press('panel/garbage')).panel.fault).toBe('garbage');
    expect((await press('panel/firmware-right')).panel.fault).toBe('none');
    expect((await press('panel/unplug')).panel).toMatchObject({
      isPlugged: false,
      light: { red: 0, green: 0, blue: 0 },
      isBuzzing: false,
    });
    expect((await press('panel/plug')).panel.isPlugged).toBe(true);
  });

  it('the help of the lab names every switch with a sentence', async () => {
    const help = await get<Record<string, string>>('');
    for (const path of ['printer/paper-out', 'reader/telephone', 'panel/wrong-firmware', 'shelf/reader/:id'])
      expect(help[`POST /api/${path}`]).toMatch(/\.$/);
  });
});

/** A whole config around the devices that were fitted. */
function configWith(devices: LabBench['terminal']['fitted']): object {
  return {
    v: 1,
    tenant: 't',
    terminal: 't-1',
    code: 'T01',
    site: { name: { zh: '', en: '' }, project: null, helpPhone: '' },
    dataDir: 'data',
    screen: { port: 0 },
    broker: { url: 'mqtt://127.0.0.1:1883' },
    headquarters: publicKeysOf(someKeys),
    fleetKeyFile: 'key',
    panel: null,
    ...devices,
  };
}
