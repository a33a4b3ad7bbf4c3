// HID devices of this machine: which one an address means, why one does not open, and that an open one ends.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardRead } from '../../../device/card-reader.ts';
import type { DeviceState } from '../../../device/device-state.ts';
import { openHidCardReader } from '../../../device/hid-card-reader.ts';
import { learnableAddresses } from '../../../device/learn-reader.ts';
import { PortClosedError } from '../../../device/transport/byte-port.ts';
import { parseHidAddress } from '../../../device/transport/device-address.ts';
import { listHidDevices } from '../../../device/transport/hid-devices.ts';
import type { HidSurroundings } from '../../../device/transport/hid-port.ts';
import { openHid } from '../../../device/transport/open-hid.ts';
import { HidSysfs } from '../../simulators/hid-sysfs.ts';
import {
  bitmapKeyboardDescriptor,
  bootKeyboardDescriptor,
  magtekDescriptor,
  mouseDescriptor,
} from '../../simulators/readers/hid-descriptors.ts';
import { typeText } from '../../simulators/readers/key-reports.ts';
import { magtekReport } from '../../simulators/readers/stripe-reports.ts';
import { cardDigits } from '../readers/card-digits.ts';

const magtek = { vendor: '0801', product: '0002', port: '1', descriptor: magtekDescriptor };
const isMagtek = (descriptor: Uint8Array) => Buffer.compare(descriptor, magtekDescriptor) === 0;
const never = new AbortController().signal;
let machine: HidSysfs;

/** Opens the reader as the kiosk does; node-hid's own part is loaded, only the open device is ours: one that is read for ever. */
function readerProcess({ sysfs, dev }: HidSurroundings): string {
  const module = (path: string) => JSON.stringify(new URL(`../../../dist/${path}`, import.meta.url).href);
  return `
    import { createRequire } from 'node:module';
    import { openHidCardReader } from ${module('device/hid-card-reader.js')};
    import { thisMachine } from ${module('device/transport/hid-port.js')};
    const handle = () => {
      const reading = setInterval(() => {}, 50);
      return { on() {}, close: async () => clearInterval(reading) };
    };
    const reader = openHidCardReader({
      at: 'hid:0801:0002', reader: { kind: 'magtek', paymentCards: 'refuse' },
      cardAbsenceMs: 400, retryMinMs: 5, retryMaxMs: 20,
      surroundings: {
        sysfs: ${JSON.stringify(sysfs)}, dev: ${JSON.stringify(dev)},
        loadLibrary: () => ({ ...thisMachine.loadLibrary(), HIDAsync: { open: async () => handle() } }),
      },
    }, {
      onState: async ({ kind }) => { console.log(kind); await reader.close(); },
      onRead() {}, onUnusable() {}, onNoise() {},
    });`;
}
beforeEach(() => {
  machine = new HidSysfs();
});
afterEach(() => machine.remove());

function open(at: string, surroundings: HidSurroundings = machine.surroundings) {
  const seen: Buffer[] = [];
  const onClose = vi.fn();
  const events = { onBytes: (report: Buffer) => seen.push(report), onClose };
  const port = openHid(parseHidAddress(at), isMagtek, events, never, surroundings);
  return { port, seen, onClose };
}
const reasonOf = async (at: string, surroundings?: HidSurroundings) => {
  const error = await open(at, surroundings).port.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof PortClosedError ? error.reason : error;
};

