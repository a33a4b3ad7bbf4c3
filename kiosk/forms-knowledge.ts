// PORT: what the rules may know of satisfaction items, surveys and published answers.
import type { AnswerRow, ItemRow, SurveyRow } from '../sync/contract/forms.ts';
import type { MemberId, SurveyId } from '../sync/contract/ids.ts';

/** Of one member, here or at headquarters. */
export interface SurveyTurn {
  /** headquarters invited them */
  readonly isInvited: boolean;
  /** when they answered; null = they have not */
  readonly answeredAt: string | null;
}

export interface FormsKnowledge {
  /** by level, then order */
  items(): readonly ItemRow[];
  /** of this site, by end */
  surveys(): readonly SurveyRow[];
  turn(survey: SurveyId, member: MemberId): SurveyTurn;
  /** newest first */
  answers(): readonly AnswerRow[];
}
