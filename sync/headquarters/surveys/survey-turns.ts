// Whose turn a survey is and who has answered it: read from the tables, published to the owners' own rows.
import type { MemberId, SurveyId, UnitId } from '../../contract/ids.ts';
import { ownerKeys, type SurveyDueRow } from '../../contract/owners.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store } from '../store/store.ts';

export interface Turn {
  readonly survey: string;
  readonly member: string;
}

/** Oldest first; of the same moment the smaller id, so that every headquarters agrees. */
export async function answersOf(store: Store, db: Reader, turns: readonly Turn[]) {
  const wanted = new Set(turns.map(({ survey, member }) => `${survey} ${member}`));
  const rows = await db
    .selectFrom('survey_answer')
    .select(['survey', 'member', 'fact', 'at'])
    .where(store.among('survey', [...new Set(turns.map(({ survey }) => survey))]))
    .where(store.among('member', [...new Set(turns.map(({ member }) => member))]))
    .orderBy('at')
    .orderBy('fact')
    .execute();
  return rows.filter(({ survey, member }) => wanted.has(`${survey} ${member}`));
}

export function turnsChange(store: Store, turns: readonly Turn[]): Change {
  return {
    dataset: 'owners',
    rows: async (tx) => {
      const invites = await tx
        .selectFrom('survey_invite')
        .selectAll()
        .where(store.among('survey', [...new Set(turns.map(({ survey }) => survey))]))
        .where(store.among('member', [...new Set(turns.map(({ member }) => member))]))
        .execute();
      const unitOf = new Map(invites.map(({ survey, member, unit }) => [`${survey} ${member}`, unit]));
      const answered = new Map<string, string>();
      for (const { survey, member, at } of await answersOf(store, tx, turns)) {
        const key = `${survey} ${member}`;
        if (!answered.has(key)) answered.set(key, at);
      }
      return turns.map(({ survey, member }): PublishedRow => {
        const key = `${survey} ${member}`;
        const row: SurveyDueRow = {
          kind: 'survey-due',
          member: member as MemberId,
          survey: survey as SurveyId,
          unit: (unitOf.get(key) ?? null) as UnitId | null,
          answeredAt: answered.get(key) ?? null,
        };
        return [ownerKeys.surveyDue(member, survey), row];
      });
    },
  };
}
