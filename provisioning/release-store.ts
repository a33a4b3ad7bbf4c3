// The releases on a terminal's disk: `releases/<seq>`, and which of them is `current` and which was `previous`.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { manifestHash, type ReleaseManifest } from '../sync/contract/release.ts';
import { replaceFile, syncFolderOf } from '../sync/durable-file.ts';
import { ArchiveError, readArchive } from './release-archive.ts';
import { judgeBundle, ReleaseError } from './release-verify.ts';

const run = promisify(execFile);

export class ReleaseStore {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** What was begun when the power went is gone. @param root made when missing */
  static open(root: string): ReleaseStore {
    const store = new ReleaseStore(resolve(root));
    mkdirSync(store.#releases, { recursive: true });
    for (const name of readdirSync(store.#releases))
      if (name.startsWith('.incoming')) rmSync(join(store.#releases, name), { recursive: true, force: true });
    return store;
  }

  /** @returns the number that a link names; 0 = there is none */
  seqOf(link: 'current' | 'previous'): number {
    try {
      return Number(basename(readlinkSync(join(this.root, link)))) || 0;
    } catch {
      return 0;
    }
  }

  folderOf(seq: number): string {
    return join(this.#releases, `${seq}`);
  }

  /** Whole, and just this one? */
  has(seq: number, hash?: string): boolean {
    if (!existsSync(this.folderOf(seq))) return false;
    return hash === undefined || (this.#manifest(seq) !== undefined && this.#hashOf(seq) === hash);
  }

  /** Under its number lies one that was signed otherwise. What an image brought has no manifest here, and goes by its number. */
  hasOther(seq: number, hash: string | undefined): boolean {
    return this.#manifest(seq) !== undefined && this.#hashOf(seq) !== hash;
  }

  /** Somebody brought it here: it is tried when nobody is served. */
  offer(seq: number): void {
    replaceFile(this.#offerFile, `${seq}\n`);
  }

  /** @returns 0 = nothing was brought, or it is gone */
  offered(): number {
    try {
      const seq = Number(readFileSync(this.#offerFile, 'utf8'));
      return this.has(seq) ? seq : 0;
    } catch {
      return 0;
    }
  }

  forgetOffer(): void {
    rmSync(this.#offerFile, { force: true });
  }

  /** Where a bundle is gathered while it comes. */
  partFile(sha256: string): string {
    mkdirSync(join(this.root, 'incoming'), { recursive: true });
    return join(this.root, 'incoming', `${sha256}.part`);
  }

  dropParts(): void {
    rmSync(join(this.root, 'incoming'), { recursive: true, force: true });
  }

  /**
   * Unpacks a bundle beside the others: every file held against the manifest, on disk, and only then under its number.
   * @param signed the manifest as it came
   * @param bundleFile its hash is checked before anything is unpacked
   * @throws ReleaseError; the file system's error
   */
  async install(signed: Uint8Array, manifest: ReleaseManifest, bundleFile: string): Promise<void> {
    await judgeBundle(bundleFile, manifest);
    const incoming = join(this.#releases, `.incoming-${manifest.seq}`);
    rmSync(incoming, { recursive: true, force: true });
    mkdirSync(incoming);
    try {
      await unpack(bundleFile, manifest, incoming);
      // one call for thousands of files: each alone would cost a card seconds
      await run('sync', ['-f', incoming]);
    } catch (cause) {
      rmSync(incoming, { recursive: true, force: true });
      const code = (cause as NodeJS.ErrnoException).code;
      if (cause instanceof ArchiveError || code === 'EEXIST' || code === 'ENOTDIR')
        throw new ReleaseError('release-archive-wrong', { cause });
      const isFull = code === 'ENOSPC';
      throw isFull ? new ReleaseError('release-no-room', { cause }) : cause;
    }
    this.#remove(manifest.seq);
    renameSync(incoming, this.folderOf(manifest.seq));
    syncFolderOf(this.folderOf(manifest.seq));
    replaceFile(this.#manifestFile(manifest.seq), Buffer.from(signed).toString('base64'));
  }

  /**
   * The next start is of this release. Until its own keeper serves it is on trial: `systemd/settle-release` counts its
   * starts, and needs nothing of it to go back.
   */
  promote(seq: number): void {
    const before = this.seqOf('current');
    replaceFile(this.#trialFile, `${seq} 0\n`);
    if (before > 0 && before !== seq) this.#link('previous', before);
    this.#link('current', seq);
  }

  /** The release on trial serves. Only it and the one before are kept. */
  confirm(): void {
    if (existsSync(this.#trialFile)) {
      rmSync(this.#trialFile);
      syncFolderOf(this.#trialFile);
    }
    const kept = new Set([this.seqOf('current'), this.seqOf('previous')]);
    for (const name of readdirSync(this.#releases)) {
      const seq = Number(/^(\d+)(\.manifest)?$/.exec(name)?.[1] ?? Number.NaN);
      if (kept.size > 0 && Number.isInteger(seq) && !kept.has(seq)) this.#remove(seq);
    }
    this.dropParts();
  }

  /** Half of it is never taken for a whole one: its manifest goes first, then its name. */
  #remove(seq: number): void {
    rmSync(this.#manifestFile(seq), { force: true });
    if (!existsSync(this.folderOf(seq))) return;
    const gone = join(this.#releases, `.incoming-gone-${seq}`);
    rmSync(gone, { recursive: true, force: true });
    syncFolderOf(this.folderOf(seq));
    renameSync(this.folderOf(seq), gone);
    rmSync(gone, { recursive: true, force: true });
  }

  get #releases(): string {
    return join(this.root, 'releases');
  }

  get #trialFile(): string {
    return join(this.root, 'trial');
  }

  get #offerFile(): string {
    return join(this.root, 'offered');
  }

  #manifestFile(seq: number): string {
    return join(this.#releases, `${seq}.manifest`);
  }

  #manifest(seq: number): Buffer | undefined {
    try {
      return Buffer.from(readFileSync(this.#manifestFile(seq), 'utf8'), 'base64');
    } catch {
      return undefined;
    }
  }

  #hashOf(seq: number): string {
    return manifestHash(this.#manifest(seq) ?? Buffer.alloc(0));
  }

  /** The old one or the new one after a power cut, never none. */
  #link(name: 'current' | 'previous', seq: number): void {
    const next = join(this.root, `.${name}-next`);
    rmSync(next, { force: true });
    symlinkSync(join('releases', `${seq}`), next);
    renameSync(next, join(this.root, name));
    syncFolderOf(next);
  }
}

async function unpack(bundleFile: string, { files }: ReleaseManifest, folder: string): Promise<void> {
  const awaited = new Map(files.map((file) => [file.path, file]));
  // headers, padding, the end, and what tar rounds up to
  const maxBytes = files.reduce((sum, { bytes }) => sum + bytes + 1_024, 20_480);
  for await (const { path, bytes, isExecutable, content } of readArchive(bundleFile, maxBytes)) {
    const listed = awaited.get(path);
    // a second one of that name, and one that nobody signed, are alike
    if (!listed || listed.bytes !== bytes || listed.isExecutable !== isExecutable)
      throw new ArchiveError('an entry is not what its manifest says');
    awaited.delete(path);
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const handle = await open(target, 'wx', isExecutable ? 0o755 : 0o644);
    const hash = createHash('sha256');
    try {
      for await (const piece of content) {
        hash.update(piece);
        await handle.writeFile(piece);
      }
    } finally {
      await handle.close();
    }
    if (hash.digest('hex') !== listed.sha256)
      throw new ArchiveError('a file has another hash than its manifest says');
  }
  if (awaited.size > 0) throw new ArchiveError('a file is missing');
}
