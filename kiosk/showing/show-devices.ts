// What the person in front should know of cards and slips, whichever device does the work. Pure.
import type { DeviceCondition } from '../knowledge.ts';
import type { Status } from '../screen.ts';

type Device = DeviceCondition['device'];

/** What does the same work, so that nobody but staff need know that the other is out. */
export const standIns: Readonly<Partial<Record<Device, Device>>> = {
  reader: 'second-reader',
  'second-reader': 'reader',
  printer: 'fallback-printer',
  'fallback-printer': 'printer',
};

export function serves(devices: readonly DeviceCondition[], device: Device | undefined): boolean {
  return devices.some((each) => each.device === device && each.state !== 'none' && !each.isOut);
}

export function readerStatus(devices: readonly DeviceCondition[]): Status['reader'] {
  return serves(devices, 'reader') || serves(devices, 'second-reader') ? 'ready' : 'absent';
}

/** `absent`: this terminal has no printer; one that is unplugged is a `fault`. */
export function printerStatus(devices: readonly DeviceCondition[]): Status['printer'] {
  const first = devices.find(({ device }) => device === 'printer');
  if (!first || first.state === 'none') return 'absent';
  if (!first.isOut) return first.code === 'printer-paper-low' ? 'paper-low' : 'ready';
  if (serves(devices, 'fallback-printer')) return 'ready';
  if (first.code === 'printer-paper-out') return 'paper-out';
  return first.code === 'printer-cover-open' ? 'cover-open' : 'fault';
}
