// What is plugged into this machine, as the kernel tells it: devices, their drivers, nodes and rights. Opens none of them.
import {
  accessSync,
  constants,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { hasKeys } from '../readers/hid-keys.ts';
import { parseReportDescriptor } from '../readers/report-descriptor.ts';

export interface SystemRoots {
  /** `/sys` */
  readonly sys: string;
  /** `/dev` */
  readonly dev: string;
  /** `/run/udev/data` */
  readonly udev: string;
}
export const systemRoots: SystemRoots = { sys: '/sys', dev: '/dev', udev: '/run/udev/data' };

/** What an interface of a device can do, from its USB class. */
export type InterfaceRole =
  | 'keyboard'
  | 'mouse'
  | 'hid'
  | 'printer'
  | 'storage'
  | 'serial'
  | 'smart-card'
  | 'other';

export interface AttachedInterface {
  readonly number: number;
  readonly role: InterfaceRole;
  /** null = the kernel has bound none: no node can appear */
  readonly driver: string | null;
}

export type NodeKind = 'hidraw' | 'serial' | 'printer' | 'input';

export interface DeviceNode {
  readonly kind: NodeKind;
  /** as the kernel calls it; may be another one after replugging */
  readonly path: string;
  /** names of the same node that stay: `/dev/serial/by-id/…` */
  readonly links: readonly string[];
  /** permission bits, user and group id; null when the node is not there (yet) */
  readonly rights: { readonly mode: number; readonly uid: number; readonly gid: number } | null;
  /** may this process open it to read and write */
  readonly canOpen: boolean;
  /** what udev noted of it: `LIBINPUT_IGNORE_DEVICE=1` */
  readonly properties: ReadonlyMap<string, string>;
}

export interface AttachedDevice {
  /** where it is plugged in: `1-1.4`; a device without USB is named by its node */
  readonly place: string;
  /** four hex digits each; null for a line of the board itself */
  readonly vendor: string | null;
  readonly product: string | null;
  readonly serial: string | null;
  readonly maker: string | null;
  readonly name: string | null;
  readonly interfaces: readonly AttachedInterface[];
  readonly nodes: readonly DeviceNode[];
}

const hubClass = '09';

/** Hubs are left out; what cannot be read (it is being unplugged just now) is left out, too. */
export function attachedDevices(roots: SystemRoots = systemRoots): AttachedDevice[] {
  const links = byIdLinks(roots);
  const usb = entriesOf(join(roots.sys, 'bus', 'usb', 'devices'))
    .filter((name) => !name.includes(':'))
    .map((name) => readUsbDevice(roots, name, links))
    .filter((device) => device !== null);
  const known = new Set(usb.flatMap(({ nodes }) => nodes.map(({ path }) => path)));
  return [...usb, ...hidDevices(roots, links, known), ...boardLines(roots, links, known)];
}

function readUsbDevice(
  roots: SystemRoots,
  name: string,
  links: ReadonlyMap<string, readonly string[]>,
): AttachedDevice | null {
  const folder = join(roots.sys, 'bus', 'usb', 'devices', name);
  const vendor = attribute(folder, 'idVendor');
  const product = attribute(folder, 'idProduct');
  if (vendor === null || product === null || attribute(folder, 'bDeviceClass') === hubClass) return null;
  const interfaces = entriesOf(folder).filter((entry) => entry.startsWith(`${name}:`));
  return {
    place: name,
    vendor: vendor.toLowerCase(),
    product: product.toLowerCase(),
    serial: attribute(folder, 'serial'),
    maker: attribute(folder, 'manufacturer'),
    name: attribute(folder, 'product'),
    interfaces: interfaces.map((entry) => readInterface(join(folder, entry))),
    nodes: interfaces.flatMap((entry) => nodesBelow(roots, join(folder, entry), links)),
  };
}

function readInterface(folder: string): AttachedInterface {
  return {
    number: Number.parseInt(attribute(folder, 'bInterfaceNumber') ?? '0', 16),
    role: roleOf(
      attribute(folder, 'bInterfaceClass') ?? '',
      attribute(folder, 'bInterfaceProtocol') ?? '',
      linkName(folder, 'driver'),
    ),
    driver: linkName(folder, 'driver'),
  };
}

const serialDrivers = new Set(['cdc_acm', 'cp210x', 'ch341', 'ftdi_sio', 'pl2303', 'usb_serial_simple']);

function roleOf(usbClass: string, protocol: string, driver: string | null): InterfaceRole {
  switch (usbClass) {
    case '02':
    case '0a':
      return 'serial';
    case '03':
      return protocol === '01' ? 'keyboard' : protocol === '02' ? 'mouse' : 'hid';
    case '07':
      return 'printer';
    case '08':
      return 'storage';
    case '0b':
      return 'smart-card';
    default:
      // converters are of the maker's own class: only their driver knows what they are
      return driver !== null && serialDrivers.has(driver) ? 'serial' : 'other';
  }
}

/** HID devices without USB (Bluetooth, uhid), one for all that sit in one body; `usb`: the nodes that are known already. */
function hidDevices(
  roots: SystemRoots,
  links: ReadonlyMap<string, readonly string[]>,
  usb: ReadonlySet<string>,
): AttachedDevice[] {
  const bodies = new Map<string, AttachedDevice>();
  for (const name of entriesOf(join(roots.sys, 'class', 'hidraw'))) {
    const folder = join(roots.sys, 'class', 'hidraw', name, 'device');
    const uevent = readUevent(folder);
    const [, vendor, product] =
      /^[0-9a-f]{4}:[0-9a-f]{4}([0-9a-f]{4}):[0-9a-f]{4}([0-9a-f]{4})$/i.exec(uevent.get('HID_ID') ?? '') ??
      [];
    const node = readNode(roots, name, links, null);
    if (vendor === undefined || product === undefined || !node || usb.has(node.path)) continue;
    const typing = nodesBelow(roots, folder, links).filter(({ kind }) => kind === 'input');
    const port = uevent.get('HID_PHYS')?.replace(/\/input\d+$/, '');
    const body = port ? `${vendor}:${product} ${port} ${uevent.get('HID_UNIQ')}` : name;
    const before = bodies.get(body);
    const nodes = [...(before?.nodes ?? []), node, ...typing];
    bodies.set(body, {
      place: before?.place ?? node.path,
      vendor: vendor.toLowerCase(),
      product: product.toLowerCase(),
      serial: uevent.get('HID_UNIQ') || null,
      maker: null,
      name: uevent.get('HID_NAME') ?? null,
      interfaces: [
        ...(before?.interfaces ?? []),
        {
          number: before?.interfaces.length ?? 0,
          role: typesKeys(folder) ? 'keyboard' : 'hid',
          driver: linkName(folder, 'driver'),
        },
      ],
      nodes,
    });
  }
  return [...bodies.values()];
}

/** Here no USB class tells: the report descriptor does. */
function typesKeys(folder: string): boolean {
  try {
    const layout = parseReportDescriptor(readFileSync(join(folder, 'report_descriptor')));
    return layout !== null && hasKeys(layout);
  } catch {
    return false;
  }
}

/** The serial lines of the board itself. */
function boardLines(
  roots: SystemRoots,
  links: ReadonlyMap<string, readonly string[]>,
  usb: ReadonlySet<string>,
): AttachedDevice[] {
  const lines = join(roots.sys, 'class', 'tty');
  // nobody may be given the line of the system's console
  const consoles = attribute(join(lines, 'console'), 'active')?.split(' ') ?? [];
  const names = entriesOf(lines).filter((name) => !consoles.includes(name));
  return names.flatMap((name) => {
    const folder = join(lines, name);
    const driver = linkName(join(folder, 'device'), 'driver');
    // type 0: the PC's standard places for lines that are not there
    if (driver === null || attribute(folder, 'type') === '0') return [];
    const node = readNode(roots, name, links, null);
    if (!node || usb.has(node.path)) return [];
    return [
      {
        place: node.path,
        vendor: null,
        product: null,
        serial: null,
        maker: null,
        name: null,
        interfaces: [{ number: 0, role: 'serial' as const, driver }],
        nodes: [node],
      },
    ];
  });
}

/** Nodes hang a few folders below their interface: `…:1.0/0003:0801:0002.0001/hidraw/hidraw0`. */
function nodesBelow(
  roots: SystemRoots,
  folder: string,
  links: ReadonlyMap<string, readonly string[]>,
  depth = 6,
): DeviceNode[] {
  if (depth === 0) return [];
  const uevent = readUevent(folder);
  const name = uevent.get('DEVNAME');
  const node = name === undefined ? null : readNode(roots, name, links, uevent);
  return [
    ...(node ? [node] : []),
    ...foldersOf(folder).flatMap((entry) => nodesBelow(roots, join(folder, entry), links, depth - 1)),
  ];
}

function readNode(
  roots: SystemRoots,
  name: string,
  links: ReadonlyMap<string, readonly string[]>,
  uevent: ReadonlyMap<string, string> | null,
): DeviceNode | null {
  const kind = nodeKind(name);
  if (kind === null) return null;
  const path = join(roots.dev, name);
  const number = uevent ? `c${uevent.get('MAJOR')}:${uevent.get('MINOR')}` : '';
  return {
    kind,
    path,
    links: links.get(path) ?? [],
    rights: rightsOf(path),
    canOpen: canOpen(path),
    properties: udevProperties(join(roots.udev, number)),
  };
}

function nodeKind(name: string): NodeKind | null {
  if (name.startsWith('hidraw')) return 'hidraw';
  if (name.startsWith('tty')) return 'serial';
  if (/^(usb\/)?lp\d/.test(name)) return 'printer';
  return name.startsWith('input/event') ? 'input' : null;
}

function rightsOf(path: string): DeviceNode['rights'] {
  try {
    const { mode, uid, gid } = statSync(path);
    return { mode: mode & 0o777, uid, gid };
  } catch {
    return null;
  }
}

function canOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Node → its names that stay. */
function byIdLinks(roots: SystemRoots): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const folder of ['serial/by-id', 'usb/by-id']) {
    for (const name of entriesOf(join(roots.dev, folder))) {
      const link = join(roots.dev, folder, name);
      try {
        const node = realpathSync(link);
        found.set(node, [...(found.get(node) ?? []), link]);
      } catch {
        // its device went while we looked
      }
    }
  }
  return found;
}

function udevProperties(file: string): ReadonlyMap<string, string> {
  return new Map(
    linesOf(file)
      .filter((line) => line.startsWith('E:'))
      .map((line) => splitPair(line.slice(2))),
  );
}

function readUevent(folder: string): ReadonlyMap<string, string> {
  return new Map(linesOf(join(folder, 'uevent')).map(splitPair));
}

function splitPair(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('='));
  } catch {
    return [];
  }
}

/** What the device itself says may hold anything: only printable text goes on. */
function attribute(folder: string, name: string): string | null {
  try {
    const text = readFileSync(join(folder, name), 'utf8')
      .replaceAll(/\p{C}+/gu, ' ')
      .trim();
    return text === '' ? null : text.slice(0, 120);
  } catch {
    return null;
  }
}

function linkName(folder: string, link: string): string | null {
  try {
    return basename(readlinkSync(join(folder, link)));
  } catch {
    return null;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Links would lead round in circles. */
function foldersOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
