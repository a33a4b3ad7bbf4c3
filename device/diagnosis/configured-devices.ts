// Which device of the config is which plugged-in one: the address strings, matched against what is there.
import { realpathSync } from 'node:fs';
import {
  type DeviceAddress,
  type HidAddress,
  parseDeviceAddress,
  parseHidAddress,
} from '../transport/device-address.ts';
import type { AttachedDevice, DeviceNode, NodeKind } from './attached-devices.ts';

/** The keys of the config that name devices. */
export const deviceKeys = ['reader', 'secondReader', 'printer', 'fallbackPrinter', 'panel'] as const;
export type DeviceKey = (typeof deviceKeys)[number];

/** The device part of a terminal's config; null = not configured. A reader that types into the browser has no address. */
export type ConfiguredDevices = Readonly<
  Record<
    DeviceKey,
    { readonly kind: string; readonly at?: string | undefined; readonly model?: string | undefined } | null
  >
>;

/** Where an address points, as far as this machine can tell. */
export type AddressTarget =
  | { readonly kind: 'network'; readonly host: string; readonly port: number }
  /** in order of plugging places; more than one = the address does not tell them apart */
  | { readonly kind: 'attached'; readonly found: readonly AttachedNode[] }
  /** a line that is no device of this machine's buses, but is there: a pseudo terminal */
  | { readonly kind: 'node'; readonly path: string }
  | { readonly kind: 'bad' };

export interface AttachedNode {
  readonly device: AttachedDevice;
  /** those of the address's kind, one for each interface; none while the kernel has made none */
  readonly nodes: readonly DeviceNode[];
}

export function targetOf(at: string, devices: readonly AttachedDevice[]): AddressTarget {
  const address = parseAddress(at);
  switch (address?.kind) {
    case undefined:
      return { kind: 'bad' };
    case 'tcp':
    case 'hid-tcp':
      return { kind: 'network', host: address.host, port: address.port };
    case 'serial':
    case 'usb-node':
      return nodeTarget(address.path, devices);
    case 'hid':
    case 'usb': {
      const { vendor, product, serial } = address;
      const nodeKind = address.kind === 'hid' ? 'hidraw' : 'printer';
      const found = devices.filter(
        (device) =>
          device.vendor === vendor &&
          device.product === product &&
          (serial === null || device.serial === serial),
      );
      return {
        kind: 'attached',
        found: found.map((device) => ({ device, nodes: nodesOf(device, nodeKind) })),
      };
    }
  }
}

function parseAddress(at: string): DeviceAddress | HidAddress | null {
  try {
    return at.startsWith('hid') ? parseHidAddress(at) : parseDeviceAddress(at);
  } catch {
    return null;
  }
}

function nodeTarget(path: string, devices: readonly AttachedDevice[]): AddressTarget {
  const real = realPath(path);
  for (const device of devices) {
    const node = device.nodes.find((n) => n.path === path || n.links.includes(path) || n.path === real);
    if (node) return { kind: 'attached', found: [{ device, nodes: [node] }] };
  }
  return real === null ? { kind: 'attached', found: [] } : { kind: 'node', path: real };
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function nodesOf(device: AttachedDevice, kind: NodeKind): DeviceNode[] {
  return device.nodes.filter((node) => node.kind === kind);
}

/** The strings for the config that lead to this device, the steadiest first. */
export function addressesOf(device: AttachedDevice, others: readonly AttachedDevice[]): string[] {
  const { vendor, product, serial } = device;
  const isAlone = others.filter((other) => other.vendor === vendor && other.product === product).length === 1;
  // a serial number tells twins apart; alone, the shorter address survives a replacement of the same model
  const ids = `${vendor}:${product}${isAlone || serial === null || /[\s:]/.test(serial) ? '' : `:${serial}`}`;
  const all = device.nodes.flatMap((node): string[] => {
    if (node.kind === 'hidraw') return vendor === null ? [] : [`hid:${ids}`];
    if (node.kind === 'printer') return [`usb:${ids}`];
    if (node.kind === 'input') return [];
    return (node.links.length > 0 ? node.links : [node.path]).map((path) => `serial:${path}`);
  });
  return [...new Set(all)];
}
