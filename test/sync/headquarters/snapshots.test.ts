// Whole datasets as chunks: what a snapshot names is on the shelf, whatever else came to lie there.
import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeList } from '../../../sync/contract/chunk.ts';
import { ChunkShelf } from '../../../sync/headquarters/chunk-shelf.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { Snapshots } from '../../../sync/headquarters/snapshots.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { levelRows } from '../dataset-changes.ts';
import { freshStore } from './store-kinds.ts';

const shelfBytes = 1_000_000;

async function setUp() {
  const place = await freshStore('sqlite');
  const store = await openStore(place.url);
  onTestFinished(async () => {
    await store.close();
    place.remove();
  });
  const shelf = new ChunkShelf(shelfBytes);
  const publication = new Publication(
    store,
    () => new Date(1_000_000),
    () => {},
  );
  const publish = (codes: readonly string[]) =>
    store.transaction((tx) =>
      publication.publish(tx, [{ dataset: 'members', rows: async () => levelRows(codes) }]),
    );
  const snapshots = new Snapshots(store, shelf);
  /** How many of the chunks that the snapshot names, and lists of them, are gone. */
  const lost = async () => {
    const { lists } = await snapshots.current('members');
    const hashes = lists.flatMap((list) => decodeList(shelf.get(list) ?? Buffer.alloc(0)));
    return [...lists, ...hashes].filter((hash) => !shelf.get(hash)).length;
  };
  return { shelf, publish, lost };
}

describe('Snapshots', () => {
  it('DS4 names no chunk that is gone, however much had to give way', async () => {
    const { shelf, publish, lost } = await setUp();
    await publish(Array.from({ length: 40 }, (_, n) => `${'abcdefgh'[n >> 3]}${'abcdefgh'[n & 7]}`));
    expect(await lost()).toBe(0);
    for (let room = 2_000; room >= 0; room -= 50) {
      await publish([`z${'abcdefgh'[room % 8]}`]);
      expect(await lost()).toBe(0);
      // what was wanted longest ago goes first
      shelf.put('other', [randomBytes(shelfBytes - room)]);
      shelf.drop('other');
      expect(await lost()).toBe(0);
    }
  });
});
