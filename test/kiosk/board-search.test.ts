// The search follows the dataset: built a little at a time, never of another version, never of what is not published.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardQuery } from '../../kiosk/search/board-query.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { boardKeyOf, boardKeys } from '../../sync/contract/board.ts';
import { bring, PublishedRows } from '../sync/dataset-changes.ts';
import { give, openSmallWorld } from './small-world.ts';

const everything: BoardQuery = {
  text: '',
  only: {},
  within: {},
  sort: 'place',
  isDescending: false,
  offset: 0,
  limit: 100,
};

let store: TerminalStore;
beforeEach(async () => {
  store = await openSmallWorld();
});
afterEach(() => store.close());

async function found(query: Partial<BoardQuery> = {}): Promise<string[]> {
  const index = await vi.waitUntil(() => store.boardSearch.index());
  return index.search({ ...everything, ...query }).units.map(({ unit }) => unit);
}

describe('the search of a terminal', () => {
  it('is not there at once, and says when it is', async () => {
    expect(store.boardSearch.index()).toBeUndefined();
    await new Promise<void>((resolve) =>
      store.boardSearch.watch({ onReady: resolve, onFault: () => resolve() }),
    );
    expect(store.boardSearch.index()?.size).toBe(3);
  });

  it('SE2 finds what is published, and after a change only what is published then', async () => {
    expect(await found({ text: '花城' })).toEqual(['u101', 'u102', 'u201']);
    const unit = store.replica.get('board', boardKeys.unit('b1', 'u101'));
    give(store, 'board', [[boardKeys.unit('b1', 'u101'), { ...unit, state: 'sold' }]], 1);
    expect(store.boardSearch.index()).toBeUndefined();
    expect(await found({ only: { state: ['available'] } })).toEqual(['u201']);
    give(store, 'board', [[boardKeys.unit('b1', 'u101'), null]], 2);
    expect(await found()).toEqual(['u102', 'u201']);
  });

  it('SE2 starts again when the board changes while it is being built', async () => {
    const unit = store.replica.get('board', boardKeys.unit('b1', 'u101'));
    const many = Array.from({ length: 3_000 }, (_, n) => ({ ...unit, id: `x${n}` }));
    give(
      store,
      'board',
      many.map((row) => [boardKeys.unit('b1', row.id), row]),
      1,
    );
    store.boardSearch.prepare();
    await new Promise((resolve) => setImmediate(resolve));
    give(store, 'board', [[boardKeys.unit('b1', 'u101'), null]], 2);
    expect(await found({ limit: 10_000 })).toHaveLength(3_002);
    expect(await found({ text: 'u101' })).toEqual([]);
  });

  it('SE2 DS12 does not answer from rows that were mended since, although the version stayed', async () => {
    expect(await found({ only: { state: ['sold'] } })).toEqual(['u102']);
    const { version } = store.replica.head('board');
    const rows = new PublishedRows(
      store.replica
        .list('board', '')
        .map((row) => [boardKeyOf(row), row.kind === 'unit' ? { ...row, state: 'sold' } : row]),
    );
    const at = '2099-01-01T00:00:00.000Z';
    expect(bring(store.replica, rows.change({ dataset: 'board', from: 0, to: version, at }))).toBe('applied');
    expect(store.replica.head('board').version).toBe(version);
    expect(store.boardSearch.index()).toBeUndefined();
    expect(await found({ only: { state: ['sold'] } })).toEqual(['u101', 'u102', 'u201']);
  });

  it('SE3 lets others have their turn between two of its own', async () => {
    const unit = store.replica.get('board', boardKeys.unit('b1', 'u101'));
    const many = Array.from({ length: 5_000 }, (_, n) => ({ ...unit, id: `x${n}` }));
    give(
      store,
      'board',
      many.map((row) => [boardKeys.unit('b1', row.id), row]),
      1,
    );
    let turns = 0;
    while (!store.boardSearch.index()) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(turns).toBeGreaterThan(2);
  });

  it('a store that cannot be read is a fault, not the end', async () => {
    const faults: unknown[] = [];
    store.boardSearch.watch({ onReady: () => {}, onFault: (cause) => faults.push(cause) });
    const list = vi.spyOn(store.replica, 'list').mockImplementationOnce(() => {
      throw new Error('EIO');
    });
    store.boardSearch.prepare();
    await vi.waitUntil(() => faults.length === 1);
    list.mockRestore();
    expect(await found()).toHaveLength(3);
  });

  it('stops when the store is closed', async () => {
    store.boardSearch.prepare();
    store.close();
    await new Promise((resolve) => setImmediate(resolve));
    store = await openSmallWorld();
  });
});
