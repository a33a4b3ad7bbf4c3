// Releases at headquarters: taken in piece by piece, listed only when the signature, the hash and the size fit.
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSignKeys, signingKey } from '../../../../sync/contract/signed-frame.ts';
import { readOrders } from '../../../../sync/headquarters/fleet/release-orders.ts';
import { Releases } from '../../../../sync/headquarters/fleet/releases.ts';
import { scratchFolder } from '../../scratch.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, now, type World } from '../world.ts';
import { releaseRoot, type SomeRelease, someRelease } from './some-releases.ts';

const anna = { account: 'anna' };

describe.each(storeKinds)('releases on %s', (kind) => {
  let world: World;
  let folder: string;
  let releases: Releases;
  const openShelf = () => new Releases({ ...world, folder, keys: [releaseRoot], now });
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    folder = join(scratchFolder(), 'releases');
    releases = openShelf();
  });
  afterEach(() => world.remove());

  async function bring({ signed, hash, bundle }: SomeRelease, piece = 1_000) {
    let state = await releases.announce(anna, signed);
    while (state.kind === 'wanted') {
      state = await releases.receive(anna, hash, state.have, bundle.subarray(state.have, state.have + piece));
    }
    return state;
  }
  const files = (): string[] =>
    existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];

  it('lists one that is whole, for both architectures under one number, and hands it out by hash and range', async () => {
    const [x64, arm64] = [someRelease(7), someRelease(7, { architecture: 'arm64' })];
    expect(await bring(x64)).toEqual({ kind: 'listed', manifest: x64.hash, seq: 7 });
    expect(await bring(arm64)).toEqual({ kind: 'listed', manifest: arm64.hash, seq: 7 });
    expect(await releases.list()).toMatchObject([
      {
        seq: 7,
        version: '1.7.0',
        addedBy: 'anna',
        bundles: [
          { architecture: 'arm64', manifest: arm64.hash, bytes: 3_000 },
          { architecture: 'x64', manifest: x64.hash, bytes: 3_000 },
        ],
      },
    ]);
    expect((await world.store.transaction((tx) => readOrders(tx))).get(7)).toEqual({
      seq: 7,
      version: '1.7.0',
      manifests: { arm64: arm64.hash, x64: x64.hash },
    });
    expect(await releases.manifest(x64.hash)).toEqual(x64.signed);
    const file = await releases.bundle(x64.manifest.bundle.sha256);
    expect(file?.bytes).toBe(3_000);
    expect(file && (await buffer(file.read(10, 19)))).toEqual(x64.bundle.subarray(10, 20));
    expect([await releases.manifest('0'.repeat(64)), await releases.bundle('../x')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(files()).toEqual(
      ['incoming', ...[x64, arm64].map(({ manifest }) => `${manifest.bundle.sha256}.bundle`)].sort(),
    );
    // once more is no news
    expect(await bring(x64)).toMatchObject({ kind: 'listed' });
    expect((await world.audit.list({ limit: 9, about: '7' })).map(({ what }) => what)).toEqual([
      'release-added',
      'release-added',
    ]);
  });

  it('S19: keeps nothing of a manifest that is not signed, by another key, flipped, expired or too large', async () => {
    const stranger = signingKey(makeSignKeys().privateKey);
    const flipped = Buffer.from(someRelease(7).signed);
    flipped[90] = (flipped[90] ?? 0) ^ 1;
    const wrong: readonly [Uint8Array, string][] = [
      [Buffer.from('{}'), 'manifest-wrong'],
      [someRelease(7, {}, { key: stranger, bytes: 9 }).signed, 'manifest-wrong'],
      [flipped, 'manifest-wrong'],
      [someRelease(7, { expiresAt: now().toISOString() }).signed, 'release-expired'],
      [someRelease(7, { bundle: { bytes: 2 ** 40, sha256: 'a'.repeat(64) } }).signed, 'bundle-large'],
    ];
    for (const [signed, code] of wrong) {
      expect(await releases.announce(anna, signed)).toEqual({ kind: 'refused', code });
    }
    expect(await releases.receive(anna, someRelease(7).hash, 0, Buffer.alloc(9))).toEqual({
      kind: 'refused',
      code: 'release-unannounced',
    });
    expect(await releases.receive(anna, '../../etc', 0, Buffer.alloc(9))).toMatchObject({ kind: 'refused' });
    expect(files()).toEqual([]);
  });

  it('S19: a bundle with one flipped byte, or one too many, is never listed', async () => {
    const release = someRelease(7);
    const bundle = Buffer.from(release.bundle);
    bundle[1_500] = (bundle[1_500] ?? 0) ^ 1;
    expect(await bring({ ...release, bundle })).toEqual({ kind: 'refused', code: 'bundle-wrong' });
    await releases.announce(anna, release.signed);
    expect(await releases.receive(anna, release.hash, 0, Buffer.alloc(3_001))).toEqual({
      kind: 'refused',
      code: 'bundle-wrong',
    });
    expect(await releases.list()).toEqual([]);
    expect(files().filter((name) => name.endsWith('.bundle'))).toEqual([]);
    // and the right one still comes in afterwards
    expect(await bring(release)).toMatchObject({ kind: 'listed' });
  });

  it('goes on where it was after a restart; a piece for another place changes nothing', async () => {
    const { signed, hash, bundle, manifest } = someRelease(7);
    await releases.announce(anna, signed);
    await releases.receive(anna, hash, 0, bundle.subarray(0, 1_000));
    releases = openShelf();
    expect(await releases.announce(anna, signed)).toMatchObject({
      kind: 'wanted',
      have: 1_000,
      bytes: 3_000,
    });
    expect(await releases.receive(anna, hash, 2_000, bundle.subarray(2_000))).toMatchObject({ have: 1_000 });
    expect(await releases.receive(anna, hash, 0, bundle.subarray(0, 1_000))).toMatchObject({ have: 1_000 });
    expect(await releases.receive(anna, hash, 1_000, bundle.subarray(1_000))).toMatchObject({
      kind: 'listed',
    });
    // the power went between the shelf and the list
    await world.store.db.deleteFrom('release').execute();
    expect(await openShelf().announce(anna, signed)).toMatchObject({ kind: 'listed' });
    // and one that lies on the shelf torn is asked for again
    await world.store.db.deleteFrom('release').execute();
    const file = join(folder, `${manifest.bundle.sha256}.bundle`);
    truncateSync(file, 2_999);
    expect(await releases.announce(anna, signed)).toMatchObject({ kind: 'wanted', have: 0 });
    writeFileSync(file, Buffer.alloc(3_000));
    expect(await bring(someRelease(8))).toMatchObject({ kind: 'listed' });
    expect(await bring({ signed, hash, bundle, manifest })).toMatchObject({ kind: 'listed' });
    expect(readFileSync(file)).toEqual(bundle);
  });

  it('a number means one release for ever; one that anybody has or had is not taken away', async () => {
    await bring(someRelease(7));
    expect(await bring(someRelease(7))).toEqual({ kind: 'refused', code: 'release-taken' });
    expect(await bring(someRelease(7, { architecture: 'arm64', version: '9' }))).toMatchObject({
      code: 'release-taken',
    });
    await bring(someRelease(8));
    await world.store.db
      .insertInto('rollout')
      .values({
        id: 'r1',
        seq: 8,
        state: 'done',
        ring: 'rest',
        ring_since: '',
        begun_at: '',
        begun_by: 'anna',
      })
      .execute();
    expect(await releases.remove(anna, 8)).toBe('in-use');
    expect(await releases.remove(anna, 9)).toBe('unknown');
    expect(await releases.remove(anna, 7)).toBe('removed');
    expect((await releases.list()).map(({ seq }) => seq)).toEqual([8]);
    expect(files().filter((name) => name.endsWith('.bundle'))).toHaveLength(1);
  });
});
