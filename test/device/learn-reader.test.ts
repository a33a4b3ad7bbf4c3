// A new reader is taught by one swipe: which device, which kind, which format, which key behind it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LearntReader, learnReader } from '../../device/learn-reader.ts';
import { openCardReader } from '../../device/open-card-reader.ts';
import { guessTypedFormats } from '../../device/readers/guess-typed-format.ts';
import {
  type SimulatedHidReader,
  type SimulatedReaderKind,
  startSimulatedReader,
} from '../simulators/readers/hid-reader.ts';
import { keyDown, typeText } from '../simulators/readers/key-reports.ts';
import { cardDigits } from './readers/card-digits.ts';

const running: SimulatedHidReader[] = [];
async function start(kind: SimulatedReaderKind) {
  const simulator = await startSimulatedReader(kind);
  running.push(simulator);
  return simulator;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** Listens to all that run, and lets something happen as soon as all are heard. */
function learn(whenListening: () => void, printed?: string): Promise<LearntReader | null> {
  return learnReader({
    addresses: running.map(({ address }) => address),
    ...(printed !== undefined && { printed }),
    signal: AbortSignal.timeout(5_000),
    onListening: (open) => {
      expect(open).toHaveLength(running.length);
      whenListening();
    },
  });
}

describe('learnReader', () => {
  it('tells which of the devices it is, and is right: the proposal reads the card', async () => {
    await start('keyboard-stripe');
    await start('magtek');
    const reader = await start('keyboard');
    const learnt = await learn(() => reader.type('0040856634\r'), '0040856634 623,27706');
    expect(learnt).toEqual({
      at: reader.address,
      proposals: [
        {
          kind: 'keyboard',
          at: reader.address,
          technology: 'em4100',
          format: '8H10D',
          byteOrder: 'straight',
        },
      ],
      endsWith: 'enter',
    });
    const [settings] = learnt?.proposals ?? [];
    if (!settings) throw new Error('nothing learnt');
    const read = new Promise<string>((resolve) => {
      const opened = openCardReader(
        settings,
        { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 },
        {
          onRead: ({ number }) => {
            resolve(cardDigits(number));
            void opened.close();
          },
          onState: ({ kind }) => kind === 'ready' && reader.type('0040856634\r'),
          onUnusable: () => undefined,
          onNoise: () => undefined,
        },
      );
    });
    expect(await read).toBe('026F6C3A');
  });

  it.each([
    ['magtek', ['magtek', 'id-tech']],
    ['magtek-encrypting', ['magtek']],
    ['id-tech-native', ['id-tech']],
    ['hid-pos', ['hid-pos']],
  ] as const)('knows a %s by its report', async (kind, expected) => {
    const reader = await start(kind);
    const learnt = await learn(() => reader.present('88880001234'));
    expect(learnt?.proposals.map((proposal) => proposal.kind)).toEqual(expected);
    expect(learnt?.endsWith).toBeNull();
  });

  it('a bank card teaches as well as any', async () => {
    const reader = await start('magtek');
    const learnt = await learn(() => reader.present('4111111111111111'));
    expect(learnt?.at).toBe(reader.address);
    expect(JSON.stringify(learnt)).not.toContain('4111');
  });

  it('knows a stripe reader that types, and what is missing behind the card', async () => {
    const reader = await start('keyboard-stripe');
    const learnt = await learn(() => reader.type(';88880001234?'));
    expect(learnt).toMatchObject({ proposals: [{ kind: 'keyboard-stripe' }], endsWith: 'none' });
  });

  it('C35 tells Tab and keypad Enter', async () => {
    const reader = await start('keyboard');
    expect(await learn(() => reader.type('01026F6C3A\t'))).toMatchObject({
      proposals: [{ format: '10H' }, { format: '10H', byteOrder: 'reversed' }],
      endsWith: 'tab',
    });
    const withKeypad = () => {
      for (const report of [...typeText('01026F6C3A'), keyDown(0x58), keyDown(0)]) reader.send(report);
    };
    expect(await learn(withKeypad)).toMatchObject({ endsWith: 'keypad-enter' });
  });

  it('a key pressed by hand teaches nothing; waiting ends when told', async () => {
    const reader = await start('keyboard');
    const waiting = new AbortController();
    const learnt = learnReader({
      addresses: [reader.address],
      signal: waiting.signal,
      onListening: () => {
        reader.type('12\r');
        setImmediate(() => waiting.abort());
      },
    });
    expect(await learnt).toBeNull();
    await vi.waitFor(() => expect(reader.clients).toBe(0));
  });

  it('says what could not be opened, and ends when nothing could', async () => {
    const gone = await startSimulatedReader('keyboard');
    const at = gone.address;
    await gone.close();
    const shut: unknown[] = [];
    const learnt = await learnReader({
      addresses: [at],
      signal: AbortSignal.timeout(5_000),
      onListening: (_, closed) => shut.push(...closed),
    });
    expect(learnt).toBeNull();
    expect(shut).toEqual([{ at, reason: 'refused' }]);
  });
});

describe('guessTypedFormats', () => {
  const guess = (typed: string, printed?: string) =>
    guessTypedFormats(Buffer.from(typed), printed).map(({ format, byteOrder }) => `${format} ${byteOrder}`);

  it('C29 the printed number makes every format unique', () => {
    const printed = '0040856634 623,27706';
    expect(guess('01026F6C3A', printed)).toEqual(['10H straight']);
    expect(guess('0040856634', printed)).toEqual(['8H10D straight']);
    expect(guess('07302202', printed)).toEqual(['6H8D straight']);
    expect(guess('111,27706', printed)).toEqual(['2H4H straight']);
    expect(guess('00623,27706', printed)).toEqual(['4H4H straight']);
    expect(guess('00623,27706', '111,27706')).toEqual(['4H4H straight']);
  });

  it('C30 and the order of the bytes', () => {
    expect(guess('3283263748', '77705923')).toEqual(['8H10D reversed']);
    expect(guess('3283263748', '04A1B2C3')).toEqual(['8H10D reversed']);
  });

  it('without it all that fits is proposed, the likeliest first', () => {
    expect(guess('0040856634')[0]).toBe('8H10D straight');
    expect(guess('01026F6C3A')).toEqual(['10H straight', '10H reversed']);
    expect(guess('hello world')).toEqual([]);
    expect(guess('0040856634', '9999999999')).toEqual([]);
  });
});
