// The back-off alone, and ten thousand terminals of it after a broker's restart, by a clock that is turned by hand.
import { describe, expect, it } from 'vitest';
import { BackOff } from '../../sync/back-off.ts';
import { seededRandom } from '../faults/fault-plan.ts';

const fleet = 10_000;
/** what the broker is said to bear */
const targetPerSecond = 500;
/** as sync/brokers.md has it: terminals over target rate */
const minMs = (fleet / targetPerSecond) * 1_000;
const maxMs = 300_000;

/** A broker that is away until `awayMs`, then refuses (CONNACK 3) until `refusingMs`. */
interface Restart {
  readonly awayMs: number;
  readonly refusingMs: number;
}

interface Storm {
  /** most connects that the broker saw in any second */
  readonly peak: number;
  /** how long after it served again this share of the fleet was back */
  readonly backAfterMs: (share: number) => number;
}

/** Each terminal loses its connection at 0 and tries again after each wait. */
function storm({ awayMs, refusingMs }: Restart, waits: () => () => number): Storm {
  const perSecond = new Map<number, number>();
  const backAt: number[] = [];
  for (let terminal = 0; terminal < fleet; terminal += 1) {
    const nextMs = waits();
    let nowMs = 0;
    do {
      nowMs += nextMs();
      const second = Math.floor(nowMs / 1_000);
      if (nowMs >= awayMs) perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
      // whoever gives up for ever never leaves this loop
    } while (nowMs < refusingMs);
    backAt.push(nowMs);
  }
  backAt.sort((a, b) => a - b);
  return {
    peak: Math.max(...perSecond.values()),
    backAfterMs: (share) => (backAt[Math.ceil(fleet * share) - 1] ?? Number.NaN) - refusingMs,
  };
}

describe('BackOff', () => {
  it('CO9 waits at random below a ceiling that doubles from min to max', () => {
    const always = new BackOff({ minMs: 1_000, maxMs: 300_000 }, () => 1);
    expect(Array.from({ length: 11 }, () => always.nextMs())).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ]);
    expect(new BackOff({ minMs: 1_000, maxMs: 300_000 }, () => 0).nextMs()).toBe(0);
  });

  it('CO9 starts afresh only after a connection of a minute', () => {
    const backOff = new BackOff({ minMs: 1_000, maxMs: 300_000 }, () => 1);
    for (let n = 0; n < 4; n += 1) backOff.nextMs();
    backOff.noteLasted(59_999);
    expect(backOff.nextMs()).toBe(16_000);
    backOff.noteLasted(60_000);
    expect(backOff.nextMs()).toBe(1_000);
  });

  it('CO9 never ends, however often it fails', () => {
    const backOff = new BackOff({ minMs: 1_000, maxMs: 300_000 }, () => 0.5);
    for (let n = 0; n < 5_000; n += 1) backOff.nextMs();
    expect(backOff.nextMs()).toBe(150_000);
  });

  it.each([
    { name: 'a blink', awayMs: 1_000, refusingMs: 1_000 },
    { name: 'a restart', awayMs: 10_000, refusingMs: 20_000 },
    { name: 'a slow start that refuses for a minute', awayMs: 30_000, refusingMs: 90_000 },
    { name: 'an outage of half an hour', awayMs: 1_800_000, refusingMs: 1_800_000 },
  ])('F16 10,000 terminals after $name: at most twice the target rate, 99 % back in 5 min', (restart) => {
    const seed = 20_260_301;
    const random = seededRandom(seed);
    const { peak, backAfterMs } = storm(restart, () => {
      const backOff = new BackOff({ minMs, maxMs }, random);
      return () => backOff.nextMs();
    });
    expect(peak, `seed ${seed}`).toBeLessThanOrEqual(2 * targetPerSecond);
    expect(backAfterMs(0.99), `seed ${seed}`).toBeLessThanOrEqual(300_000);
    expect(backAfterMs(1)).toBeLessThanOrEqual(maxMs);
  });

  it('F16 control: the same without jitter comes back in step and overruns the broker', () => {
    const { peak } = storm({ awayMs: 10_000, refusingMs: 20_000 }, () => {
      const backOff = new BackOff({ minMs, maxMs }, () => 1);
      return () => backOff.nextMs();
    });
    expect(peak).toBe(fleet);
  });

  it('F16 control: mqtt.js, which tries again every second, keeps overrunning it', () => {
    const { peak } = storm({ awayMs: 10_000, refusingMs: 20_000 }, () => () => 1_000);
    expect(peak).toBe(fleet);
  });
});
