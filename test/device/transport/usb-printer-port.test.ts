// Printers behind the killable helper: found by their ids, coded when they cannot be opened, never blocking us.
// A pseudo terminal stands in for the node; the kernel's own driver is tried in the emulated guest.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import type { BytePort } from '../../../device/transport/byte-port.ts';
import { parseDeviceAddress } from '../../../device/transport/device-address.ts';
import { openUsbPrinterPort, type UsbPlaces } from '../../../device/transport/usb-printer-port.ts';
import { describeReceiptPrinter } from '../../contracts/receipt-printer.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedPrinter } from '../../simulators/receipt-printer.ts';
import { escPosOptions } from '../printers/esc-pos-options.ts';

const helper = fileURLToPath(
  new URL('../../../dist/device/transport/usb-printer-helper.js', import.meta.url),
);
if (!existsSync(helper)) throw new Error(`${helper} is missing: npm run build`);
const places: UsbPlaces = { sysfs: '/nonexistent', dev: '/nonexistent', helper };

describeReceiptPrinter('ESC/POS through the USB helper', async () => {
  const simulator = await SimulatedPrinter.start();
  const line = await PtyBridge.open(simulator.port);
  return {
    simulator,
    open: (events) => openEscPosPrinter({ ...escPosOptions, at: `usb:${line.path}`, usb: places }, events),
    unplug: () => line.unplug(),
    plug: () => line.plug(),
    close: async () => {
      await line.close();
      await simulator.close();
    },
  };
});

