// Site bundles: what headquarters builds is what a terminal gets over MQTT, and nothing else is taken for one.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { datasetNames } from '../../../../sync/contract/datasets.ts';
import { encodeFrame } from '../../../../sync/contract/frame.ts';
import type { ProjectId, TenantId } from '../../../../sync/contract/ids.ts';
import { makeSignKeys, signFrame, signingKey, verifyingKey } from '../../../../sync/contract/signed-frame.ts';
import { type SiteBundle, siteBundleMark } from '../../../../sync/contract/site-bundle.ts';
import { topics } from '../../../../sync/contract/topics.ts';
import { SiteBundles } from '../../../../sync/headquarters/site-bundle/site-bundles.ts';
import { Replica } from '../../../../sync/replica.ts';
import { manifestOf, offerSiteBundle, workOff } from '../../../../sync/site-bundle-offer.ts';
import { levelRows } from '../../dataset-changes.ts';
import { type StoreKind, storeKinds } from '../store-kinds.ts';
import { meet } from '../terminal-replica.ts';
import { makeWorld, now } from '../world.ts';

const tenant = 'test' as TenantId;
const keys = makeSignKeys();
const signKey = signingKey(keys.privateKey);
const site = 'siji' as ProjectId;

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function setUp(kind: StoreKind = 'sqlite') {
  const world = await makeWorld(undefined, kind);
  onTestFinished(() => world.remove());
  const bundles = new SiteBundles({ ...world, tenant, signKey, now });
  const folder = scratch();
  const file = join(folder, 'a.yingbin-site');
  const build = async (): Promise<Buffer> => {
    const built = await bundles.build(site, { account: 'it-1' });
    return Buffer.concat([...(built?.pieces ?? [])]);
  };
  return { world, bundles, folder, file, build };
}

function openReplica() {
  const folder = join(scratch(), 'datasets');
  const replica = Replica.open(folder);
  onTestFinished(() => replica.close());
  const offer = (file: string, change: object = {}) =>
    offerSiteBundle({
      file,
      tenant,
      site,
      headquartersKey: verifyingKey(keys.publicKey),
      maxBytes: 10_000_000,
      replica,
      ...change,
    });
  return { replica, folder, offer };
}

/** Every file of a folder with its bytes. */
function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'hex')]),
  );
}

function signedFile(head: object, key = signKey, on: TenantId = tenant): Buffer {
  const record = signFrame(topics.siteBundle(on), encodeFrame(head), key);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(record.length);
  return Buffer.concat([Buffer.from(siteBundleMark), length, record]);
}

describe.each(storeKinds)('a site bundle from %s', (kind) => {
  it('D22 DS14 brings a blank terminal every row, as of then; over MQTT nothing is left to send', async () => {
    const { world, file, build } = await setUp(kind);
    writeFileSync(file, await build());
    const folder = join(scratch(), 'datasets');
    const met = meet(world.store, folder, now);
    onTestFinished(() => met.close());
    const shares: number[] = [];
    const { replica } = met;
    const { offer } = openReplica();
    const offered = await offer(file, { replica, onProgress: (share: number) => shares.push(share) });
    await workOff(replica, () => {});
    replica.confirm(manifestOf(offered.head));
    const { versions, roots } = await world.publication.current();
    expect(replica.versions()).toEqual(versions);
    for (const name of datasetNames) expect(replica.head(name).root).toBe(roots[name]);
    expect(replica.list('board', 'unit/').length).toBeGreaterThan(0);
    expect(replica.confirmedAt()).toBe(offered.head.at);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);

    await met.publisher.sendManifest();
    met.courier.up();
    met.tick(60);
    await met.publisher.sendManifest();
    expect([met.bytes.dataset, met.bytes.chunk, met.refused]).toEqual([0, 0, []]);
    expect((await offer(file, { replica })).kind).toBe('current');
  });

  it('D22 DS14 a bundle of before changes nothing; a later one brings what is new', async () => {
    const { world, file, build } = await setUp(kind);
    const { replica, folder, offer } = openReplica();
    const early = await build();
    await world.store.transaction((tx) =>
      world.publication.publish(tx, [{ dataset: 'members', rows: async () => levelRows(['new']) }]),
    );
    writeFileSync(file, await build());
    await offer(file);
    await workOff(replica, () => {});
    expect(replica.get('members', 'level/new')).toBeDefined();
    const there = filesIn(folder);
    writeFileSync(file, early);
    expect((await offer(file)).kind).toBe('current');
    expect(filesIn(folder)).toEqual(there);

    const other = openReplica();
    expect(await other.offer(file)).toMatchObject({ kind: 'offered' });
    await workOff(other.replica, () => {});
    expect(other.replica.get('members', 'level/new')).toBeUndefined();
    writeFileSync(file, await build());
    expect(await other.offer(file)).toMatchObject({ changes: [{ dataset: 'members' }] });
    await workOff(other.replica, () => {});
    expect(other.replica.get('members', 'level/new')).toBeDefined();
  });

  it('D22 only of projects that the approved board names, and each is on the audit chain', async () => {
    const { world, bundles } = await setUp(kind);
    expect((await bundles.sites()).map(({ id }) => id)).toContain(site);
    expect(await bundles.build('../../etc', { account: 'it-1' })).toBeUndefined();
    const built = await bundles.build(site, { account: 'it-1' });
    expect(await world.audit.list({ limit: 9 })).toMatchObject([
      { actor: 'it-1', what: 'site-bundle-built', about: site, detail: { bytes: built?.bytes } },
    ]);
  });
});

