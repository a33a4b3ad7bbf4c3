// Compares what is plugged in with what the config expects, and says what is amiss. Pure: no node is opened here.

import { type KnownDevice, knownDevice } from '../known-devices.ts';
import type { AttachedDevice, DeviceNode, InterfaceRole } from './attached-devices.ts';
import {
  type AddressTarget,
  type AttachedNode,
  addressesOf,
  type ConfiguredDevices,
  type DeviceKey,
  deviceKeys,
  targetOf,
} from './configured-devices.ts';
import { accessOf, type RuledDevice, udevRulesFor } from './udev-rules.ts';

export const findingCodes = [
  /** nothing is plugged in where the config looks */
  'not-plugged',
  /** the address fits more than one device */
  'ambiguous',
  /** this user may not open the node */
  'no-rights',
  /** the kernel bound no driver, so there is no node */
  'no-driver',
  /** another program has it open */
  'in-use',
  /** the node's number changes with every plug */
  'address-unsteady',
  'address-bad',
  /** what is plugged in is another kind of device */
  'wrong-device',
  /** the right device, with a setting for another model */
  'setting-differs',
  /** a reader that the desktop takes for a keyboard */
  'types-into-screen',
  /** a reader that brings a disk along */
  'claims-storage',
  'network-unreachable',
  'network-refused',
  /** plugged in, and kept out by the rules of the machine */
  'usb-refused',
  /** known, plugged in, and not in the config */
  'not-configured',
  /** might be a reader, printer or panel that the table does not know */
  'unknown',
  'unsupported-smart-card',
  'unsupported-printer',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface Finding {
  readonly code: FindingCode;
  /** false: good to know, nothing to do */
  readonly needsCare: boolean;
  readonly key: DeviceKey | null;
  /** what the device calls itself, or its ids */
  readonly device: string | null;
  /** the address or node that it is about */
  readonly at: string | null;
  /** lines to add, run or paste; none where hands are needed */
  readonly fix: readonly string[];
}

export interface NetworkReach {
  readonly at: string;
  readonly outcome: 'reached' | 'refused' | 'unreachable' | 'held-here' | 'not-tried';
}

/** A USB device that the machine did not let in. */
export interface RefusedDevice {
  /** of its plug: `1-1.2` */
  readonly place: string;
  /** `vvvv:pppp` */
  readonly device: string;
  readonly why: string;
}

export interface DiagnosisInput {
  readonly attached: readonly AttachedDevice[];
  readonly configured: ConfiguredDevices;
  /** of the addresses that lead to the network */
  readonly reached: readonly NetworkReach[];
  /** node → programs that have it open, without this one */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** of the user that the terminal runs as */
  readonly group: string;
  readonly refused?: readonly RefusedDevice[];
}

/** A plugged-in device with what is known of it. */
export interface DiagnosedDevice {
  readonly attached: AttachedDevice;
  readonly known: KnownDevice | null;
  /** the keys of the config that lead here */
  readonly usedBy: readonly DeviceKey[];
  /** to paste into the config */
  readonly addresses: readonly string[];
}

export interface Diagnosis {
  readonly devices: readonly DiagnosedDevice[];
  readonly findings: readonly Finding[];
}

export function diagnose(input: DiagnosisInput): Diagnosis {
  const { attached, configured } = input;
  const targets = new Map(
    deviceKeys.flatMap((key) => {
      const at = configured[key]?.at;
      return at === undefined ? [] : [[key, targetOf(at, attached)] as const];
    }),
  );
  const devices = attached.map((device) => ({
    attached: device,
    known: knownDevice(device),
    usedBy: [...targets].filter(([, target]) => leadsTo(target, device)).map(([key]) => key),
    addresses: addressesOf(device, attached),
  }));
  return {
    devices,
    findings: [
      ...[...targets].flatMap(([key, target]) => aboutTarget(key, target, input)),
      ...devices.flatMap(aboutUnused),
      ...(input.refused ?? []).map(aboutRefused),
    ],
  };
}

function leadsTo(target: AddressTarget, device: AttachedDevice): boolean {
  return target.kind === 'attached' && target.found.some((found) => found.device === device);
}

function aboutTarget(key: DeviceKey, target: AddressTarget, input: DiagnosisInput): Finding[] {
  const at = input.configured[key]?.at ?? '';
  const about = { needsCare: true, key, device: null, at, fix: [] };
  switch (target.kind) {
    case 'bad':
      return [{ ...about, code: 'address-bad' }];
    case 'node':
      return holdersOf([target.path], key, null, input);
    case 'network': {
      const outcome = input.reached.find((reach) => reach.at === at)?.outcome;
      if (outcome === 'held-here') return [{ ...about, code: 'in-use', needsCare: false }];
      return outcome === 'refused' || outcome === 'unreachable'
        ? [{ ...about, code: `network-${outcome}` }]
        : [];
    }
    case 'attached': {
      const [found, twin] = target.found;
      if (!found) return [{ ...about, code: 'not-plugged', fix: candidates(key, input) }];
      const device = nameOf(found.device);
      if (twin) return [{ ...about, code: 'ambiguous', device, fix: candidates(key, input) }];
      return [
        ...aboutFit(key, found.device, input),
        ...(found.nodes.length === 0
          ? [{ ...about, code: 'no-driver' as const, device, fix: driverFix(found.device) }]
          : aboutNodes(key, found, input)),
      ];
    }
  }
}

/** Where else such a device is plugged in: addresses to choose from. */
function candidates(key: DeviceKey, { attached }: DiagnosisInput): string[] {
  return attached
    .filter((device) => fits(key, knownDevice(device)) === 'yes')
    .flatMap((device) => addressesOf(device, attached))
    .map((address) => `"at": "${address}"`);
}

/** Is this the kind of device that the key is for? Of unknown ones nobody can tell. */
function fits(key: DeviceKey, known: KnownDevice | null): 'yes' | 'no' | 'maybe' {
  if (known === null || known.isShared) return 'maybe';
  const { kind } = known.use;
  if (kind === 'serial-adapter') return 'maybe';
  if (key === 'reader' || key === 'secondReader') return kind === 'reader' ? 'yes' : 'no';
  return kind === (key === 'panel' ? 'panel' : 'printer') ? 'yes' : 'no';
}

function aboutFit(key: DeviceKey, device: AttachedDevice, { configured }: DiagnosisInput): Finding[] {
  const known = knownDevice(device);
  const about = { needsCare: true, key, device: nameOf(device), at: configured[key]?.at ?? null };
  if (fits(key, known) === 'no') return [{ ...about, code: 'wrong-device', fix: [] }];
  const findings: Finding[] = [];
  const setting = configured[key];
  if (known?.use.kind === 'reader' && !known.isShared && setting && setting.kind !== known.use.reader) {
    findings.push({ ...about, code: 'setting-differs', fix: [`"kind": "${known.use.reader}"`] });
  }
  const isReader = key === 'reader' || key === 'secondReader';
  if (isReader && device.interfaces.some(({ role }) => role === 'storage')) {
    findings.push({ ...about, code: 'claims-storage', needsCare: false, fix: [] });
  }
  return findings;
}

function aboutNodes(key: DeviceKey, { device, nodes }: AttachedNode, input: DiagnosisInput): Finding[] {
  // rules open all of a device's nodes or none
  const node = nodes.find(({ canOpen }) => !canOpen) ?? nodes[0];
  if (!node) return [];
  const at = input.configured[key]?.at ?? '';
  const about = { needsCare: true, key, device: nameOf(device) };
  const findings: Finding[] = [];
  const access = accessFor(device, node);
  const rules = udevRulesFor(device, access, input.group);
  if (!node.canOpen) findings.push({ ...about, code: 'no-rights', at: node.path, fix: rules });
  const typing = device.nodes.filter(({ kind }) => kind === 'input');
  if (
    access === 'keyboard' &&
    typing.some(({ properties }) => properties.get('LIBINPUT_IGNORE_DEVICE') !== '1')
  ) {
    findings.push({ ...about, code: 'types-into-screen', at: typing[0]?.path ?? null, fix: rules.slice(1) });
  }
  if (node.links.length > 0 && at.startsWith('serial:') && !node.links.some((link) => at.includes(link))) {
    const query = at.includes('?') ? at.slice(at.indexOf('?')) : '';
    findings.push({
      ...about,
      code: 'address-unsteady',
      at,
      fix: [`"at": "serial:${node.links[0]}${query}"`],
    });
  }
  const paths = nodes.map(({ path }) => path);
  return [...findings, ...holdersOf(paths, key, about.device, input)];
}

/** One program with it open is the terminal at work; two of them take turns at the same bytes. */
function holdersOf(
  paths: readonly string[],
  key: DeviceKey,
  device: string | null,
  input: DiagnosisInput,
): Finding[] {
  const held = paths.filter((path) => (input.holders.get(path) ?? []).length > 0);
  const holders = [...new Set(held.flatMap((path) => input.holders.get(path) ?? []))];
  return holders.length === 0
    ? []
    : [{ code: 'in-use', needsCare: holders.length > 1, key, device, at: held[0] ?? null, fix: holders }];
}

/** Which rules open this node. */
export function accessFor(device: AttachedDevice, node: DeviceNode): RuledDevice['access'] {
  if (node.kind === 'printer') return 'printer';
  if (node.kind === 'serial') return 'serial';
  return device.interfaces.some(({ role }) => role === 'keyboard') ? 'keyboard' : 'hid';
}

const driverOf: Partial<Record<InterfaceRole, string>> = { printer: 'usblp', serial: 'cdc_acm' };

function driverFix(device: AttachedDevice): string[] {
  const roles = device.interfaces.filter(({ driver }) => driver === null).map(({ role }) => role);
  return [...new Set(roles.flatMap((role) => driverOf[role] ?? []))].map(
    (driver) => `sudo modprobe ${driver}`,
  );
}

function aboutUnused({ attached, known, usedBy, addresses }: DiagnosedDevice): Finding[] {
  if (usedBy.length > 0) return [];
  const about = { needsCare: false, key: null, device: nameOf(attached) };
  const fix = addresses.map((address) => `"at": "${address}"`);
  const at = attached.nodes[0]?.path ?? attached.place;
  if (known?.use.kind === 'unsupported') {
    const code = known.use.why === 'smart-card' ? 'unsupported-smart-card' : 'unsupported-printer';
    return [{ ...about, code, at, fix: [] }];
  }
  // the board's own serial lines are always there
  if (attached.vendor === null) return [];
  if (known) {
    if (addresses.length > 0) return [{ ...about, code: 'not-configured', at, fix }];
    return [{ ...about, code: 'no-driver', needsCare: true, at, fix: driverFix(attached) }];
  }
  const isOfInterest = attached.interfaces.some(({ role }) =>
    ['keyboard', 'hid', 'printer', 'serial'].includes(role),
  );
  return isOfInterest ? [{ ...about, code: 'unknown', at, fix }] : [];
}

function aboutRefused({ place, device, why }: RefusedDevice): Finding {
  return { code: 'usb-refused', needsCare: true, key: null, device, at: place, fix: [why] };
}

/** What people can find on the case, or at least tell to support. */
export function nameOf(device: AttachedDevice): string {
  const known = knownDevice(device);
  if (known) return known.name;
  const said = [device.maker, device.name].filter((part) => part !== null).join(' ');
  if (said !== '') return said;
  return device.vendor === null ? device.place : `${device.vendor}:${device.product}`;
}

/** Has this device a rule among the shipped ones? */
export function isShipped(known: KnownDevice | null): boolean {
  return known !== null && !known.isShared && accessOf(known) !== null;
}
