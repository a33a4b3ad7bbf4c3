// Magnetic tracks: the vectors of ISO/IEC 7811 and 7813, what readers spell around them, and a fuzzer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readTrack,
  readTrackStream,
  type TrackPlace,
  type TrackReading,
} from '../../../device/readers/magnetic-track.ts';
import { isLuhnRight, isPaymentLike } from '../../../device/readers/payment-card.ts';
import { cardOfTracks, type PaymentCards } from '../../../device/readers/stripe-swipe.ts';
import { withLrc } from '../../simulators/readers/stripe-reports.ts';
import { cardDigits } from './card-digits.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const told = (reading: TrackReading) => {
  if (reading.kind === 'track') return reading.number ? Buffer.from(reading.number).toString('latin1') : null;
  return reading.kind === 'fault' ? reading.fault : reading.kind;
};
const track = (text: string, place: TrackPlace = 2) => told(readTrack(ascii(text), place));
const stream = (text: string) => readTrackStream(ascii(text)).map(told);
const swipe = (text: string, paymentCards: PaymentCards = 'refuse') => {
  const card = cardOfTracks(readTrackStream(ascii(text)), paymentCards);
  return typeof card === 'string' ? card : cardDigits(card.number);
};

describe('magnetic tracks', () => {
  it('C01 a bank card: LRC and Luhn right, payment-like, by its token only', () => {
    const text = ';4111111111111111=25121010000000000000?8';
    expect(track(text)).toBe('4111111111111111');
    expect(isPaymentLike(ascii('4111111111111111'))).toBe(true);
    expect(swipe(text)).toBe('card-payment');
    const card = cardOfTracks(readTrackStream(ascii(text)), 'token');
    expect(card).toMatchObject({ technology: 'magstripe', bits: null, number: { tail: '1111' } });
  });

  it('C02 a wrong LRC is no card', () => {
    const text = ';4111111111111111=25121010000000000000?9';
    expect(track(text)).toBe('bad-lrc');
    expect(swipe(text, 'token')).toBe('card-unreadable');
  });

  it('C03 track 1 of a bank card', () => {
    const text = '%B4111111111111111^TEST/CARDHOLDER^25121010000000000000000?\\';
    expect(track(text, 1)).toBe('4111111111111111');
    expect(track(text.replace('\\', ']'), 1)).toBe('bad-lrc');
    expect(swipe(text)).toBe('card-payment');
  });

  it('C03 digits in groups are the same number', () => {
    expect(track('%B3715 123456 56789^A/B^2512?', 1)).toBe('371512345656789');
  });

  it('C04 a closed card without a separator', () => {
    expect(track(';88880001234?0')).toBe('88880001234');
    expect(swipe(';88880001234?0')).toBe('88880001234');
    expect(swipe(';88880001234?')).toBe('88880001234');
  });

  it('C05 a card without expiry', () => {
    expect(track(';1234567890123456789==?4')).toBe('1234567890123456789');
  });

  it('C06 nineteen digits, Luhn right', () => {
    expect(track(';6228480402564890018=49121010000000000000?<')).toBe('6228480402564890018');
    expect(isLuhnRight(ascii('6228480402564890018'))).toBe(true);
    expect(swipe(';6228480402564890018=49121010000000000000?<')).toBe('card-payment');
    // longer than a track 2 may be: without its LRC it is no card, and still a bank card to refuse
    expect(swipe(';6228480402564890018=49121010000000000000?')).toBe('card-payment');
    expect(swipe(';6228480402564890018=49121010000000000000?', 'token')).toBe('card-unreadable');
  });

  it('C07 an LRC that equals the separator; Luhn wrong', () => {
    const text = ';6222020200112233=30121010000012300000?=';
    expect(track(text)).toBe('6222020200112233');
    expect(isPaymentLike(ascii('6222020200112233'))).toBe(false);
    expect(swipe(text)).toBe('6222020200112233');
  });

  it('C08 what readers say instead of a track', () => {
    expect(stream('%E?;E?+E?\r')).toEqual(['reader-error', 'reader-error', 'reader-error']);
    expect(stream('%e?')).toEqual(['reader-error', 'absent', 'absent']);
    expect(swipe(';E?')).toBe('card-unreadable');
  });

  it('C09 tracks that are too long', () => {
    const digits = (count: number) => '1234567890'.repeat(11).slice(0, count);
    expect(track(withLrc(`;${digits(37)}?`))).toBe(digits(37));
    expect(track(`;${digits(38)}?`)).toBe('too-long');
    expect(track(`;${digits(38)}?0`)).toBe('bad-lrc');
    expect(track(withLrc(`;${digits(47)}?`))).toBe(digits(47));
    expect(track(withLrc(`;${digits(48)}?`))).toBe('too-long');
    expect(track(`%B12345^${'A'.repeat(76 - 7)}?`, 1)).toBe('12345');
    expect(track(`%B12345^${'A'.repeat(77 - 7)}?`, 1)).toBe('too-long');
    expect(track(`+${digits(104)}?`, 3)).toBe(digits(104));
    expect(track(`+${digits(105)}?`, 3)).toBe('too-long');
  });

  it('C10 two end sentinels, a missing end, track 2 before track 1', () => {
    expect(track(';88880001234??')).toBe('bad-lrc');
    // here the second one is the LRC
    expect(track(';88880001234=2??')).toBe('88880001234');
    expect(track(';88880001234=3??')).toBe('bad-lrc');
    expect(track(';88880001234')).toBe('no-end');
    expect(stream(';8888000\r;88880001234?')).toEqual(['absent', 'no-end', '88880001234']);
    expect(stream(';88880001234?%A8888000123^MEMBER^?')).toEqual(['8888000123', '88880001234', 'absent']);
    expect(track('88880001234?')).toBe('no-start');
  });

  it('C10 an LRC that looks like a sentinel is told from the next track', () => {
    const [withSemicolon, withPercent] = ['%B8888000^S^?', '%B8888000^M^?'];
    expect([withLrc(withSemicolon).at(-1), withLrc(withPercent).at(-1)]).toEqual([';', '%']);
    for (const first of [withSemicolon, withLrc(withSemicolon), withPercent, withLrc(withPercent)])
      expect(stream(`${first};88880001234?`)).toEqual(['8888000', '88880001234', 'absent']);
    expect(stream(';88880001234=6?;')).toEqual(['absent', '88880001234', 'absent']);
  });

  it('C11 track 1 with a decode error on track 2', () => {
    const bank = '%B88880001234567890^A^2512?;E?';
    expect(swipe(bank)).toBe('88880001234567890');
    // of any other format track 1 may say something else than track 2 would
    expect(swipe('%A8888000123^MEMBER^?;E?')).toBe('card-unreadable');
    expect(swipe('%E?;88880001234?')).toBe('88880001234');
    expect(swipe('%E?+88880001234?')).toBe('card-unreadable');
  });

  it('C12 a member card of its own format', () => {
    expect(track('%A8888000123^MEMBER^?K', 1)).toBe('8888000123');
    expect(track('%AB88123^MEMBER^?', 1)).toBe('AB88123');
  });

  it('C13 AAMVA: track 3 starts like track 1 and is no number', () => {
    const licence = '%CASACRAMENTO^DOE$JOHN^1 MAIN ST^?;63602600012346=2512?%  95814      C               ?';
    expect(stream(licence)).toEqual(['CASACRAMENTO', '63602600012346', null]);
    expect(track('%  95814      C               ?', 3)).toBeNull();
    expect(swipe(licence)).toBe('63602600012346');
  });

  it('C14 lower case, as Caps Lock leaves it, is the same card', () => {
    const upper = withLrc('%A8888000123^MEMBER^?');
    expect(track(upper.toLowerCase(), 1)).toBe('8888000123');
    expect(track('%ab88123^member^?', 1)).toBe(track('%AB88123^MEMBER^?', 1));
  });

  it('refuses characters that the track cannot hold, and numbers that would be shown whole', () => {
    expect(track(';88880A01234?')).toBe('bad-character');
    expect(track(';8888:01234?')).toBeNull();
    expect(track(';1234=?')).toBeNull();
    expect(swipe(';1234=?')).toBe('card-unreadable');
  });

  it('a bank card is refused by any of its tracks, format digits of track 3 included', () => {
    expect(swipe(';88880001234?+014111111111111111=1?')).toBe('card-payment');
  });

  it('Luhn and issuers: published test numbers of each scheme, and numbers that are none', () => {
    for (const pan of [
      '378282246310005',
      '30569309025904',
      '6011111111111117',
      '3530111333300000',
      '5555555555554444',
      '2223003122003222',
      '4222222222222',
      '6200000000000005',
    ])
      expect([pan, isPaymentLike(ascii(pan))]).toEqual([pan, true]);
    for (const other of ['8888000123456785', '411111111111', '4111111111111112', '41111111111111A1', ''])
      expect([other, isPaymentLike(ascii(other))]).toEqual([other, false]);
  });

  it('property: any number written to any track is read back, with and without LRC', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 5, max: 19 })
          .chain((length) =>
            fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length }),
          ),
        fc.boolean(),
        (number, isWithLrc) => {
          const spell = (text: string) => (isWithLrc ? withLrc(text) : text);
          const [t1, t2] = [spell(`%B${number}^A/B^2512?`), spell(`;${number}=2512?`)];
          expect(stream(`${t1}${t2}\r`)).toEqual([number, number, 'absent']);
          expect(stream(`${t2}\r${t1}\r`)).toEqual([number, number, 'absent']);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('one wrong character under an LRC is never another card, whichever and wherever it is', () => {
    const right = withLrc(';88880001234=4912?');
    const read = new Set<string>();
    for (let at = 0; at < right.length; at += 1) {
      for (let by = 1; by < 16; by += 1) {
        const wrong = ascii(right);
        wrong[at] = (wrong[at] ?? 0) ^ by;
        const card = cardOfTracks(readTrackStream(wrong), 'token');
        if (typeof card !== 'string') read.add(`${cardDigits(card.number)} ${at}`);
      }
    }
    // only where the LRC itself turns into what no LRC can be
    expect([...read]).toEqual([`88880001234 ${right.length - 1}`]);
  });

  it('fuzz: no bytes throw, and only what stood in the bytes comes out', () => {
    const alphabet = fc.constantFrom(...'0123456789=^;%+?AEB \r\0', '\xff');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 120 }), (text) => {
        for (const number of stream(text)) {
          if (number && /^[0-9A-Z]{5,}$/.test(number))
            expect(text.toUpperCase().replaceAll(' ', '')).toContain(number);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
