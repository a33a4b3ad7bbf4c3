// Releases are built the same twice, refused when anything is wrong with them, unpacked inside their folder, and switched by a link.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockFloor } from '../../provisioning/clock-floor.ts';
import { readArchive, writeArchive } from '../../provisioning/release-archive.ts';
import { fetchRelease, type ReleaseSource } from '../../provisioning/release-fetch.ts';
import { installRelease } from '../../provisioning/release-install.ts';
import { ReleaseStore } from '../../provisioning/release-store.ts';
import { judgeManifest, type ReleaseJudge } from '../../provisioning/release-verify.ts';
import { manifestHash, signManifest } from '../../sync/contract/release.ts';
import { scratchFolder } from '../sync/scratch.ts';
import {
  builtRelease,
  evilRelease,
  foreignKey,
  hashOf,
  judge,
  listed,
  releaseKey,
  smallFiles,
  tarEnd,
  tarEntry,
  textOf,
} from './small-release.ts';

/** Everything below a folder, with its size. */
function treeOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => `${path} ${statSync(join(folder, String(path))).size}`)
    .sort();
}

describe('a bundle', () => {
  it('is the same bytes for the same files, and what tar makes of it is what went in', async () => {
    const [one, two] = [scratchFolder(), scratchFolder()];
    const [first, second] = [await builtRelease(one), await builtRelease(two)];
    expect(hashOf(readFileSync(second.bundleFile))).toBe(hashOf(readFileSync(first.bundleFile)));
    expect(readFileSync(second.manifestFile).equals(readFileSync(first.manifestFile))).toBe(true);
    const out = join(one, 'by-tar');
    mkdirSync(out);
    execFileSync('tar', ['-xzf', first.bundleFile, '-C', out]);
    for (const [path, text] of Object.entries(smallFiles)) expect(textOf(join(out, path))).toBe(text);
  });

  it('comes back as it went in, whatever is in it', async () => {
    const folder = scratchFolder();
    const name = fc.stringMatching(/^[a-z0-9@+_-]{1,30}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    const files = fc.dictionary(path, fc.uint8Array({ maxLength: 2_000 }), { minKeys: 1, maxKeys: 8 });
    const seed = Date.now() % 1_000_000;
    await fc.assert(
      fc.asyncProperty(files, async (wanted) => {
        const entries = Object.entries(wanted).map(([path, bytes], n) => {
          const from = join(folder, `${n}`);
          writeFileSync(from, bytes);
          return { file: { path, bytes: bytes.length, isExecutable: n % 2 === 0 }, from };
        });
        await writeArchive(join(folder, 'archive'), entries);
        const read: [object, string][] = [];
        for await (const { content, ...file } of readArchive(join(folder, 'archive'), 100_000)) {
          const parts: Buffer[] = [];
          for await (const piece of content) parts.push(piece);
          read.push([file, hashOf(Buffer.concat(parts))]);
        }
        expect(read).toEqual(entries.map(({ file, from }) => [file, hashOf(readFileSync(from))]));
      }),
      { numRuns: 40, seed, verbose: 1 },
    );
  });
});

describe('a release is refused before anything is written', () => {
  it('S19 with any byte flipped, unsigned, or signed by another key', async () => {
    const folder = scratchFolder();
    const { manifestFile, bundleFile, manifest } = await builtRelease(folder);
    const store = ReleaseStore.open(join(folder, 'root'));
    const before = treeOf(join(folder, 'root'));
    const good = { manifest: readFileSync(manifestFile), bundle: readFileSync(bundleFile) };
    const tryWith = async (spoilt: Partial<Record<keyof typeof good, Uint8Array>>): Promise<string> => {
      writeFileSync(manifestFile, spoilt.manifest ?? good.manifest);
      writeFileSync(bundleFile, spoilt.bundle ?? good.bundle);
      return installRelease(manifestFile, store, judge).then(
        () => 'installed',
        ({ code }) => String(code),
      );
    };
    const flipped = (bytes: Uint8Array, at: number) => {
      const other = Uint8Array.from(bytes);
      other[at] = (other[at] ?? 0) ^ 1;
      return other;
    };
    for (let n = 0; n < 60; n += 1) {
      const [a, b] = [n * 37, n * 53] as const;
      expect(await tryWith({ manifest: flipped(good.manifest, a % good.manifest.length) })).toBe(
        'release-forged',
      );
      expect(await tryWith({ bundle: flipped(good.bundle, b % good.bundle.length) })).toBe('release-damaged');
    }
    expect(await tryWith({ bundle: good.bundle.subarray(1) })).toBe('release-damaged');
    expect(await tryWith({ bundle: Buffer.concat([good.bundle, Buffer.of(0)]) })).toBe('release-damaged');
    expect(await tryWith({ manifest: Buffer.from(JSON.stringify(manifest)) })).toBe('release-forged');
    expect(await tryWith({ manifest: signManifest(manifest, foreignKey) })).toBe('release-forged');
    expect(treeOf(join(folder, 'root'))).toEqual(before);
    expect(await tryWith({})).toBe('installed');
  });

  it('S20 old, expired, for another processor, of an older schema, or another one than was ordered', async () => {
    const { manifest } = await builtRelease(scratchFolder());
    const signed = signManifest(manifest, releaseKey);
    const codeOf = (
      more: Partial<ReleaseJudge>,
      bytes = signed,
      order: Parameters<typeof judgeManifest>[1] = null,
    ) => {
      try {
        judgeManifest(bytes, order, { ...judge, ...more });
        return 'taken';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const [first] = manifest.files;
    const twice = { ...manifest, files: first ? [first, first] : [] };
    const order = { seq: 5, version: '1.1.0', manifests: { x64: manifestHash(signed) } };
    // the clock starts in 1970; what is known to be past is not forgotten by that
    const floor = new ClockFloor(join(scratchFolder(), 'clock-floor'), new Date('2026-10-01T00:00:00Z'));
    expect({
      itself: codeOf({}),
      same: codeOf({ serving: 5 }),
      older: codeOf({ serving: 6 }),
      shutOut: codeOf({ minSeq: 6 }),
      expired: codeOf({ now: new Date('2026-09-01T00:00:00Z') }),
      expiredByFloor: codeOf({ now: floor.atLeast(new Date(0)) }),
      clockless: codeOf({ now: null }),
      foreign: codeOf({ architecture: 'arm64' }),
      simple: codeOf({ twinSchema: 99 }),
      twice: codeOf({}, signManifest(twice, releaseKey)),
      ordered: codeOf({}, signed, order),
      another: codeOf({}, signed, { ...order, manifests: { x64: 'a'.repeat(64) } }),
      number: codeOf({}, signed, { ...order, seq: 6 }),
    }).toEqual({
      itself: 'taken',
      same: 'release-old',
      older: 'release-old',
      shutOut: 'release-old',
      expired: 'release-expired',
      expiredByFloor: 'release-expired',
      clockless: 'taken',
      foreign: 'release-architecture',
      simple: 'release-schema-old',
      twice: 'release-manifest-wrong',
      ordered: 'taken',
      another: 'release-not-ordered',
      number: 'release-not-ordered',
    });
    for (const path of [
      '../a',
      '/etc/passwd',
      'a/../../b',
      'a//b',
      './a',
      'a\\b',
      'a\0b',
      `${'x'.repeat(401)}`,
    ]) {
      const escaping = { ...manifest, files: manifest.files.map((file) => ({ ...file, path })) };
      expect(codeOf({}, signManifest(escaping, releaseKey)), path).toBe('release-manifest-wrong');
    }
  });

  it.each([
    ['leaves its folder', [tarEntry('../a.js', 'a')]],
    ['is absolute', [tarEntry('/tmp/a.js', 'a')]],
    ['is a symbolic link', [tarEntry('a.js', '', { type: '2', link: '/etc/passwd' })]],
    ['is a hard link', [tarEntry('a.js', '', { type: '1', link: '/etc/passwd' })]],
    ['is a device', [tarEntry('a.js', '', { type: '3' })]],
    ['is a pipe', [tarEntry('a.js', '', { type: '6' })]],
    ['is a folder', [tarEntry('a.js', '', { type: '5' })]],
    ['is a long name of GNU', [tarEntry('a.js', 'a', { type: 'L' })]],
    ['is an extended header', [tarEntry('a.js', 'a', { type: 'x' })]],
    ['points elsewhere although it is a file', [tarEntry('a.js', 'a', { link: '/etc/passwd' })]],
    ['comes twice', [tarEntry('a.js', 'a'), tarEntry('a.js', 'a')]],
    ['is not listed', [tarEntry('a.js', 'a'), tarEntry('b.js', 'b')]],
    ['holds something else', [tarEntry('a.js', 'b')]],
    ['is longer than listed', [tarEntry('a.js', 'aa')]],
    ['says it is longer than it is', [tarEntry('a.js', 'a', { size: 7_777 })]],
    ['is missing', []],
    ['is a bomb', [tarEntry('a.js', 'a'), Buffer.alloc(30_000_000)]],
    ['is followed by something', [tarEntry('a.js', 'a'), tarEnd, tarEntry('b.js', 'b')]],
  ] as const)('S21 an entry that %s', async (_, entries) => {
    const folder = scratchFolder();
    const store = ReleaseStore.open(join(folder, 'root'));
    const before = treeOf(folder);
    const { manifest, signed, bundleFile } = evilRelease(folder, Buffer.concat([...entries, tarEnd]));
    await expect(store.install(signed, manifest, bundleFile)).rejects.toMatchObject({
      code: 'release-archive-wrong',
    });
    rmSync(bundleFile);
    expect(treeOf(folder)).toEqual(before);
  });

  it('S21 a file that is a folder of another', async () => {
    const folder = scratchFolder();
    const store = ReleaseStore.open(join(folder, 'root'));
    const tar = Buffer.concat([tarEntry('a', 'a'), tarEntry('a/b', 'b'), tarEnd]);
    const { manifest, signed, bundleFile } = evilRelease(folder, tar, [
      ...listed('a', 'a'),
      ...listed('a/b', 'b'),
    ]);
    await expect(store.install(signed, manifest, bundleFile)).rejects.toMatchObject({
      code: 'release-archive-wrong',
    });
    // a control: one that is well is taken by the same door
    const well = evilRelease(folder, Buffer.concat([tarEntry('a.js', 'a'), tarEnd]));
    await store.install(well.signed, well.manifest, well.bundleFile);
    expect(textOf(join(store.folderOf(6), 'a.js'))).toBe('a');
  });
});

describe('a release that headquarters ordered', () => {
  /** Serves a built release; each answer breaks off after so many bytes. */
  async function shelf(folder: string, breakAfter: number) {
    const { manifestFile, bundleFile } = await builtRelease(folder);
    const signed = readFileSync(manifestFile);
    const bundle = readFileSync(bundleFile);
    const asked: number[] = [];
    const source: ReleaseSource = {
      manifest: () => Promise.resolve(signed),
      async *bundle(_, from) {
        asked.push(from);
        yield bundle.subarray(from, from + breakAfter);
      },
    };
    const order = { seq: 5, version: '1.1.0', manifests: { x64: manifestHash(signed) } };
    return { source, order, asked, bytes: bundle.length };
  }

  it('comes by pieces: a cut line goes on where it ended', async () => {
    const folder = scratchFolder();
    const { source, order, asked, bytes } = await shelf(folder, 300);
    const store = ReleaseStore.open(join(folder, 'root'));
    const parts = {
      store,
      source,
      judge,
      bytesPerSecond: Number.POSITIVE_INFINITY,
      jitterMs: 0,
      signal: new AbortController().signal,
    };
    for (let n = 0; n < Math.ceil(bytes / 300) - 1; n += 1)
      expect(await fetchRelease(order, parts)).toEqual({ kind: 'later', code: 'release-unreachable' });
    expect(await fetchRelease(order, parts)).toEqual({ kind: 'ready', minSeq: 2 });
    expect(asked).toEqual(Array.from({ length: asked.length }, (_, n) => n * 300));
    expect(textOf(join(store.folderOf(5), 'package.json'))).toBe(smallFiles['package.json']);
    // what is here already needs no line; and one that was shut out does not come back
    const broken: ReleaseSource = {
      manifest: () => Promise.reject(new Error('no line')),
      bundle: source.bundle,
    };
    expect(await fetchRelease(order, { ...parts, source: broken })).toMatchObject({ kind: 'ready' });
    const later = { ...parts, source: broken, judge: { ...judge, minSeq: 6 } };
    expect(await fetchRelease(order, later)).toEqual({ kind: 'rejected', code: 'release-old' });
  });

  it('S20 is told from another one of its number', async () => {
    const folder = scratchFolder();
    const { manifest, manifestFile, bundleFile } = await builtRelease(folder);
    const store = ReleaseStore.open(join(folder, 'root'));
    const signed = readFileSync(manifestFile);
    await store.install(signed, manifest, bundleFile);
    const isOther = (hash: string | undefined) => store.hasOther(manifest.seq, hash);
    expect([isOther(manifestHash(signed)), isOther('0'.repeat(64)), isOther(undefined)]).toEqual([
      false,
      true,
      true,
    ]);
    // as an image brings it
    rmSync(join(store.root, 'releases', `${manifest.seq}.manifest`));
    expect(isOther('0'.repeat(64))).toBe(false);
  });

  it('is switched by a link that is never missing, and goes back without anything of the new one', async () => {
    const folder = scratchFolder();
    const root = join(folder, 'root');
    const store = ReleaseStore.open(root);
    for (const seq of [4, 5, 6]) {
      const built = await builtRelease(join(folder, `${seq}`), { seq });
      await store.install(readFileSync(built.manifestFile), built.manifest, built.bundleFile);
    }
    store.promote(4);
    store.confirm();
    store.promote(6);
    expect([store.seqOf('current'), store.seqOf('previous')]).toEqual([6, 4]);
    const settle = (...args: string[]): void =>
      void execFileSync('sh', ['provisioning/systemd/settle-release', ...args], {
        env: { YINGBIN_ROOT: root, PATH: process.env['PATH'] ?? '' },
      });
    for (let starts = 1; starts <= 3; starts += 1) {
      settle();
      expect(store.seqOf('current'), `start ${starts}`).toBe(6);
    }
    settle();
    expect([store.seqOf('current'), existsSync(join(root, 'trial'))]).toEqual([4, false]);
    // one that serves is on trial no more, and may start as often as it likes
    store.promote(6);
    store.confirm();
    for (let starts = 1; starts <= 9; starts += 1) settle();
    expect(store.seqOf('current')).toBe(6);
    settle('--failed');
    expect(store.seqOf('current')).toBe(4);
  });
});
