// What the terminal is showing, in ids: the one state of a session. Words are added when it is shown.

import type { UnusableCard } from '../device/card-reader.ts';
import type { RefusalReason } from '../sync/contract/club-facts.ts';
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
  SurveyId,
  UnitId,
  Words,
} from '../sync/contract/ids.ts';
import type { Told } from '../sync/questions.ts';
import type { FollowView } from './follow-view.ts';
import type { JoinView, ProfileView, StaffView } from './join-view.ts';
import type { MaintenanceTab } from './maintenance-screen.ts';
import type { MannerChoice } from './manner.ts';
import type { FilingPurpose, Language, Purpose, Tongue } from './screen.ts';
import type { SearchQuery } from './search-screen.ts';
import type { PictureEnd } from './support-pictures.ts';

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
  /** what was looked at when something was tapped last, to go back to; null = the report began here */
  readonly before: { readonly step: ReportStep; readonly draft: Draft } | null;
  /** noted at the hand-over of the home */
  readonly isHandOver?: boolean;
}

export type ReportStep = 'place' | 'element' | 'problem' | 'phrase';
/** What was said about the problem: a phrase of the library, or own words. */
export type Description = { readonly phrase: PhraseId } | { readonly text: string };

export type Score = 1 | 2 | 3 | 4 | 5;
/** What was said in a survey so far. */
export interface SurveyDraft {
  readonly survey: SurveyId;
  readonly ratings: readonly { readonly item: string; readonly score: Score }[];
  readonly text: string | null;
}

/** A node survey, and questions answered in public. */
export type FormsView =
  | { readonly kind: 'survey-intro'; readonly survey: SurveyId }
  /** `at`: 0 … */
  | { readonly kind: 'survey-question'; readonly draft: SurveyDraft; readonly at: number }
  /** `last`: the last question's `at` */
  | {
      readonly kind: 'survey-end';
      readonly draft: SurveyDraft;
      readonly last: number;
      readonly isWriting: boolean;
    }
  | {
      readonly kind: 'survey-done';
      readonly what: 'thanks' | 'answered' | 'none';
      readonly survey: SurveyId | null;
    }
  | { readonly kind: 'answers'; readonly of: ProjectId | null }
  /** `of`: whose list to go back to; null = all */
  | { readonly kind: 'answer'; readonly id: string; readonly of: ProjectId | null };

/** What is said in a topic and own words; see `rules/report-message.ts`. */
export interface MessageDraft {
  readonly purpose: FilingPurpose;
  /** false = a visitor */
  readonly hasCard: boolean;
  readonly unit: UnitId | null;
  readonly topic: string | null;
  readonly when: CallTime | null;
  readonly phone: string | null;
  readonly text: string | null;
  readonly mayPublish: boolean;
}
export type MessagePage = 'home' | 'topic' | 'when' | 'phone' | 'review';
export type CallTime = 'any-time' | 'morning' | 'afternoon' | 'evening';

/** What is said of a request that was filed just now, whoever filed it. */
export interface FiledSummary {
  readonly label: Words;
  readonly port: Words;
  readonly replyBy: string | null;
  readonly onSiteBy: string | null;
  /** where a telephone adds pictures, key and all: only ever in memory */
  readonly photoLink: string | null;
}

export type PinProblem =
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly untilMs: number };
export type CardProblemReason =
  | 'unknown-card'
  | 'blocked-card'
  | 'lost-card'
  | 'expired-card'
  | 'replaced-card'
  | 'no-pin'
  | 'no-home'
  | 'no-library'
  | UnusableCard;

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
      /** what was asked when the search found it, to go back to; null = found by walking */
      readonly search: SearchQuery | null;
      /** opened from the shortlist, which may be a member's own */
      readonly from?: { readonly isMine: boolean };
    }
  | { readonly kind: 'adverse-facts'; readonly project: ProjectId };

/** A home that somebody wants to remember. */
export interface KeptUnit {
  readonly project: ProjectId;
  readonly building: BuildingId;
  readonly unit: UnitId;
}

/** Of somebody who chooses or owns a home; `isMine`: of the member in front, who has proven it. */
export type OwnerView =
  | { readonly kind: 'shortlist'; readonly isMine: boolean; readonly job: FactId | null }
  | { readonly kind: 'compare'; readonly isMine: boolean }
  | { readonly kind: 'my-homes' }
  | { readonly kind: 'hand-over'; readonly unit: UnitId; readonly job: FactId | null }
  | { readonly kind: 'hand-over-sign'; readonly unit: UnitId; readonly score: Score | null };

