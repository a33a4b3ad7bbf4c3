// How many facts go into one frame: as many as fit when they pack well, fewer when they do not, never too many.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FactBatch, FactContent } from '../../sync/contract/facts.ts';
import { encodeFrame, maxFrameBytes } from '../../sync/contract/frame.ts';
import type { MemberId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { FactCourier } from '../../sync/fact-courier.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { ackOf, handClock, scratchFolder, tenant, terminal, viewed } from './scratch.ts';
import { someSealer } from './some-keys.ts';

function setUp(batchesInFlight = 1) {
  const db = Database.open(join(scratchFolder(), 'kiosk.db'), outboxMigrations);
  onTestFinished(() => db.close());
  const outbox = Outbox.open(db, { terminal, clock: handClock(), sealer: someSealer });
  const sent: { readonly batch: FactBatch; readonly bytes: number }[] = [];
  const faults: unknown[] = [];
  const courier = new FactCourier(
    { tenant, outbox, limits: { ackTimeoutMs: 1_000, factsPerBatch: 500, batchesInFlight } },
    {
      send: (_topic, message) => {
        const { length } = encodeFrame(message);
        sent.push({ batch: message as FactBatch, bytes: length });
        return length;
      },
      refuse: () => {},
      storeFault: (cause) => faults.push(cause),
      monoMs: () => 0,
    },
    () => {},
  );
  const append = (...contents: readonly FactContent[]): void => {
    db.transaction(() => contents.forEach((content) => void outbox.append(content)));
    courier.appended();
  };
  /** Headquarters takes one batch after the other. */
  const drain = (): void => {
    courier.up();
    for (let last = sent.at(-1); last && outbox.waiting() > 0; last = sent.at(-1)) {
      courier.takeAck(ackOf(outbox.epoch, last.batch.facts.at(-1)?.seq ?? 0));
    }
  };
  return { db, courier, outbox, sent, faults, append, drain };
}

const many = (count: number): FactContent[] => Array.from({ length: count }, (_, n) => viewed(n));
/** Words that hardly pack. */
const noise = (bytes: number): FactContent => ({
  kind: 'person-proven',
  body: { member: randomBytes(bytes).toString('base64') as MemberId, purpose: 'points' },
});

describe('FactCourier', () => {
  it('CO1 a frame is filled by how facts packed lately', () => {
    const { append, drain, sent } = setUp();
    append(...many(2_000));
    drain();
    const sizes = sent.map(({ batch }) => batch.facts.length);
    expect(sizes[0]).toBeLessThan(250);
    expect(sizes.slice(1, -1).every((size) => size === 500)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2_000);
  });

  it('CO1 OB6 when they pack worse all of a sudden, what surely fits is sent instead', () => {
    const { append, drain, sent, faults } = setUp();
    append(...many(400), ...Array.from({ length: 60 }, () => noise(2_500)), noise(30_000), ...many(600));
    drain();
    const seqs = sent.flatMap(({ batch }) => batch.facts.map(({ seq }) => seq));
    expect(seqs).toEqual(Array.from({ length: 1_061 }, (_, n) => n + 1));
    expect(sent.every(({ bytes }) => bytes < maxFrameBytes)).toBe(true);
    expect(faults).toEqual([]);
  });

  it('CO11 a fact that nobody said was appended goes with the next tick', () => {
    const { db, courier, outbox, sent } = setUp();
    courier.up();
    db.transaction(() => outbox.append(viewed(1)));
    courier.tick();
    expect(sent.flatMap(({ batch }) => batch.facts.map(({ seq }) => seq))).toEqual([1]);
  });

  it('CO1 IN6 a batch names the fact before its first, while that is held', () => {
    const { append, drain, sent, outbox } = setUp(2);
    append(...many(700));
    drain();
    const [first, second] = sent.map(({ batch }) => batch);
    expect([first?.prev, first?.forgotten]).toEqual([null, 0]);
    expect([second?.prev, second?.forgotten]).toEqual([first?.facts.at(-1)?.id, 0]);
    expect(outbox.waiting()).toBe(0);
  });
});
