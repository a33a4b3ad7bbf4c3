// One physical card gives one token on every reader of a fleet that agreed how much of it counts.
import { describe, expect, it } from 'vitest';
import type { CardRead, UnusableCard } from '../../../device/card-reader.ts';
import type { CardFraming } from '../../../device/readers/card-framing.ts';
import { Pn532Framing } from '../../../device/readers/pn532.ts';
import { Rdm6300Framing } from '../../../device/readers/rdm6300.ts';
import { readTypedNumber, type TypedCardFormat } from '../../../device/readers/typed-number.ts';
import { WiegandFraming } from '../../../device/readers/wiegand.ts';
import { bitsOfDigits, type CardWidth, cardToken, isWideEnough } from '../../../sync/contract/card-token.ts';
import { rdm6300Frame } from '../../simulators/rdm6300-reader.ts';
import { pn532Answer, pn532TargetAnswer } from '../../simulators/readers/pn532-reader.ts';
import { wiegandLine } from '../../simulators/readers/wiegand-reader.ts';

const key = Buffer.alloc(32, 3);
type Proximity = TypedCardFormat['technology'];

const typed = (
  technology: Proximity,
  format: TypedCardFormat['format'],
  text: string,
  byteOrder: TypedCardFormat['byteOrder'] = 'straight',
) => readTypedNumber(Buffer.from(text), { technology, format, byteOrder });
const framed = (framing: CardFraming, ...chunks: readonly Uint8Array[]): CardRead | UnusableCard =>
  chunks.flatMap((chunk) => framing.push(chunk).cards)[0] ?? 'card-unreadable';
/** The token of a card, or null when the reader told too little of it. */
const tokenOf = (read: CardRead | UnusableCard, width: CardWidth): string | null => {
  if (typeof read === 'string') throw new Error(read);
  if (!isWideEnough(read.technology, read.bits, width)) return null;
  return read.number.use((canonical) => cardToken(key, read.technology, canonical, width));
};
const pn532 = () => {
  const framing = new Pn532Framing();
  framing.start();
  for (const answer of [[0x15], [0x33], [0x4b, 0]]) framing.push(pn532Answer(answer));
  framing.ask();
  return framing;
};

describe('cardToken', () => {
  /** one EM card, as every reader tells it, by how many bits that is */
  const everywhere = (): readonly (readonly [number, CardRead | UnusableCard])[] => [
    [40, framed(new Rdm6300Framing(), rdm6300Frame('01026F6C3A'))],
    [40, typed('em4100', '10H', '01026f6c3a')],
    [32, typed('em4100', '8H10D', '0040856634')],
    [32, typed('em4100', '10D', '40856634')],
    [32, typed('em4100', '4H4H', '00623,27706')],
    [32, framed(new WiegandFraming('em4100'), wiegandLine('026F6C3A'))],
    [24, typed('em4100', '6H8D', '07302202')],
    [24, typed('em4100', '2H4H', '111,27706')],
    [24, framed(new WiegandFraming('em4100'), wiegandLine('6F6C3A'))],
    [24, framed(new WiegandFraming('em4100'), wiegandLine('6F6C3A', 'hex'))],
  ];

  it.each([
    ['all', 40],
    [32, 32],
    [24, 24],
  ] as const)('C29 at width %s one card has one token on every reader that tells so much', (width, least) => {
    const told = everywhere().map(([bits, read]) => ({ bits, token: tokenOf(read, width) }));
    const expected = cardToken(key, 'em4100', '01026F6C3A', width);
    for (const { bits, token } of told) expect(token).toBe(bits >= least ? expected : null);
  });

  it('C30 a UID is one card, said straight or lowest byte first', () => {
    const expected = cardToken(key, 'iso14443', '04A1B2C3');
    const straight = typed('iso14443', '10D', '77705923');
    const reversed = typed('iso14443', '10D', '3283263748', 'reversed');
    const asked = framed(pn532(), pn532TargetAnswer(Buffer.from('04A1B2C3', 'hex')));
    for (const read of [straight, reversed, asked]) expect(tokenOf(read, 'all')).toBe(expected);
  });

  it('widths, technologies and keys part tokens; a stripe has no width', () => {
    const token = (technology: string, digits: string, width: CardWidth, under = key) =>
      cardToken(under, technology, digits, width);
    const all = [
      token('em4100', '01026F6C3A', 'all'),
      token('em4100', '01026F6C3A', 32),
      token('em4100', '01026F6C3A', 24),
      token('iso14443', '01026F6C3A', 24),
      token('em4100', '01026F6C3A', 24, Buffer.alloc(32, 4)),
    ];
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(token('magstripe', '88880001234', 24)).toBe(token('magstripe', '88880001234', 'all'));
    expect(isWideEnough('magstripe', null, 'all')).toBe(true);
    expect(bitsOfDigits('magstripe', '88880001234')).toBeNull();
    expect(bitsOfDigits('em4100', '6F6C3A')).toBe(24);
  });

  it('bytes and text of the same digits are the same card', () => {
    expect(cardToken(key, 'em4100', Buffer.from('01026F6C3A'), 24)).toBe(
      cardToken(key, 'em4100', '01026F6C3A', 24),
    );
  });
});
