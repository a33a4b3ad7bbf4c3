// What the store knows of satisfaction items, surveys and published answers.
import { type FormsRow, formKeys } from '../../sync/contract/forms.ts';
import type { ProjectId } from '../../sync/contract/ids.ts';
import { ownerKeys } from '../../sync/contract/owners.ts';
import type { FormsKnowledge } from '../forms-knowledge.ts';
import type { TerminalStore } from './terminal-store.ts';

/** @param site the project that this terminal stands in; null = all of them */
export function formsKnowledge(store: TerminalStore, site: ProjectId | null): FormsKnowledge {
  const list = <K extends FormsRow['kind']>(kind: K, prefix: string) =>
    store.replica
      .list('forms', prefix)
      .filter((row): row is Extract<FormsRow, { kind: K }> => row.kind === kind);
  return {
    items: () => list('item', formKeys.items).sort((a, b) => a.level - b.level || a.order - b.order),
    surveys: () =>
      list('survey', formKeys.surveys)
        .filter(({ project }) => site === null || project === null || project === site)
        .sort((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt)),
    turn: (survey, member) => {
      const row = store.replica.get('owners', ownerKeys.surveyDue(member, survey));
      const due = row?.kind === 'survey-due' ? row : undefined;
      return {
        isInvited: due !== undefined,
        answeredAt: store.overlay.surveyAnswer(survey, member) ?? due?.answeredAt ?? null,
      };
    },
    answers: () => list('answer', formKeys.answers).sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}
