// Opens the reader that the settings name.
import type { CardReader, CardReaderEvents } from './card-reader.ts';
import { DeviceError } from './device-error.ts';
import { openSerialCardReader } from './serial-card-reader.ts';

/** What a proximity reader's digits mean. */
export interface TypedCardFormat {
  readonly technology: 'em4100' | 'iso14443';
  readonly format: '10H' | '8H10D' | '6H8D' | '2H4H' | '4H4H' | '10D';
  /** `reversed`: the reader says the lowest byte first */
  readonly byteOrder: 'straight' | 'reversed';
}

/** `at` is a device address; see `transport/device-address.ts`. */
export type ReaderSettings =
  | { readonly kind: 'rdm6300' | 'pn532'; readonly at: string }
  | { readonly kind: 'wiegand'; readonly at: string; readonly technology: 'em4100' | 'iso14443' }
  | {
      readonly kind: 'magtek' | 'id-tech' | 'hid-pos' | 'keyboard-stripe';
      readonly at: string;
      readonly paymentCards: 'refuse' | 'token';
    }
  | ({ readonly kind: 'keyboard'; readonly at: string } & TypedCardFormat);

export interface ReaderLimits {
  /** a card must be away this long before it counts again */
  readonly cardAbsenceMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

/**
 * Starts opening at once; events come later, never from inside this call.
 * @throws DeviceError device-address-bad
 */
export function openCardReader(
  settings: ReaderSettings,
  limits: ReaderLimits,
  events: CardReaderEvents,
): CardReader {
  if (settings.kind === 'rdm6300') return openSerialCardReader({ at: settings.at, ...limits }, events);
  throw new DeviceError('reader-setting-wrong', `${settings.kind} is no reader that this version can open`);
}
