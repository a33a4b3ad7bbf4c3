// Journey: a node survey, question by question, once for each member.
import type { ItemRow, SurveyRow } from '../../sync/contract/forms.ts';
import type { MemberId, SurveyId } from '../../sync/contract/ids.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Score, SurveyDraft, View } from '../view.ts';

type SurveyView = Extract<View, { kind: 'survey-question' | 'survey-end' | 'survey-intro' }>;

/** The survey that this member may answer now and has not; the one that ends first. */
export function surveyFor(member: MemberId, { know, now, site }: RuleContext): SurveyRow | undefined {
  const homes = know.club.member(member)?.homes ?? [];
  return openSurveys(know.forms.surveys(), now).find((survey) => {
    const { isInvited, answeredAt } = know.forms.turn(survey.id, member);
    if (answeredAt !== null) return false;
    if (survey.audience === 'invited') return isInvited;
    // of a project: whoever lives there, wherever they stand, and whoever stands there
    const { project } = survey;
    return project === null || site.project === project || homes.some((home) => home.project === project);
  });
}

/** One that anybody with a card may answer: what is worth saying to people who have not shown theirs. */
export function surveyForEverybody({ know, now, site }: RuleContext): SurveyRow | undefined {
  return openSurveys(know.forms.surveys(), now).find(
    ({ audience, project }) => audience === 'everybody' && (project === null || project === site.project),
  );
}

function openSurveys(surveys: readonly SurveyRow[], now: Date): SurveyRow[] {
  return surveys.filter(
    ({ opensAt, endsAt }) => Date.parse(opensAt) <= now.getTime() && now.getTime() < Date.parse(endsAt),
  );
}

/** The second proof was given for a survey. */
export function decideSurveyStart(member: MemberId, context: RuleContext): Decision {
  const survey = surveyFor(member, context);
  if (survey) return { view: { kind: 'survey-intro', survey: survey.id } };
  const answered = openSurveys(context.know.forms.surveys(), context.now).find(
    ({ id }) => context.know.forms.turn(id, member).answeredAt !== null,
  );
  return answered
    ? { view: { kind: 'survey-done', what: 'answered', survey: answered.id } }
    : { view: { kind: 'survey-done', what: 'none', survey: null } };
}

/** What is asked; an item that headquarters dropped meanwhile is left out. */
export function questionsOf(survey: SurveyRow, { know }: RuleContext): readonly ItemRow[] {
  const items = new Map(know.forms.items().map((item) => [item.code, item]));
  return survey.items.flatMap((code) => items.get(code) ?? []);
}

export function surveyById(id: SurveyId, { know }: RuleContext): SurveyRow | undefined {
  return know.forms.surveys().find((survey) => survey.id === id);
}

/** Begins, or goes on without an answer to this question. */
export function decideSurveyNext(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind === 'survey-intro')
    return questionAt({ survey: view.survey, ratings: [], text: null }, 0, context);
  if (view.kind !== 'survey-question') return undefined;
  const item = itemAt(view.draft.survey, view.at, context);
  if (!item) return undefined;
  const ratings = view.draft.ratings.filter((rating) => rating.item !== item.code);
  return questionAt({ ...view.draft, ratings }, view.at + 1, context);
}

/** A face was touched. */
export function decideScore(score: Score, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'survey-question') return undefined;
  const item = itemAt(view.draft.survey, view.at, context);
  if (!item) return undefined;
  const ratings = [
    ...view.draft.ratings.filter((rating) => rating.item !== item.code),
    { item: item.code, score },
  ];
  return questionAt({ ...view.draft, ratings }, view.at + 1, context);
}

/** Opens the keyboard for a word of one's own, or takes the word. */
export function decideSurveyWords(text: string | null, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'survey-end') return undefined;
  if (text === null) return { view: { ...view, isWriting: true } };
  return { view: { ...view, draft: { ...view.draft, text }, isWriting: false } };
}

/** Sends it. Whoever has answered meanwhile, at another terminal, is told so kindly, and nothing is recorded. */
export function decideSurveySend(context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  if (view.kind !== 'survey-end' || !person?.isProven) return undefined;
  const { survey: id, ratings, text } = view.draft;
  const survey = surveyById(id, context);
  const member = context.know.club.member(person.member);
  if (!survey || !member || ratings.length === 0) return undefined;
  if (context.know.forms.turn(id, person.member).answeredAt !== null)
    return { view: { kind: 'survey-done', what: 'answered', survey: id } };
  const project = survey.project ?? context.site.project;
  const home = member.homes.find((each) => project === null || each.project === project);
  return {
    view: { kind: 'survey-done', what: 'thanks', survey: id },
    recording: {
      fact: {
        kind: 'survey-answered',
        body: {
          survey: id,
          member: person.member,
          project: project ?? home?.project ?? null,
          unit: home?.unit ?? null,
          ratings: [...ratings],
          text,
        },
      },
      effects: [{ kind: 'remember-survey', survey: id, member: person.member }],
    },
  };
}

/** One step back: never out of the survey by accident. */
export function surveyBehind(view: SurveyView): View {
  if (view.kind === 'survey-intro') return { kind: 'home' };
  if (view.kind === 'survey-end')
    return view.isWriting
      ? { ...view, isWriting: false }
      : { kind: 'survey-question', draft: view.draft, at: view.last };
  return view.at === 0 ? { kind: 'survey-intro', survey: view.draft.survey } : { ...view, at: view.at - 1 };
}

function itemAt(id: SurveyId, at: number, context: RuleContext): ItemRow | undefined {
  const survey = surveyById(id, context);
  return survey && questionsOf(survey, context)[at];
}

function questionAt(draft: SurveyDraft, at: number, context: RuleContext): Decision | undefined {
  const survey = surveyById(draft.survey, context);
  if (!survey) return undefined;
  const count = questionsOf(survey, context).length;
  if (at < count) return { view: { kind: 'survey-question', draft, at } };
  if (count === 0) return { view: { kind: 'survey-done', what: 'none', survey: null } };
  return { view: { kind: 'survey-end', draft, last: count - 1, isWriting: false } };
}
