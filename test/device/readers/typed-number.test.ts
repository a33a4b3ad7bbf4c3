// Six spellings of a card's number, and everything that only looks like one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedNumber, type TypedCardFormat } from '../../../device/readers/typed-number.ts';
import { cardDigits } from './card-digits.ts';

type Format = TypedCardFormat['format'];
const read = (text: string, format: Format, more: Partial<TypedCardFormat> = {}) => {
  const found = readTypedNumber(Buffer.from(text), {
    technology: 'em4100',
    byteOrder: 'straight',
    format,
    ...more,
  });
  return typeof found === 'string' ? found : `${cardDigits(found.number)}/${found.bits}`;
};
const uid = { technology: 'iso14443' } as const;

describe('readTypedNumber', () => {
  it.each([
    ['10H', '01026F6C3A', '01026F6C3A/40'],
    ['10H', '01026f6c3a', '01026F6C3A/40'],
    ['8H10D', '0040856634', '026F6C3A/32'],
    ['10D', '0040856634', '026F6C3A/32'],
    ['10D', '40856634', '026F6C3A/32'],
    ['4H4H', '00623,27706', '026F6C3A/32'],
    ['6H8D', '07302202', '6F6C3A/24'],
    ['2H4H', '111,27706', '6F6C3A/24'],
  ] as const)('C29 %s %s', (format, text, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  it.each([
    ['10D', '77705923', 'straight'],
    ['10D', '3283263748', 'reversed'],
    ['8H10D', '0077705923', 'straight'],
    ['10H', '04A1B2C3', 'straight'],
    ['10H', 'C3B2A104', 'reversed'],
    ['10H', '0004A1B2C3', 'straight'],
  ] as const)('C30 a UID as %s %s %s', (format, text, byteOrder) => {
    expect(read(text, format, { ...uid, byteOrder })).toBe('04A1B2C3/32');
  });

  it('C31 UIDs of 7 and 10 bytes; a random one is no key', () => {
    expect(read('04A1B2C3D4E5F6', '10H', uid)).toBe('04A1B2C3D4E5F6/56');
    expect(read('04A1B2C3D4E5F6A7B8C9', '10H', uid)).toBe('04A1B2C3D4E5F6A7B8C9/80');
    expect(read('0134743750', '8H10D', uid)).toBe('card-random-id');
    expect(read('3283263496', '10D', { ...uid, byteOrder: 'reversed' })).toBe('card-random-id');
    expect(read('0134743750', '8H10D')).toBe('080806C6/32');
  });

  it('C34 leading zeros are kept, and a card of zeros is none', () => {
    expect(read('0000000001', '8H10D')).toBe('00000001/32');
    expect(read('1', '10D')).toBe('00000001/32');
    expect(read('0000000001', '10H')).toBe('0000000001/40');
    expect(read('000,00001', '2H4H')).toBe('000001/24');
    for (const [text, format] of [
      ['0000000000', '10H'],
      ['0000000000', '8H10D'],
      ['00000000', '6H8D'],
      ['000,00000', '2H4H'],
      ['00000,00000', '4H4H'],
      ['0', '10D'],
    ] as const) {
      expect(read(text, format)).toBe('card-unreadable');
      expect(read(text, format, uid)).toBe('card-unreadable');
    }
  });

  it.each([
    ['8H10D', '4294967296'],
    ['8H10D', '40856634'],
    ['8H10D', '004085663A'],
    ['6H8D', '16777216'],
    ['6H8D', '77705923'],
    ['6H8D', '7302202'],
    ['2H4H', '256,27706'],
    ['2H4H', '111,65536'],
    ['2H4H', '11127706'],
    ['2H4H', '11,127706'],
    ['4H4H', '00623.27706'],
    ['4H4H', '111,27706'],
    ['10H', '01026F6C3'],
    ['10H', '01026F6C3G'],
    ['10H', '001026F6C3A'],
    ['10D', ''],
    ['10D', '00040856634'],
    ['10D', '-40856634'],
  ] as const)('refuses as %s: %j', (format, text) => {
    expect(read(text, format)).toBe('card-unreadable');
  });

  it('whatever the card, each spelling of it gives its own low bits back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 2n ** 40n - 1n }), (card) => {
        fc.pre(card % 2n ** 24n !== 0n);
        const hex = card.toString(16).padStart(10, '0').toUpperCase();
        const part = (from: number, digits: number) =>
          Number.parseInt(hex.slice(from), 16).toString().padStart(digits, '0');
        const group = (from: number, to: number, digits: number) =>
          Number.parseInt(hex.slice(from, to), 16).toString().padStart(digits, '0');
        expect(read(hex, '10H')).toBe(`${hex}/40`);
        expect(read(part(2, 10), '8H10D')).toBe(`${hex.slice(2)}/32`);
        expect(read(part(2, 0), '10D')).toBe(`${hex.slice(2)}/32`);
        expect(read(part(4, 8), '6H8D')).toBe(`${hex.slice(4)}/24`);
        expect(read(`${group(4, 6, 3)},${group(6, 10, 5)}`, '2H4H')).toBe(`${hex.slice(4)}/24`);
        expect(read(`${group(2, 6, 5)},${group(6, 10, 5)}`, '4H4H')).toBe(`${hex.slice(2)}/32`);
      }),
      { numRuns: 2_000 },
    );
  });
});
