// CONTRACT kiosk↔ui: what a person sees (Screen) and its parser; what a finger did stands in touch.ts.
// The ui is a function of the last `Show`; the kiosk holds all truth. Imports nothing but its own parts.
// Names of projects, events … arrive in the language shown; labels and sentences are the ui's own.
import * as v from 'valibot';
import { activitiesScreen, activityScreen } from './activity-screens.ts';
import {
  adverseFactsScreen,
  boardScreen,
  buildingsScreen,
  projectsScreen,
  unitScreen,
} from './board-screens.ts';
import {
  askCardScreen,
  cardProblemScreen,
  checkedInScreen,
  checkInRefusedScreen,
  checkingCardScreen,
  enterPinScreen,
  pointsScreen,
  welcomeScreen,
} from './club-screens.ts';
import { enrollingScreen } from './enrolling-screen.ts';
import { messageScreen, serviceMenuScreen } from './filing-screens.ts';
import { judgeEndScreen, judgeQuestionScreen, requestScreen, requestsScreen } from './follow-screens.ts';
import {
  answerScreen,
  answersScreen,
  invitation,
  surveyDoneScreen,
  surveyEndScreen,
  surveyIntroScreen,
  surveyQuestionScreen,
} from './forms-screens.ts';
import { joinScreen, profileScreen, staffScreen } from './join-screens.ts';
import { maintenancePinScreen, maintenanceScreen } from './maintenance-screen.ts';
import { displaySchema, mannerSchema } from './manner.ts';
import {
  compareScreen,
  handOverScreen,
  handOverSignScreen,
  myHomesScreen,
  shortlistScreen,
} from './owner-screens.ts';
import { asWritten, id, instant, int, plannedEvent, tongues } from './screen-parts.ts';
import { searchScreen } from './search-screen.ts';
import { reportChoiceScreen, reportReviewScreen, requestFiledScreen } from './service-screens.ts';
import { shownPaper } from './shown-paper.ts';

export {
  type FilingPurpose,
  filingPurposes,
  type Language,
  languages,
  type Purpose,
  purposes,
  type SlipProgress,
  type Tongue,
  tongues,
} from './screen-parts.ts';

const attract = v.object({
  kind: v.literal('attract'),
  today: v.array(plannedEvent),
  /** what headquarters has to say to everybody */
  notice: v.nullable(v.string()),
  /** when the site opens, `HH:MM` of its wall clock; null or left out = it is open */
  opensAt: v.optional(v.nullable(v.string())),
  /** of the days after today, a week at most */
  soon: v.optional(v.array(plannedEvent)),
  /** what is for sale here, to be shown while nobody stands here */
  projects: v.optional(
    v.array(
      v.object({
        id,
        name: v.string(),
        district: v.string(),
        highlight: v.string(),
        open: int,
        /** fen */
        fromPrice: v.nullable(int),
      }),
    ),
  ),
});
const home = v.object({ kind: v.literal('home'), today: v.array(plannedEvent) });

/** The terminal itself cannot serve; staff see the code. */
const outOfService = v.object({
  kind: v.literal('out-of-service'),
  code: v.string(),
  /** homes can still be looked at */
  canBrowse: v.optional(v.boolean()),
});

const screenSchema = v.variant('kind', [
  attract,
  home,
  projectsScreen,
  buildingsScreen,
  boardScreen,
  unitScreen,
  adverseFactsScreen,
  searchScreen,
  checkedInScreen,
  checkInRefusedScreen,
  welcomeScreen,
  checkingCardScreen,
  askCardScreen,
  enterPinScreen,
  cardProblemScreen,
  pointsScreen,
  activitiesScreen,
  activityScreen,
  reportChoiceScreen,
  reportReviewScreen,
  serviceMenuScreen,
  messageScreen,
  requestFiledScreen,
  requestsScreen,
  requestScreen,
  judgeQuestionScreen,
  judgeEndScreen,
  surveyIntroScreen,
  surveyQuestionScreen,
  surveyEndScreen,
  surveyDoneScreen,
  answersScreen,
  answerScreen,
  shortlistScreen,
  compareScreen,
  myHomesScreen,
  handOverScreen,
  handOverSignScreen,
  joinScreen,
  profileScreen,
  staffScreen,
  outOfService,
  enrollingScreen,
  maintenancePinScreen,
  maintenanceScreen,
]);
export type Screen = v.InferOutput<typeof screenSchema>;
export type ScreenKind = Screen['kind'];
export type ScreenOf<K extends ScreenKind> = Extract<Screen, { kind: K }>;

