// How far somebody is with joining, with getting a card back, or with changing own data; forgotten with the session.
import type { joinProofs } from '../sync/contract/club-facts.ts';
import type { CardToken, FactId, MemberId } from '../sync/contract/ids.ts';
import type { IdentityKey } from '../sync/contract/members.ts';
import type { Language, ScreenOf } from './screen.ts';

type Shown = ScreenOf<'join'>;
export type JoinPurpose = Shown['purpose'];
export type JoinStep = Shown['step'];
export type JoinProblem = NonNullable<Shown['problem']>;

export interface JoinDraft {
  /** of who joins: made here */
  readonly member: MemberId;
  readonly consent: {
    readonly version: number;
    readonly language: Language;
    readonly at: string;
  } | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly sound: string | null;
  readonly birthday: string | null;
  readonly idKey: IdentityKey | null;
  /** who they are, or may be, already */
  readonly known: MemberId | null;
  readonly proof: (typeof joinProofs)[number] | 'pin' | null;
  readonly staff: CardToken | null;
  readonly codeUntil: string | null;
  /** its hash */
  readonly pin: string | null;
}

export interface JoinView {
  readonly kind: 'join';
  readonly purpose: JoinPurpose;
  readonly step: JoinStep;
  readonly draft: JoinDraft;
  readonly isBusy: boolean;
  readonly problem: JoinProblem | null;
  readonly job: FactId | null;
  readonly hasCard: boolean;
}

/** `member`: null = the customer's card is waited for. */
export interface StaffView {
  readonly kind: 'staff';
  readonly staff: CardToken;
  readonly card: CardToken | null;
  readonly member: MemberId | null;
  readonly isUnknownCard: boolean;
}

export interface ProfileView {
  readonly kind: 'profile';
  readonly isSaved: boolean;
}
