// What every CardReader must do, whatever carries its bytes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardRead, CardReader, CardReaderEvents, ReaderNoise } from '../../device/card-reader.ts';
import { type DeviceState, isOutOfOrder } from '../../device/device-state.ts';

/** One reader and the hand that holds cards to it. */
export interface CardReaderBench {
  open(events: CardReaderEvents): CardReader;
  /** lays a card down, and takes it away */
  place(tag: string): void;
  lift(): void;
  sendWrongChecksum(tag: string): void;
  send(bytes: Uint8Array): void;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** resolves when what is sent now reaches the reader's owner */
  isListening(): Promise<void>;
  close(): Promise<void>;
}

export function describeCardReader(name: string, makeBench: () => Promise<CardReaderBench>): void {
  describe(`CardReader contract: ${name}`, () => {
    const reads: CardRead[] = [];
    const states: DeviceState[] = [];
    const noise: ReaderNoise[] = [];
    let bench: CardReaderBench;
    let reader: CardReader;

    beforeEach(async () => {
      for (const list of [reads, states, noise]) list.length = 0;
      bench = await makeBench();
      reader = bench.open({
        onRead: (read) => reads.push(read),
        onState: (state) => states.push(state),
        onUnusable: () => undefined,
        onNoise: (n) => noise.push(n),
      });
      await becomes('ready');
      await bench.isListening();
    });
    afterEach(async () => {
      await reader.close();
      await bench.close();
    });

    const becomes = (kind: DeviceState['kind']) =>
      vi.waitFor(() => expect(reader.state.kind).toBe(kind), { timeout: 10_000 });
    const numbers = () =>
      reads.map(({ number }) => number.use((canonical) => Buffer.from(canonical).toString('latin1')));
    const readsAre = (expected: readonly string[]) =>
      vi.waitFor(() => expect(numbers()).toEqual(expected), { timeout: 10_000 });

    it('C23 reads a card once while it lies there, and again after it was away', async () => {
      bench.place('01026F6C3A');
      await readsAre(['01026F6C3A']);
      // Another card's tap proves that the first one was repeated many times meanwhile.
      bench.place('0100000001');
      await readsAre(['01026F6C3A', '0100000001']);
      bench.lift();
      expect(reads[0]?.technology).toBe('em4100');
      expect(String(reads[0]?.number)).not.toContain('01026F');
    });

    it('C24 counts a wrong checksum as noise and goes on', async () => {
      bench.sendWrongChecksum('01026F6C3A');
      bench.send(Buffer.from('garbage'));
      bench.place('0100000002');
      await readsAre(['0100000002']);
      await vi.waitFor(
        () =>
          expect(new Set(noise.map(({ code }) => code))).toEqual(
            new Set(['reader-bad-checksum', 'reader-noise']),
          ),
        { timeout: 5_000 },
      );
      expect(noise.find(({ code }) => code === 'reader-bad-checksum')?.bytes).toBe(14);
    });

    it('C37 survives unplugging in the middle of a frame and works after replugging', async () => {
      bench.send(Buffer.from('\x0201026F', 'latin1'));
      await bench.unplug();
      await vi.waitFor(() => expect(isOutOfOrder(reader.state)).toBe(true), { timeout: 10_000 });
      expect(reader.state).toMatchObject({ code: expect.stringMatching(/^reader-/) });
      await bench.plug();
      await becomes('ready');
      await bench.isListening();
      bench.place('0100000003');
      await readsAre(['0100000003']);
    });

    it('closes twice without complaint and is silent afterwards', async () => {
      await reader.close();
      await reader.close();
      const seen = [...states];
      bench.place('0100000004');
      await bench.unplug();
      expect(states).toEqual(seen);
      expect(reads).toEqual([]);
    });
  });
}
