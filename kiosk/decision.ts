// What a rule concludes: what happened, what it changes here, and what is shown next. Data only.
import type { Slip } from '../device/receipt-printer.ts';
import type { FactContent, SlipKind } from '../sync/contract/facts.ts';
import type { FactId, MemberId, SessionId, SurveyId, UnitId, Words } from '../sync/contract/ids.ts';
import type { MembersRow } from '../sync/contract/members.ts';
import type { RequestRow, Verdict } from '../sync/contract/requests.ts';
import type { Errand } from './errands.ts';
import type { SignedOutcome } from './owners-knowledge.ts';
import type { KeptUnit, Person, View } from './view.ts';

/** A change of the terminal's own tables, made in the transaction of the fact that caused it. */
export type Effect =
  | { readonly kind: 'remember-check-in'; readonly session: SessionId; readonly member: MemberId }
  | {
      readonly kind: 'remember-wish';
      readonly session: SessionId;
      readonly member: MemberId;
      readonly wish: 'join' | 'leave';
    }
  | {
      readonly kind: 'add-pending-points';
      readonly member: MemberId;
      readonly points: number;
      readonly reason: Words;
      /** what makes it the same booking as one of headquarters; left out = the fact alone does */
      readonly key?: string;
    }
  /** id and filing time come from the fact; `ownWords` are remembered by this process alone, never on disk */
  | {
      readonly kind: 'remember-request';
      readonly request: Omit<RequestRow, 'id' | 'filedAt' | 'history'>;
      readonly ownWords: string | null;
    }
  /** until headquarters tells what came of it */
  | { readonly kind: 'remember-verdict'; readonly request: FactId; readonly verdict: Verdict }
  /** of a request that nobody's page shows */
  | { readonly kind: 'remember-number'; readonly number: string }
  | {
      readonly kind: 'set-pin-guard';
      /** or whoever else has a PIN: the maintenance screen */
      readonly member: MemberId;
      readonly wrong: number;
      readonly lockedUntilMs: number;
    }
  /** they have answered here: it is not asked again */
  | { readonly kind: 'remember-survey'; readonly survey: SurveyId; readonly member: MemberId }
  /** arrived at the hand-over here, and how it was signed */
  | {
      readonly kind: 'remember-arrival';
      readonly member: MemberId;
      readonly unit: UnitId;
      readonly day: string;
      readonly number: string;
    }
  | {
      readonly kind: 'remember-signature';
      readonly unit: UnitId;
      readonly day: string;
      readonly outcome: SignedOutcome;
    }
  /** rows of dataset `members` as headquarters will have them, until it does */
  | { readonly kind: 'remember-members'; readonly rows: readonly MembersRow[] }
  /** all cards that they had are stopped here at once */
  | { readonly kind: 'remember-lost'; readonly member: MemberId }
  /** own data as they will be published; left out or null = as before */
  | {
      readonly kind: 'remember-profile';
      readonly member: MemberId;
      readonly phone?: string | null;
      readonly pin?: string | null;
      readonly birthday?: string;
      readonly mayContact?: boolean;
    }
  /** staff gave it up: it is neither printed nor asked about any more */
  | { readonly kind: 'give-up-slip'; readonly job: FactId; readonly to: 'expired' | 'failed' }
  | {
      readonly kind: 'queue-slip';
      readonly job: FactId;
      readonly slip: SlipKind;
      readonly lines: Slip;
      /** what is kept on disk of them, when that is less: a slip that is printed after a crash says this */
      readonly keptLines?: Slip;
      readonly copy: number;
      readonly subject: string;
    };

/** A fact with everything that becomes true together with it. */
export interface Recording {
  readonly fact: FactContent;
  readonly effects: readonly Effect[];
}

export interface Decision {
  readonly view: View;
  /** left out = the same person as before; null = nobody any more */
  readonly person?: Person | null;
  /** left out = as before */
  readonly shortlist?: readonly KeptUnit[];
  /** left out = nothing happened that anybody must know */
  readonly recording?: Recording;
  /** what became true besides, told after it */
  readonly also?: Recording;
  /** what must be found out before it goes on; the view stays until then */
  readonly errand?: Errand;
}