describe('openHid, hid:', () => {
  it('opens what the ids name, gives its reports and takes reports', async () => {
    machine.plug({ vendor: '046d', product: 'c31c', port: '4', descriptor: bootKeyboardDescriptor });
    const node = machine.plug(magtek);
    const { port, seen, onClose } = open('hid:0801:0002');
    const opened = await port;
    expect(Buffer.from(opened.descriptor)).toEqual(magtekDescriptor);
    const handle = machine.handle(node);
    await vi.waitFor(() => expect(handle.listenerCount('data')).toBe(1));
    handle.emit('data', Buffer.from([1, 2]));
    expect(seen).toEqual([Buffer.from([1, 2])]);
    await opened.write(Buffer.from([7]));
    await opened.writeFeature(Buffer.from([8]));
    // hidapi wants a number in front, 0 where reports have none
    expect(handle.written).toEqual([Buffer.from([0, 7]), Buffer.from([0, 8])]);
    await opened.close();
    await opened.close();
    expect([onClose.mock.calls.length, handle.isClosed]).toEqual([1, true]);
    await expect(opened.write(Buffer.from([7]))).rejects.toThrow(PortClosedError);
  });

  it('nothing plugged in is unplugged, also on a machine without any HID', async () => {
    expect(await reasonOf('hid:0801:0002')).toBe('unplugged');
    const nowhere = { ...machine.surroundings, sysfs: '/does/not/exist' };
    expect(await reasonOf('hid:0801:0002', nowhere)).toBe('unplugged');
  });

  it('says where it will appear, whatever its number, before it came and when it is lost', async () => {
    const appearsAs = join(machine.surroundings.dev, 'hidraw');
    await expect(open('hid:0801:0002').port).rejects.toMatchObject({ appearsAs });
    machine.plug(magtek);
    const port = await open('hid:0801:0002').port;
    expect(port.node).toBe(appearsAs);
    await port.close();
  });

  it('two identical readers without serial numbers are ambiguous; with them each is found', async () => {
    machine.plug(magtek);
    machine.plug({ ...magtek, port: '2' });
    expect(await reasonOf('hid:0801:0002')).toBe('ambiguous');
    machine.plug({ ...magtek, port: '3', serial: 'B12' });
    const { port } = open('hid:0801:0002:B12');
    await (await port).close();
    expect(machine.handle('hidraw2').isClosed).toBe(true);
  });

  it('of several interfaces of one device the one that suits is taken', async () => {
    machine.plug({ ...magtek, interface: 0, descriptor: bootKeyboardDescriptor });
    machine.plug({ ...magtek, interface: 1 });
    machine.plug({ ...magtek, interface: 2, descriptor: mouseDescriptor });
    await (await open('hid:0801:0002').port).close();
    expect(machine.handle('hidraw1').isClosed).toBe(true);
  });

  it('a reader that also claims mass storage is a reader: what is no HID is not looked at', async () => {
    // its disk has no hidraw node, only the two HID interfaces beside it do
    machine.plug({ ...magtek, interface: 1 });
    machine.plug({ ...magtek, interface: 2, descriptor: mouseDescriptor });
    await (await open('hid:0801:0002').port).close();
    expect((await listHidDevices(machine.surroundings.sysfs)).map(({ body }) => body)).toEqual([
      'usb-0000:00:14.0-1|',
      'usb-0000:00:14.0-1|',
    ]);
  });

  it('S51 another model on the port, another serial number, or the reader in another mode is the wrong device', async () => {
    const node = machine.plug({ ...magtek, product: '0003' });
    expect(await reasonOf('hid:0801:0002')).toBe('wrong-device');
    machine.unplug(node);
    machine.plug({ ...magtek, serial: 'A1' });
    expect(await reasonOf('hid:0801:0002:B2')).toBe('wrong-device');
    machine.plug({ vendor: '0acd', product: '2030', port: '7', descriptor: bootKeyboardDescriptor });
    expect(await reasonOf('hid:0acd:2030')).toBe('wrong-device');
  });

  it('a device that goes while it is looked at, or whose node is gone, is unplugged', async () => {
    machine.tearInfo(machine.plug(magtek));
    expect(await reasonOf('hid:0801:0002')).toBe('unplugged');
    machine.loseNode(machine.plug(magtek));
    expect(await reasonOf('hid:0801:0002')).toBe('unplugged');
  });

  it.skipIf(process.getuid?.() === 0)(
    'a node that this user may not open is a matter of rights',
    async () => {
      machine.forbid(machine.plug(magtek));
      expect(await reasonOf('hid:0801:0002')).toBe('no-rights');
    },
  );

  it('a machine without the native part says so, and one that cannot open it too', async () => {
    machine.plug(magtek);
    const loadLibrary = () => {
      throw new Error('no native build');
    };
    expect(await reasonOf('hid:0801:0002', { ...machine.surroundings, loadLibrary })).toBe('no-driver');
    const HIDAsync = { open: () => Promise.reject(new Error('cannot open device')) };
    const failing = { getHidapiVersion: () => '', HIDAsync };
    const surroundings = { ...machine.surroundings, loadLibrary: () => failing };
    expect(await reasonOf('hid:0801:0002', surroundings)).toBe('unreachable');
  });

  it('a process with an open HID port ends when it closes it, node-hid and all', async () => {
    machine.plug(magtek);
    const child = spawn(process.execPath, ['--input-type=module', '-e', readerProcess(machine.surroundings)]);
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([code, Buffer.concat(said).toString()]).toEqual([0, 'ready\n']);
  });
});

