// The releases that terminals may be given: each taken in piece by piece, checked whole, and only then listed.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type Architecture,
  manifestHash,
  openManifest,
  type ReleaseManifest,
} from '../../contract/release.ts';
import type { VerifyingKey } from '../../contract/signed-frame.ts';
import { replaceFile, syncFolderOf } from '../../durable-file.ts';
import { SyncError } from '../../sync-error.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store, Tx } from '../store/store.ts';
import type { BundleFile, ReleaseFiles } from './release-files.ts';

export interface ReleasesOptions {
  readonly store: Store;
  readonly audit: Audit;
  /** the shelf; several processes of one headquarters share it */
  readonly folder: string;
  /** who may say what a release is */
  readonly keys: readonly VerifyingKey[];
  readonly now: () => Date;
}
export interface ReleaseItem {
  readonly seq: number;
  readonly version: string;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly expiresAt: string;
  readonly bundles: readonly { architecture: Architecture; manifest: string; bytes: number }[];
}

export type ReleaseRefusal =
  | 'manifest-wrong'
  | 'release-expired'
  | 'release-taken'
  | 'bundle-large'
  | 'bundle-wrong'
  | 'release-unannounced';
/** `wanted`: bytes of the bundle that are here; the next piece begins there. */
export type TakenIn =
  | { readonly kind: 'wanted'; readonly manifest: string; readonly have: number; readonly bytes: number }
  | { readonly kind: 'listed'; readonly manifest: string; readonly seq: number }
  | { readonly kind: 'refused'; readonly code: ReleaseRefusal };
type Who = { readonly account: string };

const mostBundleBytes = 2 * 1024 ** 3;
const hashText = /^[0-9a-f]{64}$/;

