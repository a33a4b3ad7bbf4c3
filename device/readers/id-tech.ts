// ID TECH's HID reports: its copy of MagTek's layout, and its own (MiniMag, SecureMag).
import type { GatheredReading } from './card-framing.ts';
import { readTrackStream, type TrackReading } from './magnetic-track.ts';
import type { ReportLayout } from './report-descriptor.ts';
import { fixedTracks, readFixedTracks, StripeReportFraming } from './stripe-report.ts';
import { addSwipe, type PaymentCards } from './stripe-swipe.ts';

/** the number differs from MagTek's: 4 says that every track is encrypted */
const rawEncodeType = 4;
/** The encrypting mode of newer models frames its own way: STX, a length of two bytes, and a type with the high bit set. */
const stx = 0x02;
const encryptedTypeAt = 3;
const encryptedType = 0x80;
/** the low byte first */
const totalLengthAt = 7;
const outputAt = 9;
/** MiniMag and SecureMag have room for 500 bytes, SecureHead for 512 */
const leastOutput = 500;
const vendorPages = 0xff00;

/** @returns null when a device with this layout is no ID TECH reader */
export function makeIdTechFraming(
  layout: ReportLayout,
  paymentCards: PaymentCards,
): StripeReportFraming | null {
  for (const [reportId, bytes] of layout.inputBytes) {
    const isVendors = layout.inputs.some(
      (field) => field.reportId === reportId && field.application.page >= vendorPages,
    );
    if (!isVendors) continue;
    if (bytes === fixedTracks.reportBytes)
      return new StripeReportFraming(layout, reportId, (body, to) => readFixed(body, to, paymentCards));
    if (bytes >= outputAt + leastOutput)
      return new StripeReportFraming(layout, reportId, (body, to) => readOwn(body, to, paymentCards));
  }
  return null;
}

function readFixed(body: Uint8Array, to: GatheredReading, paymentCards: PaymentCards): void {
  const tracks = readFixedTracks(body);
  if (isEncrypted(body)) to.add('card-encrypted');
  else if (!tracks) to.noiseBytes += body.length;
  else addSwipe(to, tracks, paymentCards);
}

/** The reader may be set up to add characters around the tracks, so the sentinels and not the lengths tell them apart. */
function readOwn(body: Uint8Array, to: GatheredReading, paymentCards: PaymentCards): void {
  if (isEncrypted(body)) {
    to.add('card-encrypted');
    return;
  }
  const total = (body[totalLengthAt] ?? 0) + 256 * (body[totalLengthAt + 1] ?? 0);
  const { lengthsAt, statusAt } = fixedTracks;
  const ofTracks = [0, 1, 2].reduce((sum, n) => sum + (body[lengthsAt + n] ?? 0), 0);
  if (total > body.length - outputAt || total < ofTracks) {
    to.noiseBytes += body.length;
    return;
  }
  const read = readTrackStream(body.subarray(outputAt, outputAt + total));
  const orError = (n: 0 | 1 | 2): TrackReading =>
    ((body[statusAt + n] ?? 0) & 1) === 0 ? read[n] : { kind: 'fault', fault: 'reader-error', bytes: 0 };
  addSwipe(to, [orError(0), orError(1), orError(2)], paymentCards);
}

function isEncrypted(body: Uint8Array): boolean {
  const isFramed = body[0] === stx && ((body[encryptedTypeAt] ?? 0) & encryptedType) !== 0;
  return isFramed || body[fixedTracks.encodeTypeAt] === rawEncodeType;
}
