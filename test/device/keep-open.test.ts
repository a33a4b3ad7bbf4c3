// Reopening: back-off, jitter, recovery, and stopping at every moment.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepOpen } from '../../device/keep-open.ts';
import { type BytePort, type BytePortEvents, PortClosedError } from '../../device/transport/byte-port.ts';

function makeDevice() {
  const attempts: number[] = [];
  const lost: string[] = [];
  let isThere = false;
  let line: BytePortEvents | undefined;
  const open = async (events: BytePortEvents): Promise<BytePort> => {
    attempts.push(performance.now());
    if (!isThere) throw new PortClosedError('unreachable');
    line = events;
    let isClosed = false;
    return {
      write: async () => undefined,
      close: async () => {
        if (!isClosed) events.onClose();
        isClosed = true;
      },
    };
  };
  return {
    attempts,
    lost,
    appear: () => {
      isThere = true;
    },
    vanish: () => {
      isThere = false;
      line?.onClose();
    },
    hangUp: () => line?.onClose(),
    say: (text: string) => line?.onBytes(Buffer.from(text)),
    keep: (opened = () => {}) =>
      keepOpen(
        { open, family: 'printer', retryMinMs: 250, retryMaxMs: 5_000, random: () => 1 },
        { onOpen: opened, onBytes: () => undefined, onOut: ({ code }) => lost.push(code) },
      ),
  };
}

describe('keepOpen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const gapsOf = (times: readonly number[]) =>
    times.slice(1).map((time, n) => Math.round(time - (times[n] ?? 0)));

  it('waits 250 ms, then twice as long each time, at most 5 s', async () => {
    const device = makeDevice();
    const kept = device.keep();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(gapsOf(device.attempts)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(new Set(device.lost)).toEqual(new Set(['printer-unreachable']));
    await kept.stop();
  });

  it('starts from 250 ms again once the device has said something', async () => {
    const device = makeDevice();
    const kept = device.keep();
    await vi.advanceTimersByTimeAsync(4_000);
    device.appear();
    await vi.advanceTimersByTimeAsync(5_000);
    device.say('hello');
    const before = device.attempts.length;
    device.vanish();
    await vi.advanceTimersByTimeAsync(250);
    expect(device.attempts).toHaveLength(before + 1);
    expect(device.lost).toContain('printer-cut-off');
    await kept.stop();
  });

  it('keeps backing off from a device that accepts and hangs up at once', async () => {
    const device = makeDevice();
    device.appear();
    const kept = device.keep(() => queueMicrotask(device.hangUp));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(gapsOf(device.attempts)).toEqual([250, 500, 1_000, 2_000, 4_000]);
    await kept.stop();
  });

  it('stops while open, while waiting, and twice', async () => {
    const open = makeDevice();
    open.appear();
    const first = open.keep();
    await vi.advanceTimersByTimeAsync(10);
    await first.stop();
    await first.stop();
    const waiting = makeDevice();
    const second = waiting.keep();
    await vi.advanceTimersByTimeAsync(10);
    await second.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([open.attempts.length, waiting.attempts.length]).toEqual([1, 1]);
    expect(open.lost).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a dropped connection is lost with the code of who dropped it', async () => {
    const device = makeDevice();
    device.appear();
    const kept = device.keep();
    await vi.advanceTimersByTimeAsync(10);
    kept.drop('printer-not-a-printer');
    await vi.advanceTimersByTimeAsync(10);
    expect(device.lost).toEqual(['printer-not-a-printer']);
    await kept.stop();
  });
});
