// Opens the reader that the settings name.
import type { CardReader, CardReaderEvents } from './card-reader.ts';
import { openHidCardReader } from './hid-card-reader.ts';
import { openLineCardReader } from './line-card-reader.ts';
import type { HidReaderKind } from './readers/hid-framings.ts';
import { Pn532Framing } from './readers/pn532.ts';
import { Rdm6300Framing } from './readers/rdm6300.ts';
import { WiegandFraming } from './readers/wiegand.ts';

/** `at` is a device address; see `transport/device-address.ts`. */
export type ReaderSettings =
  | { readonly kind: 'rdm6300' | 'pn532'; readonly at: string }
  | { readonly kind: 'wiegand'; readonly at: string; readonly technology: 'em4100' | 'iso14443' }
  | (HidReaderKind & { readonly at: string });

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
  switch (settings.kind) {
    case 'rdm6300':
      return openLineCardReader(
        { ...limits, at: settings.at, makeFraming: () => new Rdm6300Framing() },
        events,
      );
    case 'pn532': {
      const at = atUsualBaudRate(settings.at, 115_200);
      return openLineCardReader({ ...limits, at, makeFraming: () => new Pn532Framing() }, events);
    }
    case 'wiegand': {
      const makeFraming = () => new WiegandFraming(settings.technology);
      return openLineCardReader({ ...limits, at: settings.at, makeFraming }, events);
    }
    case 'magtek':
    case 'id-tech':
    case 'hid-pos':
    case 'keyboard':
    case 'keyboard-stripe':
      return openHidCardReader({ ...limits, at: settings.at, reader: settings }, events);
  }
}

/** An address that does not say how fast its line is means the module's own speed. */
function atUsualBaudRate(at: string, baudRate: number): string {
  return at.startsWith('serial:') && !at.includes('?') ? `${at}?baud=${baudRate}` : at;
}
