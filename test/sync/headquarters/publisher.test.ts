// What terminals are sent brings them exactly to what headquarters published, from wherever they are.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type DatasetName,
  type DatasetPart,
  datasetPartSchema,
  manifestSchema,
} from '../../../sync/contract/datasets.ts';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { Publisher, partsSince } from '../../../sync/headquarters/publisher.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../../sync/headquarters/store/store.ts';
import { freshStore, type StorePlace, storeKinds } from './store-kinds.ts';

let place: StorePlace;
let store: Store;
let clock: number;

const now = () => new Date(clock);
const publication = (onChange = () => {}) => new Publication(store, now, onChange);
const publish = (rows: readonly (readonly [string, object | null])[]) =>
  store.transaction((tx) => publication().publish(tx, [{ dataset: 'board', rows: async () => rows }]));
const version = async () => (await publication().versions()).board;
const parts = (dataset: DatasetName, have: number) => store.snapshot((tx) => partsSince(tx, dataset, have));

type Rows = Map<string, unknown>;
/** What a terminal does with the parts of one change. */
function apply(old: Rows, parts: readonly DatasetPart[]): Rows {
  const [first] = parts;
  if (!first) return old;
  const rows = parts.flatMap((part) => part.rows);
  expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index));
  expect(parts.every((part) => part.parts === parts.length && part.to === first.to)).toBe(true);
  expect(createHash('sha256').update(JSON.stringify(rows)).digest('hex')).toBe(first.sha256);
  const result: Rows = first.from === 0 ? new Map() : new Map(old);
  for (const [key, body] of rows) {
    if (body === null) result.delete(key);
    else result.set(key, body);
  }
  return result;
}

