// MagTek's HID reports: swipe readers (337 bytes), insertion readers (338), and readers with MagnePrint, which encrypt.
import { GatheredReading } from './card-framing.ts';
import { findInput, type ReportLayout } from './report-descriptor.ts';
import { fixedTracks, readFixedTracks, StripeReportFraming } from './stripe-report.ts';
import { addSwipe, type PaymentCards } from './stripe-swipe.ts';

/** MagTek's vendor page and its usages (manuals 99875206 and 99875205). */
const magtekPage = 0xff00;
const track1DecodeStatus = 0x20;
/** one byte behind the tracks: bit 0 is set when the card went in, clear when it came out */
const cardStatusAt = fixedTracks.reportBytes;
const insertionReportBytes = cardStatusAt + 1;
const track2Data = 0x31;
/** readers with MagnePrint have tracks of 112 bytes, and the encrypted rest behind them */
const magnePrintTrack2At = 119;

/** @returns null when a device with this layout is no MagTek reader */
export function makeMagtekFraming(
  layout: ReportLayout,
  paymentCards: PaymentCards,
): StripeReportFraming | null {
  const place = findInput(layout, magtekPage, track1DecodeStatus);
  if (!place) return null;
  const isEncrypting = findInput(layout, magtekPage, track2Data)?.bitOffset === 8 * magnePrintTrack2At;
  const read = isEncrypting
    ? (_: Uint8Array, to: GatheredReading) => to.add('card-encrypted')
    : readerOf(layout.inputBytes.get(place.reportId) ?? 0, paymentCards);
  return read && new StripeReportFraming(layout, place.reportId, read);
}

function readerOf(bytes: number, paymentCards: PaymentCards): ReadSwipe | null {
  const readSwipe = (body: Uint8Array, to: GatheredReading) => {
    const tracks = readFixedTracks(body);
    if (tracks) addSwipe(to, tracks, paymentCards);
    else to.noiseBytes += body.length;
  };
  if (bytes === insertionReportBytes) return oncePerInsertion(readSwipe);
  return bytes === fixedTracks.reportBytes ? readSwipe : null;
}

type ReadSwipe = (body: Uint8Array, to: GatheredReading) => void;

/** A card is read on its way in and on its way out: the second time tells only what the first did not. */
function oncePerInsertion(readSwipe: ReadSwipe): ReadSwipe {
  let wayIn: GatheredReading | undefined;
  return (body, to) => {
    const isOut = ((body[cardStatusAt] ?? 0) & 1) === 0;
    const swipe = new GatheredReading();
    readSwipe(body, swipe);
    to.noiseBytes += swipe.noiseBytes;
    to.badChecksumBytes += swipe.badChecksumBytes;
    const told = isOut ? wayIn : undefined;
    for (const found of [...swipe.cards, ...swipe.unusable]) {
      if (!told) to.add(found);
      else if (told.cards.length === 0 && !told.unusable.some((why) => why === found)) to.add(found);
      else if (typeof found !== 'string') found.number.wipe();
    }
    wayIn = isOut ? undefined : swipe;
  };
}
