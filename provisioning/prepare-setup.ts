// Checks what headquarters wants of this terminal, and brings all that it needs to this disk before anything is switched.

import * as v from 'valibot';
import { type ReleaseOrder, releaseOrderSchema } from '../sync/contract/release.ts';
import type { Desired } from '../sync/contract/twin.ts';
import { maintenancePinPattern, sealPin } from '../sync/maintenance-pin.ts';
import type { Served } from './keeper-state.ts';
import type { SetupStore } from './setup-store.ts';
import { candidateOf, type SetupFiles } from './twin-candidate.ts';

export type Preparation =
  | {
      readonly kind: 'ready';
      readonly files: SetupFiles;
      /** sealed */
      readonly pin?: string | undefined;
      readonly release: number;
      /** no release below it is to be taken from now on */
      readonly minSeq: number;
    }
  /** it will never do */
  | { readonly kind: 'rejected'; readonly code: string; readonly path: string | null }
  /** it may do later: no network, no room */
  | { readonly kind: 'later'; readonly code: string; readonly path: string | null };

export type PreparedRelease =
  | { readonly kind: 'ready'; readonly minSeq: number }
  | { readonly kind: 'rejected' | 'later'; readonly code: string };

export interface PreparationParts {
  readonly setups: SetupStore;
  /** one with the number of what serves: is it the very one? */
  readonly isServed: (order: ReleaseOrder) => boolean;
  /** brings it here and checks it; its end is no exception */
  readonly fetchRelease: (order: ReleaseOrder, serving: number) => Promise<PreparedRelease>;
  /** @returns undefined when headquarters cannot be asked now */
  readonly readSecret: (name: string) => Promise<string | undefined>;
}

/** Never throws for what is wanted; a fault of the disk is `later`. */
export async function prepareSetup(
  { rev, values }: Desired,
  served: Served,
  { setups, isServed, fetchRelease, readSecret }: PreparationParts,
): Promise<Preparation> {
  try {
    const base = setups.base(served.rev);
    const named = values['maintenance.pin'];
    const pinFile = named === undefined ? undefined : setups.pinFileOf(rev);
    // what cannot be is told before anything is fetched
    const candidate = candidateOf(values, { base, pinFile });
    if (candidate.kind === 'rejected') return candidate;
    const pin = named === undefined ? undefined : await readSecret(String(named).replace(/^secret:/, ''));
    if (named !== undefined && pin === undefined)
      return { kind: 'later', code: 'secret-unreachable', path: 'maintenance.pin' };
    if (pin !== undefined && !maintenancePinPattern.test(pin))
      return { kind: 'rejected', code: 'secret-wrong', path: 'maintenance.pin' };
    const order = v.parse(v.nullish(releaseOrderSchema), values['release']);
    const sealed = pin === undefined ? undefined : sealPin(pin);
    const ready = { kind: 'ready', files: candidate.files, pin: sealed } as const;
    if (!order) return { ...ready, release: served.release, minSeq: 0 };
    if (order.seq === served.release) {
      // a number is given once: who repeats it means another program, and would be told that it runs
      if (!isServed(order)) return { kind: 'rejected', code: 'release-not-ordered', path: 'release' };
      return { ...ready, release: served.release, minSeq: 0 };
    }
    const release = await fetchRelease(order, served.release);
    if (release.kind !== 'ready') return { ...release, path: 'release' };
    return { ...ready, release: order.seq, minSeq: release.minSeq };
  } catch {
    return { kind: 'later', code: 'disk-failed', path: null };
  }
}