const status = v.object({
  site: v.string(),
  terminal: v.string(),
  helpPhone: v.string(),
  link: v.picklist(['online', 'offline']),
  /** when what is shown was last known to be current; null = never yet */
  asOf: v.nullable(instant),
  printer: v.picklist(['ready', 'paper-low', 'paper-out', 'cover-open', 'fault', 'absent']),
  reader: v.picklist(['ready', 'absent']),
  /** what is out of order or wants care soon, in the language shown */
  troubles: v.array(
    v.object({
      device: v.string(),
      /** for staff and IT */
      code: v.string(),
      isOut: v.boolean(),
      /** null when the visitor need not know, because something else does its work */
      visitor: v.nullable(v.string()),
      staff: v.string(),
    }),
  ),
  /** keys that come as fast as this are a card reader's; null = no reader types into the page */
  wedge: v.nullable(v.object({ maxGapMs: int })),
  /** is there a maintenance screen behind the long press? */
  hasMaintenance: v.boolean(),
  /** the waiting screen is dark at these hours */
  isNight: v.optional(v.boolean()),
  /** the terminal is about to end: to start again, to be updated, or to be switched off */
  isLeaving: v.optional(v.boolean()),
  /** IANA zone for showing instants */
  timeZone: v.string(),
});
export type Status = v.InferOutput<typeof status>;
export type Trouble = Status['troubles'][number];

/** kiosk → ui: everything there is to show. */
export const showSchema = v.object({
  v: v.literal(1),
  kind: v.literal('show'),
  /** rises with every new screen; a touch names the one that was seen */
  revision: int,
  language: v.picklist(tongues),
  status,
  /** how this session wants it; the site's way until somebody chose */
  manner: mannerSchema,
  /** null = its size is not known */
  display: v.nullable(displaySchema),
  /** set while the "are you still there?" warning is up */
  idle: v.nullable(v.object({ secondsLeft: int })),
  /** id of the fact that this screen confirms, on disk before it was shown; null when it confirms nothing */
  confirms: v.nullable(v.string()),
  /** true for some seconds after help was called, by touch or button */
  isHelpCalled: v.boolean(),
  /** a survey for whoever stands here, where they may be asked; null = none */
  invitation: v.optional(v.nullable(invitation)),
  /** what is called out over the screen, whatever it shows; null or left out = nothing */
  summons: v.optional(
    v.nullable(
      v.variant('kind', [
        /** which terminal this is, for somebody in the hall */
        v.object({ kind: v.literal('identify'), terminal: asWritten, code: asWritten, site: v.string() }),
        /** a card is asked for, to try the reader with */
        v.object({ kind: v.literal('try-card') }),
      ]),
    ),
  ),
  /** a picture is about to be taken: the page covers what is of a person, and says that it did; null = none is */
  cover: v.optional(v.nullable(v.object({ no: int, isPersonal: v.boolean() }))),
  /** what the slip that this screen tells of says; null or left out = it tells of none */
  paper: v.optional(v.nullable(shownPaper)),
  screen: screenSchema,
});
export type Show = v.InferOutput<typeof showSchema>;

/** kiosk → ui, to every page but the newest: one shows the screen, the others say so. */
export const elsewhere = JSON.stringify({ v: 1, kind: 'elsewhere' });

/** @returns the message, or undefined when it is none of ours */
export function parseShow(text: string): Show | undefined {
  try {
    const result = v.safeParse(showSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
