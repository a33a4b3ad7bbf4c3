// Reopening: back-off, jitter, recovery, and stopping at every moment.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutOfOrder } from '../../device/device-state.ts';
import { keepOpen } from '../../device/keep-open.ts';
import {
  type BytePort,
  type BytePortEvents,
  PortClosedError,
  type PortClosedReason,
} from '../../device/transport/byte-port.ts';

function makeDevice(reason: PortClosedReason = 'refused') {
  const attempts: number[] = [];
  const lost: string[] = [];
  const states: OutOfOrder['kind'][] = [];
  let isThere = false;
  let line: BytePortEvents | undefined;
  const open = async (events: BytePortEvents): Promise<BytePort> => {
    attempts.push(performance.now());
    if (!isThere) throw new PortClosedError(reason);
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
    states,
    nowFailsWith: (next: PortClosedReason) => {
      reason = next;
    },
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
        {
          onOpen: opened,
          onBytes: () => undefined,
          onOut: ({ kind, code }) => {
            states.push(kind);
            lost.push(code);
          },
        },
      ),
  };
}

describe('keepOpen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const gapsOf = (times: readonly number[]) =>
    times.slice(1).map((time, n) => Math.round(time - (times[n] ?? 0)));

  it('what is not there is looked for every second at least, and said once', async () => {
    for (const reason of ['unplugged', 'unreachable'] as const) {
      const device = makeDevice(reason);
      const kept = device.keep();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(gapsOf(device.attempts)).toEqual([250, 500, 1_000, 1_000, 1_000, 1_000]);
      expect([device.states, device.lost]).toEqual([['absent'], [`printer-${reason}`]]);
      await kept.stop();
    }
  });

  it('what has come and does not open yet is tried from the shortest pause again', async () => {
    const device = makeDevice('unplugged');
    const kept = device.keep();
    await vi.advanceTimersByTimeAsync(30_000);
    const before = device.attempts.length;
    device.nowFailsWith('no-rights');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(gapsOf(device.attempts.slice(before)).slice(0, 3)).toEqual([250, 500, 1_000]);
    expect(device.states).toEqual(['absent', 'back-off']);
    expect(device.lost).toEqual(['printer-unplugged', 'printer-no-rights']);
    await kept.stop();
  });

  it('an opening that throws what nobody foresaw is a state, too', async () => {
    const out: OutOfOrder[] = [];
    const kept = keepOpen(
      {
        open: () => {
          throw new TypeError('a driver stumbled');
        },
        family: 'reader',
        retryMinMs: 250,
        retryMaxMs: 5_000,
      },
      { onOpen: () => undefined, onBytes: () => undefined, onOut: (state) => out.push(state) },
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(out).toEqual([{ kind: 'absent', code: 'reader-unreachable' }]);
    await kept.stop();
  });

  it('each reason has its code, by the family of the device', async () => {
    const seen = { reader: [] as string[], printer: [] as string[], panel: [] as string[] };
    for (const family of ['reader', 'printer', 'panel'] as const) {
      for (const reason of ['in-use', 'ambiguous', 'wrong-device', 'no-driver'] as const) {
        const kept = keepOpen(
          {
            open: () => Promise.reject(new PortClosedError(reason)),
            family,
            retryMinMs: 250,
            retryMaxMs: 5_000,
          },
          {
            onOpen: () => undefined,
            onBytes: () => undefined,
            onOut: ({ code }) => seen[family].push(code),
          },
        );
        await vi.advanceTimersByTimeAsync(10);
        await kept.stop();
      }
    }
    expect(seen).toEqual({
      reader: ['reader-in-use', 'reader-ambiguous', 'reader-wrong-device', 'device-driver-missing'],
      printer: ['printer-in-use', 'printer-ambiguous', 'printer-wrong-device', 'device-driver-missing'],
      panel: ['panel-in-use', 'panel-ambiguous', 'panel-wrong-firmware', 'device-driver-missing'],
    });
  });

  it('waits 250 ms, then twice as long each time, at most 5 s', async () => {
    const device = makeDevice();
    const kept = device.keep();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(gapsOf(device.attempts)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(new Set(device.lost)).toEqual(new Set(['printer-refused']));
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
