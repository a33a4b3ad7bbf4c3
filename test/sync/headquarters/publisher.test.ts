// What terminals are sent brings them exactly to what headquarters published, from wherever they are.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DatasetChange, datasetChangeSchema, manifestSchema } from '../../../sync/contract/datasets.ts';
import { decodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { RowHashes } from '../../../sync/contract/row-hash.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { Publisher } from '../../../sync/headquarters/publisher.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../../sync/headquarters/store/store.ts';
import { Replica } from '../../../sync/replica.ts';
import { level, levelRows, rowsOf, settle } from '../dataset-changes.ts';
import { scratchFolder } from '../scratch.ts';
import { freshStore, type StorePlace, storeKinds } from './store-kinds.ts';
import { type Met, meet } from './terminal-replica.ts';

let place: StorePlace;
let store: Store;
let clock: number;
let met: Met | undefined;
const now = () => new Date(clock);
const publication = (onChange = () => {}) => new Publication(store, now, onChange);
const publish = (rows: readonly (readonly [string, object | null])[]) =>
  store.transaction((tx) => publication().publish(tx, [{ dataset: 'members', rows: async () => rows }]));
const version = async () => (await publication().versions()).members;
const codes = (replica: Replica) =>
  replica.list('members', '').map((row) => (row.kind === 'level' ? `${row.code}${row.from}` : '?'));
const many = (count: number, from = 0) =>
  levelRows(
    Array.from({ length: count }, (_, n) =>
      [...String(n).padStart(5, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join(''),
    ),
    from,
  );
const none = { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 };
const ask = (members: number) => ({ v: 1 as const, kind: 'changes' as const, have: { ...none, members } });
const terminal = 'hall-1' as TerminalId;
const soon = { timeout: 20_000, interval: 10 };

describe.each(storeKinds)('publication and publisher on %s', (kind) => {
  beforeEach(async () => {
    place = await freshStore(kind);
    store = await openStore(place.url);
    clock = 1_000_000;
  });
  afterEach(async () => {
    await met?.close();
    met = undefined;
    await store.close();
    place.remove();
    vi.useRealTimers();
  });

  it('DS3 any chain of deltas gives what one snapshot gives, for any history', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const row = fc.tuple(key, fc.option(fc.nat(3), { nil: null }));
    const step = fc.record({
      rows: fc.array(row, { maxLength: 6 }),
      asks: fc.boolean(),
      waits: fc.nat(2),
    });
    const scratch = scratchFolder();
    let run = 0;
    const { publisher, changes } = makePublisher();
    const sync = async (replica: Replica) => {
      changes.length = 0;
      await publisher.receiveAsk(terminal, ask(replica.versions().members));
      for (const change of changes) replica.take(change);
      settle(replica);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        run += 1;
        const replica = Replica.open(join(scratch, `chain-${run}`));
        for (const { rows, asks, waits } of steps) {
          clock += waits;
          await publish(
            rows.map(([code, from]) => [`level/${code}`, from === null ? null : level(code, from)] as const),
          );
          if (!asks) continue;
          await sync(replica);
          const fresh = Replica.open(join(scratch, `fresh-${run}`));
          await sync(fresh);
          expect(codes(replica)).toEqual(codes(fresh));
          expect(replica.head('members').root).toBe((await publication().current()).roots.members);
          fresh.close();
          rmSync(join(scratch, `fresh-${run}`), { recursive: true });
        }
        replica.close();
      }),
      { numRuns: kind === 'sqlite' ? 20 : 6, verbose: 1 },
    );
  });

  it('DS2 rows that say nothing new give no new version', async () => {
    await publish(levelRows(['a']));
    const before = await version();
    await publish([...levelRows(['a']), ['level/gone', null]]);
    expect(await version()).toBe(before);
  });

  it('DS2 versions rise also when the clock stands or goes back', async () => {
    const seen = [0];
    for (const at of [5_000, 5_000, 4_000, 9_000]) {
      clock = at;
      await publish(levelRows(['a'], seen.length));
      expect(await version()).toBeGreaterThan(seen.at(-1) ?? 0);
      seen.push(await version());
    }
  });

  it('DS3 a version that was never given out gets a snapshot, an up-to-date terminal gets nothing', async () => {
    await publish(levelRows(['a']));
    const old = await version();
    clock += 10;
    await publish([['level/a', null], ...levelRows(['b'])]);
    const { publisher, changes } = makePublisher();
    const answer = async (have: number) => {
      changes.length = 0;
      await publisher.receiveAsk(terminal, ask(have));
      return changes.map((change) => ({
        from: change.from,
        rows: rowsOf(change).map((row) => row['code']),
        gone: change.kind === 'inline' && change.pack.gone,
      }));
    };
    expect(await answer(await version())).toEqual([]);
    expect(await answer(old)).toEqual([{ from: old, rows: ['b'], gone: ['level/a'] }]);
    for (const have of [0, old - 1, (await version()) + 5]) {
      expect(await answer(have)).toEqual([{ from: 0, rows: ['b'], gone: [] }]);
    }
    // a headquarters that lost everything empties who knows more
    changes.length = 0;
    await publisher.receiveAsk(terminal, { v: 1, kind: 'changes', have: { ...none, library: 7 } });
    expect(changes.find(({ dataset }) => dataset === 'library')).toMatchObject({ from: 0, to: 0 });
  });

  it('DS4 DS6 a large dataset comes as chunks, whatever is lost on the way, and goes on with deltas', async () => {
    await publish(many(9_000));
    met = meet(store, join(scratchFolder(), 'datasets'), now);
    let frames = 0;
    met.onWay = (channel, frame) => {
      expect(frame.length).toBeLessThanOrEqual(64 * 1024);
      frames += 1;
      return channel === 'chunk' && frames % 3 === 0 ? undefined : frame;
    };
    met.courier.up();
    await met.publisher.sendManifest();
    await vi.waitFor(async () => {
      met?.tick();
      expect(met?.replica.versions().members).toBe(await version());
    }, soon);
    expect(met.replica.list('members', '')).toHaveLength(9_000);
    const { chunk } = met.bytes;
    clock += 10;
    await publish([...many(90, 5), ['level/aaaaj', null]]);
    await met.publisher.sendManifest();
    await vi.waitFor(async () => expect(met?.replica.versions().members).toBe(await version()), soon);
    expect(met.bytes.chunk).toBe(chunk);
    expect(met.replica.head('members').root).toBe((await publication().current()).roots.members);
    expect(met.refused).toEqual([]);
  });

  it('DS9 a snapshot that changed while it was fetched goes on with the chunks that are there', async () => {
    await publish(many(9_000));
    const folder = join(scratchFolder(), 'datasets');
    met = meet(store, folder, now);
    let left = 3;
    met.onWay = (channel, frame) => {
      if (channel !== 'chunk') return frame;
      left -= 1;
      return left >= 0 ? frame : undefined;
    };
    met.courier.up();
    await met.publisher.sendManifest();
    await vi.waitFor(() => expect(left).toBeLessThan(0), soon);
    const before = met.bytes.chunk;
    met.courier.down();
    clock += 10;
    await publish(levelRows(['zz'], 1));
    left = 1_000;
    met.courier.up();
    await met.publisher.sendManifest();
    await vi.waitFor(async () => {
      met?.tick(4);
      expect(met?.replica.versions().members).toBe(await version());
    }, soon);
    expect(met.replica.list('members', '')).toHaveLength(9_001);
    // nothing came twice
    const all = met.bytes.chunk;
    const fresh = meet(store, join(scratchFolder(), 'fresh'), now);
    fresh.courier.up();
    await fresh.publisher.sendManifest();
    await vi.waitFor(async () => expect(fresh.replica.versions().members).toBe(await version()), soon);
    expect(all).toBeLessThanOrEqual(fresh.bytes.chunk + 200);
    expect(before).toBeGreaterThan(0);
    await fresh.close();
  });

  it('DS12 one row costs one part of the hashes, and the root is that of all rows', async () => {
    const parts = async () =>
      (await store.db.selectFrom('dataset_hashes').selectAll().orderBy('part').execute()).map(
        ({ hashes }) => hashes,
      );
    await publish(many(900));
    const before = await parts();
    await publish([...levelRows(['aaaaa'], 4)]);
    const after = await parts();
    expect(after.filter((part, n) => part !== before[n])).toHaveLength(1);
    await publish([['level/aaaab', null]]);
    const hashes = new RowHashes();
    for (const { key, body } of await store.db.selectFrom('dataset_row').selectAll().execute()) {
      if (body !== null) hashes.toggle(key, body);
    }
    expect((await publication().current()).roots.members).toBe(hashes.root());
  });

  it('DS8 a manifest is of the moment before it was read, never ahead of the truth', async () => {
    const { publisher, manifests } = makePublisher();
    const sent = publisher.sendManifest();
    clock += 1_000;
    await sent;
    expect(manifests).toMatchObject([{ at: new Date(clock - 1_000).toISOString() }]);
  });

  it('DS11 changes that come together make one manifest, and one comes at each interval', async () => {
    vi.useFakeTimers();
    const { publisher, manifests } = makePublisher();
    publisher.start();
    await vi.waitFor(() => expect(manifests).toHaveLength(1));
    await store.transaction((tx) =>
      publication(() => publisher.noteChange()).publish(tx, [
        { dataset: 'members', rows: async () => levelRows(['a']) },
        { dataset: 'library', rows: async () => [['port/b', { kind: 'port' }]] },
      ]),
    );
    await vi.advanceTimersByTimeAsync(49);
    expect(manifests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(() => expect(manifests).toHaveLength(2));
    expect(manifests[1]).toMatchObject(await publication().current());
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.waitFor(() => expect(manifests).toHaveLength(3));
    publisher.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(manifests).toHaveLength(3);
  });

  it('CO6 a repeated ask during an answer is answered once, a newer one after it', async () => {
    await publish(many(500));
    const { publisher, changes } = makePublisher();
    const first = publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(0));
    await publisher.receiveAsk(terminal, ask(99));
    await first;
    expect(changes.map(({ from, to }) => [from, to])).toEqual([
      [0, 1_000_000],
      [0, 1_000_000],
    ]);
  });

  it('CO6 an answer ends when the link does', async () => {
    await publish(many(5));
    await store.transaction((tx) =>
      publication().publish(tx, [{ dataset: 'library', rows: async () => [['port/b', { kind: 'port' }]] }]),
    );
    const { publisher, changes } = makePublisher(() => false);
    await publisher.receiveAsk(terminal, ask(0));
    expect(changes).toHaveLength(1);
  });
});

function makePublisher(isUp = () => true) {
  const manifests: object[] = [];
  const changes: DatasetChange[] = [];
  const publisher = new Publisher({
    store,
    publication: publication(),
    now,
    delayMs: 50,
    everyMs: 10_000,
    bytesPerSecond: 1e9,
    onFault: (error) => {
      throw error;
    },
    output: {
      sendManifest: async (frame) => manifests.push(decodeFrame(manifestSchema, frame)) > 0,
      sendChange: async (_terminal, frame) => {
        changes.push(decodeFrame(datasetChangeSchema, frame));
        return isUp();
      },
      sendChunk: async () => isUp(),
    },
  });
  return { publisher, manifests, changes };
}