export class Releases implements ReleaseFiles {
  readonly #options: ReleasesOptions;
  /** one after the other: pieces of one bundle must not overtake each other */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ReleasesOptions) {
    this.#options = options;
  }

  /** A release is coming: its signed manifest comes first, so that nothing of an unsigned one is ever kept. */
  announce(actor: Who, signed: Uint8Array): Promise<TakenIn> {
    return this.#inTurn(async () => {
      const manifest = this.#opened(signed);
      if (!manifest) return refused('manifest-wrong');
      if (manifest.expiresAt <= this.#options.now().toISOString()) return refused('release-expired');
      if (manifest.bundle.bytes === 0) return refused('bundle-wrong');
      if (manifest.bundle.bytes > mostBundleBytes) return refused('bundle-large');
      const hash = manifestHash(signed);
      const place = await this.#options.store.transaction((tx) => placeOf(tx, manifest, hash));
      if (place === 'taken') return refused('release-taken');
      if (place === 'listed') return { kind: 'listed', manifest: hash, seq: manifest.seq };
      await mkdir(join(this.#options.folder, 'incoming'), { recursive: true, mode: 0o700 });
      replaceFile(this.#incoming(hash, 'manifest'), Buffer.from(signed).toString('base64'));
      return await this.#go(actor, hash, Buffer.from(signed), manifest);
    });
  }

  /**
   * The next piece of an announced release's bundle.
   * @param offset how many bytes the sender believes to be here; at any other place nothing is written
   */
  receive(actor: Who, hash: string, offset: number, piece: Uint8Array): Promise<TakenIn> {
    return this.#inTurn(async () => {
      const signed = hashText.test(hash)
        ? await readFile(this.#incoming(hash, 'manifest')).catch(gone)
        : undefined;
      const bytes = signed && Buffer.from(signed.toString('utf8'), 'base64');
      const manifest = bytes && this.#opened(bytes);
      if (!manifest) return refused('release-unannounced');
      const part = this.#incoming(hash, 'part');
      const have = await sizeOf(part);
      if (have === offset && piece.length > 0) {
        if (have + piece.length > manifest.bundle.bytes) return refused('bundle-wrong');
        const file = await open(part, 'a', 0o600);
        await file.appendFile(piece).finally(() => file.close());
      }
      return await this.#go(actor, hash, bytes, manifest);
    });
  }

  /** @returns newest first */
  async list(): Promise<ReleaseItem[]> {
    const rows = await this.#options.store.db
      .selectFrom('release')
      .selectAll()
      .orderBy('seq', 'desc')
      .orderBy('architecture')
      .execute();
    const items = new Map<number, ReleaseItem>();
    for (const { seq, version, architecture, manifest_hash: manifest, bytes, ...row } of rows) {
      const before = items.get(seq);
      const bundle = { architecture: architecture as Architecture, manifest, bytes };
      const expiresAt = [row.expires_at, before?.expiresAt ?? row.expires_at].sort((a, b) =>
        a < b ? -1 : 1,
      )[0];
      items.set(seq, {
        seq,
        version,
        addedAt: row.added_at,
        addedBy: row.added_by,
        expiresAt: expiresAt ?? row.expires_at,
        bundles: [...(before?.bundles ?? []), bundle],
      });
    }
    return [...items.values()];
  }

  /** One that nobody has, is to have, or may have to go back to. */
  async remove(actor: Who, seq: number): Promise<'removed' | 'unknown' | 'in-use'> {
    const { store, audit } = this.#options;
    const files = await store.transaction(async (tx) => {
      const rows = await tx.selectFrom('release').select('file').where('seq', '=', seq).execute();
      if (rows.length === 0) return 'unknown';
      if (await isUsed(tx, seq)) return 'in-use';
      await tx.deleteFrom('release').where('seq', '=', seq).execute();
      await audit.note(tx, actor, 'release-removed', String(seq));
      return rows.map(({ file }) => file);
    });
    if (!Array.isArray(files)) return files;
    for (const file of files) await rm(this.#shelf(file), { force: true });
    return 'removed';
  }

  async manifest(hash: string): Promise<Uint8Array | undefined> {
    const row = await this.#options.store.db
      .selectFrom('release')
      .select('manifest')
      .where('manifest_hash', '=', hash)
      .executeTakeFirst();
    return row && Buffer.from(row.manifest, 'base64');
  }

  async bundle(sha256: string): Promise<BundleFile | undefined> {
    const row = await this.#options.store.db
      .selectFrom('release')
      .select(['file', 'bytes'])
      .where('file', '=', sha256)
      .executeTakeFirst();
    if (!row) return undefined;
    const file = this.#shelf(row.file);
    return { bytes: row.bytes, read: (start, end) => createReadStream(file, { start, end }) };
  }

  /** The bundle is whole: check it; else say how far it is. */
  async #go(actor: Who, hash: string, signed: Buffer, manifest: ReleaseManifest): Promise<TakenIn> {
    const { bytes, sha256 } = manifest.bundle;
    const [part, shelf] = [this.#incoming(hash, 'part'), this.#shelf(sha256)];
    // the power may have gone between the shelf and the list
    if ((await sizeOf(shelf)) !== bytes || (await hashOf(shelf)) !== sha256) {
      const have = await sizeOf(part);
      if (have < bytes) return { kind: 'wanted', manifest: hash, have, bytes };
      if ((await hashOf(part)) !== sha256) {
        await rm(part, { force: true });
        return refused('bundle-wrong');
      }
      const file = await open(part, 'r+');
      await file.sync().finally(() => file.close());
      await rename(part, shelf);
      syncFolderOf(shelf);
    }
    const isListed = await this.#list(actor, hash, signed, manifest);
    await rm(this.#incoming(hash, 'manifest'), { force: true });
    return isListed ? { kind: 'listed', manifest: hash, seq: manifest.seq } : refused('release-taken');
  }

  async #list(actor: Who, hash: string, signed: Buffer, manifest: ReleaseManifest): Promise<boolean> {
    const { store, audit, now } = this.#options;
    const { seq, version, architecture, bundle, expiresAt } = manifest;
    return await store.transaction(async (tx) => {
      const place = await placeOf(tx, manifest, hash);
      if (place !== 'free') return place === 'listed';
      await tx
        .insertInto('release')
        .values({
          ...{ seq, version, architecture, manifest: signed.toString('base64'), manifest_hash: hash },
          ...{ file: bundle.sha256, bytes: bundle.bytes, expires_at: expiresAt },
          ...{ added_at: now().toISOString(), added_by: actor.account },
        })
        .execute();
      await audit.note(tx, actor, 'release-added', String(seq), { version, architecture, manifest: hash });
      return true;
    });
  }

  #opened(signed: Uint8Array): ReleaseManifest | undefined {
    try {
      return openManifest(signed, this.#options.keys);
    } catch (error) {
      if (error instanceof SyncError) return undefined;
      throw error;
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  #incoming(hash: string, what: 'manifest' | 'part'): string {
    return join(this.#options.folder, 'incoming', `${hash}.${what}`);
  }

  #shelf(sha256: string): string {
    return join(this.#options.folder, `${sha256}.bundle`);
  }
}

function refused(code: ReleaseRefusal): TakenIn {
  return { kind: 'refused', code };
}

/** A number means one thing for ever, and the same version on both architectures. */
async function placeOf(
  tx: Tx,
  { seq, version, architecture }: ReleaseManifest,
  hash: string,
): Promise<'free' | 'listed' | 'taken'> {
  const rows = await tx
    .selectFrom('release')
    .select(['version', 'architecture', 'manifest_hash'])
    .where('seq', '=', seq)
    .execute();
  if (rows.some((row) => row.manifest_hash === hash)) return 'listed';
  const isTaken = rows.some((row) => row.architecture === architecture || row.version !== version);
  return isTaken ? 'taken' : 'free';
}

async function isUsed(tx: Tx, seq: number): Promise<boolean> {
  const rollout = await tx.selectFrom('rollout').select('id').where('seq', '=', seq).executeTakeFirst();
  const given = await tx
    .selectFrom('device_release')
    .select('device')
    .where('seq', '=', seq)
    .executeTakeFirst();
  const said = await tx
    .selectFrom('twin')
    .select('device')
    .where('reported_release', '=', seq)
    .executeTakeFirst();
  return Boolean(rollout ?? given ?? said);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(gone))?.size ?? 0;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
