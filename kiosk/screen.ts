// CONTRACT kiosk↔ui: what a person sees (Screen) and its parser; what a finger did stands in touch.ts.
// The ui is a function of the last `Show`; the kiosk holds all truth. Imports nothing but its own parts.
// Names of projects, events … arrive in the language shown; labels and sentences are the ui's own.
import * as v from 'valibot';
import { maintenancePinScreen, maintenanceScreen } from './maintenance-screen.ts';
import { searchScreen } from './search-screen.ts';

const id = v.pipe(v.string(), v.maxLength(80));
const instant = v.pipe(v.string(), v.isoTimestamp());
const int = v.pipe(v.number(), v.safeInteger());

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Where the slip that belongs to this screen is. `waiting`: it prints by itself when the printer can. */
const slip = v.picklist(['none', 'printing', 'printed', 'waiting', 'unconfirmed', 'failed']);
export type SlipProgress = v.InferOutput<typeof slip>;

/** A person as the shared screen may show them: masked name. */
const member = v.object({ name: v.string(), level: v.string() });
const named = v.object({ id, name: v.string() });
const adverse = v.object({ title: v.string(), detail: v.string(), distanceM: int });
const state = v.object({
  code: v.string(),
  name: v.string(),
  /** `#rrggbb` */
  colour: v.string(),
  pattern: v.picklist(['plain', 'dots', 'stripes', 'cross', 'solid', 'grid', 'empty']),
  /** may a visitor buy it now? */
  open: v.boolean(),
});
const plannedEvent = v.object({
  event: v.string(),
  session: v.string(),
  place: v.string(),
  opensAt: instant,
  endsAt: instant,
});

export const purposes = ['points', 'report', 'requests'] as const;
export type Purpose = (typeof purposes)[number];
export const requestProgress = ['filed', 'in-progress', 'done'] as const;

const attract = v.object({
  kind: v.literal('attract'),
  today: v.array(plannedEvent),
  /** what headquarters has to say to everybody */
  notice: v.nullable(v.string()),
});
const home = v.object({ kind: v.literal('home'), today: v.array(plannedEvent) });

// ── journey a: the visitor and the sales board ──
const projects = v.object({
  kind: v.literal('projects'),
  /** when headquarters approved what is shown */
  approvedAt: v.nullable(instant),
  projects: v.array(
    v.object({
      id,
      name: v.string(),
      district: v.string(),
      highlight: v.string(),
      open: int,
      total: int,
      adverse: int,
      /** lowest price of an open unit in fen */
      fromPrice: v.nullable(int),
    }),
  ),
});
const buildings = v.object({
  kind: v.literal('buildings'),
  approvedAt: v.nullable(instant),
  project: v.object({
    id,
    name: v.string(),
    district: v.string(),
    address: v.string(),
    phone: v.string(),
    highlights: v.array(v.string()),
    adverse: int,
  }),
  buildings: v.array(v.object({ id, name: v.string(), floors: int, open: int, total: int })),
});
const board = v.object({
  kind: v.literal('board'),
  approvedAt: v.nullable(instant),
  project: named,
  building: v.object({ id, name: v.string(), licence: v.string(), floors: int, columns: int }),
  /** all states with their number of units in this building, in display order */
  legend: v.array(v.object({ ...state.entries, count: int })),
  /** bedrooms that occur, ascending: the filter's choices */
  bedrooms: v.array(int),
  /** one per unit; `state` is a code of the legend; area in 0.01 m², price in fen */
  cells: v.array(
    v.object({
      id,
      floor: int,
      column: int,
      number: v.string(),
      state: v.string(),
      bedrooms: int,
      area: int,
      price: int,
    }),
  ),
});
const unit = v.object({
  kind: v.literal('unit'),
  approvedAt: v.nullable(instant),
  project: named,
  building: named,
  unit: v.object({
    id,
    number: v.string(),
    floor: int,
    floors: int,
    facing: v.string(),
    area: int,
    pricePerM2: int,
    price: int,
    state,
  }),
  layout: v.object({
    name: v.string(),
    bedrooms: int,
    halls: int,
    baths: int,
    /** rooms as rectangles in centimetres */
    plan: v.array(v.object({ name: v.string(), x: int, y: int, w: int, h: int })),
  }),
  highlights: v.array(v.string()),
  adverse: v.array(adverse),
  /** what the QR on screen and slip says */
  qr: v.string(),
  slip,
});
const adverseFacts = v.object({
  kind: v.literal('adverse-facts'),
  approvedAt: v.nullable(instant),
  project: named,
  highlights: v.array(v.string()),
  adverse: v.array(adverse),
});

