// What an owner who follows a request is looking at, in ids. Part of view.ts.
import type { FactId } from '../sync/contract/ids.ts';
import type { Verdict } from '../sync/contract/requests.ts';

/** What was said about a request so far, before it is sent. */
export interface JudgeDraft {
  readonly request: FactId;
  readonly verdict: Verdict;
  readonly ratings: readonly { readonly item: string; readonly score: 1 | 2 | 3 | 4 | 5 }[];
  readonly text: string | null;
}

export type FollowView =
  | { readonly kind: 'requests' }
  | {
      readonly kind: 'request';
      readonly id: FactId;
      readonly isWriting: boolean;
      /** a note was added just now */
      readonly isNoted: boolean;
      readonly job: FactId | null;
    }
  /** `at`: 0 … */
  | { readonly kind: 'judge-question'; readonly draft: JudgeDraft; readonly at: number }
  | { readonly kind: 'judge-end'; readonly draft: JudgeDraft; readonly isWriting: boolean };

export function requestView(id: FactId): Extract<FollowView, { kind: 'request' }> {
  return { kind: 'request', id, isWriting: false, isNoted: false, job: null };
}
