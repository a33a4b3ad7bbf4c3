// Where a device is reached: the address string of the config, taken apart.
import { DeviceError } from '../device-error.ts';

export type DeviceAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number };

/**
 * @param at `tcp://host:port` or `serial:/dev/serial/by-id/…?baud=9600` (9600 when not said)
 * @throws DeviceError device-address-bad
 */
export function parseDeviceAddress(at: string): DeviceAddress {
  const tcp = /^tcp:\/\/([^/\s:]+):(\d{1,5})$/.exec(at);
  if (tcp?.[1] !== undefined) {
    const port = Number(tcp[2]);
    if (port > 0 && port < 65_536) return { kind: 'tcp', host: tcp[1], port };
  }
  const serial = /^serial:(\/[^\s?]+)(?:\?baud=(\d{3,7}))?$/.exec(at);
  if (serial?.[1] !== undefined) {
    return { kind: 'serial', path: serial[1], baudRate: Number(serial[2] ?? 9600) };
  }
  throw new DeviceError('device-address-bad', `${at} is neither tcp://host:port nor serial:/dev/…?baud=9600`);
}
