// The protocols of readers on a line, as the fuzzer knows them.
import { Pn532Framing } from '../../device/readers/pn532.ts';
import { Rdm6300Framing } from '../../device/readers/rdm6300.ts';
import { WiegandFraming } from '../../device/readers/wiegand.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { pn532TargetAnswer } from '../simulators/readers/pn532-reader.ts';
import { wiegandLine } from '../simulators/readers/wiegand-reader.ts';
import type { FuzzedFraming } from './fuzz-framing.ts';
import type { Seeded } from './seeded.ts';

const hexOf = (random: Seeded, bytes: number): string =>
  Array.from({ length: bytes }, () => random.int(256).toString(16).padStart(2, '0')).join('');

export const rdm6300: FuzzedFraming = {
  name: 'rdm6300',
  make: () => new Rdm6300Framing(),
  frame: (random) => rdm6300Frame(hexOf(random, 5)),
  stoodIn: (stream, card) => stream.includes(rdm6300Frame(card)),
};

const pn532: FuzzedFraming = {
  name: 'pn532',
  make: () => {
    const framing = new Pn532Framing();
    framing.ask();
    return framing;
  },
  frame: (random) => pn532TargetAnswer(Buffer.from(hexOf(random, random.pick([4, 7, 10])), 'hex')),
  stoodIn: (stream, card) => {
    const uid = Buffer.from(card, 'hex');
    for (let at = stream.indexOf(uid); at >= 0; at = stream.indexOf(uid, at + 1)) {
      // backwards from the UID: its length, SEL_RES, SENS_RES, number, count, 4B, D5, LCS, LEN, FF, 00
      const body = at - 8;
      const [zero, start, size = 0, check = 0, from, answer, targets] = stream.subarray(body - 4);
      const isFramed = zero === 0 && start === 0xff && ((size + check) & 0xff) === 0;
      const isAnswer = from === 0xd5 && answer === 0x4b && targets === 1 && stream[at - 1] === uid.length;
      const sum = stream.subarray(body, body + size + 1).reduce((total, byte) => total + byte, 0);
      if (body >= 4 && isFramed && isAnswer && (sum & 0xff) === 0) return true;
    }
    return false;
  },
};

const wiegand = (technology: 'em4100' | 'iso14443', style: 'bits' | 'hex'): FuzzedFraming => ({
  name: `wiegand ${technology} ${style}`,
  make: () => new WiegandFraming(technology),
  frame: (random) => wiegandLine(hexOf(random, random.pick([3, 4])), style),
  stoodIn: (stream, card) => {
    const text = stream.toString('latin1').replaceAll('\x02', '\n').replaceAll('\x03', '\n');
    const lines = text.split(/[\r\n]/);
    const bits = wiegandLine(card).toString('latin1').trim();
    return lines.slice(0, -1).some((line) => line === bits || line.toUpperCase() === card);
  },
});

export const lineFramings: readonly FuzzedFraming[] = [
  rdm6300,
  pn532,
  wiegand('em4100', 'bits'),
  wiegand('iso14443', 'hex'),
];
