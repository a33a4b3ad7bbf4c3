// Offers a site bundle to the replica as if headquarters had sent it: proven whole first, then only what is newer.
import { setImmediate as turn } from 'node:timers/promises';
import { type DatasetChange, type DatasetName, datasetNames, type Manifest } from './contract/datasets.ts';
import { emptyRoot } from './contract/row-hash.ts';
import type { SiteBundle } from './contract/site-bundle.ts';
import { isNewer, type Replica } from './replica.ts';
import { SiteBundleFile, type SiteBundleReading } from './site-bundle-file.ts';
import { SyncError } from './sync-error.ts';

/** `current`: all that it says is here already, or something newer. */
export type BundleOffer =
  | { readonly kind: 'current'; readonly head: SiteBundle }
  | { readonly kind: 'offered'; readonly head: SiteBundle; readonly changes: readonly DatasetChange[] };

export interface BundleOptions extends SiteBundleReading {
  readonly replica: Replica;
  /** 0 … 1; checking is the first half */
  readonly onProgress?: (share: number) => void;
  /** the terminal ends: what was offered so far is harmless */
  readonly signal?: AbortSignal;
}

/**
 * The replica's `work` brings in what was offered; who has a courier has that done by it.
 * @throws SyncError sync-bundle-…: nothing was written; or what the disk throws
 */
export async function offerSiteBundle(options: BundleOptions): Promise<BundleOffer> {
  const { replica, onProgress = () => {}, signal } = options;
  const file = await SiteBundleFile.open(options);
  try {
    const { head } = file;
    const changes = head.changes.filter((change) =>
      isNewer({ version: change.to, root: change.root, at: change.at }, replica.head(change.dataset)),
    );
    if (changes.length === 0) return { kind: 'current', head };
    for await (const _ of file.chunks((share) => onProgress(share / 2))) signal?.throwIfAborted();
    const taken = changes.filter((change) => replica.take(change) === 'taken');
    for await (const chunk of file.chunks((share) => onProgress(0.5 + share / 2))) {
      signal?.throwIfAborted();
      replica.takeChunk(chunk);
      // a swipe comes between
      await turn();
    }
    return { kind: 'offered', head, changes: taken };
  } finally {
    await file.close();
  }
}

/** For who has no courier. @throws SyncError the code of what was refused; what the disk throws */
export async function workOff(replica: Replica, onDone: (dataset: DatasetName) => void): Promise<void> {
  for (;;) {
    const done = replica.work();
    if (done === 'idle') return;
    if (done === 'working') await turn();
    else if (done.kind === 'refused') {
      throw new SyncError(done.code, `dataset ${done.dataset} of a site bundle was refused`);
    } else onDone(done.dataset);
  }
}

/** What headquarters' manifest said at that time: for `Replica.confirm`. */
export function manifestOf({ at, changes }: SiteBundle): Manifest {
  const of = <T>(pick: (change: DatasetChange | undefined) => T): Record<DatasetName, T> =>
    Object.fromEntries(
      datasetNames.map((name) => [name, pick(changes.find(({ dataset }) => dataset === name))]),
    ) as Record<DatasetName, T>;
  return {
    v: 1,
    at,
    versions: of((change) => change?.to ?? 0),
    roots: of((change) => change?.root ?? emptyRoot),
  };
}
