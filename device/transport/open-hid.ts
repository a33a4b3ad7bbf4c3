// Opens the HID device that an address names.
import type { BytePortEvents, HidPort } from './byte-port.ts';
import type { HidAddress } from './device-address.ts';
import { type HidSurroundings, openHidPort, type SuitsHid } from './hid-port.ts';
import { openHidTcpPort } from './hid-tcp-port.ts';

/** Rejects with PortClosedError, `wrong-device` when what is there does not suit; aborting while opening is a rejection too. */
export function openHid(
  address: HidAddress,
  suits: SuitsHid,
  events: BytePortEvents,
  signal: AbortSignal,
  surroundings?: HidSurroundings,
): Promise<HidPort> {
  switch (address.kind) {
    case 'hid':
      return openHidPort(address, suits, events, signal, surroundings);
    case 'hid-tcp':
      return openHidTcpPort(address, suits, events, signal);
  }
}
