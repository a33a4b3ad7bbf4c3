// C36: a card's number and its holder's name are in nothing that can be printed, and in no string of the process that read them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCardReader, type ReaderSettings } from '../../device/open-card-reader.ts';
import {
  type SimulatedHidReader,
  simulatedReaderKinds,
  startSimulatedReader,
} from '../simulators/readers/hid-reader.ts';

/** a published test number, Luhn right */
const pan = '4539578763621486';
const name = 'CANARY/BIRD';
const tag = '0A1B2C3D4E';
const tracks = { 1: `%B${pan}^${name}^2512?`, 2: `;${pan}=2512101?` };
const secrets = [pan, pan.slice(0, 8), name, tag, tag.slice(2), `${pan}=2512`];
const limits = { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 };

const running: SimulatedHidReader[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** One of every kind; bank cards are refused by half of them and told by the others. */
async function startAll(): Promise<readonly ReaderSettings[]> {
  for (const kind of simulatedReaderKinds) running.push(await startSimulatedReader(kind));
  return running.flatMap(({ settings }): ReaderSettings[] =>
    'paymentCards' in settings ? [settings, { ...settings, paymentCards: 'token' }] : [settings],
  );
}

function swipeAll(): void {
  for (const simulator of running) {
    if (simulator.kind === 'keyboard') simulator.present(tag);
    else simulator.presentTracks(tracks);
    simulator.presentDamaged(pan);
    simulator.sendHalf(simulator.kind === 'keyboard' ? tag : pan);
  }
}

describe('C36 the canary', () => {
  it('is in no event, no state and no picture of a reader', async () => {
    const printed: string[] = [];
    const consoles = (['log', 'error', 'warn', 'info', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation((...said) => void printed.push(inspect(said))),
    );
    const told: unknown[] = [];
    const note = (what: unknown) => void told.push(what);
    const settings = await startAll();
    const readers = settings.map((one) =>
      openCardReader(one, limits, { onRead: note, onUnusable: note, onState: note, onNoise: note }),
    );
    await vi.waitFor(() =>
      expect(readers.map(({ state }) => state.kind).every((k) => k === 'ready')).toBe(true),
    );
    await vi.waitFor(() =>
      expect(running.reduce((sum, { clients }) => sum + clients, 0)).toBe(readers.length),
    );
    swipeAll();
    const count = (kind: string) => told.filter((what) => what === kind).length;
    // each of the seven that can tell
    await vi.waitFor(() => expect(count('card-payment')).toBe(6), { timeout: 5_000 });
    for (const [n, what] of [...told, ...readers].entries()) {
      printed.push(`${n} ${String(what)} ${JSON.stringify(what)}`);
      printed.push(inspect(what, { depth: Infinity, showHidden: true, getters: true }));
    }
    for (const reader of readers) await reader.close();
    for (const spy of consoles) spy.mockRestore();
    for (const secret of secrets) expect(printed.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('is in no string of the process that read it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-canary-'));
    const snapshot = join(folder, 'heap.json');
    const settings = await startAll();
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      readingProcess,
      new URL('../../dist/device/open-card-reader.js', import.meta.url).href,
      JSON.stringify(settings),
      snapshot,
    ]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    await vi.waitFor(
      () => expect(running.reduce((sum, { clients }) => sum + clients, 0)).toBe(settings.length),
      { timeout: 10_000 },
    );
    await vi.waitFor(() => expect(Buffer.concat(said).toString()).toContain('ready'), { timeout: 10_000 });
    swipeAll();
    expect([await ended, Buffer.concat(said).toString()]).toEqual([0, 'ready\ntold\n']);
    const heap = readFileSync(snapshot, 'latin1');
    rmSync(folder, { recursive: true });
    // a string that the process did make is found
    expect(heap).toContain('a made-up string');
    for (const secret of secrets) expect([secret, heap.includes(secret)]).toEqual([secret, false]);
  });
});

/** Reads until every reader has told of a card, makes what the kiosk makes of it, and pictures its whole heap. */
const readingProcess = `
  import { createHmac } from 'node:crypto';
  import { writeHeapSnapshot } from 'node:v8';
  const [, module, settings, snapshot] = process.argv;
  const { openCardReader } = await import(module);
  const control = ['a made-up', 'string'].join(' ');
  const waiting = new Set();
  const unready = new Set();
  const readers = JSON.parse(settings).map((one, n) => {
    waiting.add(n);
    unready.add(n);
    const heard = () => {
      waiting.delete(n);
      if (waiting.size > 0) return;
      waiting.add(-1);
      setImmediate(async () => {
        for (const reader of readers) await reader.close();
        globalThis[control] = writeHeapSnapshot(snapshot);
        console.log('told');
      });
    };
    return openCardReader(one, ${JSON.stringify(limits)}, {
      onRead: ({ number }) => {
        number.use((canonical) => createHmac('sha256', 'key').update(canonical).digest());
        number.wipe();
        heard();
      },
      onUnusable: heard,
      onState: ({ kind }) => {
        if (kind === 'ready' && unready.delete(n) && unready.size === 0) console.log('ready');
      },
      onNoise() {},
    });
  });`;
