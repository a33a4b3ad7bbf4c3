// CONTRACT kiosk↔ui: joining, getting a card back, own data, and what staff see by a second card. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, instant, int, member, plannedEvent, slip } from './screen-parts.ts';

/** `join`: become a member; `recover`: a card instead of a lost one; `phone`, `pin`: change own data. */
export const joinPurposes = ['join', 'recover', 'phone', 'pin'] as const;
export const joinSteps = [
  'consent',
  'phone',
  'already',
  'details',
  'near',
  'code',
  'pin',
  'card',
  'done',
] as const;
export const joinProblems = [
  'wrong-code',
  'code-expired',
  'code-locked',
  'too-soon',
  'no-answer',
  'no-phone',
  'unknown-phone',
  'phone-taken',
  'card-in-use',
  'not-staff',
  'wrong-pin',
] as const;

export const joinScreen = v.object({
  kind: v.literal('join'),
  purpose: v.picklist(joinPurposes),
  step: v.picklist(joinSteps),
  /** what is agreed to; null = headquarters has published nothing yet */
  consent: v.nullable(v.object({ version: int, text: v.string() })),
  /** masked; null = not told yet */
  phone: v.nullable(v.string()),
  /** who it may be already, or who joined: masked */
  member: v.nullable(v.object({ name: asWritten, phone: v.nullable(v.string()) })),
  /** the code that was sent is good until then; null = none is under way */
  codeUntil: v.nullable(instant),
  /** can they prove themselves with the PIN of their card too? */
  hasPin: v.boolean(),
  /** headquarters is asked, or a PIN is worked on */
  isBusy: v.boolean(),
  problem: v.nullable(
    v.object({ code: v.picklist(joinProblems), triesLeft: v.nullable(int), until: v.nullable(instant) }),
  ),
  /** done: is there a card, or does it come later? */
  hasCard: v.boolean(),
  slip,
});

export const profileScreen = v.object({
  kind: v.literal('profile'),
  member,
  phone: v.nullable(v.string()),
  /** `MM-DD` */
  birthday: v.nullable(v.string()),
  mayContact: v.nullable(v.boolean()),
  hasPin: v.boolean(),
  /** was something changed just now? */
  isSaved: v.boolean(),
});

export const staffScreen = v.object({
  kind: v.literal('staff'),
  /** masked */
  staff: asWritten,
  /** null = the customer's card is waited for */
  person: v.nullable(
    v.object({
      member,
      phone: v.nullable(v.string()),
      card: v.picklist(['active', 'lost', 'blocked', 'expired', 'replaced']),
      balance: int,
      birthday: v.nullable(v.string()),
      homes: v.array(v.string()),
      interests: v.array(v.string()),
      openRequests: int,
      today: v.nullable(plannedEvent),
      isCheckedIn: v.boolean(),
      mayContact: v.nullable(v.boolean()),
      /** what to do next for them */
      next: v.picklist(['new-card', 'check-in', 'requests', 'greet', 'show-homes']),
    }),
  ),
  isUnknownCard: v.boolean(),
});

const phone = v.pipe(v.string(), v.regex(/^1[3-9]\d{9}$/));
const pin = v.pipe(v.string(), v.regex(/^\d{4,8}$/));

export const joinTouches = [
  v.strictObject({ kind: v.literal('open-join'), purpose: v.picklist(joinPurposes) }),
  v.strictObject({ kind: v.literal('join-agree') }),
  v.strictObject({ kind: v.literal('join-phone'), phone }),
  v.strictObject({
    kind: v.literal('join-details'),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
    /** as it was typed in Latin letters; null = nobody knows */
    sound: v.nullable(v.pipe(v.string(), v.maxLength(80))),
    birthday: v.nullable(v.pipe(v.string(), v.isoDate())),
    /** of the identity card; only a key is made of it */
    idNumber: v.nullable(v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{6,20}$/))),
  }),
  v.strictObject({ kind: v.literal('join-its-me') }),
  v.strictObject({ kind: v.literal('join-not-me') }),
  v.strictObject({ kind: v.literal('join-code'), code: v.pipe(v.string(), v.regex(/^\d{6}$/)) }),
  v.strictObject({ kind: v.literal('join-another-code') }),
  v.strictObject({ kind: v.literal('join-pin'), pin }),
  v.strictObject({ kind: v.literal('join-card-later') }),
  v.strictObject({ kind: v.literal('profile-contact'), mayContact: v.boolean() }),
  v.strictObject({ kind: v.literal('profile-birthday'), birthday: v.pipe(v.string(), v.isoDate()) }),
] as const;
