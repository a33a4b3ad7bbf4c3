// Where a device is reached: the address string of the config, taken apart.
import { DeviceError } from '../device-error.ts';

export type DeviceAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'serial';
      readonly path: string;
      readonly baudRate: number;
      /** who may stop the other: nobody, by XON and XOFF bytes, or by wires */
      readonly flow: 'none' | 'xonxoff' | 'rtscts';
    }
  | UsbPrinterAddress;

/** A printer of the kernel's own USB printer driver: by its ids, four hex digits each, or by its node. */
export type UsbPrinterAddress =
  | {
      readonly kind: 'usb';
      readonly vendor: string;
      readonly product: string;
      /** null = the only one of its kind */
      readonly serial: string | null;
    }
  | { readonly kind: 'usb-node'; readonly path: string };

/** A device that speaks in HID reports. */
export type HidAddress =
  /** ids are four lower-case hex digits, as the kernel prints them */
  | {
      readonly kind: 'hid';
      readonly vendor: string;
      readonly product: string;
      readonly serial: string | null;
    }
  | { readonly kind: 'hid-tcp'; readonly host: string; readonly port: number };

/**
 * @param at `tcp://host:port`, `serial:/dev/serial/by-id/…?baud=9600&flow=xonxoff` (9600 and no flow control when not said),
 * `usb:vvvv:pppp`, `usb:vvvv:pppp:serial` or `usb:/dev/usb/lp0`
 * @throws DeviceError device-address-bad
 */
export function parseDeviceAddress(at: string): DeviceAddress {
  const tcp = hostAndPort(/^tcp:\/\/([^/\s:]+):(\d{1,5})$/.exec(at));
  if (tcp) return { kind: 'tcp', ...tcp };
  const serial = /^serial:(\/[^\s?]+)(?:\?baud=(\d{3,7})(?:&flow=(xonxoff|rtscts))?)?$/.exec(at);
  if (serial?.[1] !== undefined) {
    const flow = serial[3] === 'xonxoff' || serial[3] === 'rtscts' ? serial[3] : 'none';
    return { kind: 'serial', path: serial[1], baudRate: Number(serial[2] ?? 9600), flow };
  }
  const usbNode = /^usb:(\/[^\s]+)$/.exec(at);
  if (usbNode?.[1] !== undefined) return { kind: 'usb-node', path: usbNode[1] };
  const usb = /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?::([^\s:]{1,64}))?$/.exec(at);
  if (usb?.[1] !== undefined && usb[2] !== undefined) {
    return { kind: 'usb', vendor: usb[1], product: usb[2], serial: usb[3] ?? null };
  }
  throw new DeviceError(
    'device-address-bad',
    `${at} is neither tcp://host:port nor serial:/dev/…?baud=9600 nor usb:vvvv:pppp`,
  );
}

/**
 * @param at `hid:vvvv:pppp`, `hid:vvvv:pppp:serial` or `hid+tcp://host:port`
 * @throws DeviceError device-address-bad
 */
export function parseHidAddress(at: string): HidAddress {
  const tcp = hostAndPort(/^hid\+tcp:\/\/([^/\s:]+):(\d{1,5})$/.exec(at));
  if (tcp) return { kind: 'hid-tcp', ...tcp };
  const usb = /^hid:([0-9a-f]{4}):([0-9a-f]{4})(?::([^\s:]{1,64}))?$/.exec(at);
  if (usb?.[1] !== undefined && usb[2] !== undefined) {
    return { kind: 'hid', vendor: usb[1], product: usb[2], serial: usb[3] ?? null };
  }
  throw new DeviceError(
    'device-address-bad',
    `${at} is neither hid:vvvv:pppp, hid:vvvv:pppp:serial nor hid+tcp://host:port`,
  );
}

function hostAndPort(match: RegExpExecArray | null): { host: string; port: number } | null {
  const port = Number(match?.[2]);
  return match?.[1] !== undefined && port > 0 && port < 65_536 ? { host: match[1], port } : null;
}
