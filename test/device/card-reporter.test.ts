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
    reporter.listen(true);
  });
  afterEach(() => {
    reporter.stop();
    vi.restoreAllMocks();
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
    reporter.report(first.reading);
    vi.advanceTimersByTime(65);
    reporter.report(second.reading);
    expect(reads.map(({ number }) => cardDigits(number))).toEqual(['01026F6C3A']);
    expect(cardDigits(second.number)).toBe('\0'.repeat(10));
  });

  it('a read that its owner wiped is still the same presentation', () => {
    reporter.report(sighting().reading);
    reads[0]?.number.wipe();
    vi.advanceTimersByTime(65);
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(1);
  });

  it('two presentations of one card a second apart are two, and 399 ms apart one', () => {
    for (const pauseMs of [0, 1_000, 399, 1_000]) {
      vi.advanceTimersByTime(pauseMs);
      reporter.report(sighting().reading);
    }
    expect(reads).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(500);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C27 a card that lies there while the terminal stands still for 5 s is one tap', () => {
    let stalledMs = 0;
    const running = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => running() + stalledMs);
    for (let stall = 0; stall < 3; stall += 1) {
      for (let n = 0; n < 20; n += 1) {
        reporter.report(sighting().reading);
        vi.advanceTimersByTime(65);
      }
      // the clock goes on, and no timer and no byte comes through meanwhile
      stalledMs += 5_000;
    }
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(1);
  });

  it('C37 a card that lies there while the cable is out for 2 s is one tap; taken away afterwards it is two', () => {
    reporter.report(sighting().reading);
    reporter.listen(false);
    vi.advanceTimersByTime(2_000);
    reporter.listen(true);
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(1);
    vi.advanceTimersByTime(500);
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(2);
  });

  it('C27 a card on a reader whose answers fail for seconds is one tap; answers without it let it count again', () => {
    reporter.listen(false);
    reporter.report(sighting().reading);
    vi.advanceTimersByTime(3_000);
    reporter.heardAnswer();
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(1);
    for (let n = 0; n < 4; n += 1) {
      vi.advanceTimersByTime(110);
      reporter.heardAnswer();
    }
    reporter.report(sighting().reading);
    expect(reads).toHaveLength(2);
  });

  it('tells an unusable card once while it lies there, and again after it was away', () => {
    const phone = new GatheredReading();
    phone.add('card-random-id');
    for (const pauseMs of [0, 100, 100, 500]) {
      vi.advanceTimersByTime(pauseMs);
      reporter.report(phone);
    }
    expect(unusable).toEqual(['card-random-id', 'card-random-id']);
  });

  it('sums noise up to one event of each kind a second, and none after stop', () => {
    const noisy = new GatheredReading();
    noisy.noiseBytes = 3;
    noisy.badChecksumBytes = 14;
    for (let n = 0; n < 5; n += 1) reporter.report(noisy);
    expect(noise).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(noise).toEqual([
      { code: 'reader-noise', bytes: 15 },
      { code: 'reader-bad-checksum', bytes: 70 },
    ]);
    reporter.report(noisy);
    reporter.stop();
    vi.advanceTimersByTime(5_000);
    expect(noise).toHaveLength(2);
  });
});
