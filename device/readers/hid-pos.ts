// Magnetic readers of the HID point-of-sale page 0x8E: where things lie is told by the report descriptor.
import {
  absentTrack,
  readTrack,
  readTrackStream,
  type TrackPlace,
  type TrackReadings,
} from './magnetic-track.ts';
import { findInput, type ReportLayout, type ReportPlace, readBits } from './report-descriptor.ts';
import { StripeReportFraming } from './stripe-report.ts';
import { addSwipe, type PaymentCards } from './stripe-swipe.ts';

/** HID Point of Sale Usage Tables 1.02; the Japanese track is passed over. */
const magneticPage = 0x8e;
const trackLength = { 1: 0x11, 2: 0x12, 3: 0x13 } as const;
const allTracksData = 0x20;
const trackData = { 1: 0x21, 2: 0x22, 3: 0x23 } as const;

/** @returns null when a device with this layout is no magnetic reader of this page */
export function makeHidPosFraming(
  layout: ReportLayout,
  paymentCards: PaymentCards,
): StripeReportFraming | null {
  const lengths = placesOf(layout, trackLength);
  const data = placesOf(layout, trackData);
  const all = findInput(layout, magneticPage, allTracksData);
  const first = data[2] ?? data[1] ?? data[3] ?? all;
  if (!first) return null;
  const fields = Object.values(data).filter((place) => place !== null);
  const isWhole = [first, ...fields].every((place) => place.bitSize === 8 && place.bitOffset % 8 === 0);
  // a swipe that is spread over several reports would need to know which of them comes last
  const isTogether = [...fields, ...Object.values(lengths)].every(
    (place) => !place || place.reportId === first.reportId,
  );
  if (!isWhole || !isTogether) return null;
  const read = first === all ? readTogether(all, lengths) : readApart(data, lengths);
  return new StripeReportFraming(layout, first.reportId, (body, to) => {
    const tracks = read(body);
    if (tracks) addSwipe(to, tracks, paymentCards);
    else to.noiseBytes += body.length;
  });
}

type Places = Readonly<Record<TrackPlace, ReportPlace | null>>;
/** @returns null when a length does not fit: the report is none */
type ReadTracks = (body: Uint8Array) => TrackReadings | null;

/** Bytes past a track's length are left from cards before and are never looked at. */
function readApart(data: Places, lengths: Places): ReadTracks {
  const read = (body: Uint8Array, place: TrackPlace) => {
    const field = data[place];
    const length = field ? lengthIn(body, lengths[place], field.count) : 0;
    if (!field || length === 0) return absentTrack;
    return length <= field.count ? readTrack(bytesOf(body, field, length), place) : null;
  };
  return (body) => {
    const [track1, track2, track3] = [read(body, 1), read(body, 2), read(body, 3)];
    return track1 && track2 && track3 && [track1, track2, track3];
  };
}

/** One field for all tracks, as long as their lengths together. */
function readTogether(all: ReportPlace, lengths: Places): ReadTracks {
  return (body) => {
    const total = ([1, 2, 3] as const).reduce((sum, place) => sum + lengthIn(body, lengths[place], 0), 0);
    return total <= all.count ? readTrackStream(bytesOf(body, all, total)) : null;
  };
}

function placesOf(layout: ReportLayout, usages: Readonly<Record<TrackPlace, number>>): Places {
  const find = (place: TrackPlace) => findInput(layout, magneticPage, usages[place]);
  return { 1: find(1), 2: find(2), 3: find(3) };
}

function lengthIn(body: Uint8Array, place: ReportPlace | null, otherwise: number): number {
  return place ? readBits(body, place.bitOffset, place.bitSize) : otherwise;
}

function bytesOf(body: Uint8Array, field: ReportPlace, length: number): Uint8Array {
  const at = field.bitOffset / 8;
  return body.subarray(at, at + length);
}
