// Looks now and then whether somebody plugged a stick in that holds a newer release, and takes it in.
import { installRelease, releasesOn } from './release-install.ts';
import type { ReleaseStore } from './release-store.ts';
import { ReleaseError, type ReleaseJudge } from './release-verify.ts';

const lookEveryMs = 30_000;

export interface StickWatch {
  /** to be called often */
  look(nowMs: number): void;
}

/** @param folder where sticks are mounted; undefined = none is looked at */
export function watchStick(parts: {
  readonly folder: string | undefined;
  readonly store: ReleaseStore;
  readonly judge: () => ReleaseJudge;
  readonly complain: (text: string) => void;
}): StickWatch {
  const { folder, store, judge, complain } = parts;
  let nextMs = 0;
  let isBusy = false;
  /** refused or taken: not looked at again as long as it is there */
  let done: string | undefined;
  const take = async (file: string): Promise<void> => {
    try {
      await installRelease(file, store, judge());
    } catch (error) {
      // a stick that was pulled out is no news
      if (error instanceof ReleaseError) complain(`a release on a stick was refused: ${error.code}\n`);
    }
  };
  return {
    look(nowMs) {
      if (folder === undefined || isBusy || nowMs < nextMs) return;
      nextMs = nowMs + lookEveryMs;
      const newest = releasesOn(folder, judge().architecture).at(-1);
      if (newest === undefined || newest === done) {
        done = newest;
        return;
      }
      done = newest;
      isBusy = true;
      void take(newest).finally(() => {
        isBusy = false;
      });
    },
  };
}
