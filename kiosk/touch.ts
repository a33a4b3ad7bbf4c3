// CONTRACT kiosk↔ui: what a finger did, or a reader that types into the page, and its parser.
import * as v from 'valibot';
import { verdictSchema } from './follow-screens.ts';
import { scoreSchema } from './forms-screens.ts';
import { joinTouches } from './join-screens.ts';
import { maintenanceTabs } from './maintenance-screen.ts';
import { deskTouches } from './maintenance-touches.ts';
import { mannerChoice } from './manner.ts';
import { purposes, tongues } from './screen.ts';
import { searchQuerySchema } from './search-screen.ts';

const id = v.pipe(v.string(), v.maxLength(80));
const int = v.pipe(v.number(), v.safeInteger());

const touchSchema = v.variant('kind', [
  // always there
  v.strictObject({ kind: v.literal('start') }),
  v.strictObject({ kind: v.literal('go-home') }),
  v.strictObject({ kind: v.literal('back') }),
  /** end and clear */
  v.strictObject({ kind: v.literal('end') }),
  /** any sign of life that changes nothing: scroll, typing, "I am still here" */
  v.strictObject({ kind: v.literal('stay') }),
  v.strictObject({ kind: v.literal('choose-language'), language: v.picklist(tongues) }),
  v.strictObject({ kind: v.literal('choose-manner'), manner: mannerChoice }),
  v.strictObject({ kind: v.literal('call-help') }),
  // board
  v.strictObject({ kind: v.literal('open-board') }),
  v.strictObject({ kind: v.literal('choose-project'), id }),
  v.strictObject({ kind: v.literal('choose-building'), id }),
  v.strictObject({ kind: v.literal('choose-unit'), id }),
  v.strictObject({ kind: v.literal('open-adverse-facts') }),
  /** opens the search, or asks it anew */
  v.strictObject({ kind: v.literal('search'), query: searchQuerySchema }),
  /** a home that the search found */
  v.strictObject({ kind: v.literal('choose-found'), project: id, building: id, unit: id }),
  /** print the slip of this screen: a unit to take home, or a copy of a check-in slip */
  v.strictObject({ kind: v.literal('take-slip') }),
  // the homes that one wants to remember
  v.strictObject({ kind: v.literal('keep-unit') }),
  v.strictObject({ kind: v.literal('open-shortlist') }),
  v.strictObject({ kind: v.literal('open-kept'), id }),
  v.strictObject({ kind: v.literal('drop-kept'), id }),
  v.strictObject({ kind: v.literal('compare-kept') }),
  // hand-over day
  v.strictObject({ kind: v.literal('open-hand-over'), id }),
  v.strictObject({ kind: v.literal('arrive') }),
  v.strictObject({ kind: v.literal('note-defect') }),
  v.strictObject({ kind: v.literal('start-signing') }),
  v.strictObject({
    kind: v.literal('sign'),
    outcome: v.picklist(['accepted', 'accepted-with-defects', 'refused']),
  }),
  // personal
  v.strictObject({ kind: v.literal('open'), purpose: v.picklist(purposes) }),
  /** the home of whoever's card was read: all that is theirs */
  v.strictObject({ kind: v.literal('open-own-home') }),
  /** of the event that is shown: a place, or the waiting list; or no more */
  v.strictObject({ kind: v.literal('wish'), wish: v.picklist(['join', 'leave']) }),
  v.strictObject({ kind: v.literal('enter-pin'), pin: v.pipe(v.string(), v.regex(/^\d{4,8}$/)) }),
  // report and requests
  v.strictObject({ kind: v.literal('choose'), id }),
  v.strictObject({
    kind: v.literal('describe'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  }),
  v.strictObject({ kind: v.literal('submit') }),
  // following a request
  v.strictObject({ kind: v.literal('judge'), verdict: verdictSchema }),
  /** leaves this question out, or all that are left */
  v.strictObject({ kind: v.literal('judge-on'), isAll: v.boolean() }),
  v.strictObject({ kind: v.literal('write') }),
  // surveys and published answers
  /** begins the survey, or leaves this question out */
  v.strictObject({ kind: v.literal('survey-next') }),
  v.strictObject({ kind: v.literal('rate'), score: scoreSchema }),
  v.strictObject({ kind: v.literal('write-to-survey') }),
  v.strictObject({ kind: v.literal('send-survey') }),
  v.strictObject({ kind: v.literal('open-answers') }),
  /** null = of all projects */
  v.strictObject({ kind: v.literal('answers-of'), project: v.nullable(id) }),
  v.strictObject({ kind: v.literal('open-answer'), id }),
  v.strictObject({ kind: v.literal('open-service') }),
  v.strictObject({ kind: v.literal('go-without-card') }),
  /** null = they would rather not */
  v.strictObject({
    kind: v.literal('give-phone'),
    phone: v.nullable(v.pipe(v.string(), v.regex(/^1[3-9]\d{9}$/))),
  }),
  v.strictObject({ kind: v.literal('allow-publishing'), isAllowed: v.boolean() }),
  /** what a reader typed into the page; on any screen */
  v.strictObject({
    kind: v.literal('typed-card'),
    keys: v.pipe(v.string(), v.regex(/^[;%]?[0-9A-Fa-f,]{0,20}$/)),
  }),
  ...joinTouches,
  /** what headquarters had called out was seen */
  v.strictObject({ kind: v.literal('close-summons') }),
  // maintenance
  v.strictObject({ kind: v.literal('open-maintenance') }),
  v.strictObject({ kind: v.literal('print-test-page') }),
  v.strictObject({ kind: v.literal('try-panel'), what: v.picklist(['lights', 'sounds']) }),
  v.strictObject({ kind: v.literal('print-again'), id }),
  v.strictObject({ kind: v.literal('forget-slip'), id }),
  v.strictObject({ kind: v.literal('reprint-last'), id }),
  v.strictObject({ kind: v.literal('open-maintenance-tab'), tab: v.picklist(maintenanceTabs) }),
  ...deskTouches,
]);
export type Touch = v.InferOutput<typeof touchSchema>;
/** What a person did on the screen itself; a reader that types into the page is nobody. */
export type FingerTouch = Exclude<Touch, { kind: 'typed-card' | 'close-summons' }>;

/** ui → kiosk. A touch on a screen that is no longer shown is ignored, so a double tap is one tap. */
const touchedSchema = v.strictObject({ v: v.literal(1), revision: int, touch: touchSchema });
export type Touched = v.InferOutput<typeof touchedSchema>;

/** ui → kiosk: the screen of this revision has been drawn. For whoever keeps the terminal; nobody touched anything. */
const paintedSchema = v.strictObject({ v: v.literal(1), painted: int });
export type Painted = v.InferOutput<typeof paintedSchema>;

/** ui → kiosk: what is of a person is covered on the page, and that has been drawn. */
const coveredSchema = v.strictObject({ v: v.literal(1), covered: int });
export type Covered = v.InferOutput<typeof coveredSchema>;

/** @returns the number of the cover, or undefined when it is another message */
export function parseCovered(text: string): number | undefined {
  try {
    const result = v.safeParse(coveredSchema, JSON.parse(text));
    return result.success ? result.output.covered : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the revision, or undefined when it is another message */
export function parsePainted(text: string): number | undefined {
  try {
    const result = v.safeParse(paintedSchema, JSON.parse(text));
    return result.success ? result.output.painted : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the message, or undefined when it is none of ours */
export function parseTouched(text: string): Touched | undefined {
  try {
    const result = v.safeParse(touchedSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
