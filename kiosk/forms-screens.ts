// CONTRACT kiosk↔ui: the screens of surveys and of published answers. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, id, instant, int, member } from './screen-parts.ts';

/** 1 very dissatisfied … 5 very satisfied */
export const scoreSchema = v.picklist([1, 2, 3, 4, 5]);

/** What a survey is and how long it takes, before the first question. */
export const surveyIntroScreen = v.object({
  kind: v.literal('survey-intro'),
  member,
  name: v.string(),
  /** what it is about: a project; null = all of them */
  project: v.nullable(v.string()),
  questions: int,
  endsAt: instant,
});
export const surveyQuestionScreen = v.object({
  kind: v.literal('survey-question'),
  name: v.string(),
  /** 1 … count */
  number: int,
  count: int,
  /** whose work it is; null on the highest level */
  group: v.nullable(v.string()),
  item: v.string(),
  /** what was chosen before, when the person came back to it */
  chosen: v.nullable(scoreSchema),
});
/** All questions are through: send it, with a word of one's own or without. */
export const surveyEndScreen = v.object({
  kind: v.literal('survey-end'),
  name: v.string(),
  answered: int,
  count: int,
  text: v.nullable(asWritten),
  isWriting: v.boolean(),
});
export const surveyDoneScreen = v.object({
  kind: v.literal('survey-done'),
  /** `thanks`: just now; `answered`: had been before; `none`: none is open for this person */
  what: v.picklist(['thanks', 'answered', 'none']),
  member,
  name: v.nullable(v.string()),
});

/** Questions that headquarters answered in public. */
export const answersScreen = v.object({
  kind: v.literal('answers'),
  projects: v.array(v.object({ id, name: v.string(), count: int })),
  /** whose are shown; null = all */
  project: v.nullable(id),
  answers: v.array(v.object({ id, project: v.nullable(v.string()), question: v.string(), at: instant })),
});
export const answerScreen = v.object({
  kind: v.literal('answer'),
  project: v.nullable(v.string()),
  question: v.string(),
  answer: v.string(),
  at: instant,
});

/** On top of a screen: there is a survey for whoever stands here. */
export const invitation = v.object({ name: v.string(), questions: int });
