// MagTek, ID TECH and HID-POS reports: layouts, stale bytes, encryption, two directions, packets.
import { describe, expect, it, vi } from 'vitest';
import { CardNumber } from '../../../device/card-number.ts';
import type { BurstFraming } from '../../../device/readers/burst-framing.ts';
import { type HidReaderKind, makeHidFraming } from '../../../device/readers/hid-framings.ts';
import { parseReportDescriptor } from '../../../device/readers/report-descriptor.ts';
import {
  bootKeyboardDescriptor,
  hidPosDescriptor,
  idTechDescriptor,
  magnePrintDescriptor,
  magtekDescriptor,
  magtekInsertionDescriptor,
} from '../../simulators/readers/hid-descriptors.ts';
import {
  decodeError,
  hidPosReport,
  idTechReport,
  insertionReport,
  magtekReport,
} from '../../simulators/readers/stripe-reports.ts';
import { cardDigits } from './card-digits.ts';

function framing(
  kind: 'magtek' | 'id-tech' | 'hid-pos',
  descriptor: Uint8Array,
  paymentCards: 'refuse' | 'token' = 'refuse',
): BurstFraming {
  const layout = parseReportDescriptor(descriptor);
  const made = layout && makeHidFraming({ kind, paymentCards } satisfies HidReaderKind, layout);
  if (!made) throw new Error('the wrong device');
  return made;
}
const said = (to: BurstFraming, ...reports: readonly Uint8Array[]) =>
  reports.flatMap((report) => {
    const reading = to.push(report);
    return [...reading.cards.map(({ number }) => cardDigits(number)), ...reading.unusable];
  });

describe('MagTek', () => {
  const track = ';88880001234=4912?';

  it('C16 a report with length 0 and the error bit is a card that was not read', () => {
    const reader = framing('magtek', magtekDescriptor);
    expect(said(reader, magtekReport({ 2: decodeError }))).toEqual(['card-unreadable']);
    expect(said(reader, magtekReport({}))).toEqual(['card-unreadable']);
    expect(said(reader, magtekReport({ 1: decodeError, 2: track }))).toEqual(['88880001234']);
  });

  it('C16 bytes past the length are left from cards before: they are never read', () => {
    const memory = magtekReport({
      1: '%B4111111111111111^A^2512?',
      2: ';4111111111111111=25121010000000000000?8',
    });
    const reader = framing('magtek', magtekDescriptor, 'token');
    expect(said(reader, magtekReport({ 2: ';88880001234?' }, memory))).toEqual(['88880001234']);
    expect(memory.includes('1111=2512')).toBe(true);
    expect(said(reader, magtekReport({ 2: decodeError }, memory))).toEqual(['card-unreadable']);
  });

  it('C17 a length over 110 is no report', () => {
    const report = magtekReport({ 2: track });
    report[4] = 111;
    const reading = framing('magtek', magtekDescriptor).push(report);
    expect(reading).toMatchObject({ cards: [], unusable: [], noiseBytes: 337 });
  });

  it('C21 an insertion reader reads a card on its way in and out: one tap', () => {
    const reader = framing('magtek', magtekInsertionDescriptor);
    const [into, out] = [insertionReport({ 2: track }, true), insertionReport({ 2: track }, false)];
    expect(said(reader, into, out)).toEqual(['88880001234']);
    expect(said(reader, into, out)).toEqual(['88880001234']);
    // not read on its way in: the way out makes up for it, and does not complain twice
    const failed = (isIn: boolean) => insertionReport({ 2: decodeError }, isIn);
    expect(said(reader, failed(true), out)).toEqual(['card-unreadable', '88880001234']);
    expect(said(reader, failed(true), failed(false))).toEqual(['card-unreadable']);
    // set up for one direction only
    expect(said(reader, out, out)).toEqual(['88880001234', '88880001234']);
  });

  it('C21 C36 the number that an insertion reader reads again on the way out is overwritten', () => {
    const reader = framing('magtek', magtekInsertionDescriptor);
    const wiped = vi.spyOn(CardNumber.prototype, 'wipe');
    expect(said(reader, insertionReport({ 2: track }, true), insertionReport({ 2: track }, false))).toEqual([
      '88880001234',
    ]);
    expect(wiped).toHaveBeenCalledOnce();
    wiped.mockRestore();
  });

  it('a MagnePrint reader encrypts, whatever its report says', () => {
    const reader = framing('magtek', magnePrintDescriptor);
    const report = Buffer.alloc(477);
    report[4] = track.length;
    report.write(track, 119);
    expect(said(reader, report)).toEqual(['card-encrypted']);
  });

  it('C22 a report in packets of 64 bytes is joined, and a cut one gives up when asked', () => {
    const reader = framing('magtek', magtekDescriptor);
    const report = magtekReport({ 2: track });
    const packets = Array.from({ length: 6 }, (_, n) => report.subarray(n * 64, (n + 1) * 64));
    expect(said(reader, ...packets)).toEqual(['88880001234']);
    expect(said(reader, ...packets.slice(0, 3))).toEqual([]);
    expect(reader.burstLength).toBe(192);
    expect(reader.pause()).toMatchObject({ unusable: ['card-unreadable'], noiseBytes: 192 });
    expect(reader.pause()).toMatchObject({ unusable: [], noiseBytes: 0 });
    expect(said(reader, report)).toEqual(['88880001234']);
    // a cut report and a whole one right behind it
    expect(said(reader, packets[0] ?? report, report)).toEqual(['88880001234']);
  });

  it('counts a report that is longer than any', () => {
    expect(framing('magtek', magtekDescriptor).push(Buffer.alloc(400)).noiseBytes).toBe(400);
  });
});

