// A terminal whose rows are not headquarters' any more, whoever of the two changed, ends with headquarters' rows.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../sync/database.ts';
import { Publication } from '../../../sync/headquarters/publication.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../../sync/headquarters/store/store.ts';
import { levelRows } from '../dataset-changes.ts';
import { scratchFolder } from '../scratch.ts';
import { freshStore, type StorePlace, storeKinds } from './store-kinds.ts';
import { type Met, meet } from './terminal-replica.ts';

let place: StorePlace;
let store: Store;
/** ends before its store does */
const open: Met[] = [];
let clock = 1_000_000;
const now = () => new Date(clock);
const soon = { timeout: 20_000, interval: 5 };
const publish = (to: Store, rows: ReturnType<typeof levelRows>) =>
  to.transaction((tx) =>
    new Publication(to, now, () => {}).publish(tx, [{ dataset: 'members', rows: async () => rows }]),
  );
const names = Array.from({ length: 2_000 }, (_, n) =>
  [...String(n).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join(''),
);

async function follow(met: Met, of: Store): Promise<void> {
  met.courier.up();
  await met.publisher.sendManifest();
  await vi.waitFor(async () => {
    met.tick();
    const { roots, versions } = await new Publication(of, now, () => {}).current();
    const { root, version } = met.replica.head('members');
    expect({ root, version }).toEqual({ root: roots.members, version: versions.members });
  }, soon);
}

describe.each(storeKinds)('drift, headquarters on %s', (kind) => {
  beforeEach(async () => {
    place = await freshStore(kind);
    store = await openStore(place.url);
  });
  afterEach(async () => {
    for (const met of open.splice(0)) await met.close();
    await store.close();
    place.remove();
  });

  it('DS12 rows that somebody changed in the terminal are found by reading them again, and mended for a few bytes', async () => {
    const folder = join(scratchFolder(), 'datasets');
    await publish(
      store,
      names.flatMap((name, n) => levelRows([name], (n * 7_919_777) % 1_000_003)),
    );
    const before = meet(store, folder, now);
    await follow(before, store);
    const whole = before.bytes.dataset + before.bytes.chunk;
    await before.close();
    const file = Database.open(join(folder, 'members-1.db'), [], { isBeside: true });
    file.run("DELETE FROM row WHERE key = 'level/abba'");
    file.run("UPDATE row SET body = replace(body, 'acdc', 'aaaa') WHERE key = 'level/acdc'");
    file.close();
    clock += 1_000;
    const met = meet(store, folder, now);
    open.push(met);
    const { root } = met.replica.head('members');
    for (let n = 0; n < 40 && met.replica.head('members').root === root; n += 1) met.tick();
    expect(met.replica.head('members').root).not.toBe(root);
    await follow(met, store);
    expect(met.replica.list('members', '')).toHaveLength(2_000);
    expect(met.bytes.dataset + met.bytes.chunk).toBeLessThan(whole / 5);
    expect(met.applied).toEqual(['members']);
  });

  it('DS2 F13 a headquarters that was restored from a backup is followed, although its version is lower', async () => {
    const older = await freshStore(kind);
    const restored = await openStore(older.url);
    const close = async () => {
      for (const met of open.splice(0)) await met.close();
      await restored.close();
      older.remove();
    };
    onTestFinished(close);
    await publish(restored, levelRows(['a', 'b'], 1));
    clock += 86_400_000;
    await publish(store, levelRows(['a', 'b', 'c'], 2));
    const folder = join(scratchFolder(), 'datasets');
    const before = meet(store, folder, now);
    await follow(before, store);
    expect(before.replica.list('members', '')).toHaveLength(3);
    await before.close();
    clock += 1_000;
    const met = meet(restored, folder, now);
    open.push(met);
    await follow(met, restored);
    expect(met.replica.list('members', '')).toHaveLength(2);
    await publish(restored, levelRows(['d'], 3));
    await follow(met, restored);
    expect(met.replica.list('members', '')).toHaveLength(3);
  });
});
