// Reads magnetic tracks as readers spell them in ASCII (ISO/IEC 7811-2 and -6, 7813, 4909, AAMVA). Makes no string of them.

export type TrackPlace = 1 | 2 | 3;

export type TrackFault =
  /** the reader itself says that it could not decode the track */
  'reader-error' | 'no-start' | 'no-end' | 'too-long' | 'bad-character' | 'bad-lrc';

export type TrackReading =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'fault';
      readonly fault: TrackFault;
      readonly bytes: number;
      /** not to be used as a card, only to tell a bank card whose track is too long; a view */
      readonly suspect?: Uint8Array;
    }
  | {
      readonly kind: 'track';
      /**
       * ASCII digits (track 1: letters too) before the first separator, a view of the bytes that were read: gone when
       * they are wiped. Null when nothing there could be a card's number.
       */
      readonly number: Uint8Array | null;
      /** track 1 of format B: its number is the one of track 2 by standard */
      readonly isFormatB: boolean;
    };

/** The readings of tracks 1, 2 and 3. */
export type TrackReadings = readonly [TrackReading, TrackReading, TrackReading];

export const absentTrack: TrackReading = { kind: 'absent' };

/**
 * One track that a reader tells apart itself.
 * @param bytes from the start sentinel on, with or without LRC, line ends behind it allowed; letters become capitals and
 * blanks inside a number go, in place
 */
export function readTrack(bytes: Uint8Array, place: TrackPlace): TrackReading {
  if (bytes.every(isFiller)) return absentTrack;
  return scanTrack(bytes, place).reading;
}

/**
 * Tracks in a row, as readers type them: `%…?` is track 1, the first `;…?` track 2, `+…?` or a second `;…?` or `%…?` track 3.
 * @param bytes changed in place as by `readTrack`
 */
export function readTrackStream(bytes: Uint8Array): TrackReadings {
  const found: [TrackReading, TrackReading, TrackReading] = [absentTrack, absentTrack, absentTrack];
  let at = 0;
  while (at < bytes.length) {
    const place = placeOf(bytes[at] ?? 0, found);
    if (!place) {
      at += 1;
      continue;
    }
    const { reading, length } = scanTrack(bytes.subarray(at), place);
    found[place - 1] = reading;
    at += length;
  }
  return found;
}

/** Does a track start with this byte? */
export function isStartSentinel(byte: number): boolean {
  return byte === percent || byte === semicolon || byte === plus;
}

/** With both sentinels and the LRC 79, 40 and 107 characters. */
const maxData: Readonly<Record<TrackPlace, number>> = { 1: 76, 2: 37, 3: 104 };
/** Banks with account numbers of 19 digits write longer ones: as far as a stripe of 85 mm goes, if the LRC proves them. */
const maxProvedData: Readonly<Record<TrackPlace, number>> = { 1: 98, 2: 47, 3: 104 };
/** A shorter number would be shown whole where only the last four digits may be. */
const minNumber = 5;

const percent = 0x25;
const plus = 0x2b;
const semicolon = 0x3b;
const equals = 0x3d;
const question = 0x3f;
const caret = 0x5e;
const blank = 0x20;
const letterE = 0x45;
const letterB = 0x42;

/** How a track's characters stand for bits: 7 bits a character with letters, or 5 bits with digits only. */
interface Alphabet {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly separator: number;
}
const withLetters: Alphabet = { first: 0x20, last: 0x5f, start: percent, separator: caret };
const digitsOnly: Alphabet = { first: 0x30, last: 0x3f, start: semicolon, separator: equals };

function placeOf(start: number, found: TrackReadings): TrackPlace | null {
  const isNew = (place: TrackPlace) => found[place - 1]?.kind === 'absent';
  if (start === percent && isNew(1) && isNew(2)) return 1;
  if (start === semicolon && isNew(2)) return 2;
  // a track 1 that comes behind track 2, as some readers are set up
  if (start === percent && isNew(1) && !isNew(2)) return 1;
  return isStartSentinel(start) && isNew(3) ? 3 : null;
}

