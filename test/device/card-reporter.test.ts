// From readings to events: a tap once, its number handed on, every other sighting's number wiped.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CardNumber } from '../../device/card-number.ts';
import type { CardRead, ReaderNoise, UnusableCard } from '../../device/card-reader.ts';
import { CardReporter } from '../../device/card-reporter.ts';
import { GatheredReading } from '../../device/readers/card-framing.ts';
import { cardDigits } from './readers/card-digits.ts';

describe('CardReporter', () => {
  const reads: CardRead[] = [];
  const unusable: UnusableCard[] = [];
  const noise: ReaderNoise[] = [];
  let reporter: CardReporter;

  beforeEach(() => {
    vi.useFakeTimers();
    for (const list of [reads, unusable, noise]) list.length = 0;
    reporter = new CardReporter(
      {
        onRead: (read) => reads.push(read),
        onUnusable: (why) => unusable.push(why),
        onState: () => undefined,
        onNoise: (n) => noise.push(n),
      },
      400,
    );
  });
  afterEach(() => {
    reporter.stop();
    vi.useRealTimers();
  });

  const sighting = () => {
    const reading = new GatheredReading();
    const number = new CardNumber('01026F6C3A');
    reading.add({ technology: 'em4100', number, bits: 40 });
    return { reading, number };
  };

  it('C27 C36 hands the first sighting on and wipes the numbers of the others', () => {
    const first = sighting();
    const second = sighting();
    reporter.report(first.reading, 0);
    reporter.report(second.reading, 65);
    expect(reads.map(({ number }) => cardDigits(number))).toEqual(['01026F6C3A']);
    expect(cardDigits(second.number)).toBe('\0'.repeat(10));
  });

  it('a read that its owner wiped is still the same presentation', () => {
    reporter.report(sighting().reading, 0);
    reads[0]?.number.wipe();
    reporter.report(sighting().reading, 65);
    expect(reads).toHaveLength(1);
  });

  it('tells an unusable card once while it lies there, and again after it was away', () => {
    const phone = new GatheredReading();
    phone.add('card-random-id');
    for (const at of [0, 100, 200, 700]) reporter.report(phone, at);
    expect(unusable).toEqual(['card-random-id', 'card-random-id']);
  });

  it('sums noise up to one event of each kind a second, and none after stop', () => {
    const noisy = new GatheredReading();
    noisy.noiseBytes = 3;
    noisy.badChecksumBytes = 14;
    for (let n = 0; n < 5; n += 1) reporter.report(noisy, n);
    expect(noise).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(noise).toEqual([
      { code: 'reader-noise', bytes: 15 },
      { code: 'reader-bad-checksum', bytes: 70 },
    ]);
    reporter.report(noisy, 1_000);
    reporter.stop();
    vi.advanceTimersByTime(5_000);
    expect(noise).toHaveLength(2);
  });
});
