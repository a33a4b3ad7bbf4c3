// CONTRACT kiosk↔ui: the screens of the member: check-in, second proof, points. Part of screen.ts.
import * as v from 'valibot';
import { instant, int, member, plannedEvent, purposes, slip } from './screen-parts.ts';

export const checkedInScreen = v.object({
  kind: v.literal('checked-in'),
  member,
  event: v.string(),
  session: v.string(),
  place: v.string(),
  /** what the level gives here */
  treatment: v.nullable(v.string()),
  /** by the site's calendar */
  isBirthday: v.optional(v.boolean()),
  points: int,
  /** with these points */
  balance: int,
  slip,
});
export const checkInRefusedScreen = v.object({
  kind: v.literal('check-in-refused'),
  reason: v.picklist([
    'unknown-card',
    'blocked-card',
    'lost-card',
    'expired-card',
    'replaced-card',
    'already-checked-in',
    'not-on-list',
    'wrong-day',
    'wrong-gate',
    'level-too-low',
    'waiting-list',
    'session-full',
    'session-cancelled',
  ]),
  member: v.nullable(member),
  /** the session it is about: the one checked into, or not listed for */
  planned: v.nullable(plannedEvent),
  /** wrong-day: the session they are listed for */
  next: v.nullable(plannedEvent),
  /** already-checked-in: since when */
  since: v.nullable(instant),
  /** already-checked-in here: the slip can be printed again, marked as a copy */
  /** number on the waiting list, as headquarters last told it */
  waiting: v.optional(v.nullable(int)),
  /** may they ask for a place, or wait for one, at this terminal? */
  canSignUp: v.optional(v.boolean()),
  canReprint: v.boolean(),
  slip,
});
/** The person's own home: sales, club and service in one. A card opens it, each page behind it needs the second proof. */
export const welcomeScreen = v.object({
  kind: v.literal('welcome'),
  member,
  isBirthday: v.optional(v.boolean()),
  /** has a home of theirs; left out until it was proven who they are */
  isOwner: v.optional(v.boolean()),
  next: v.nullable(plannedEvent),
});

/** Headquarters is asked about a card that is unknown here; a second or two, then what comes of it. */
export const checkingCardScreen = v.object({ kind: v.literal('checking-card') });

// ── second proof ──
export const askCardScreen = v.object({ kind: v.literal('ask-card'), purpose: v.picklist(purposes) });
export const enterPinScreen = v.object({
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
export const cardProblemScreen = v.object({
  kind: v.literal('card-problem'),
  /** null = the card was swiped where none was asked for */
  purpose: v.nullable(v.picklist(purposes)),
  reason: v.picklist([
    'unknown-card',
    'blocked-card',
    'lost-card',
    'expired-card',
    'replaced-card',
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
export const pointsScreen = v.object({
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
  /** off the price of a home, in hundredths of a per cent; 0 = none */
  discount: int,
  earned: int,
  /** `from`: where the level now begins, for the progress; `benefit`, `discount`: what the next one gives */
  next: v.nullable(
    v.object({ name: v.string(), missing: int, from: int, benefit: v.string(), discount: int }),
  ),
  /** soonest first */
  expiring: v.array(v.object({ at: instant, points: int })),
});
