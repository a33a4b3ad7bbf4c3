// Site bundles at the terminal: those found in the folder `bundles` are taken in by themselves, one by one.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatasetChange } from '../sync/contract/datasets.ts';
import type { ProjectId, TenantId } from '../sync/contract/ids.ts';
import { verifyingKey } from '../sync/contract/signed-frame.ts';
import { siteBundleEnding } from '../sync/contract/site-bundle.ts';
import { isNewer, type Replica } from '../sync/replica.ts';
import type { SiteBundleReading } from '../sync/site-bundle-file.ts';
import { type BundleOffer, manifestOf, offerSiteBundle, workOff } from '../sync/site-bundle-offer.ts';
import { SyncError } from '../sync/sync-error.ts';
import type { Config } from './config.ts';
import { type FaultCode, faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';
import { storeFaultOf } from './store-fault.ts';

/** More in the folder are not looked at. */
const maxFiles = 50;
/** How often it is looked whether the courier has put in what was offered. */
const settleMs = 250;

/** Looks at once, and again until it is closed; without a folder it does nothing. */
export function watchSiteBundles(parts: {
  readonly config: Config;
  readonly replica: Replica;
  readonly log: KioskLog;
}): { close(): Promise<void> } {
  const { config, replica, log } = parts;
  const { bundles } = config;
  if (bundles === undefined) return { close: async () => {} };
  const ending = new AbortController();
  const { signal } = ending;
  /** files that were refused, as they were then: not read again until they are others */
  const refused = new Map<string, string>();
  const take = async (file: string): Promise<void> => {
    const path = join(bundles, file);
    const { mtimeMs, size } = await stat(path);
    const state = `${mtimeMs} ${size}`;
    if (refused.get(file) === state) return;
    const outcome = await takeOne(path, { config, replica, log, signal });
    if (outcome === 'applied') log.info('site bundle taken in', { file });
    if (outcome === 'applied' || outcome === 'current') return;
    log.fault(outcome, `${file}: ${faultText(outcome)}`);
    if (outcome !== 'store-write-failed' && outcome !== 'sync-store-full') refused.set(file, state);
  };
  const look = async (): Promise<void> => {
    while (!signal.aborted) {
      for (const file of await bundlesIn(bundles)) {
        // pulled out meanwhile: the next look will find it, or not
        if (!signal.aborted) await take(file).catch(() => {});
      }
      await pause(config.limits.bundleLookMs, undefined, { signal }).catch(() => {});
    }
  };
  const looking = look();
  return {
    async close() {
      ending.abort();
      await looking;
    },
  };
}

/** @throws SyncError sync-bundle-… | sync-dataset-…; what the disk throws */
export async function applySiteBundle(
  file: string,
  config: Config,
  replica: Replica,
  onProgress: (share: number) => void,
): Promise<BundleOffer> {
  const offer = await offerSiteBundle({ ...readingOf(file, config), replica, onProgress });
  await workOff(replica, () => {});
  replica.confirm(manifestOf(offer.head));
  return offer;
}

/** @returns the code of a fault when it was refused */
async function takeOne(
  file: string,
  {
    config,
    replica,
    log,
    signal,
  }: {
    readonly config: Config;
    readonly replica: Replica;
    readonly log: KioskLog;
    readonly signal: AbortSignal;
  },
): Promise<'current' | 'applied' | FaultCode> {
  let told = 0;
  const onProgress = (share: number): void => {
    if (share - told < 0.1) return;
    told = share;
    log.info('site bundle', { percent: Math.round(share * 100) });
  };
  try {
    const offer = await offerSiteBundle({ ...readingOf(file, config), replica, onProgress, signal });
    if (offer.kind === 'current') return 'current';
    // the courier puts rows in, with or without a line; what it refuses it says itself
    while (offer.changes.some((change) => replica.coming(change.dataset) === change)) {
      await pause(settleMs, undefined, { signal });
    }
    replica.confirm(manifestOf(offer.head));
    return isIn(offer.changes, replica) ? 'applied' : 'sync-dataset-row';
  } catch (error) {
    if (signal.aborted) return 'current';
    return error instanceof SyncError ? error.code : storeFaultOf(error);
  }
}

/** Or something newer is. */
function isIn(changes: readonly DatasetChange[], replica: Replica): boolean {
  return changes.every(
    ({ dataset, to, root, at }) => !isNewer({ version: to, root, at }, replica.head(dataset)),
  );
}

function readingOf(file: string, { tenant, site, headquarters, limits }: Config): SiteBundleReading {
  return {
    file,
    tenant: tenant as TenantId,
    site: site.project as ProjectId | null,
    headquartersKey: verifyingKey(Buffer.from(headquarters.signKey, 'base64')),
    maxBytes: limits.bundleBytes,
  };
}

/** A stick that is not there is no fault. */
async function bundlesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(siteBundleEnding))
      .map(({ name }) => name)
      .sort()
      .slice(0, maxFiles);
  } catch {
    return [];
  }
}
