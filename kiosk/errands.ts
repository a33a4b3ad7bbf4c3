// What a decision waits for: headquarters' word on a telephone code, or a PIN that is worked on in the background.
import type { MemberId } from '../sync/contract/ids.ts';
import { pinHash, pinMatches } from '../sync/contract/pin.ts';
import type { CodeAnswer } from '../sync/contract/questions.ts';
import type { CodeAsked, Questions } from '../sync/questions.ts';

export type Errand =
  | CodeAsked
  | { readonly kind: 'hash-pin'; readonly member: MemberId; readonly pin: string }
  | {
      readonly kind: 'check-pin';
      readonly member: MemberId;
      readonly pin: string;
      readonly hash: string;
    };

/** How it ended; `answer` undefined = headquarters could not be asked, or did not answer in time. */
export type ErrandEnd =
  | { readonly kind: 'code'; readonly answer: CodeAnswer | undefined }
  | { readonly kind: 'pin-hashed'; readonly hash: string }
  | { readonly kind: 'pin-checked'; readonly isRight: boolean }
  /** this machine could not work it out */
  | { readonly kind: 'failed' };

export interface ErrandTools {
  readonly fleetKey: Uint8Array;
  /** left out = headquarters cannot be asked */
  readonly askCode?: Questions['askCode'] | undefined;
}

/** @param done called once, perhaps before this returns */
export function runErrand(
  errand: Errand,
  { fleetKey, askCode }: ErrandTools,
  done: (end: ErrandEnd) => void,
): void {
  switch (errand.kind) {
    case 'send-code':
    case 'check-code':
      if (!askCode?.(errand, (answer) => done({ kind: 'code', answer }))) {
        done({ kind: 'code', answer: undefined });
      }
      return;
    case 'hash-pin':
      pinHash(fleetKey, errand.member, errand.pin).then(
        (hash) => done({ kind: 'pin-hashed', hash }),
        () => done({ kind: 'failed' }),
      );
      return;
    case 'check-pin':
      pinMatches(fleetKey, errand.member, errand.pin, errand.hash).then(
        (isRight) => done({ kind: 'pin-checked', isRight }),
        () => done({ kind: 'failed' }),
      );
      return;
  }
}
