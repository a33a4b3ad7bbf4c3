// What headquarters orders of a terminal whose power is cut: small releases that serve or are bad, and some that must be refused.
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRelease } from '../../../provisioning/release-build.ts';
import type { SourceFile } from '../../../provisioning/release-files.ts';
import {
  type Architecture,
  manifestHash,
  type ReleaseManifest,
  type ReleaseOrder,
  signManifest,
} from '../../../sync/contract/release.ts';
import { makeSignKeys, signingKey } from '../../../sync/contract/signed-frame.ts';
import { evilRelease, tarEnd, tarEntry } from '../../provisioning/small-release.ts';
import { writeCutPrograms } from './cut-kiosk.ts';
import { type CutKind, cutKinds } from './cut-words.ts';
import { built } from './keeper-world.ts';

/** Each with the code that a terminal must refuse it with. */
export const refusals = {
  flipped: 'release-damaged',
  'wrong-key': 'release-forged',
  old: 'release-old',
  expired: 'release-expired',
  escaping: 'release-archive-wrong',
} as const;
export type Refusal = keyof typeof refusals;
export type OfferKind = CutKind | Refusal;

export interface Offer {
  readonly kind: OfferKind;
  readonly order: ReleaseOrder;
  readonly manifest: ReleaseManifest;
}

const here = join(built, 'test/faults/keeper');
const architecture = process.arch as Architecture;
const dayMs = 86_400_000;
const ballastBytes = 600_000;

export class CutShelf {
  readonly #folder: string;
  readonly #shelf: string;
  readonly #key = makeSignKeys();
  readonly #foreign = makeSignKeys();

  /** @param folder for what is built. @param shelf where terminals find it */
  constructor(folder: string, shelf: string) {
    this.#folder = folder;
    this.#shelf = shelf;
  }

  get publicKey(): string {
    return this.#key.publicKey.toString('base64');
  }

  /** @param seq of a release that is old: below what the terminal may go back to */
  async offer(kind: OfferKind, seq: number): Promise<Offer> {
    const number = kind === 'old' ? 1 : seq;
    const made = kind === 'escaping' ? this.#escaping(number) : await this.#build(kind, number);
    const { signed, manifest, bundle } = made;
    const hash = manifestHash(signed);
    writeFileSync(join(this.#shelf, `${hash}.manifest`), signed);
    const shelved = join(this.#shelf, `${manifest.bundle.sha256}.bundle`);
    copyFileSync(bundle, shelved);
    if (kind === 'flipped') {
      const bytes = readFileSync(shelved);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(shelved, bytes);
    }
    return {
      kind,
      manifest,
      order: { seq: number, version: manifest.version, manifests: { [architecture]: hash } },
    };
  }

  async #build(kind: OfferKind, seq: number) {
    const source = join(this.#folder, `source-${kind}-${seq}`);
    writeCutPrograms(source, here, seq, cutKinds.find((each) => each === kind) ?? 'good');
    // nothing that packs: a download must take its time
    writeFileSync(join(source, 'dist', 'ballast'), randomBytes(ballastBytes));
    const now = Date.now();
    const { manifest, manifestFile, bundleFile } = await buildRelease({
      files: filesIn(source),
      architecture,
      version: `1.${seq}.0`,
      seq,
      minSeq: Math.max(0, seq - 3),
      createdAt: new Date(now - 2 * dayMs),
      expiresAt: new Date(kind === 'expired' ? now - dayMs : now + dayMs),
      key: signingKey((kind === 'wrong-key' ? this.#foreign : this.#key).privateKey),
      out: join(this.#folder, `out-${kind}-${seq}`),
    });
    return { manifest, signed: readFileSync(manifestFile), bundle: bundleFile };
  }

  /** Signed by the right key, as if whoever holds it had been careless. */
  #escaping(seq: number) {
    const evil = evilRelease(this.#folder, Buffer.concat([tarEntry('../../../escaped.js', 'a'), tarEnd]));
    const bytes = readFileSync(evil.bundleFile);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const manifest: ReleaseManifest = {
      ...evil.manifest,
      ...{ seq, architecture, version: `1.${seq}.0`, bundle: { bytes: bytes.length, sha256 } },
      expiresAt: new Date(Date.now() + dayMs).toISOString(),
    };
    const signed = signManifest(manifest, signingKey(this.#key.privateKey));
    return { manifest, signed, bundle: evil.bundleFile };
  }
}

function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((from) => ({ path: from.slice(folder.length + 1), from }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