// ── journey b: the member checks in ──
const checkedIn = v.object({
  kind: v.literal('checked-in'),
  member,
  event: v.string(),
  session: v.string(),
  place: v.string(),
  /** what the level gives here */
  treatment: v.nullable(v.string()),
  points: int,
  /** with these points */
  balance: int,
  slip,
});
const checkInRefused = v.object({
  kind: v.literal('check-in-refused'),
  reason: v.picklist(['unknown-card', 'blocked-card', 'already-checked-in', 'not-on-list', 'wrong-day']),
  member: v.nullable(member),
  /** the session it is about: the one checked into, or not listed for */
  planned: v.nullable(plannedEvent),
  /** wrong-day: the session they are listed for */
  next: v.nullable(plannedEvent),
  /** already-checked-in: since when */
  since: v.nullable(instant),
  /** already-checked-in here: the slip can be printed again, marked as a copy */
  canReprint: v.boolean(),
  slip,
});
/** A known card on a day without an event for it. */
const welcome = v.object({ kind: v.literal('welcome'), member, next: v.nullable(plannedEvent) });

/** Headquarters is asked about a card that is unknown here; a second or two, then what comes of it. */
const checkingCard = v.object({ kind: v.literal('checking-card') });

// ── second proof ──
const askCard = v.object({ kind: v.literal('ask-card'), purpose: v.picklist(purposes) });
const enterPin = v.object({
  kind: v.literal('enter-pin'),
  purpose: v.picklist(purposes),
  member,
  isChecking: v.boolean(),
  problem: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('wrong'), triesLeft: int }),
      v.object({ kind: v.literal('locked'), until: instant }),
    ]),
  ),
});
/** A card that cannot be used for what was asked, or for anything. */
const cardProblem = v.object({
  kind: v.literal('card-problem'),
  /** null = the card was swiped where none was asked for */
  purpose: v.nullable(v.picklist(purposes)),
  reason: v.picklist([
    'unknown-card',
    'blocked-card',
    'no-pin',
    'no-home',
    'no-library',
    'card-unreadable',
    'card-payment',
    'card-random-id',
    'card-encrypted',
    'card-too-narrow',
  ]),
});

// ── journey c: points ──
const points = v.object({
  kind: v.literal('points'),
  member,
  /** confirmed by headquarters, and what this terminal booked since */
  balance: int,
  /** when what is shown was true: just now by headquarters' own word, or when this terminal last heard all news */
  asOf: v.nullable(instant),
  isLive: v.boolean(),
  pending: v.array(v.object({ at: instant, points: int, reason: v.string() })),
  /** newest first */
  ledger: v.array(v.object({ at: instant, points: int, reason: v.string() })),
  benefit: v.string(),
  earned: int,
  next: v.nullable(v.object({ name: v.string(), missing: int, from: int })),
});

// ── journey d: the owner reports and follows ──
const reportChoice = v.object({
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
const reportReview = v.object({
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
const requestFiled = v.object({
  kind: v.literal('request-filed'),
  number: v.string(),
  label: v.string(),
  port: v.string(),
  replyBy: instant,
  onSiteBy: instant,
  /** true while headquarters has not got it */
  isWaiting: v.boolean(),
  qr: v.string(),
  slip,
});
const requestSummary = v.object({
  id,
  number: v.string(),
  home: v.string(),
  label: v.string(),
  state: v.picklist(requestProgress),
  filedAt: instant,
  replyBy: instant,
  isWaiting: v.boolean(),
});
const requests = v.object({ kind: v.literal('requests'), member, requests: v.array(requestSummary) });
const request = v.object({
  kind: v.literal('request'),
  member,
  request: v.object({
    ...requestSummary.entries,
    /** the owner's own words, when this terminal still has them */
    text: v.nullable(v.string()),
    hasOwnWords: v.boolean(),
    port: v.string(),
    onSiteBy: instant,
    history: v.array(
      v.object({ at: instant, state: v.picklist(requestProgress), note: v.nullable(v.string()) }),
    ),
  }),
});

/** The terminal itself cannot serve; staff see the code. */
const outOfService = v.object({ kind: v.literal('out-of-service'), code: v.string() });

const screenSchema = v.variant('kind', [
  attract,
  home,
  projects,
  buildings,
  board,
  unit,
  adverseFacts,
  searchScreen,
  checkedIn,
  checkInRefused,
  welcome,
  checkingCard,
  askCard,
  enterPin,
  cardProblem,
  points,
  reportChoice,
  reportReview,
  requestFiled,
  requests,
  request,
  outOfService,
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
  /** IANA zone for showing instants */
  timeZone: v.string(),
});
export type Status = v.InferOutput<typeof status>;
export type Trouble = Status['troubles'][number];

/** kiosk → ui: everything there is to show. */
const showSchema = v.object({
  v: v.literal(1),
  kind: v.literal('show'),
  /** rises with every new screen; a touch names the one that was seen */
  revision: int,
  language: v.picklist(languages),
  status,
  /** set while the "are you still there?" warning is up */
  idle: v.nullable(v.object({ secondsLeft: int })),
  /** id of the fact that this screen confirms, on disk before it was shown; null when it confirms nothing */
  confirms: v.nullable(v.string()),
  /** true for some seconds after help was called, by touch or button */
  isHelpCalled: v.boolean(),
  screen: screenSchema,
});
export type Show = v.InferOutput<typeof showSchema>;

/** @returns the message, or undefined when it is none of ours */
export function parseShow(text: string): Show | undefined {
  try {
    const result = v.safeParse(showSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