/** What is looked at. */
export type View =
  | BoardView
  | OwnerView
  | FormsView
  | { readonly kind: 'search'; readonly query: SearchQuery }
  | { readonly kind: 'attract' }
  | { readonly kind: 'home' }
  | {
      readonly kind: 'checked-in';
      readonly session: SessionId;
      readonly points: number;
      readonly balance: number;
      /** by the level that they came with */
      readonly treatment: Words | null;
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
  /** headquarters is asked about it; `purpose`: what it was swiped for, null = for itself */
  | { readonly kind: 'checking-card'; readonly card: CardToken; readonly purpose: Purpose | null }
  | { readonly kind: 'ask-card'; readonly purpose: Purpose }
  | {
      readonly kind: 'enter-pin';
      readonly purpose: Purpose;
      readonly isChecking: boolean;
      readonly problem: PinProblem | null;
    }
  | {
      readonly kind: 'card-problem';
      /** null = nobody had asked for a card */
      readonly purpose: Purpose | null;
      readonly reason: CardProblemReason;
    }
  | { readonly kind: 'points' }
  | { readonly kind: 'activities' }
  | { readonly kind: 'activity'; readonly session: SessionId }
  | { readonly kind: 'report-choice'; readonly step: ReportStep; readonly draft: Draft }
  | { readonly kind: 'report-review'; readonly draft: Draft; readonly description: Description }
  | {
      readonly kind: 'message';
      readonly page: MessagePage;
      /** all of this message's, in order */
      readonly pages: readonly MessagePage[];
      readonly draft: MessageDraft;
    }
  | {
      readonly kind: 'request-filed';
      readonly number: string;
      readonly job: FactId;
      readonly filed: FiledSummary;
    }
  | { readonly kind: 'service-menu' }
  | FollowView
  | JoinView
  | ProfileView
  | StaffView
  | { readonly kind: 'out-of-service'; readonly code: string }
  | { readonly kind: 'maintenance-pin'; readonly isChecking: boolean; readonly problem: PinProblem | null }
  | {
      readonly kind: 'maintenance';
      readonly tab: MaintenanceTab;
      readonly card: TestCard | null;
      /** the last picture for support; null = none was asked for */
      readonly picture: PictureProgress | null;
    };

export type PictureProgress = { readonly kind: 'taking' } | PictureEnd;

/** A card swiped in maintenance: what the reader told, and nothing that identifies it. */
export type TestCard =
  | {
      readonly kind: 'read';
      readonly technology: string;
      readonly bits: number | null;
      readonly tail: string;
      readonly count: number;
    }
  | { readonly kind: 'unusable'; readonly code: UnusableCard; readonly count: number };

/** Everything that is forgotten when a session ends. */
export interface Session {
  readonly view: View;
  readonly person: Person | null;
  /** what headquarters told just now about the card or member in front */
  readonly told: Told | null;
  /** homes that whoever stands here wants to remember, oldest first */
  readonly shortlist: readonly KeptUnit[];
  readonly language: Language;
  /** how Chinese is written for them: simplified or traditional */
  readonly script: Script;
  /** what was chosen here of how it is shown and heard */
  readonly manner: MannerChoice;
}
export type Script = 'hans' | 'hant';

export function freshSession(language: Language): Session {
  return {
    view: { kind: 'attract' },
    person: null,
    told: null,
    shortlist: [],
    language,
    script: 'hans',
    manner: {},
  };
}

/** What a session keeps of the tongue that was chosen. */
export function spokenIn(tongue: Tongue): Pick<Session, 'language' | 'script'> {
  return tongue === 'en'
    ? { language: 'en', script: 'hans' }
    : { language: 'zh', script: tongue === 'zh' ? 'hans' : 'hant' };
}

/** The same place with nobody before it: a member's own list goes with the member, one of nobody stays. */
export function withoutPerson(session: Session): Session {
  return {
    ...session,
    person: null,
    told: null,
    shortlist: session.person?.isProven ? [] : session.shortlist,
  };
}

/** Headquarters is asked, or a PIN is worked on: whoever stands here can do nothing but wait. */
export function isWaiting(view: View): boolean {
  return (
    view.kind === 'checking-card' ||
    ('isChecking' in view && view.isChecking) ||
    ('isBusy' in view && view.isBusy)
  );
}

/** How many times as long somebody may stand still here: what speaks against a home is read in full. */
export function readingPatience(view: View): number {
  return view.kind === 'adverse-facts' ? 3 : 1;
}

/** May what is on the screen be of a person: known of them, of their card, or typed by them? */
export function isPersonal({ view, person }: Session): boolean {
  if (person !== null || !isForAnybody(view)) return true;
  return view.kind === 'maintenance' || view.kind === 'search' || view.kind === 'shortlist';
}

/** Where nobody in particular stands: whoever goes on from here shows their card and PIN anew. */
export function isForAnybody(view: View): boolean {
  switch (view.kind) {
    case 'unit':
      return !view.from?.isMine;
    case 'shortlist':
    case 'compare':
      return !view.isMine;
    case 'attract':
    case 'home':
    case 'projects':
    case 'buildings':
    case 'board':
    case 'search':
    case 'adverse-facts':
    case 'answers':
    case 'answer':
    case 'ask-card':
    case 'service-menu':
    case 'out-of-service':
    case 'maintenance-pin':
    case 'maintenance':
      return true;
    case 'checked-in':
    case 'check-in-refused':
    case 'welcome':
    case 'checking-card':
    case 'enter-pin':
    case 'card-problem':
    case 'points':
    case 'activities':
    case 'activity':
    case 'report-choice':
    case 'report-review':
    case 'message':
    case 'request-filed':
    case 'requests':
    case 'request':
    case 'judge-question':
    case 'judge-end':
    case 'join':
    case 'profile':
    case 'staff':
    case 'survey-intro':
    case 'survey-question':
    case 'survey-end':
    case 'survey-done':
    case 'my-homes':
    case 'hand-over':
    case 'hand-over-sign':
      return false;
  }
}