describe('what is no site bundle for this terminal', () => {
  it('D22 DS14 one flipped bit anywhere, one byte less or more: refused before anything is written', async () => {
    const { file, build } = await setUp();
    const whole = await build();
    const { folder, replica, offer } = openReplica();
    const blank = filesIn(folder);
    const broken = fc.oneof(
      fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }).map(({ at, bit }) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        return bytes;
      }),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 80 }).map((more) => Buffer.concat([whole, more])),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        writeFileSync(file, bytes);
        const code = await offer(file).then(
          () => 'taken',
          (error: { code: string }) => error.code,
        );
        expect(code).toMatch(/^sync-bundle-(unreadable|forged|damaged)$/);
      }),
      { numRuns: 1_500 },
    );
    expect(filesIn(folder)).toEqual(blank);
    expect(replica.missing()).toEqual([]);
    writeFileSync(file, whole);
    expect((await offer(file)).kind).toBe('offered');
  }, 60_000);

  it('D22 another key, tenant or site, too large a file, a link: each by its own code', async () => {
    const { folder, file, build } = await setUp();
    const { folder: datasets, offer } = openReplica();
    const blank = filesIn(datasets);
    const bytes = await build();
    writeFileSync(file, bytes);
    const codeOf = (change: object): Promise<string> =>
      offer(file, change).then(
        ({ kind }) => kind,
        (error: { code: string }) => error.code,
      );
    expect(await codeOf({ headquartersKey: verifyingKey(makeSignKeys().publicKey) })).toBe(
      'sync-bundle-forged',
    );
    expect(await codeOf({ tenant: 'other' })).toBe('sync-bundle-forged');
    expect(await codeOf({ site: 'elsewhere' })).toBe('sync-bundle-foreign');
    expect(await codeOf({ maxBytes: bytes.length - 1 })).toBe('sync-bundle-too-large');
    const link = join(folder, 'link.yingbin-site');
    symlinkSync(file, link);
    expect(await codeOf({ file: link })).toBe('sync-bundle-unreadable');
    expect(await codeOf({ file: folder })).toBe('sync-bundle-unreadable');
    expect(await codeOf({ file: join(folder, 'gone') })).toBe('sync-bundle-unreadable');
    expect(filesIn(datasets)).toEqual(blank);
    expect(await codeOf({ site: null })).toBe('offered');
  });

  it('D22 a head that names paths, the same dataset twice or rows of its own is none, although it is signed', async () => {
    const { file, bundles } = await setUp();
    const { folder, offer } = openReplica();
    const blank = filesIn(folder);
    const head = (await bundles.build(site, { account: 'it-1' }))?.head as SiteBundle;
    const [first] = head.changes;
    const heads: object[] = [
      { ...head, changes: [{ ...first, dataset: '../../../etc/passwd' }] },
      { ...head, changes: [{ ...first, lists: ['../../../../etc/passwd'] }] },
      { ...head, changes: [first, first] },
      { ...head, changes: [{ ...first, from: 3 }] },
      { ...head, changes: [{ ...first, kind: 'inline', pack: { runs: [], gone: [] } }] },
      { ...head, changes: [] },
      { ...head, site: '../x' },
    ];
    for (const one of heads) {
      writeFileSync(file, signedFile(one));
      await expect(offer(file)).rejects.toMatchObject({ code: 'sync-bundle-unreadable' });
    }
    writeFileSync(file, signedFile(head));
    await expect(offer(file)).rejects.toMatchObject({ code: 'sync-bundle-damaged' });
    expect(filesIn(folder)).toEqual(blank);
  });
});
