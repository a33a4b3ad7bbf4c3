// Readers that type: keys down to characters, numbers, tracks, and a person at the same keyboard.
import { describe, expect, it } from 'vitest';
import type { BurstFraming } from '../../../device/readers/burst-framing.ts';
import { type HidReaderKind, makeHidFraming } from '../../../device/readers/hid-framings.ts';
import { HidKeys, hasKeys } from '../../../device/readers/hid-keys.ts';
import { parseReportDescriptor, type ReportLayout } from '../../../device/readers/report-descriptor.ts';
import {
  bitmapKeyboardDescriptor,
  bootKeyboardDescriptor,
  magtekDescriptor,
  mouseDescriptor,
} from '../../simulators/readers/hid-descriptors.ts';
import { keyDown, leftAlt, leftControl, typeBits, typeText } from '../../simulators/readers/key-reports.ts';
import { cardDigits } from './card-digits.ts';

const layoutOf = (descriptor: Uint8Array): ReportLayout => {
  const layout = parseReportDescriptor(descriptor);
  if (!layout) throw new Error('refused');
  return layout;
};
const boot = layoutOf(bootKeyboardDescriptor);
const framing = (settings: HidReaderKind, layout = boot): BurstFraming => {
  const made = makeHidFraming(settings, layout);
  if (!made) throw new Error('the wrong device');
  return made;
};
const numbers = (format: '10H' | '8H10D' | '6H8D' | '2H4H' | '4H4H' = '8H10D') =>
  framing({ kind: 'keyboard', technology: 'em4100', format, byteOrder: 'straight' });
const stripes = () => framing({ kind: 'keyboard-stripe', paymentCards: 'refuse' });
const said = (to: BurstFraming, reports: readonly Uint8Array[]) =>
  reports.flatMap((report) => {
    const reading = to.push(report);
    return [...reading.cards.map(({ number }) => cardDigits(number)), ...reading.unusable];
  });
const typed = (reports: readonly Uint8Array[], layout = boot) => {
  const keys = new HidKeys(layout);
  const found: number[] = [];
  for (const report of reports) keys.push(report, (ascii) => found.push(ascii));
  return Buffer.from(found).toString('latin1');
};

describe('HidKeys', () => {
  const all = 'abcxyzABCXYZ1234567890!@#$%^&*()-=[]\\;\'`,./_+{}|:"~<>? ';

  it('C15 gives what a US keyboard gives, whatever layout the terminal has', () => {
    expect(typed(typeText(all))).toBe(all);
    expect(typed(typeBits(all), layoutOf(bitmapKeyboardDescriptor))).toBe(all);
    // the keys of ;…=…? and %…^…? that another layout would turn into ş, & and :
    const keys = [keyDown(0x33), keyDown(0), keyDown(0x23, 0x02), keyDown(0), keyDown(0x38, 0x20)];
    expect(typed(keys)).toBe(';^?');
  });

  it('C14 Caps Lock turns letters and nothing else, until it is pressed again', () => {
    const capsLock = [keyDown(0x39), keyDown(0)];
    expect(typed([...capsLock, ...typeText('a1;B'), ...capsLock, ...typeText('a1')])).toBe('A1;ba1');
  });

  it('C35 Enter, keypad Enter, Tab, CR LF by Control all end a card', () => {
    const ends = [keyDown(0x28), keyDown(0), keyDown(0x58), keyDown(0), keyDown(0x2b), keyDown(0)];
    const control = [keyDown(0x10, leftControl), keyDown(0), keyDown(0x0d, leftControl)];
    expect(typed([...ends, ...control])).toBe('\r\r\t\r\n');
  });

  it('reads the keypad without its lock, and characters typed as Alt and a number', () => {
    expect(typed([0x59, 0x62, 0x61].flatMap((usage) => [keyDown(usage), keyDown(0)]))).toBe('109');
    const alt59 = [
      keyDown(0, leftAlt),
      keyDown(0x5d, leftAlt),
      keyDown(0, leftAlt),
      keyDown(0x61, leftAlt),
      keyDown(0),
    ];
    expect(typed(alt59)).toBe(';');
  });

  it('takes a key once while it is down, rolled keys in order, and nothing of too many keys', () => {
    const rolled = [keyDown(0x1e), Buffer.from([0, 0, 0x1e, 0x1f, 0, 0, 0, 0]), keyDown(0x1f), keyDown(0)];
    expect(typed(rolled)).toBe('12');
    expect(typed([Buffer.from([0, 0, 1, 1, 1, 1, 1, 1]), keyDown(0x1e)])).toBe('1');
    expect(typed([keyDown(0x1e, 0x08), Buffer.alloc(0), Buffer.from([0xff])])).toBe('');
  });

  it('knows a keyboard by its descriptor', () => {
    expect(
      [bootKeyboardDescriptor, bitmapKeyboardDescriptor, mouseDescriptor, magtekDescriptor].map((d) =>
        hasKeys(layoutOf(d)),
      ),
    ).toEqual([true, true, false, false]);
  });
});