describe.each(storeKinds)('publication and publisher on %s', (kind) => {
  beforeEach(async () => {
    place = await freshStore(kind);
    store = await openStore(place.url);
    clock = 1_000_000;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await store.close();
    place.remove();
  });

  it('DS: any chain of deltas gives what one snapshot gives, for any history', async () => {
    const key = fc.integer({ min: 0, max: 12 }).map((n) => `unit/b/${n}`);
    const body = fc.option(fc.record({ price: fc.integer({ min: 0, max: 3 }), name: fc.string() }), {
      nil: null,
    });
    const step = fc.record({
      rows: fc.array(fc.tuple(key, body), { maxLength: 8 }),
      asks: fc.boolean(),
      waits: fc.integer({ min: 0, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await store.db.deleteFrom('dataset_row').execute();
        let have = await version();
        let rows: Rows = new Map();
        for (const { rows: changes, asks, waits } of steps) {
          clock += waits;
          await publish(changes);
          if (!asks) continue;
          rows = apply(rows, await parts('board', have));
          have = await version();
          const snapshot = apply(new Map(), await parts('board', 0));
          expect(rows).toEqual(snapshot);
        }
      }),
      { numRuns: 60, verbose: 1 },
    );
  });

  it('DS: rows that say nothing new give no new version', async () => {
    await publish([['a', { x: 1 }]]);
    const before = await version();
    await publish([
      ['a', { x: 1 }],
      ['gone', null],
    ]);
    expect(await version()).toBe(before);
  });

  it('DS: versions rise also when the clock stands or goes back', async () => {
    const seen = [0];
    for (const at of [5_000, 5_000, 4_000, 9_000]) {
      clock = at;
      await publish([['a', { at, n: seen.length }]]);
      expect(await version()).toBeGreaterThan(seen.at(-1) ?? 0);
      seen.push(await version());
    }
  });

  it('DS: a version that was never given out gets a snapshot, an up-to-date terminal gets nothing', async () => {
    await publish([['a', { x: 1 }]]);
    const old = await version();
    clock += 10;
    await publish([
      ['a', null],
      ['b', { x: 2 }],
    ]);
    expect(await parts('board', await version())).toEqual([]);
    expect(await parts('board', old)).toMatchObject([
      {
        from: old,
        rows: [
          ['a', null],
          ['b', { x: 2 }],
        ],
      },
    ]);
    for (const have of [0, old - 1, (await version()) + 5]) {
      expect(await parts('board', have)).toMatchObject([{ from: 0, rows: [['b', { x: 2 }]] }]);
    }
    // a headquarters that lost everything empties who knows more
    expect(await parts('library', 7)).toMatchObject([{ from: 0, to: 0, parts: 1, rows: [] }]);
  });

  it('DS: parts stay below 60 KB and every row is in exactly one', async () => {
    await publish(
      Array.from({ length: 3_000 }, (_, n) => [`unit/b/${n}`, { n, text: '四季花城'.repeat(5) }] as const),
    );
    const all = await parts('board', 0);
    expect(all.length).toBeGreaterThan(3);
    for (const part of all) {
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(60_000);
      expect(() => encodeFrame(part)).not.toThrow();
    }
    expect(apply(new Map(), all).size).toBe(3_000);
  });

  it('DS: changes that come together make one manifest, and one comes at each interval', async () => {
    vi.useFakeTimers();
    const { publisher, manifests } = makePublisher();
    publisher.start();
    await answered(manifests, 1);
    const changing = publication(() => publisher.noteChange());
    await store.transaction((tx) =>
      changing.publish(tx, [
        { dataset: 'board', rows: async () => [['a', { x: 1 }]] },
        { dataset: 'library', rows: async () => [['b', { x: 1 }]] },
      ]),
    );
    await vi.advanceTimersByTimeAsync(49);
    expect(manifests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await answered(manifests, 2);
    expect(manifests[1]).toMatchObject({ versions: await publication().versions() });
    await vi.advanceTimersByTimeAsync(10_000);
    await answered(manifests, 3);
    publisher.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    await version();
    expect(manifests).toHaveLength(3);
  });

  it('DS: a repeated ask during an answer is answered once, a newer one after it', async () => {
    await publish(
      Array.from({ length: 2_000 }, (_, n) => [`unit/b/${n}`, { text: '四季花城'.repeat(10) }] as const),
    );
    const { publisher, sent } = makePublisher();
    const terminal = 'hall-1' as TerminalId;
    const versions = await publication().versions();
    const ask = (have: number) => ({ v: 1 as const, have: { ...versions, board: have } });
    const first = publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(99));
    await first;
    const expected = (await parts('board', 0)).length;
    expect(sent.map(({ part }) => part)).toEqual(
      [0, 1].flatMap(() => Array.from({ length: expected }, (_, part) => part)),
    );
  });

  it('DS: an answer ends when the link does', async () => {
    await publish(
      Array.from({ length: 2_000 }, (_, n) => [`unit/b/${n}`, { text: '四季花城'.repeat(10) }] as const),
    );
    const { publisher, sent } = makePublisher(() => sent.length < 2);
    await publisher.receiveAsk('hall-1' as TerminalId, {
      v: 1,
      have: { board: 0, members: 0, events: 0, library: 0, requests: 0 },
    });
    expect(sent).toHaveLength(2);
  });
});

/** The clock stands, but the store is real: ask it until the manifest was made. */
async function answered(manifests: readonly object[], count: number): Promise<void> {
  while (manifests.length < count) await version();
  expect(manifests).toHaveLength(count);
}

function makePublisher(isUp = () => true) {
  const manifests: object[] = [];
  const sent: DatasetPart[] = [];
  const publisher = new Publisher({
    store,
    onFault: (error) => {
      throw error;
    },
    publication: publication(),
    now,
    delayMs: 50,
    everyMs: 10_000,
    output: {
      sendManifest: async (frame) => manifests.push(decodeFrame(manifestSchema, frame)) > 0,
      sendPart: async (_terminal, frame) => {
        sent.push(decodeFrame(datasetPartSchema, frame));
        return isUp();
      },
    },
  });
  return { publisher, manifests, sent };
}