describe('ID TECH', () => {
  const tracks = { 1: '%B88880001234^A^2512?', 2: ';88880001234=2512?' };

  it('reads both layouts', () => {
    expect(said(framing('id-tech', magtekDescriptor), magtekReport(tracks))).toEqual(['88880001234']);
    expect(said(framing('id-tech', idTechDescriptor), idTechReport(tracks))).toEqual(['88880001234']);
  });

  it('takes the tracks by their sentinels, whatever the reader was set up to put around them', () => {
    const report = idTechReport({ 2: 'PRE-;88880001234?POST' });
    expect(said(framing('id-tech', idTechDescriptor), report)).toEqual(['card-unreadable']);
    const clean = idTechReport({ 2: 'PRE-;88880001234?\r\n' });
    expect(said(framing('id-tech', idTechDescriptor), clean)).toEqual(['88880001234']);
  });

  it('a decode error of track 2 is an error even when the output is empty', () => {
    const report = idTechReport({ 1: '%A8888000123^X^?', 2: decodeError });
    expect(said(framing('id-tech', idTechDescriptor), report)).toEqual(['card-unreadable']);
  });

  it('C18 a total length over 500, or under what the tracks say, is no report', () => {
    const reader = framing('id-tech', idTechDescriptor);
    const tooLong = idTechReport(tracks);
    tooLong.writeUInt16LE(501, 7);
    const tooShort = idTechReport(tracks);
    tooShort.writeUInt16LE(5, 7);
    for (const report of [tooLong, tooShort])
      expect(reader.push(report)).toMatchObject({ cards: [], unusable: [], noiseBytes: 509 });
  });

  it('C18 stale output past the total length is never read', () => {
    const memory = idTechReport({ 2: ';4111111111111111=25121010000000000000?8' });
    expect(said(framing('id-tech', idTechDescriptor, 'token'), idTechReport({}, memory))).toEqual([
      'card-unreadable',
    ]);
  });

  it('C19 encode type 4 is encrypted, in both layouts', () => {
    const own = idTechReport(tracks, Buffer.alloc(509), 4);
    const copied = magtekReport(tracks, Buffer.alloc(337), 4);
    expect(said(framing('id-tech', idTechDescriptor), own)).toEqual(['card-encrypted']);
    expect(said(framing('id-tech', magtekDescriptor), copied)).toEqual(['card-encrypted']);
    const framed = Buffer.alloc(509);
    framed.set([0x02, 0x9a, 0x01, 0x80, 0x1f, 0x28]);
    expect(said(framing('id-tech', idTechDescriptor), framed)).toEqual(['card-encrypted']);
    // with MagTek the same number only says that the card is of another format
    expect(said(framing('magtek', magtekDescriptor), copied)).toEqual(['88880001234']);
  });
});

describe('HID-POS', () => {
  it('C20 reads tracks where the descriptor says that they are', () => {
    const reader = framing('hid-pos', hidPosDescriptor);
    expect(said(reader, hidPosReport({ 2: ';88880001234?' }))).toEqual(['88880001234']);
    expect(said(reader, hidPosReport({ 1: '%A8888000123^X^?' }))).toEqual(['8888000123']);
    expect(said(reader, hidPosReport({ 3: ';8888000999?' }))).toEqual(['8888000999']);
    expect(said(reader, hidPosReport({}))).toEqual(['card-unreadable']);
  });

  it('C20 a length over its field is no report, and reports with other numbers are not for us', () => {
    const report = hidPosReport({ 2: ';88880001234?' });
    report[1 + 4] = 41;
    const reader = framing('hid-pos', hidPosDescriptor);
    expect(reader.push(report)).toMatchObject({ cards: [], unusable: [] });
    expect(reader.push(Buffer.from([4, 1, 2]))).toMatchObject({ cards: [], unusable: [] });
    expect(said(reader, hidPosReport({ 2: ';88880001234?' }))).toEqual(['88880001234']);
  });

  it('C20 one field for all tracks is as long as their lengths together', () => {
    const together = Buffer.from('058e0901a101150026ff00750809110912091395038102092095c8820201c0', 'hex');
    const report = Buffer.alloc(203);
    const [t1, t2] = ['%A8888000123^X^?', ';88880001234?'];
    report.set([t1.length, t2.length, 0]);
    report.write(`${t1}${t2};4111111111111111=2512?`, 3);
    expect(said(framing('hid-pos', together), report)).toEqual(['88880001234']);
  });
});

describe('which device is which reader', () => {
  it.each([
    ['magtek', bootKeyboardDescriptor],
    ['magtek', hidPosDescriptor],
    ['magtek', idTechDescriptor],
    ['id-tech', bootKeyboardDescriptor],
    ['hid-pos', magtekDescriptor],
  ] as const)('%s is not this one', (kind, descriptor) => {
    expect(() => framing(kind, descriptor)).toThrow('the wrong device');
  });
});
