// Which HID devices this machine has, as the kernel's sysfs tells; needs no rights and no library.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One interface of a device; a device that is a reader and a keyboard too has two. */
export interface HidDevice {
  /** `hidraw3` */
  readonly node: string;
  /** four lower-case hex digits */
  readonly vendor: string;
  readonly product: string;
  readonly serial: string | null;
  /** maker and model as the device says them */
  readonly name: string;
  /** the same for all interfaces of one device, different for two devices of one model */
  readonly body: string;
  readonly descriptor: Uint8Array;
}

/**
 * Interfaces that are no HID, such as mass storage, are not among them; one that goes while it is looked at is left out.
 * @param sysfs where it is mounted
 */
export async function listHidDevices(sysfs = '/sys'): Promise<readonly HidDevice[]> {
  const folder = join(sysfs, 'class/hidraw');
  const nodes = await readdir(folder).catch(() => []);
  const found = await Promise.all(nodes.map((node) => readDevice(folder, node).catch(() => null)));
  return found.filter((device) => device !== null).sort((a, b) => numberOf(a.node) - numberOf(b.node));
}

async function readDevice(folder: string, node: string): Promise<HidDevice | null> {
  const told = await readFile(join(folder, node, 'device/uevent'), 'utf8');
  const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(told)?.[1]?.trim() ?? '';
  const ids = /^[0-9A-F]+:0000([0-9A-F]{4}):0000([0-9A-F]{4})$/i.exec(value('HID_ID'));
  if (ids?.[1] === undefined || ids[2] === undefined) return null;
  const serial = value('HID_UNIQ');
  // usb-0000:00:14.0-1.2/input0: the port, then which interface of what is plugged in there
  const port = value('HID_PHYS').replace(/\/input\d+$/, '');
  return {
    node,
    vendor: ids[1].toLowerCase(),
    product: ids[2].toLowerCase(),
    serial: serial || null,
    name: value('HID_NAME'),
    body: port || serial ? `${port}|${serial}` : node,
    descriptor: await readFile(join(folder, node, 'device/report_descriptor')),
  };
}

function numberOf(node: string): number {
  return Number(/\d+$/.exec(node)?.[0] ?? 0);
}