describe('proximity readers that type', () => {
  it('C29 the same card in each of the formats', () => {
    expect(said(numbers('10H'), typeText('01026F6C3A\r'))).toEqual(['01026F6C3A']);
    expect(said(numbers('8H10D'), typeText('0040856634\r'))).toEqual(['026F6C3A']);
    expect(said(numbers('6H8D'), typeText('07302202\r'))).toEqual(['6F6C3A']);
    expect(said(numbers('2H4H'), typeText('111,27706\r'))).toEqual(['6F6C3A']);
    expect(said(numbers('4H4H'), typeText('00623,27706\r'))).toEqual(['026F6C3A']);
  });

  it.each([['\r'], ['\t'], ['\r\n'], ['\n']])('C35 ends at %j', (end) => {
    expect(said(numbers(), typeText(`0040856634${end}0040856634${end}`))).toEqual(['026F6C3A', '026F6C3A']);
  });

  it('a burst without an end is dropped when it pauses', () => {
    const reader = numbers();
    expect(said(reader, typeText('00408'))).toEqual([]);
    expect(reader.pause()).toMatchObject({ cards: [], unusable: [], noiseBytes: 5 });
    expect(said(reader, typeText('56634\r'))).toEqual([]);
    expect(said(reader, typeText('0040856634\r'))).toEqual(['026F6C3A']);
  });

  it('C35 a person at the same keyboard gives nothing, for every key comes alone', () => {
    const reader = numbers();
    for (const character of '0040856634\r') {
      expect(said(reader, typeText(character))).toEqual([]);
      reader.pause();
    }
  });

  it('a number of another format is a card to present again, never another card', () => {
    expect(said(numbers('10H'), typeText('0040856634\r'))).toEqual(['0040856634']);
    expect(said(numbers('6H8D'), typeText('0040856634\r'))).toEqual(['card-unreadable']);
    expect(said(numbers(), typeText(`${'1'.repeat(2_000)}\r`))).toEqual(['card-unreadable']);
    expect(said(numbers(), typeText('12\r'))).toEqual([]);
  });
});

describe('magnetic readers that type', () => {
  it('tells a card at the end of its track 2, once, also where every track ends with Enter', () => {
    const reader = stripes();
    expect(said(reader, typeText('%B88880001234^A^2512?\r;88880001234=2512?\r+0123456789?\r'))).toEqual([
      '88880001234',
    ]);
    expect(reader.pause()).toMatchObject({ cards: [], unusable: [], noiseBytes: 0 });
    expect(said(reader, typeText(';88880005678?\r'))).toEqual(['88880005678']);
  });

  it('tells a card with track 1 only, or without Enter, when the burst is over', () => {
    const reader = stripes();
    expect(said(reader, typeText('%A8888000123^MEMBER^?\r'))).toEqual([]);
    expect(reader.pause().cards.map(({ number }) => cardDigits(number))).toEqual(['8888000123']);
    expect(said(reader, typeText(';88880001234?'))).toEqual([]);
    expect(reader.pause().cards.map(({ number }) => cardDigits(number))).toEqual(['88880001234']);
  });

  it('C14 Caps Lock left on: the same card', () => {
    const reader = stripes();
    said(reader, [keyDown(0x39), keyDown(0), ...typeText('%ab88123^member^?\r')]);
    const caps = reader.pause().cards.map(({ number }) => cardDigits(number));
    said(reader, typeText('%AB88123^MEMBER^?\r'));
    expect(caps).toEqual(reader.pause().cards.map(({ number }) => cardDigits(number)));
  });

  it('C35 a person who types a semicolon gives nothing', () => {
    const reader = stripes();
    for (const character of ';1234567?\r') {
      expect(said(reader, typeText(character))).toEqual([]);
      expect(reader.pause()).toMatchObject({ cards: [], unusable: [] });
    }
  });

  it('C08 an error of the reader is a card to swipe again; half a track is nothing', () => {
    const reader = stripes();
    expect(said(reader, typeText(';E?\r'))).toEqual(['card-unreadable']);
    reader.pause();
    said(reader, typeText(';8888000'));
    expect(reader.pause()).toMatchObject({ cards: [], unusable: [], noiseBytes: 8 });
    said(reader, typeText(`;${'1'.repeat(500)}?\r`));
    expect(reader.pause().cards).toEqual([]);
  });
});
