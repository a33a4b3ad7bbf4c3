// Surveys and published answers in words.
import type { ProjectId } from '../../sync/contract/ids.ts';
import type { RuleContext } from '../rule-context.ts';
import { questionsOf, surveyById, surveyFor, surveyForEverybody } from '../rules/survey.ts';
import type { Screen, ScreenOf, Show } from '../screen.ts';
import type { FormsView, View } from '../view.ts';
import { memberInFront, shownMember } from './show-personal.ts';

export function showForms(view: FormsView, context: RuleContext): Screen | undefined {
  switch (view.kind) {
    case 'survey-intro':
      return showIntro(view, context);
    case 'survey-question':
      return showQuestion(view, context);
    case 'survey-end': {
      const survey = surveyById(view.draft.survey, context);
      return (
        survey && {
          kind: 'survey-end',
          name: survey.name[context.session.language],
          answered: view.draft.ratings.length,
          count: view.last + 1,
          text: view.draft.text,
          isWriting: view.isWriting,
        }
      );
    }
    case 'survey-done': {
      const member = memberInFront(context);
      const survey = view.survey === null ? undefined : surveyById(view.survey, context);
      return (
        member && {
          kind: 'survey-done',
          what: view.what,
          member: shownMember(member, context),
          name: survey?.name[context.session.language] ?? null,
        }
      );
    }
    case 'answers':
      return showAnswers(view.of, context);
    case 'answer':
      return showAnswer(view.id, context);
  }
}

function showIntro(
  { survey: id }: Extract<View, { kind: 'survey-intro' }>,
  context: RuleContext,
): ScreenOf<'survey-intro'> | undefined {
  const member = memberInFront(context);
  const survey = surveyById(id, context);
  if (!member || !survey) return undefined;
  return {
    kind: 'survey-intro',
    member: shownMember(member, context),
    name: survey.name[context.session.language],
    project: projectName(survey.project, context),
    questions: questionsOf(survey, context).length,
    endsAt: survey.endsAt,
  };
}

function showQuestion(
  { draft, at }: Extract<View, { kind: 'survey-question' }>,
  context: RuleContext,
): ScreenOf<'survey-question'> | undefined {
  const { language } = context.session;
  const survey = surveyById(draft.survey, context);
  const questions = survey ? questionsOf(survey, context) : [];
  const item = questions[at];
  if (!survey || !item) return undefined;
  const parent = context.know.forms.items().find(({ code }) => code === item.parent);
  return {
    kind: 'survey-question',
    name: survey.name[language],
    number: at + 1,
    count: questions.length,
    group: item.level === 3 ? (parent?.name[language] ?? null) : null,
    item: item.name[language],
    chosen: draft.ratings.find((rating) => rating.item === item.code)?.score ?? null,
  };
}

function showAnswers(project: ProjectId | null, context: RuleContext): ScreenOf<'answers'> {
  const { language } = context.session;
  const answers = context.know.forms.answers();
  const ids = [...new Set(answers.flatMap((answer) => answer.project ?? []))];
  return {
    kind: 'answers',
    projects: ids.map((id) => ({
      id,
      name: projectName(id, context) ?? id,
      count: answers.filter((answer) => answer.project === id).length,
    })),
    project,
    answers: answers
      // what is about no project in particular is for everybody
      .filter((answer) => project === null || answer.project === project || answer.project === null)
      .map((answer) => ({
        id: answer.id,
        project: projectName(answer.project, context),
        question: answer.question[language],
        at: answer.at,
      })),
  };
}

function showAnswer(id: string, context: RuleContext): ScreenOf<'answer'> | undefined {
  const { language } = context.session;
  const answer = context.know.forms.answers().find((each) => each.id === id);
  return (
    answer && {
      kind: 'answer',
      project: projectName(answer.project, context),
      question: answer.question[language],
      answer: answer.answer[language],
      at: answer.at,
    }
  );
}

function projectName(id: ProjectId | null, { know, session: { language } }: RuleContext): string | null {
  return id === null ? null : (know.board.project(id)?.name[language] ?? id);
}

/** Where somebody has done what they came for, or has not begun. */
const invitingViews: ReadonlySet<View['kind']> = new Set([
  'home',
  'checked-in',
  'welcome',
  'points',
  'requests',
  'request-filed',
]);

/** @returns null where nobody is to be asked now */
export function showInvitation(context: RuleContext): Show['invitation'] {
  const { view, person, language } = context.session;
  if (!invitingViews.has(view.kind)) return null;
  const survey = person ? surveyFor(person.member, context) : surveyForEverybody(context);
  if (!survey) return null;
  return { name: survey.name[language], questions: questionsOf(survey, context).length };
}
