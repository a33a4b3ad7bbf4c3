// A release on a stick: taken in once when it is newer, refused once when it is not ours, forgotten when the stick is gone.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ReleaseStore } from '../../provisioning/release-store.ts';
import { watchStick } from '../../provisioning/stick-watch.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { builtRelease, foreignKey, judge } from './small-release.ts';

it('S19 S20 the newest release on a stick is offered to the keeper, and a foreign one is refused', async () => {
  const folder = scratchFolder();
  const stick = join(folder, 'stick');
  const store = ReleaseStore.open(join(folder, 'root'));
  const said: string[] = [];
  const watch = watchStick({
    folder: stick,
    store,
    judge: () => judge,
    complain: (text) => void said.push(text),
  });
  const put = async (seq: number, key?: typeof foreignKey): Promise<void> => {
    const built = await builtRelease(join(folder, `${seq}`), { seq, ...(key ? { key } : {}) });
    mkdirSync(stick, { recursive: true });
    for (const file of [built.manifestFile, built.bundleFile])
      copyFileSync(file, join(stick, basename(file)));
  };
  watch.look(0);
  await put(9);
  await put(10);
  watch.look(1_000);
  expect(store.offered()).toBe(0);
  watch.look(40_000);
  await vi.waitFor(() => expect(store.offered()).toBe(10), 20_000);
  store.forgetOffer();
  watch.look(80_000);
  expect(store.offered()).toBe(0);
  rmSync(stick, { recursive: true });
  watch.look(120_000);
  await put(11, foreignKey);
  watch.look(160_000);
  await vi.waitFor(
    () => expect(said).toEqual(['a release on a stick was refused: release-forged\n']),
    20_000,
  );
  expect([store.offered(), store.has(11)]).toEqual([0, false]);
});
