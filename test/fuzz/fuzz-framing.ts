// Throws right, spoiled and random bytes at a card framing, cut anywhere, and judges every card that comes out.
import type { CardFraming, PolledCardFraming } from '../../device/readers/card-framing.ts';
import { cardDigits } from '../device/readers/card-digits.ts';
import { type Seeded, seeded } from './seeded.ts';

/** A protocol, told a second time by whoever tests it: how cards are written, and where they stand. */
export interface FuzzedFraming {
  readonly name: string;
  /** one that is ready to hear of cards */
  make(): CardFraming | PolledCardFraming;
  /** a right frame of some card */
  frame(random: Seeded): Buffer;
  /** Does a right frame of this card (canonical digits) stand in these bytes, which are all that the framing got? */
  stoodIn(stream: Buffer, card: string): boolean;
}

export interface FuzzResult {
  readonly frames: number;
  readonly bytes: number;
  /** cards that were accepted and stood there */
  readonly right: number;
  /** what must not be, each with the round that shows it again: `seed` and round make the same bytes */
  readonly faults: readonly string[];
}

const framesPerRound = 12;

/** @param frames how many frames to throw; a tenth is right, the rest spoiled, cut off, flipped, or no frame at all */
export function fuzzFraming(fuzzed: FuzzedFraming, seed: number, frames: number): FuzzResult {
  const faults: string[] = [];
  let bytes = 0;
  let right = 0;
  const rounds = Math.ceil(frames / framesPerRound);
  for (let round = 0; round < rounds && faults.length < 10; round += 1) {
    const random = seeded(seed + round);
    const stream = Buffer.concat(Array.from({ length: framesPerRound }, () => someBytes(fuzzed, random)));
    bytes += stream.length;
    try {
      const cards = readAll(fuzzed.make(), inPieces(stream, random));
      const invented = cards.filter((card) => !fuzzed.stoodIn(stream, card));
      right += cards.length - invented.length;
      if (invented.length > 0) faults.push(`${fuzzed.name}, round ${round}: a card that stood nowhere`);
      const whole = fuzzed.make();
      // a reader that is asked hears one answer a question: how it is cut decides which
      if (!('ask' in whole) && readAll(whole, [stream]).join() !== cards.join())
        faults.push(`${fuzzed.name}, round ${round}: says another thing in other pieces`);
    } catch (error) {
      faults.push(`${fuzzed.name}, round ${round}: threw ${String(error)}`);
    }
  }
  return { frames: rounds * framesPerRound, bytes, right, faults };
}

function someBytes(fuzzed: FuzzedFraming, random: Seeded): Buffer {
  const kind = random.int(10);
  if (kind === 0) return random.bytes(60);
  const frame = fuzzed.frame(random);
  if (kind === 1) return frame;
  if (kind < 4) return flipped(frame, random);
  if (kind < 6) return frame.subarray(random.int(frame.length));
  return random.spoil(frame);
}

function flipped(frame: Buffer, random: Seeded): Buffer {
  const wrong = Buffer.from(frame);
  for (let bits = 1 + random.int(2); bits > 0; bits -= 1) {
    const at = random.int(wrong.length);
    wrong[at] = (wrong[at] ?? 0) ^ (1 << random.int(8));
  }
  return wrong;
}

function inPieces(stream: Buffer, random: Seeded): Buffer[] {
  const pieces: Buffer[] = [];
  const longest = random.pick([1, 5, 40, 400]);
  for (let at = 0; at < stream.length; ) {
    const next = at + 1 + random.int(longest);
    pieces.push(stream.subarray(at, next));
    at = next;
  }
  return pieces;
}

function readAll(framing: CardFraming | PolledCardFraming, pieces: readonly Buffer[]): string[] {
  return pieces.flatMap((piece) => {
    if ('ask' in framing && framing.isIdle) framing.ask();
    return framing.push(piece).cards.map(({ number }) => cardDigits(number));
  });
}
