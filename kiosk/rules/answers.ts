// Journey: questions that headquarters answered in public. Nobody needs a card for it.
import type { ProjectId } from '../../sync/contract/ids.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';

/** First those of this site, where there are any. */
export function decideOpenAnswers({ know, site }: RuleContext): Decision {
  const isHere = know.forms.answers().some(({ project }) => project === site.project);
  return { view: { kind: 'answers', of: isHere ? site.project : null } };
}

/** @param project null = all */
export function decideAnswersOf(project: string | null, { session }: RuleContext): Decision | undefined {
  if (session.view.kind !== 'answers') return undefined;
  return { view: { kind: 'answers', of: project as ProjectId | null } };
}

export function decideOpenAnswer(id: string, { know, session }: RuleContext): Decision | undefined {
  const { view } = session;
  const isThere = know.forms.answers().some((answer) => answer.id === id);
  return view.kind === 'answers' && isThere ? { view: { kind: 'answer', id, of: view.of } } : undefined;
}
