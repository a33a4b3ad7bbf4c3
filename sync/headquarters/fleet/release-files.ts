// What the door needs of whoever keeps releases: their manifests and bundles, by hash.
import type { Readable } from 'node:stream';

export interface ReleaseFiles {
  /** The signed manifest with this hash (SHA-256 in hex); undefined when there is none. */
  manifest(hash: string): Promise<Uint8Array | undefined>;
  /** The bundle's file with this hash (SHA-256 in hex); undefined when there is none. */
  bundle(sha256: string): Promise<BundleFile | undefined>;
}

export interface BundleFile {
  readonly bytes: number;
  /** @param from first byte @param to last byte, both counted from 0 */
  read(from: number, to: number): Readable;
}
