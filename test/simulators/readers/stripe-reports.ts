// Builds the reports that magnetic readers send; a report keeps what was in it before, as real ones do.
import { hidPosPlaces } from './hid-descriptors.ts';

/** Tracks as readers spell them; '' = the card has none, `error` = the reader could not decode it. */
export interface StripeTracks {
  readonly 1?: string;
  readonly 2?: string;
  readonly 3?: string;
}
export const decodeError = 'error';
const places = [1, 2, 3] as const;

/** Adds the LRC of ISO/IEC 7811 behind the end sentinel. */
export function withLrc(track: string): string {
  const first = track.startsWith('%') ? 0x20 : 0x30;
  const sum = Array.from(track).reduce((lrc, character) => lrc ^ (character.charCodeAt(0) - first), 0);
  return track + String.fromCharCode(first + sum);
}

export function magtekReport(tracks: StripeTracks, into: Buffer = Buffer.alloc(337), encodeType = 0): Buffer {
  into[6] = encodeType;
  for (const place of places) {
    const track = tracks[place] ?? '';
    const isError = track === decodeError;
    into[place - 1] = isError ? 1 : 0;
    into[place + 2] = isError ? 0 : track.length;
    if (!isError) into.write(track, 7 + (place - 1) * 110, 'latin1');
  }
  return into;
}

/** @param isIn the card goes in; else it comes out */
export function insertionReport(tracks: StripeTracks, isIn: boolean): Buffer {
  const report = magtekReport(tracks, Buffer.alloc(338));
  report[337] = isIn ? 1 : 0;
  return report;
}

export function idTechReport(tracks: StripeTracks, into: Buffer = Buffer.alloc(509), encodeType = 0): Buffer {
  into[6] = encodeType;
  let output = '';
  for (const place of places) {
    const track = tracks[place] ?? '';
    const isError = track === decodeError;
    into[place - 1] = isError ? 1 : 0;
    into[place + 2] = isError ? 0 : track.length;
    if (!isError && track !== '') output += `${track}\r`;
  }
  into.writeUInt16LE(output.length, 7);
  into.write(output, 9, 'latin1');
  return into;
}

export function hidPosReport(
  tracks: StripeTracks,
  into: Buffer = Buffer.alloc(1 + hidPosPlaces.bytes),
): Buffer {
  into[0] = hidPosPlaces.reportId;
  for (const place of places) {
    const track = tracks[place] ?? '';
    into[1 + hidPosPlaces.lengths[place]] = track === decodeError ? 0 : track.length;
    if (track !== decodeError) into.write(track, 1 + hidPosPlaces.data[place], 'latin1');
  }
  return into;
}
