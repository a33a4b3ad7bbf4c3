// What terminals are sent brings them exactly to what headquarters published, from wherever they are.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DatasetPart, datasetPartSchema, manifestSchema } from '../../../sync/contract/datasets.ts';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { Publisher, partsSince } from '../../../sync/headquarters/publisher.ts';
import { headquartersMigrations } from '../../../sync/headquarters/schema.ts';

let folder: string;
let db: Database;
let clock: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  db = Database.open(join(folder, 'hq.sqlite'), headquartersMigrations);
  clock = 1_000_000;
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
  vi.useRealTimers();
});

const now = () => new Date(clock);
const publication = (onChange = () => {}) => new Publication(db, now, onChange);
const publish = (rows: readonly (readonly [string, object | null])[]) =>
  db.transaction(() => publication().publish('board', rows));
const version = () => publication().versions().board;

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

describe('publication and publisher', () => {
  it('DS: any chain of deltas gives what one snapshot gives, for any history', () => {
    const key = fc.integer({ min: 0, max: 12 }).map((n) => `unit/b/${n}`);
    const body = fc.option(fc.record({ price: fc.integer({ min: 0, max: 3 }), name: fc.string() }), {
      nil: null,
    });
    const step = fc.record({
      rows: fc.array(fc.tuple(key, body), { maxLength: 8 }),
      asks: fc.boolean(),
      waits: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        db.run('DELETE FROM dataset_row');
        let have = version();
        let rows: Rows = new Map();
        for (const { rows: changes, asks, waits } of steps) {
          clock += waits;
          publish(changes);
          if (!asks) continue;
          rows = apply(rows, partsSince(db, 'board', have));
          have = version();
          const snapshot = apply(new Map(), partsSince(db, 'board', 0));
          expect(rows).toEqual(snapshot);
        }
      }),
      { numRuns: 60, verbose: 1 },
    );
  });

  it('DS: rows that say nothing new give no new version', () => {
    publish([['a', { x: 1 }]]);
    const before = version();
    publish([
      ['a', { x: 1 }],
      ['gone', null],
    ]);
    expect(version()).toBe(before);
  });

  it('DS: versions rise also when the clock stands or goes back', () => {
    const seen = [0];
    for (const at of [5_000, 5_000, 4_000, 9_000]) {
      clock = at;
      publish([['a', { at, n: seen.length }]]);
      expect(version()).toBeGreaterThan(seen.at(-1) ?? 0);
      seen.push(version());
    }
  });

  it('DS: a version that was never given out gets a snapshot, an up-to-date terminal gets nothing', () => {
    publish([['a', { x: 1 }]]);
    const old = version();
    clock += 10;
    publish([
      ['a', null],
      ['b', { x: 2 }],
    ]);
    expect(partsSince(db, 'board', version())).toEqual([]);
    expect(partsSince(db, 'board', old)).toMatchObject([
      {
        from: old,
        rows: [
          ['a', null],
          ['b', { x: 2 }],
        ],
      },
    ]);
    for (const have of [0, old - 1, version() + 5]) {
      expect(partsSince(db, 'board', have)).toMatchObject([{ from: 0, rows: [['b', { x: 2 }]] }]);
    }
    // a headquarters that lost everything empties who knows more
    expect(partsSince(db, 'library', 7)).toMatchObject([{ from: 0, to: 0, parts: 1, rows: [] }]);
  });

  it('DS: parts stay below 60 KB and every row is in exactly one', () => {
    publish(
      Array.from({ length: 3_000 }, (_, n) => [`unit/b/${n}`, { n, text: '四季花城'.repeat(5) }] as const),
    );
    const parts = partsSince(db, 'board', 0);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(60_000);
      expect(() => encodeFrame(part)).not.toThrow();
    }
    expect(apply(new Map(), parts).size).toBe(3_000);
  });

  it('DS: changes that come together make one manifest, and one comes at each interval', async () => {
    vi.useFakeTimers();
    const { publisher, manifests } = makePublisher();
    publisher.start();
    expect(manifests).toHaveLength(1);
    db.transaction(() => {
      const changing = publication(() => publisher.noteChange());
      changing.publish('board', [['a', { x: 1 }]]);
      changing.publish('library', [['b', { x: 1 }]]);
    });
    await vi.advanceTimersByTimeAsync(49);
    expect(manifests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(manifests).toHaveLength(2);
    expect(manifests[1]).toMatchObject({ versions: publication().versions() });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(manifests).toHaveLength(3);
    publisher.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(manifests).toHaveLength(3);
  });

  it('DS: a repeated ask during an answer is answered once, a newer one after it', async () => {
    publish(
      Array.from({ length: 2_000 }, (_, n) => [`unit/b/${n}`, { text: '四季花城'.repeat(10) }] as const),
    );
    const { publisher, parts } = makePublisher();
    const terminal = 'hall-1' as TerminalId;
    const ask = (have: number) => ({ v: 1 as const, have: { ...publication().versions(), board: have } });
    const first = publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(99));
    await first;
    const expected = partsSince(db, 'board', 0).length;
    expect(parts.map(({ part }) => part)).toEqual(
      [0, 1].flatMap(() => Array.from({ length: expected }, (_, part) => part)),
    );
  });

  it('DS: an answer ends when the link does', async () => {
    publish(
      Array.from({ length: 2_000 }, (_, n) => [`unit/b/${n}`, { text: '四季花城'.repeat(10) }] as const),
    );
    const { publisher, parts } = makePublisher(() => parts.length < 2);
    await publisher.receiveAsk('hall-1' as TerminalId, {
      v: 1,
      have: { board: 0, members: 0, events: 0, library: 0, requests: 0 },
    });
    expect(parts).toHaveLength(2);
  });
});

function makePublisher(isUp = () => true) {
  const manifests: object[] = [];
  const parts: DatasetPart[] = [];
  const publisher = new Publisher({
    db,
    publication: publication(),
    now,
    delayMs: 50,
    everyMs: 10_000,
    output: {
      sendManifest: async (frame) => manifests.push(decodeFrame(manifestSchema, frame)) > 0,
      sendPart: async (_terminal, frame) => {
        parts.push(decodeFrame(datasetPartSchema, frame));
        return isUp();
      },
    },
  });
  return { publisher, manifests, parts };
}
