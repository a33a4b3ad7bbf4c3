// Brings a release that headquarters ordered to this disk: by pieces, on with the last one after a cut, not faster than allowed.

import { once } from 'node:events';
import { createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReleaseManifest, ReleaseOrder } from '../sync/contract/release.ts';
import type { PreparedRelease } from './prepare-setup.ts';
import type { ReleaseStore } from './release-store.ts';
import { judgeManifest, ReleaseError, type ReleaseJudge } from './release-verify.ts';

/** Where releases come from: headquarters' door, a stick. */
export interface ReleaseSource {
  /** @param hash of the signed manifest. @throws when it cannot be had now */
  manifest(hash: string): Promise<Uint8Array>;
  /** @param from first byte wanted. @throws when it cannot be had now */
  bundle(manifest: ReleaseManifest, from: number): AsyncIterable<Uint8Array>;
}

export interface FetchParts {
  readonly store: ReleaseStore;
  readonly source: ReleaseSource;
  readonly judge: ReleaseJudge;
  /** a line is shared with those who are served; Infinity = as fast as it goes */
  readonly bytesPerSecond: number;
  /** a fleet that is told at once does not ask at once */
  readonly jitterMs: number;
  /** 0–1 of it is on this disk; 1 = all of it, and it is checked and unpacked now */
  readonly onFetched?: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Its end is no exception: what cannot be is rejected, what may be later comes later. */
export async function fetchRelease(order: ReleaseOrder, parts: FetchParts): Promise<PreparedRelease> {
  const { store, judge } = parts;
  const hash = order.manifests[judge.architecture];
  if (hash === undefined) return { kind: 'rejected', code: 'release-architecture' };
  // on this disk it was judged already: this is the way back, which needs no network
  if (store.has(order.seq, hash)) return wayBack(order, judge);
  try {
    if (parts.jitterMs > 0) await delay(Math.random() * parts.jitterMs, undefined, { signal: parts.signal });
    const signed = await parts.source.manifest(hash);
    const manifest = judgeManifest(signed, order, judge);
    const file = await download(manifest, parts);
    parts.onFetched?.(1);
    try {
      await store.install(signed, manifest, file);
    } finally {
      rmSync(file, { force: true });
    }
    return { kind: 'ready', minSeq: manifest.minSeq };
  } catch (cause) {
    if (!(cause instanceof ReleaseError)) return { kind: 'later', code: 'release-unreachable' };
    const isLater = cause.code === 'release-no-room' || cause.code === 'release-unreachable';
    return { kind: isLater ? 'later' : 'rejected', code: cause.code };
  }
}

/** One that served here before may come again when headquarters says so, but none that was shut out since. */
function wayBack({ seq }: ReleaseOrder, judge: ReleaseJudge): PreparedRelease {
  return seq < judge.minSeq ? { kind: 'rejected', code: 'release-old' } : { kind: 'ready', minSeq: 0 };
}

async function download(manifest: ReleaseManifest, parts: FetchParts): Promise<string> {
  const { store, source, bytesPerSecond, signal } = parts;
  const file = store.partFile(manifest.bundle.sha256);
  const had = existsSync(file) ? statSync(file).size : 0;
  if (had > manifest.bundle.bytes) rmSync(file);
  let bytes = had > manifest.bundle.bytes ? 0 : had;
  if (bytes === manifest.bundle.bytes) return file;
  const out = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // an error that comes while nobody waits is met by the next write
  out.on('error', () => undefined);
  const startedMs = performance.now();
  let come = 0;
  const tell = (): void => parts.onFetched?.(Math.min(0.999, bytes / manifest.bundle.bytes));
  tell();
  try {
    for await (const piece of source.bundle(manifest, bytes)) {
      signal.throwIfAborted();
      bytes += piece.length;
      come += piece.length;
      if (bytes > manifest.bundle.bytes) throw new ReleaseError('release-damaged');
      if (!out.write(piece)) await once(out, 'drain');
      tell();
      const dueMs = (come / bytesPerSecond) * 1_000;
      const aheadMs = dueMs - (performance.now() - startedMs);
      if (aheadMs > 0) await delay(aheadMs, undefined, { signal });
    }
  } finally {
    out.end();
    await once(out, 'close');
  }
  if (out.errored) throw fullOr(out.errored);
  if (bytes < manifest.bundle.bytes) throw new ReleaseError('release-unreachable');
  return file;
}

function fullOr(error: Error): Error {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new ReleaseError('release-no-room') : error;
}
