// A HID device of this machine, by its USB ids, through the kernel's hidraw.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseReportDescriptor } from '../readers/report-descriptor.ts';
import { type BytePortEvents, type HidPort, PortClosedError } from './byte-port.ts';
import type { HidAddress } from './device-address.ts';
import { type HidDevice, listHidDevices } from './hid-devices.ts';

/** Can whoever wants the port understand a device with this report descriptor? */
export type SuitsHid = (descriptor: Uint8Array) => boolean;

/** What is used of node-hid. */
export interface HidLibrary {
  readonly HIDAsync: { open(path: string): Promise<HidHandle> };
  /** throws when the native part cannot be loaded */
  getHidapiVersion(): string;
}
export interface HidHandle {
  on(event: 'data', listener: (report: Buffer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  write(report: Buffer): Promise<number>;
  sendFeatureReport(report: Buffer): Promise<number>;
  close(): Promise<void>;
}

/** Where devices are looked for, and by what they are opened. */
export interface HidSurroundings {
  readonly sysfs: string;
  readonly dev: string;
  /** throws when it is not there */
  readonly loadLibrary: () => HidLibrary;
}

export const thisMachine: HidSurroundings = { sysfs: '/sys', dev: '/dev', loadLibrary: loadNodeHid };

/** Rejects with PortClosedError; aborting while opening is a rejection too. */
export async function openHidPort(
  address: Extract<HidAddress, { kind: 'hid' }>,
  suits: SuitsHid,
  events: BytePortEvents,
  signal: AbortSignal,
  surroundings: HidSurroundings = thisMachine,
): Promise<HidPort> {
  const appearsAs = join(surroundings.dev, 'hidraw');
  const device = chooseDevice(await listHidDevices(surroundings.sysfs), { ...address, suits, appearsAs });
  const path = join(surroundings.dev, device.node);
  await checkRights(path);
  const library = load(surroundings);
  const handle = await library.HIDAsync.open(path).catch((cause: unknown) => {
    throw new PortClosedError('unreachable', { cause });
  });
  const port = portOf(handle, device.descriptor, events, appearsAs);
  if (signal.aborted) await port.close();
  return port;
}

interface WantedHid extends Extract<HidAddress, { kind: 'hid' }> {
  readonly suits: SuitsHid;
  /** its number may be any */
  readonly appearsAs: string;
}

/**
 * A model may show several interfaces: the one counts that suits.
 * @throws PortClosedError unplugged | wrong-device | ambiguous
 */
function chooseDevice(
  devices: readonly HidDevice[],
  { vendor, product, serial, suits, appearsAs }: WantedHid,
): HidDevice {
  const named = devices.filter(
    (device) =>
      device.vendor === vendor && device.product === product && (serial === null || device.serial === serial),
  );
  const suitable = named.filter(({ descriptor }) => suits(descriptor));
  const [first] = suitable;
  if (first) {
    if (suitable.some(({ body }) => body !== first.body)) throw new PortClosedError('ambiguous');
    return first;
  }
  // Its maker's other model, the same model with another serial number, or this one set to another mode.
  const isAnother = devices.some((device) => device.vendor === vendor && suits(device.descriptor));
  throw new PortClosedError(named.length > 0 || isAnother ? 'wrong-device' : 'unplugged', { appearsAs });
}

async function checkRights(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'ENOENT') throw new PortClosedError('unplugged', { cause });
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    throw new PortClosedError(isForbidden ? 'no-rights' : 'unreachable', { cause });
  }
}

function load({ loadLibrary }: HidSurroundings): HidLibrary {
  try {
    const library = loadLibrary();
    library.getHidapiVersion();
    return library;
  } catch (cause) {
    throw new PortClosedError('no-driver', { cause });
  }
}

/** Loaded only when a reader needs it: a terminal without one runs where the native part is missing. */
function loadNodeHid(): HidLibrary {
  return createRequire(import.meta.url)('node-hid') as HidLibrary;
}

function portOf(handle: HidHandle, descriptor: Uint8Array, events: BytePortEvents, node: string): HidPort {
  let closing: Promise<void> | undefined;
  // hidapi wants a number in front of every report, 0 where there are none
  const isNumbered = parseReportDescriptor(descriptor)?.isNumbered ?? false;
  const numbered = (report: Uint8Array) =>
    isNumbered ? Buffer.from(report) : Buffer.concat([Buffer.alloc(1), report]);
  const close = () => {
    closing ??= handle
      .close()
      .catch(() => undefined)
      .then(events.onClose);
    return closing;
  };
  const send = async (sending: () => Promise<number>) => {
    if (closing !== undefined) throw new PortClosedError('unreachable');
    await sending().catch((cause: unknown) => {
      throw new PortClosedError('unreachable', { cause });
    });
  };
  handle.on('error', () => void close());
  // Reports flow as soon as somebody listens: not before the opener has the port.
  setImmediate(() => {
    if (closing !== undefined) return;
    handle.on('data', (report) => {
      if (closing === undefined) events.onBytes(report);
      else report.fill(0);
    });
  });
  return {
    node,
    descriptor,
    write: (report) => send(() => handle.write(numbered(report))),
    writeFeature: (report) => send(() => handle.sendFeatureReport(numbered(report))),
    close,
  };
}
