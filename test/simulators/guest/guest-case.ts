// What the guest's cases have in common: how each is told, how it waits, and the reader that it tries.
import type { CardReader } from '../../../device/card-reader.ts';
import type { DeviceState } from '../../../device/device-state.ts';
import { openCardReader, type ReaderSettings } from '../../../device/open-card-reader.ts';
import type { PrinterState } from '../../../device/receipt-printer.ts';

/** One line of output each, as JSON. */
export interface GuestCase {
  readonly name: string;
  readonly isOk: boolean;
  /** why not */
  readonly why?: string;
  /** how long the device took from its plug to ready, longest of all times */
  readonly readyMs?: number;
}

/** What can be tried besides the readers, in this order; `converter` and `udev` need a wired guest. */
export const guestGroups = ['printer', 'hindered', 'composite', 'converter', 'doctor', 'udev'] as const;
export type GuestGroup = (typeof guestGroups)[number];

/** Kernel modules of the devices that are made in the guest. */
export const guestModules = [
  'libcomposite',
  'usb_f_printer',
  'usb_f_hid',
  'usb_f_mass_storage',
  'usb-storage',
  'ftdi_sio',
] as const;

export const retry = { retryMinMs: 250, retryMaxMs: 5_000 };
// what takes a second on a free machine may take long where many builds share two cores
const patienceMs = 60_000;

/** Runs one case and tells how it went. @param run resolves with the milliseconds from plug to ready, where it plugs */
export async function tell(name: string, run: () => Promise<number | undefined>): Promise<void> {
  let told: GuestCase;
  try {
    const readyMs = await run();
    told = { name, isOk: true, ...(readyMs === undefined ? {} : { readyMs }) };
  } catch (error) {
    told = { name, isOk: false, why: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** @param what is asked when it did not come true in time, for the Error's message */
export async function until(isSo: () => boolean, what: string | (() => string)): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > endsAt)
      throw new Error(`${typeof what === 'string' ? what : what()}: not within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** @param said gets the number of each card, or why it cannot be used */
export function openReader(settings: ReaderSettings, said: string[]): CardReader {
  return openCardReader(
    settings,
    { cardAbsenceMs: 50, ...retry },
    {
      onRead: ({ number }) => {
        said.push(number.use((canonical) => Buffer.from(canonical).toString('latin1')));
      },
      onUnusable: (why) => said.push(why),
      onState: () => undefined,
      onNoise: () => undefined,
    },
  );
}

/** `ready`, or the code of what is amiss. */
export function told(state: DeviceState | PrinterState): string {
  return 'code' in state ? state.code : state.kind;
}

export function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