describe('a reader on hidraw', () => {
  it('C37 is lost when unplugged in the middle of a report and found under another number', async () => {
    const states: DeviceState[] = [];
    const reads: CardRead[] = [];
    let node = machine.plug(magtek);
    const reader = openHidCardReader(
      {
        at: 'hid:0801:0002',
        reader: { kind: 'magtek', paymentCards: 'refuse' },
        cardAbsenceMs: 400,
        retryMinMs: 5,
        retryMaxMs: 20,
        surroundings: machine.surroundings,
      },
      {
        onRead: (read) => reads.push(read),
        onState: (state) => states.push(state),
        onUnusable: () => undefined,
        onNoise: () => undefined,
      },
    );
    const isReady = () => {
      expect(reader.state.kind).toBe('ready');
      expect(machine.handle(node).listenerCount('data')).toBe(1);
    };
    await vi.waitFor(isReady);
    const report = magtekReport({ 2: ';88880001234?' });
    machine.handle(node).emit('data', Buffer.from(report.subarray(0, 200)));
    machine.unplug(node);
    await vi.waitFor(() => expect(reader.state).toMatchObject({ kind: 'absent', code: 'reader-unplugged' }));
    node = machine.plug({ ...magtek, port: '3' });
    expect(node).toBe('hidraw1');
    await vi.waitFor(isReady);
    const last = Buffer.from(report);
    machine.handle(node).emit('data', last);
    // C36 what held the track is overwritten
    expect(last.every((byte) => byte === 0)).toBe(true);
    expect(reads.map(({ number }) => cardDigits(number))).toEqual(['88880001234']);
    await reader.close();
    expect(machine.handle(node).isClosed).toBe(true);
  });

  it('C35 takes 2 and 60 ms a key for a reader, and a person at 100 ms a key for none', async () => {
    const reads: CardRead[] = [];
    const node = machine.plug({ ...magtek, descriptor: bootKeyboardDescriptor });
    const reader = openHidCardReader(
      {
        at: 'hid:0801:0002',
        reader: { kind: 'keyboard', technology: 'em4100', format: '8H10D', byteOrder: 'straight' },
        cardAbsenceMs: 0,
        retryMinMs: 5,
        retryMaxMs: 20,
        surroundings: machine.surroundings,
      },
      {
        onRead: (read) => reads.push(read),
        onState: () => undefined,
        onUnusable: () => undefined,
        onNoise: () => undefined,
      },
    );
    await vi.waitFor(() => expect(machine.handle(node).listenerCount('data')).toBe(1));
    const flush = () => new Promise((resolve) => setImmediate(resolve));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      for (const [gapMs, cards] of [
        [2, 1],
        [60, 2],
        [100, 2],
        [2, 3],
      ] as const) {
        for (const report of typeText('0040856634\r')) {
          machine.handle(node).emit('data', report);
          // a key goes down and up again
          vi.advanceTimersByTime(gapMs / 2);
          await flush();
        }
        expect([gapMs, reads.length]).toEqual([gapMs, cards]);
        vi.advanceTimersByTime(500);
        await flush();
      }
    } finally {
      vi.useRealTimers();
    }
    await reader.close();
  });
});

describe('learnableAddresses', () => {
  it('lists what types or reads, each once, with a serial number that an address can say', async () => {
    machine.plug({ ...magtek, serial: 'B12' });
    machine.plug({ vendor: 'ffff', product: '0035', port: '2', descriptor: bootKeyboardDescriptor });
    machine.plug({ vendor: 'ffff', product: '0035', port: '3', descriptor: bitmapKeyboardDescriptor });
    machine.plug({ vendor: '046d', product: 'c077', port: '4', descriptor: mouseDescriptor });
    machine.plug({ ...magtek, product: '0011', serial: 'has blanks: 1' });
    expect(await learnableAddresses(machine.surroundings)).toEqual([
      'hid:0801:0002:B12',
      'hid:ffff:0035',
      'hid:0801:0011',
    ]);
  });
});
