// The table of the readers that speak HID: which framing understands which device.
import type { BurstFraming } from './burst-framing.ts';
import { hasKeys } from './hid-keys.ts';
import { makeHidPosFraming } from './hid-pos.ts';
import { makeIdTechFraming } from './id-tech.ts';
import { KeyboardNumberFraming } from './keyboard-number.ts';
import { KeyboardStripeFraming } from './keyboard-stripe.ts';
import { makeMagtekFraming } from './magtek.ts';
import type { ReportLayout } from './report-descriptor.ts';
import type { PaymentCards } from './stripe-swipe.ts';
import type { TypedCardFormat } from './typed-number.ts';

/** What must be known of a HID reader to understand it. */
export type HidReaderKind =
  | {
      readonly kind: 'magtek' | 'id-tech' | 'hid-pos' | 'keyboard-stripe';
      readonly paymentCards: PaymentCards;
    }
  | ({ readonly kind: 'keyboard' } & TypedCardFormat);

/** @returns null when a device with this layout is no such reader */
export function makeHidFraming(settings: HidReaderKind, layout: ReportLayout): BurstFraming | null {
  switch (settings.kind) {
    case 'magtek':
      return makeMagtekFraming(layout, settings.paymentCards);
    case 'id-tech':
      return makeIdTechFraming(layout, settings.paymentCards);
    case 'hid-pos':
      return makeHidPosFraming(layout, settings.paymentCards);
    case 'keyboard-stripe':
      return hasKeys(layout) ? new KeyboardStripeFraming(layout, settings.paymentCards) : null;
    case 'keyboard':
      return hasKeys(layout) ? new KeyboardNumberFraming(layout, settings) : null;
  }
}