function scanTrack(bytes: Uint8Array, place: TrackPlace): { reading: TrackReading; length: number } {
  makeCapitals(bytes);
  const alphabet = alphabetOf(bytes[0] ?? 0, place);
  if (!alphabet) return { reading: faultOf('no-start', bytes.length), length: bytes.length };
  const end = bytes.indexOf(question, 1);
  const stop = bytes
    .subarray(1, end < 0 ? bytes.length : end)
    .findIndex((byte) => isLineEnd(byte) || byte === alphabet.start);
  if (end < 0 || stop >= 0) {
    const length = stop >= 0 ? stop + 1 : bytes.length;
    return { reading: faultOf('no-end', length), length };
  }
  const data = bytes.subarray(1, end);
  const lrc = lrcOf(data, alphabet);
  const hasLrc = isLrcThere(bytes, end + 1, lrc);
  const length = end + (hasLrc ? 2 : 1);
  const isProved = hasLrc && bytes[end + 1] === lrc;
  const fault = faultIn(data, alphabet) ?? (hasLrc && !isProved ? 'bad-lrc' : undefined);
  if (fault) return { reading: faultOf(fault, length), length };
  const isTooLong = data.length > (isProved ? maxProvedData : maxData)[place];
  const reading = numberOf(data, alphabet, place);
  if (!isTooLong) return { reading, length };
  const suspect = (reading.kind === 'track' && reading.number) || undefined;
  return { reading: { ...faultOf('too-long', length), ...(suspect && { suspect }) }, length };
}

function alphabetOf(start: number, place: TrackPlace): Alphabet | null {
  if (start === percent) return place === 2 ? null : withLetters;
  if (start === semicolon) return place === 1 ? null : digitsOnly;
  return start === plus && place === 3 ? digitsOnly : null;
}

function faultIn(data: Uint8Array, alphabet: Alphabet): TrackFault | undefined {
  if (data.length === 1 && data[0] === letterE) return 'reader-error';
  const isStrange = data.some((byte) => byte < alphabet.first || byte > alphabet.last);
  return isStrange ? 'bad-character' : undefined;
}

/**
 * Readers usually keep the LRC to themselves. A sentinel behind the end starts the next track, unless it is what the
 * LRC must be and the track after it starts there, or nothing.
 */
function isLrcThere(bytes: Uint8Array, at: number, lrc: number): boolean {
  const byte = bytes[at];
  if (byte === undefined || isFiller(byte)) return false;
  if (!isStartSentinel(byte)) return true;
  const next = bytes[at + 1];
  return byte === lrc && (next === undefined || isFiller(next) || isStartSentinel(next));
}

/** ISO/IEC 7811: even parity over each data bit of all characters, both sentinels included; its own parity bit stands apart. */
function lrcOf(data: Uint8Array, { first, start }: Alphabet): number {
  const sum = data.reduce((lrc, byte) => lrc ^ (byte - first), (start - first) ^ (question - first));
  return first + sum;
}

function numberOf(data: Uint8Array, alphabet: Alphabet, place: TrackPlace): TrackReading {
  const separator = data.indexOf(alphabet.separator);
  const length = closeUp(data.subarray(0, separator < 0 ? data.length : separator));
  const spelt = data.subarray(0, length);
  const behindFormat = spelt.subarray(1);
  const hasFormat =
    place === 1 && isLetter(spelt[0] ?? 0) && behindFormat.length > 0 && behindFormat.every(isDigit);
  const number = hasFormat ? behindFormat : spelt;
  const mayHaveLetters = alphabet === withLetters && place === 1;
  const isNumber =
    number.length >= minNumber && number.every((byte) => isDigit(byte) || (mayHaveLetters && isLetter(byte)));
  return {
    kind: 'track',
    number: isNumber ? number : null,
    isFormatB: isNumber && hasFormat && spelt[0] === letterB,
  };
}

/** Some banks group the digits of track 1 by blanks. @returns how many bytes remain */
function closeUp(bytes: Uint8Array): number {
  let length = 0;
  for (const byte of bytes) {
    if (byte !== blank) bytes[length++] = byte;
  }
  return length;
}

function faultOf(fault: TrackFault, bytes: number) {
  return { kind: 'fault', fault, bytes } as const;
}

/** Caps Lock turns the letters of readers that type. */
function makeCapitals(bytes: Uint8Array): void {
  for (const [index, byte] of bytes.entries()) {
    if (byte >= 0x61 && byte <= 0x7a) bytes[index] = byte - 0x20;
  }
}

function isFiller(byte: number): boolean {
  return byte === 0 || isLineEnd(byte);
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0d || byte === 0x0a || byte === 0x09;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}
