// Framing of magnetic readers that send one HID report per swipe.
import type { BurstFraming } from './burst-framing.ts';
import { type CardReading, GatheredReading } from './card-framing.ts';
import {
  absentTrack,
  readTrack,
  type TrackPlace,
  type TrackReading,
  type TrackReadings,
} from './magnetic-track.ts';
import { ReportAssembly } from './report-assembly.ts';
import type { ReportLayout } from './report-descriptor.ts';

export class StripeReportFraming implements BurstFraming {
  /** a report of 500 bytes needs eight packets, 10 ms apart at worst */
  readonly pauseMs = 200;
  readonly #reportId: number;
  readonly #isNumbered: boolean;
  readonly #assembly: ReportAssembly;
  readonly #read: (body: Uint8Array, reading: GatheredReading) => void;

  /**
   * @param reportId the report that swipes come in; others are not for us
   * @param read gets the report behind its number and keeps nothing of it: it is overwritten
   */
  constructor(
    layout: ReportLayout,
    reportId: number,
    read: (body: Uint8Array, reading: GatheredReading) => void,
  ) {
    this.#reportId = reportId;
    this.#isNumbered = layout.isNumbered;
    this.#assembly = new ReportAssembly((layout.inputBytes.get(reportId) ?? 0) + (layout.isNumbered ? 1 : 0));
    this.#read = read;
  }

  get burstLength(): number {
    return this.#assembly.length;
  }

  push(packet: Uint8Array): CardReading {
    const reading = new GatheredReading();
    if (packet.length === 0) return reading;
    if (this.#isNumbered && this.#assembly.length === 0 && packet[0] !== this.#reportId) {
      reading.noiseBytes += packet.length;
      return reading;
    }
    const lost = this.#assembly.push(packet, (report) =>
      this.#read(this.#isNumbered ? report.subarray(1) : report, reading),
    );
    reading.noiseBytes += lost;
    return reading;
  }

  pause(): CardReading {
    const reading = new GatheredReading();
    reading.noiseBytes = this.#assembly.discard();
    // somebody did swipe
    if (reading.noiseBytes > 0) reading.add('card-unreadable');
    return reading;
  }
}

/** The layout that MagTek began and others copied: status and length of each track, then three fields of fixed size. */
export const fixedTracks = {
  reportBytes: 337,
  statusAt: 0,
  lengthsAt: 3,
  encodeTypeAt: 6,
  dataAt: 7,
  trackBytes: 110,
} as const;

/**
 * Bytes past a track's length are left from cards before and are never looked at.
 * @returns null when a length does not fit: the report is none
 */
export function readFixedTracks(body: Uint8Array): TrackReadings | null {
  const { statusAt, lengthsAt, dataAt, trackBytes } = fixedTracks;
  const tooLong = [0, 1, 2].some((n) => (body[lengthsAt + n] ?? 0) > trackBytes);
  if (tooLong) return null;
  const read = (place: TrackPlace): TrackReading => {
    const n = place - 1;
    const length = body[lengthsAt + n] ?? 0;
    if (((body[statusAt + n] ?? 0) & 1) !== 0) return { kind: 'fault', fault: 'reader-error', bytes: length };
    const at = dataAt + n * trackBytes;
    return length === 0 ? absentTrack : readTrack(body.subarray(at, at + length), place);
  };
  return [read(1), read(2), read(3)];
}
