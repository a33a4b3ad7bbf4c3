// What every CardReader must do, whatever its kind and whatever carries its bytes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  CardRead,
  CardReader,
  CardReaderEvents,
  CardTechnology,
  ReaderNoise,
  UnusableCard,
} from '../../device/card-reader.ts';
import { type DeviceState, isOutOfOrder } from '../../device/device-state.ts';
import { cardDigits } from '../device/readers/card-digits.ts';

/** One reader and the hand that holds cards to it. A card is named by its canonical number. */
export interface CardReaderBench {
  readonly technology: CardTechnology;
  /** what this reader tells of a card; null for a magnetic stripe */
  readonly bits: number | null;
  /** four cards that the reader can read */
  readonly cards: readonly [string, string, string, string];
  open(events: CardReaderEvents): CardReader;
  /** lays a card down (instead of the one there) or draws it through, and takes it away */
  place(card: string): void;
  lift(): void;
  /** sends, or answers once with, a card that the protocol's own check refuses */
  damage(card: string): void;
  /** how the owner hears of that: counted as noise, or as a card to swipe again */
  readonly damagedIs: ReaderNoise['code'] | UnusableCard;
  /** bytes that are no frame; null where the transport knows only whole reports */
  readonly babble: (() => void) | null;
  /** the first half of a card, so that unplugging cuts it off */
  sendHalf(card: string): void;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** resolves when what is sent now reaches the reader's owner */
  isListening(): Promise<void>;
  close(): Promise<void>;
}

/** Longer than the `cardAbsenceMs` that the benches open with. */
const longAwayMs = 600;
const patience = { timeout: 10_000 };

export function describeCardReader(name: string, makeBench: () => Promise<CardReaderBench>): void {
  describe(`CardReader contract: ${name}`, () => {
    const reads: CardRead[] = [];
    const states: DeviceState[] = [];
    const noise: ReaderNoise[] = [];
    const unusable: UnusableCard[] = [];
    let bench: CardReaderBench;
    let reader: CardReader;

    beforeEach(async () => {
      for (const list of [reads, states, noise, unusable]) list.length = 0;
      bench = await makeBench();
      reader = bench.open({
        onRead: (read) => reads.push(read),
        onState: (state) => states.push(state),
        onUnusable: (why) => unusable.push(why),
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
      vi.waitFor(() => expect(reader.state.kind).toBe(kind), patience);
    const readsAre = (...expected: readonly string[]) =>
      vi.waitFor(() => expect(reads.map(({ number }) => cardDigits(number))).toEqual(expected), patience);

    it('C23 C27 reads a card once while it lies there, and again after it was away', async () => {
      const [a, b] = bench.cards;
      bench.place(a);
      await readsAre(a);
      // another card's tap proves that the first one was not told twice meanwhile
      bench.place(b);
      await readsAre(a, b);
      let turn = 0;
      await vi.waitFor(
        () => {
          if (reads.length === 2 && turn++ % 2) bench.place(a);
          else bench.lift();
          expect(reads.length).toBe(3);
        },
        { ...patience, interval: longAwayMs },
      );
      await readsAre(a, b, a);
      expect(unusable).toEqual([]);
    });

    it('says which kind of card it was and how much of it, and prints no number', async () => {
      const [a] = bench.cards;
      bench.place(a);
      await readsAre(a);
      expect(reads[0]).toMatchObject({ technology: bench.technology, bits: bench.bits });
      for (const printed of [String(reads[0]?.number), JSON.stringify(reads)]) {
        expect(printed).not.toContain(a.slice(0, 6));
      }
    });

    it('C24 refuses a damaged card, counts what is no card, and goes on', async () => {
      const [a, , c] = bench.cards;
      bench.babble?.();
      bench.damage(a);
      const said = () => [...noise.map(({ code }) => code), ...unusable];
      await vi.waitFor(() => expect(said()).toContain(bench.damagedIs), patience);
      if (bench.babble) await vi.waitFor(() => expect(said()).toContain('reader-noise'), patience);
      bench.place(c);
      await readsAre(c);
    });

    it('C37 survives unplugging in the middle of a card and works after replugging', async () => {
      const [a, b] = bench.cards;
      bench.sendHalf(a);
      await bench.unplug();
      await vi.waitFor(() => expect(isOutOfOrder(reader.state)).toBe(true), patience);
      expect(reader.state).toMatchObject({ code: expect.stringMatching(/^reader-/) });
      await bench.plug();
      await becomes('ready');
      await bench.isListening();
      bench.place(b);
      await readsAre(b);
    });

    it('closes twice without complaint and is silent afterwards', async () => {
      await reader.close();
      await reader.close();
      const seen = [...states];
      bench.place(bench.cards[3]);
      await bench.unplug();
      expect(states).toEqual(seen);
      expect(reads).toEqual([]);
    });
  });
}
