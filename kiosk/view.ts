// What the terminal is showing, in ids: the one state of a session. Words are added when it is shown.
import type { RefusalReason } from '../sync/contract/facts.ts';
import type {
  BuildingId,
  CardToken,
  ElementId,
  FactId,
  MemberId,
  PhraseId,
  PlaceId,
  ProblemId,
  ProjectId,
  SessionId,
  UnitId,
} from '../sync/contract/ids.ts';
import type { Language, Purpose } from './screen.ts';

/** Who stands in front of the terminal, as far as their card says. */
export interface Person {
  readonly member: MemberId;
  readonly card: CardToken;
  /** has the second proof (PIN) been given? */
  readonly isProven: boolean;
}

/** How far a report is: each choice narrows the next. */
export interface Draft {
  readonly home: UnitId;
  readonly place: PlaceId | null;
  /** from the top of the tree downwards */
  readonly elements: readonly ElementId[];
  readonly problem: ProblemId | null;
}

export type ReportStep = 'home' | 'place' | 'element' | 'problem' | 'phrase';
/** What was said about the problem: a phrase of the library, or own words. */
export type Description = { readonly phrase: PhraseId } | { readonly text: string };

export type PinProblem =
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly untilMs: number };
export type CardProblemReason = 'unknown-card' | 'blocked-card' | 'no-pin' | 'no-home' | 'no-library';

/** On the sales board. `job` is the print job that belongs to the view, or null. */
export type BoardView =
  | { readonly kind: 'projects' }
  | { readonly kind: 'buildings'; readonly project: ProjectId }
  | { readonly kind: 'board'; readonly project: ProjectId; readonly building: BuildingId }
  | {
      readonly kind: 'unit';
      readonly project: ProjectId;
      readonly building: BuildingId;
      readonly unit: UnitId;
      readonly job: FactId | null;
    }
  | { readonly kind: 'adverse-facts'; readonly project: ProjectId };

/** What is looked at. */
export type View =
  | BoardView
  | { readonly kind: 'attract' }
  | { readonly kind: 'home' }
  | {
      readonly kind: 'checked-in';
      readonly session: SessionId;
      readonly points: number;
      readonly balance: number;
      readonly job: FactId;
    }
  | {
      readonly kind: 'check-in-refused';
      readonly reason: RefusalReason;
      readonly session: SessionId | null;
      readonly next: SessionId | null;
      readonly job: FactId | null;
    }
  | { readonly kind: 'welcome'; readonly next: SessionId | null }
  | { readonly kind: 'ask-card'; readonly purpose: Purpose }
  | {
      readonly kind: 'enter-pin';
      readonly purpose: Purpose;
      readonly isChecking: boolean;
      readonly problem: PinProblem | null;
    }
  | { readonly kind: 'card-problem'; readonly purpose: Purpose; readonly reason: CardProblemReason }
  | { readonly kind: 'points' }
  | { readonly kind: 'report-choice'; readonly step: ReportStep; readonly draft: Draft | null }
  | { readonly kind: 'report-review'; readonly draft: Draft; readonly description: Description }
  | { readonly kind: 'request-filed'; readonly number: string; readonly job: FactId }
  | { readonly kind: 'requests' }
  | { readonly kind: 'request'; readonly id: FactId }
  | { readonly kind: 'out-of-service'; readonly code: string };

/** Everything that is forgotten when a session ends. */
export interface Session {
  readonly view: View;
  readonly person: Person | null;
  readonly language: Language;
}
