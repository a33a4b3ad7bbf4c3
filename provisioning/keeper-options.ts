// What a keeper needs from around it: the terminal's files, its program, the place of its releases, and time.
import type { Desired } from '../sync/contract/twin.ts';
import type { Served } from './keeper-state.ts';
import type { StartKiosk } from './kiosk-child.ts';
import type { Preparation } from './prepare-setup.ts';
import type { SetupStore } from './setup-store.ts';
import type { TrialLimits } from './trial-watch.ts';

export interface KeeperOptions {
  readonly setups: SetupStore;
  /** of the release that this keeper is of; 0 = installed by hand */
  readonly ownRelease: number;
  /** `kiosk/main.js` of a release */
  readonly scriptOf: (release: number) => string;
  readonly start: StartKiosk;
  readonly doesAnswer: () => Promise<boolean>;
  /** checks what is wanted, and brings what it needs to this disk; may take long. @param onFetched 0–1 of a release; 1 = all of it is here, and is checked */
  readonly prepare: (
    desired: Desired,
    served: Served,
    onFetched: (share: number) => void,
  ) => Promise<Preparation>;
  /** a release that somebody brought to this disk; 0 = none. @returns what was checked already */
  readonly offered: () => number;
  readonly forgetOffer: () => void;
  /** may something be switched by the site's own hours? @param isRelease another release, not only another set-up */
  readonly isWindowOpen: (desired: Desired, isRelease: boolean) => boolean;
  /** nobody is expected here now: after closing, or at night */
  readonly isSiteClosed: () => boolean;
  /** a release has proved itself */
  readonly promote: (release: number) => void;
  /** this keeper's own release serves */
  readonly onServing: () => void;
  /** the page in front of the visitor is of a release that is gone, or nothing is painted at all, and does not come back by itself */
  readonly renewScreen: () => void;
  /** another release serves than this keeper is of, and nobody is served now */
  readonly onHandOver: () => void;
  /** somebody at the screen wants this terminal to be enrolled anew */
  readonly onEnrolAnew: () => void;
  readonly complain: (text: string) => void;
  readonly monoMs: () => number;
  readonly pauses?: { readonly minMs: number; readonly maxMs: number };
  readonly limits?: TrialLimits;
}
