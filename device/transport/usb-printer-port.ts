// A printer of the kernel's USB printer driver (/dev/usb/lp*), which another program reads and writes for us: its calls block.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, type Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type BytePort, type BytePortEvents, PortClosedError, type PortClosedReason } from './byte-port.ts';
import type { UsbPrinterAddress } from './device-address.ts';

export interface UsbPlaces {
  /** `/sys` */
  readonly sysfs: string;
  /** `/dev` */
  readonly dev: string;
  /** the compiled `usb-printer-helper` */
  readonly helper: string;
}

const thisMachine: UsbPlaces = {
  sysfs: '/sys',
  dev: '/dev',
  helper: fileURLToPath(new URL('./usb-printer-helper.js', import.meta.url)),
};

/** Opening never waits for the printer; a helper that takes longer is stuck. */
const openMs = 5_000;
/** What was written gets this long to leave before the helper is killed. */
const closingMs = 500;

/** Rejects with PortClosedError: unplugged, wrong-device, in-use, no-rights, ambiguous, unreachable. */
export async function openUsbPrinterPort(
  address: UsbPrinterAddress,
  events: BytePortEvents,
  signal: AbortSignal,
  places: UsbPlaces = thisMachine,
): Promise<BytePort> {
  const appearsAs = address.kind === 'usb-node' ? address.path : join(places.dev, 'usb', 'lp');
  const node = address.kind === 'usb-node' ? address.path : await findNode(address, places, appearsAs);
  if (signal.aborted) throw new PortClosedError('unreachable');
  const helper = spawn(process.execPath, [places.helper, node], {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
  });
  // Without descriptors left it has neither process nor streams, and says so later; unheard, that would end this process.
  helper.on('error', () => undefined);
  if (helper.pid === undefined) throw new PortClosedError('unreachable');
  const { stdin, stdout } = helper;
  const control = helper.stdio[3];
  if (!stdin || !stdout || !(control instanceof Readable)) throw new PortClosedError('unreachable');
  // a helper that dies breaks its pipes; its end tells the rest
  for (const stream of [stdin, stdout, control]) stream.on('error', () => undefined);
  const port = new HelperPort(helper, stdin, events, appearsAs);
  const opened = new Promise<void>((resolve, reject) => {
    const giveUp = () => helper.kill('SIGKILL');
    const impatience = setTimeout(giveUp, openMs);
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = (reason?: PortClosedReason, cause?: unknown): void => {
      clearTimeout(impatience);
      signal.removeEventListener('abort', giveUp);
      if (reason) reject(new PortClosedError(reason, { cause, appearsAs }));
      else resolve();
    };
    helper.once('error', (cause) => settle('unreachable', cause));
    helper.once('close', () => settle('unreachable'));
    createInterface({ input: control }).on('line', (line) => {
      const [word, value = ''] = line.split(' ');
      if (word === 'open') settle();
      if (word === 'error') settle(reasons[value] ?? 'unreachable', new Error(value));
      if (word === 'written') port.wasWritten(Number(value));
    });
  });
  await opened;
  stdout.on('data', events.onBytes);
  port.isOpen = true;
  return port;
}

class HelperPort implements BytePort {
  isOpen = false;
  readonly node: string;
  readonly #helper: ChildProcess;
  readonly #stdin: Writable;
  readonly #closed: Promise<void>;
  /** bytes given to the helper */
  #given = 0;
  #isGone = false;
  /** who waits until the node has taken so many bytes, in order */
  #waiting: { readonly until: number; readonly resolve: () => void; readonly reject: (e: Error) => void }[] =
    [];

  constructor(helper: ChildProcess, stdin: Writable, events: BytePortEvents, node: string) {
    this.node = node;
    this.#helper = helper;
    this.#stdin = stdin;
    this.#closed = new Promise((resolve) => {
      const gone = () => {
        if (this.#isGone) return;
        this.#isGone = true;
        for (const { reject } of this.#waiting.splice(0)) reject(new PortClosedError('unreachable'));
        if (this.isOpen) events.onClose();
        resolve();
      };
      helper.once('close', gone);
      helper.once('error', gone);
    });
  }

  wasWritten(bytes: number): void {
    while (this.#waiting[0] && this.#waiting[0].until <= bytes) this.#waiting.shift()?.resolve();
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isGone || !this.#stdin.writable) {
        reject(new PortClosedError('unreachable'));
        return;
      }
      if (bytes.length === 0) {
        resolve();
        return;
      }
      this.#given += bytes.length;
      this.#waiting.push({ until: this.#given, resolve, reject });
      this.#stdin.write(bytes);
    });
  }

  async close(): Promise<void> {
    if (!this.#isGone) {
      this.#stdin.end();
      const impatience = setTimeout(() => this.#helper.kill('SIGKILL'), closingMs);
      await this.#closed;
      clearTimeout(impatience);
    }
    await this.#closed;
  }
}

const reasons: Readonly<Record<string, PortClosedReason>> = {
  EBUSY: 'in-use',
  EACCES: 'no-rights',
  EPERM: 'no-rights',
  ENOENT: 'unplugged',
  ENODEV: 'unplugged',
  ENXIO: 'unplugged',
};

/** @returns the node's path; a printer's number changes with every plug, its ids do not */
async function findNode(
  address: Extract<UsbPrinterAddress, { kind: 'usb' }>,
  { sysfs, dev }: UsbPlaces,
  appearsAs: string,
): Promise<string> {
  const folder = join(sysfs, 'class/usbmisc');
  const names = await readdir(folder).catch((): string[] => []);
  /** by device: one printer with two interfaces is one printer */
  const found = new Map<string, string>();
  let isAnother = false;
  for (const name of names.filter((each) => /^lp\d+$/.test(each)).sort()) {
    // the interface; the device that it belongs to is the folder above
    const device = dirname(await realpath(join(folder, name, 'device')).catch(() => '/'));
    const [vendor, product, serial] = await Promise.all(
      ['idVendor', 'idProduct', 'serial'].map((file) => readAttribute(join(device, file))),
    );
    if (vendor !== address.vendor) continue;
    const isMeant = product === address.product && (address.serial === null || serial === address.serial);
    // its maker's other model, or the same one with another serial number
    if (!isMeant) isAnother = true;
    else if (!found.has(device)) found.set(device, join(dev, 'usb', name));
  }
  const [node, other] = [...found.values()];
  if (node === undefined) throw new PortClosedError(isAnother ? 'wrong-device' : 'unplugged', { appearsAs });
  if (other !== undefined) throw new PortClosedError('ambiguous');
  return node;
}

/** A device may leave while its files are read. */
async function readAttribute(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
