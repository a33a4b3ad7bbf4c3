// Hostile bytes into every reader and into what printers answer: what is accepted must have stood there, whole and right.

import { PrinterReplies } from '../../device/printers/printer-replies.ts';
import type { CardReading } from '../../device/readers/card-framing.ts';
import { GatheredReading } from '../../device/readers/card-framing.ts';
import { proximityCard } from '../../device/readers/proximity-card.ts';
import { type FuzzedFraming, fuzzFraming } from '../fuzz/fuzz-framing.ts';
import { hidFramings } from '../fuzz/hid-framings.ts';
import { lineFramings, rdm6300 } from '../fuzz/line-framings.ts';
import { seeded } from '../fuzz/seeded.ts';

export interface ReaderProof {
  readonly ok: boolean;
  readonly frames: number;
  readonly bytes: number;
  /** cards and proofs that were accepted and had been sent */
  readonly right: number;
  readonly wrong: number;
  readonly faults: readonly string[];
  readonly control: { readonly wrong: number; readonly frames: number; readonly mustLose: true };
}

/** @param frames over all protocols together */
export function proveReaders(seed: number, frames: number, onProgress = (_: string) => {}): ReaderProof {
  const all = [...lineFramings, ...hidFramings];
  const each = Math.ceil(frames / (all.length + 1));
  const results = all.map((fuzzed) => {
    onProgress(fuzzed.name);
    return fuzzFraming(fuzzed, seed, each);
  });
  onProgress('printer replies');
  results.push(fuzzReplies(seed, each));
  const control = fuzzFraming(trusting, seed, 12_000);
  const faults = results.flatMap((result) => result.faults);
  const sum = (figure: 'frames' | 'bytes' | 'right') =>
    results.reduce((total, result) => total + result[figure], 0);
  return {
    ok: faults.length === 0 && sum('right') > 0 && control.faults.length > 0,
    frames: sum('frames'),
    bytes: sum('bytes'),
    right: sum('right'),
    wrong: faults.length,
    faults,
    control: { wrong: control.faults.length, frames: control.frames, mustLose: true },
  };
}

const framesPerRound = 12;

/** Proofs, states and counters among noise; a proof that is told must stand there in one piece. */
function fuzzReplies(seed: number, frames: number) {
  const faults: string[] = [];
  let bytes = 0;
  let right = 0;
  const rounds = Math.ceil(frames / framesPerRound);
  for (let round = 0; round < rounds && faults.length < 10; round += 1) {
    const random = seeded(seed + round);
    const stream = Buffer.concat(
      Array.from({ length: framesPerRound }, () => {
        const proof = Buffer.from(`7"${String(random.int(10_000)).padStart(4, '0')}\0`, 'latin1');
        return random.pick([
          proof,
          random.spoil(proof),
          proof.subarray(random.int(proof.length)),
          random.spoil(Buffer.from(`_${random.int(100_000)}\0`, 'latin1')),
          Buffer.of(0x12, 0x16, 0x12, 0x72),
          Buffer.of(0x10, random.int(128), random.int(128), random.int(128)),
          random.bytes(20),
        ]);
      }),
    );
    bytes += stream.length;
    try {
      for (const reply of new PrinterReplies().push(stream)) {
        if (reply.kind !== 'proof') continue;
        if (stream.includes(Buffer.from(`7"${reply.digits}\0`, 'latin1'))) right += 1;
        else faults.push(`printer replies, round ${round}: a proof that stood nowhere`);
      }
    } catch (error) {
      faults.push(`printer replies, round ${round}: threw ${String(error)}`);
    }
  }
  return { frames: rounds * framesPerRound, bytes, right, faults };
}

/** The control: takes any ten hex digits between STX and ETX for a card, as code in the wild does. */
const trusting: FuzzedFraming = {
  ...rdm6300,
  name: 'an RDM6300 reader that does not check',
  make: () => {
    let held = '';
    return {
      push: (chunk): CardReading => {
        const reading = new GatheredReading();
        held = (held + Buffer.from(chunk).toString('latin1')).slice(-200);
        for (;;) {
          const at = held.indexOf('\u0002');
          if (at < 0 || held.length < at + 14) return reading;
          const digits = held.slice(at + 1, at + 13);
          held = held.slice(at + 1);
          if (/^[0-9A-F]{12}$/.test(digits)) {
            reading.add(proximityCard('em4100', Buffer.from(digits.slice(0, 10), 'hex')));
          }
        }
      },
    };
  },
};