describe('openUsbPrinterPort', () => {
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yingbin-usb-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (at: string, change: Partial<UsbPlaces> = {}) => {
    const address = parseDeviceAddress(at);
    if (address.kind !== 'usb' && address.kind !== 'usb-node') throw new Error('no USB address');
    const events = { onBytes: vi.fn(), onClose: vi.fn() };
    const opening = openUsbPrinterPort(address, events, new AbortController().signal, {
      ...places,
      ...change,
    });
    opening.then(
      (port: BytePort) => closing.push(() => port.close()),
      () => undefined,
    );
    return { opening, events };
  };
  /** A printer as the kernel shows it. */
  const plug = (name: string, device: string, ids: Readonly<Record<string, string>>): void => {
    const usb = join(folder, 'sys/devices/usb1', device);
    mkdirSync(join(usb, `${device}:1.0`, 'usbmisc', name), { recursive: true });
    for (const [file, value] of Object.entries(ids)) writeFileSync(join(usb, file), `${value}\n`);
    mkdirSync(join(folder, 'sys/class/usbmisc', name), { recursive: true });
    symlinkSync(join(usb, `${device}:1.0`), join(folder, 'sys/class/usbmisc', name, 'device'));
  };
  /** Says what the real helper would, about nodes that cannot be had here. */
  const pretend = (line: string): Partial<UsbPlaces> => {
    const file = join(folder, 'pretend.mjs');
    writeFileSync(file, `import { writeSync } from 'node:fs'; writeSync(3, ${JSON.stringify(`${line}\n`)});`);
    return { helper: file };
  };
  const machine = () => ({ sysfs: join(folder, 'sys'), dev: join(folder, 'dev') });

  it('finds the node by vendor, product and serial, whatever number it has now', async () => {
    plug('lp0', '1-1', { idVendor: '0416', idProduct: '5011' });
    plug('lp3', '1-2', { idVendor: '04b8', idProduct: '0202', serial: 'A1' });
    plug('lp4', '1-3', { idVendor: '04b8', idProduct: '0202', serial: 'B2' });
    for (const [at, node] of [
      ['usb:0416:5011', 'lp0'],
      ['usb:04b8:0202:A1', 'lp3'],
      ['usb:04b8:0202:B2', 'lp4'],
    ] as const) {
      // a node that is no node: the helper says so, and names it
      const { opening } = open(at, { ...machine() });
      await expect(opening).rejects.toMatchObject({ reason: 'unplugged' });
      mkdirSync(join(folder, 'dev/usb', node), { recursive: true });
      await expect(open(at, { ...machine() }).opening).rejects.toMatchObject({ reason: 'unreachable' });
    }
  });

  it('two of a kind without serials are ambiguous; one with two interfaces is one', async () => {
    plug('lp0', '1-1', { idVendor: '04b8', idProduct: '0202' });
    plug('lp1', '1-2', { idVendor: '04b8', idProduct: '0202' });
    await expect(open('usb:04b8:0202', machine()).opening).rejects.toMatchObject({ reason: 'ambiguous' });
    plug('lp5', '1-5', { idVendor: '0416', idProduct: '5011' });
    mkdirSync(join(folder, 'sys/class/usbmisc/lp6'), { recursive: true });
    symlinkSync(join(folder, 'sys/devices/usb1/1-5/1-5:1.0'), join(folder, 'sys/class/usbmisc/lp6/device'));
    await expect(
      open('usb:0416:5011', { ...machine(), ...pretend('error EBUSY') }).opening,
    ).rejects.toMatchObject({ reason: 'in-use' });
  });

  it("its maker's other model, or the same with another serial, is another device; another maker's is not", async () => {
    plug('lp0', '1-1', { idVendor: '04b8', idProduct: '0e15', serial: 'A1' });
    for (const [at, reason] of [
      ['usb:04b8:0202', 'wrong-device'],
      ['usb:04b8:0e15:B2', 'wrong-device'],
      ['usb:0416:5011', 'unplugged'],
    ] as const)
      await expect(open(at, machine()).opening).rejects.toMatchObject({ reason });
  });

  it('nothing plugged in, also on a machine without a USB printer driver, is unplugged', async () => {
    await expect(open('usb:04b8:0202').opening).rejects.toMatchObject({
      reason: 'unplugged',
      appearsAs: expect.stringMatching(/\/usb\/lp$/),
    });
    await expect(open('usb:/dev/usb/lp99').opening).rejects.toMatchObject({ reason: 'unplugged' });
  });

  it.each([
    ['EBUSY', 'in-use'],
    ['EACCES', 'no-rights'],
    ['ENODEV', 'unplugged'],
    ['EIO', 'unreachable'],
  ])('%s is %s', async (code, reason) => {
    const { opening } = open('usb:/dev/usb/lp0', pretend(`error ${code}`));
    await expect(opening).rejects.toMatchObject({ name: 'PortClosedError', reason });
  });

  it('a terminal that is killed takes its helper along, although a read never returns', async () => {
    const printer = await SimulatedPrinter.start();
    const line = await PtyBridge.open(printer.port);
    closing.push(
      () => printer.close(),
      () => line.close(),
    );
    const port = new URL('../../../dist/device/transport/usb-printer-port.js', import.meta.url);
    const program = `
      const { openUsbPrinterPort } = await import(${JSON.stringify(port.href)});
      const nothing = () => undefined;
      await openUsbPrinterPort({ kind: 'usb-node', path: process.argv[1] },
        { onBytes: nothing, onClose: nothing }, new AbortController().signal);
      process.stdout.write('open');
    `;
    const terminal = spawn(process.execPath, ['--input-type=module', '-e', program, line.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => terminal.stdout.once('data', resolve));
    expect(helpersOf(line.path)).toBe(1);
    terminal.kill('SIGKILL');
    await vi.waitFor(() => expect(helpersOf(line.path)).toBe(0), { timeout: 10_000 });
  });

  it('a write waits for a node that takes nothing, and closing does not wait for it', async () => {
    // a pipe that holds 64 KiB and that nobody reads
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const { opening, events } = open(`usb:${fifo}`, pretendWriteOnly(folder));
    const port = await opening;
    await port.write(Buffer.alloc(60_000));
    const stuck = port.write(Buffer.alloc(200_000));
    const outcome = expect(stuck).rejects.toMatchObject({ reason: 'unreachable' });
    await port.close();
    await outcome;
    await port.close();
    expect(events.onClose).toHaveBeenCalledOnce();
    await expect(port.write(Buffer.of(1))).rejects.toMatchObject({ reason: 'unreachable' });
  });
});

/** Running helpers that hold this node. */
function helpersOf(node: string): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return words[1] === helper && words.includes(node);
    } catch {
      return false;
    }
  }).length;
}

/** The real helper, but its node is never read: a pipe would give it its own bytes back. */
function pretendWriteOnly(folder: string): Partial<UsbPlaces> {
  const file = join(folder, 'write-only.cjs');
  writeFileSync(
    file,
    `const fs = require('node:fs'); fs.read = () => undefined; require('node:module').syncBuiltinESMExports();
     import(${JSON.stringify(helper)});`,
  );
  return { helper: file };
}
