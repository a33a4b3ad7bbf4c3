// Opens the byte port that an address names.
import type { BytePort, BytePortEvents } from './byte-port.ts';
import type { DeviceAddress } from './device-address.ts';
import { openSerialPort } from './serial-port.ts';
import { openTcpPort } from './tcp-port.ts';
import { openUsbPrinterPort, type UsbPlaces } from './usb-printer-port.ts';

/** Rejects with PortClosedError; aborting while opening is a rejection too. */
export function openBytePort(
  address: DeviceAddress,
  events: BytePortEvents,
  signal: AbortSignal,
  usb?: UsbPlaces,
): Promise<BytePort> {
  switch (address.kind) {
    case 'tcp':
      return openTcpPort(address, events, signal);
    case 'serial':
      return openSerialPort(address, events, signal);
    case 'usb':
    case 'usb-node':
      return openUsbPrinterPort(address, events, signal, usb);
  }
}
