// CONTRACT kiosk↔ui: the screens of the owner: report and follow. Part of screen.ts.
import * as v from 'valibot';
import { id, instant, int, member, slip } from './screen-parts.ts';

const requestProgress = ['filed', 'in-progress', 'to-confirm', 'done', 'invalid'] as const;

export const reportChoiceScreen = v.object({
  kind: v.literal('report-choice'),
  step: v.picklist(['home', 'place', 'element', 'problem', 'phrase']),
  /** what was chosen so far, in words */
  path: v.array(v.string()),
  stepNumber: int,
  stepCount: int,
  choices: v.array(
    v.object({
      id,
      name: v.string(),
      group: v.nullable(v.picklist(['room', 'public'])),
      isUrgent: v.boolean(),
    }),
  ),
  /** may the person say it in their own words instead? */
  canDescribe: v.boolean(),
});
export const reportReviewScreen = v.object({
  kind: v.literal('report-review'),
  home: v.string(),
  label: v.string(),
  text: v.nullable(v.string()),
  port: v.string(),
  replyMin: int,
  onSiteMin: int,
  isUrgent: v.boolean(),
  warranty: v.object({ isCovered: v.boolean(), until: v.string() }),
});
export const requestFiledScreen = v.object({
  kind: v.literal('request-filed'),
  number: v.string(),
  label: v.string(),
  port: v.string(),
  replyBy: v.nullable(instant),
  onSiteBy: v.nullable(instant),
  /** true while headquarters has not got it */
  isWaiting: v.boolean(),
  qr: v.string(),
  slip,
});
const requestSummary = v.object({
  id,
  number: v.string(),
  home: v.nullable(v.string()),
  label: v.string(),
  state: v.picklist(requestProgress),
  filedAt: instant,
  replyBy: v.nullable(instant),
  isWaiting: v.boolean(),
});
export const requestsScreen = v.object({
  kind: v.literal('requests'),
  member,
  requests: v.array(requestSummary),
});
export const requestScreen = v.object({
  kind: v.literal('request'),
  member,
  request: v.object({
    ...requestSummary.entries,
    /** the owner's own words, when this terminal still has them */
    text: v.nullable(v.string()),
    hasOwnWords: v.boolean(),
    port: v.string(),
    onSiteBy: v.nullable(instant),
    history: v.array(
      v.object({ at: instant, state: v.picklist(requestProgress), note: v.nullable(v.string()) }),
    ),
  }),
});
