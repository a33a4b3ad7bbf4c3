// The PN532's dialogue: what is asked when, which answers are cards, and every accident on the way.
import { beforeEach, describe, expect, it } from 'vitest';
import { Pn532Framing } from '../../../device/readers/pn532.ts';
import { pn532Answer, pn532TargetAnswer } from '../../simulators/readers/pn532-reader.ts';
import { cardDigits } from './card-digits.ts';

const ack = Buffer.from('0000ff00ff00', 'hex');
const nack = Buffer.from('0000ffff0000', 'hex');
const listTarget = '0000ff04fcd44a0100e100';
const card = (uid: string) => pn532TargetAnswer(Buffer.from(uid, 'hex'));

describe('Pn532Framing', () => {
  let framing: Pn532Framing;
  const push = (...chunks: readonly Uint8Array[]) => {
    const readings = chunks.map((chunk) => framing.push(chunk));
    return {
      cards: readings.flatMap(({ cards }) => cards.map((c) => `${cardDigits(c.number)}/${c.bits}`)),
      unusable: readings.flatMap(({ unusable }) => unusable),
      replies: readings.flatMap(({ replies = [] }) => replies.map((r) => Buffer.from(r).toString('hex'))),
      noise: readings.reduce((sum, { noiseBytes }) => sum + noiseBytes, 0),
      bad: readings.reduce((sum, { badChecksumBytes }) => sum + badChecksumBytes, 0),
    };
  };
  const nothing = { cards: [], unusable: [], replies: [], noise: 0, bad: 0 };

  beforeEach(() => {
    framing = new Pn532Framing();
    framing.start();
    push(ack, pn532Answer([0x15]), ack, pn532Answer([0x33]), ack, pn532Answer([0x4b, 0]));
    framing.ask();
  });

  it('C33 wakes, sets up and asks for a card with the vector’s bytes', () => {
    const fresh = new Pn532Framing();
    const start = Buffer.from(fresh.start()).toString('hex');
    expect(start).toMatch(/^5555(00)+0000ff05fbd4140114010200$/);
    framing = fresh;
    expect(push(ack)).toEqual(nothing);
    expect(push(pn532Answer([0x15])).replies).toEqual(['0000ff06fad43205ff0102f300']);
    expect(push(ack, pn532Answer([0x33])).replies).toEqual([listTarget]);
    expect(fresh.isIdle).toBe(false);
    expect(push(ack, pn532Answer([0x4b, 0]))).toEqual(nothing);
    expect(fresh.isIdle).toBe(true);
    expect(Buffer.from(fresh.ask()).toString('hex')).toBe(listTarget);
    expect(fresh.isIdle).toBe(false);
  });

  it.each([
    ['04A1B2C3', 32],
    ['04A1B2C3D4E5F6', 56],
    ['04A1B2C3D4E5F6A7B8C9', 80],
  ])('C31 reads the UID %s', (uid, bits) => {
    expect(push(ack, card(uid))).toEqual({ ...nothing, cards: [`${uid}/${bits}`] });
    expect(framing.isIdle).toBe(true);
  });

  it('C31 a random UID is no key; a longer one that starts so is', () => {
    expect(push(card('08A1B2C3'))).toEqual({ ...nothing, unusable: ['card-random-id'] });
    framing.ask();
    expect(push(card('08A1B2C3D4E5F6')).cards).toEqual(['08A1B2C3D4E5F6/56']);
  });

  it('C34 zeros are no card, leading zeros are kept', () => {
    expect(push(card('00000000'))).toEqual({ ...nothing, unusable: ['card-unreadable'] });
    framing.ask();
    expect(push(card('00000001')).cards).toEqual(['00000001/32']);
  });

  it('reads a card that says more of itself (ATS), and refuses a length that does not fit', () => {
    const body = [0x4b, 1, 1, 0x00, 0x04, 0x20, 4, 4, 0xa1, 0xb2, 0xc3];
    expect(push(pn532Answer([...body, 3, 0x77, 0x80])).cards).toEqual(['04A1B2C3/32']);
    for (const wrong of [[...body, 9, 0x77, 0x80], body.slice(0, -1), body.slice(0, 6), [0x4b, 2, 1]]) {
      framing.ask();
      expect(push(pn532Answer(wrong))).toEqual({ ...nothing, unusable: ['card-unreadable'] });
    }
  });

  it('C33 a wrong LCS or DCS is asked for again, a few times', () => {
    const badDcs = card('04A1B2C3');
    badDcs[badDcs.length - 2] = (badDcs.at(-2) ?? 0) ^ 1;
    const badLcs = card('04A1B2C3');
    badLcs[4] = (badLcs[4] ?? 0) ^ 1;
    expect(push(badDcs)).toEqual({ ...nothing, replies: ['0000ffff0000'], bad: badDcs.length - 2 });
    expect(push(badLcs)).toMatchObject({ cards: [], replies: ['0000ffff0000'] });
    expect(framing.isIdle).toBe(false);
    expect(push(card('04A1B2C3')).cards).toEqual(['04A1B2C3/32']);
    framing.ask();
    expect(push(...Array.from({ length: 10 }, () => badDcs)).replies).toHaveLength(3);
  });

  it('C33 ACK and NACK in between: the question is put again, the card read once', () => {
    expect(push(ack, nack)).toEqual({ ...nothing, replies: [listTarget] });
    expect(push(ack, ack, card('04A1B2C3'), ack)).toEqual({ ...nothing, cards: ['04A1B2C3/32'] });
  });

  it('C33 reads in single bytes, behind noise, and without the optional zeros', () => {
    const whole = Buffer.concat([Buffer.from('xyz'), ack, card('04A1B2C3')]);
    expect(push(...Array.from(whole, (byte) => Buffer.from([byte])))).toEqual({
      ...nothing,
      cards: ['04A1B2C3/32'],
      noise: 3,
    });
    framing.ask();
    expect(push(card('04A1B2C3').subarray(1, -1)).cards).toEqual(['04A1B2C3/32']);
  });

  it('what was not asked is no card: late answers, error frames, our own echo', () => {
    push(card('04A1B2C3'));
    expect(push(card('04A1B2C3'))).toMatchObject({ cards: [], noise: 17 });
    framing.start();
    expect(push(card('04A1B2C3'))).toMatchObject({ cards: [], replies: [] });
    framing.ask();
    expect(push(Buffer.from('0000ff01ff7f8100', 'hex'))).toMatchObject({ cards: [], noise: 6 });
    expect(push(Buffer.from(listTarget, 'hex'))).toMatchObject({ cards: [], replies: [] });
    expect(framing.isIdle).toBe(false);
  });

  it('any one flipped bit is no other card', () => {
    const right = card('04A1B2C3D4E5F6');
    for (let bit = 0; bit < right.length * 8; bit += 1) {
      const flipped = Buffer.from(right);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      framing.start();
      framing.ask();
      expect(push(flipped).cards.filter((found) => found !== '04A1B2C3D4E5F6/56')).toEqual([]);
    }
  });
});
