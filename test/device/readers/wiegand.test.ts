// Wiegand lines of a serial converter: parities, both lengths, both spellings, and noise.
import { describe, expect, it } from 'vitest';
import { WiegandFraming } from '../../../device/readers/wiegand.ts';
import { wiegandLine } from '../../simulators/readers/wiegand-reader.ts';
import { cardDigits } from './card-digits.ts';

const bits26 = '00110111101101100001110101';
const read = (...texts: readonly (string | Uint8Array)[]) => readAs('em4100', ...texts);
const readAs = (technology: 'em4100' | 'iso14443', ...texts: readonly (string | Uint8Array)[]) => {
  const framing = new WiegandFraming(technology);
  const readings = texts.map((text) => framing.push(Buffer.from(text as string)));
  return {
    cards: readings.flatMap(({ cards }) => cards.map((c) => `${cardDigits(c.number)}/${c.bits}`)),
    unusable: readings.flatMap(({ unusable }) => unusable),
    noise: readings.reduce((sum, { noiseBytes }) => sum + noiseBytes, 0),
    bad: readings.reduce((sum, { badChecksumBytes }) => sum + badChecksumBytes, 0),
  };
};
const nothing = { cards: [], unusable: [], noise: 0, bad: 0 };

describe('WiegandFraming', () => {
  it('C32 reads 26 bits as 111/27706 and the simulated reader says the same', () => {
    expect(read(`${bits26}\r\n`)).toEqual({ ...nothing, cards: ['6F6C3A/24'] });
    expect(0x6f).toBe(111);
    expect(0x6c3a).toBe(27_706);
    expect(wiegandLine('6F6C3A').toString()).toBe(`${bits26}\r\n`);
  });

  it.each([...bits26].map((_, bit) => bit))('C32 refuses it with bit %i flipped', (bit) => {
    const flipped = [...bits26].map((b, at) => (at === bit ? 1 - Number(b) : b)).join('');
    expect(read(`${flipped}\r`)).toEqual({ ...nothing, bad: 26 });
  });

  it('C32 reads 34 bits, and refuses them with any bit flipped', () => {
    const line = wiegandLine('026F6C3A');
    expect(read(line)).toEqual({ ...nothing, cards: ['026F6C3A/32'] });
    for (let bit = 0; bit < 34; bit += 1) {
      const flipped = Buffer.from(line);
      flipped[bit] = (flipped[bit] ?? 0) ^ 1;
      expect(read(flipped)).toEqual({ ...nothing, bad: 34 });
    }
  });

  it('C32 reads the digits of a converter that checks the parities itself', () => {
    expect(read('6F6C3A\r\n')).toEqual({ ...nothing, cards: ['6F6C3A/24'] });
    expect(read('\x02026f6c3a\x03')).toEqual({ ...nothing, cards: ['026F6C3A/32'] });
  });

  it('any one flipped bit of a line’s bytes is no other card', () => {
    const line = wiegandLine('6F6C3A');
    for (let bit = 0; bit < (line.length - 1) * 8; bit += 1) {
      const flipped = Buffer.from(line);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(read(flipped, '\r\n').cards.filter((card) => card !== '6F6C3A/24')).toEqual([]);
    }
  });

  it('C31 C34 a random UID is no key, zeros are no card, leading zeros are kept', () => {
    expect(readAs('iso14443', wiegandLine('08A1B2C3')).unusable).toEqual(['card-random-id']);
    expect(readAs('em4100', wiegandLine('08A1B2C3')).cards).toEqual(['08A1B2C3/32']);
    expect(read(wiegandLine('000000'))).toMatchObject({ cards: [], unusable: ['card-unreadable'] });
    expect(read(wiegandLine('000001')).cards).toEqual(['000001/24']);
  });

  it('counts what is no line, joins pieces, and goes on', () => {
    expect(read('hello\r\n', bits26.slice(0, 9), `${bits26.slice(9)}\r`)).toMatchObject({
      cards: ['6F6C3A/24'],
      noise: 5,
    });
    expect(read(`${bits26.slice(1)}\r\n`, `0${bits26}\r\n`)).toEqual({ ...nothing, noise: 52 });
    expect(read('1'.repeat(1_000), '\r\n', '6F6C3A\r\n')).toMatchObject({
      cards: ['6F6C3A/24'],
      noise: 1_000,
    });
    expect(read('\r\n\r\n')).toEqual(nothing);
  });
});
