// What members do at a terminal: swipe, prove who they are, join, get cards, sign up for sessions.
import * as v from 'valibot';
import {
  cardTokenSchema,
  codeSchema,
  countSchema,
  daySchema,
  eventIdSchema,
  instantSchema,
  memberIdSchema,
  projectIdSchema,
  sessionIdSchema,
} from './ids.ts';
import { identityKeySchema } from './members.ts';

/** Why a swiped card did not check in; each has its own screen. */
export const refusalReasons = [
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
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What a person opens with a second proof. */
export const provenPurposes = [
  'points',
  'report',
  'requests',
  'homes',
  'profile',
  'sessions',
  'hand-over',
  'survey',
  'shortlist',
] as const;

/** How somebody showed at joining that the telephone or the paper is theirs. */
export const joinProofs = ['phone-code', 'staff-card'] as const;

/** Why nobody became a member, or no card was given. */
export const joinRefusals = [
  'already-member',
  'near-member',
  'wrong-code',
  'code-expired',
  'card-in-use',
  'no-consent',
  'not-staff',
] as const;
export type JoinRefusal = (typeof joinRefusals)[number];

/** 11 digits that begin with 1: a mobile telephone of the mainland. */
export const phoneSchema = v.pipe(v.string(), v.regex(/^1[3-9]\d{9}$/));
export const fullNameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40));

export const clubFacts = [
  v.object({
    kind: v.literal('check-in-recorded'),
    body: v.object({
      member: memberIdSchema,
      card: cardTokenSchema,
      event: eventIdSchema,
      session: sessionIdSchema,
      /** what the screen promised; headquarters books by its own rule */
      points: countSchema,
      /** came without being listed, where the session lets people do so */
      isWalkIn: v.optional(v.boolean()),
    }),
  }),
  v.object({
    kind: v.literal('card-refused'),
    body: v.object({
      reason: v.picklist(refusalReasons),
      card: cardTokenSchema,
      member: v.nullable(memberIdSchema),
      session: v.nullable(sessionIdSchema),
    }),
  }),
  /** a known card on a day without an event for it: every swipe is an interaction */
  v.object({
    kind: v.literal('visit-recorded'),
    body: v.object({
      member: memberIdSchema,
      card: cardTokenSchema,
      /** whose site it is: the first of a day there earns viewing points 看房积分; null = no project's */
      project: v.optional(v.nullable(projectIdSchema)),
    }),
  }),
  v.object({
    kind: v.literal('pin-refused'),
    body: v.object({ member: memberIdSchema, triesLeft: countSchema }),
  }),
  v.object({
    kind: v.literal('person-proven'),
    body: v.object({ member: memberIdSchema, purpose: v.picklist(provenPurposes) }),
  }),
  /**
   * Somebody joined. The terminal makes the member's id; when headquarters finds that the person was a member already,
   * the two become one, points and all, and one card stays active (rules CL…).
   */
  v.object({
    kind: v.literal('member-joined'),
    body: v.object({
      member: memberIdSchema,
      name: fullNameSchema,
      phone: phoneSchema,
      birthday: v.nullable(daySchema),
      /** `identityKey('id', …)` of the identity card; its number is never kept */
      idKey: v.nullable(identityKeySchema),
      /** the blank card that was presented; null = it comes later */
      card: v.nullable(cardTokenSchema),
      /** `pinHash()`; null = none chosen */
      pin: v.nullable(v.string()),
      proof: v.picklist(joinProofs),
      /** the card of the staff who vouches, when that is the proof */
      staff: v.nullable(cardTokenSchema),
      consent: v.object({ version: countSchema, language: v.picklist(['zh', 'en']), at: instantSchema }),
      channel: v.picklist(['site', 'event', 'web']),
      project: v.nullable(projectIdSchema),
      session: v.nullable(sessionIdSchema),
      /** the card of the member who brought them */
      referrer: v.nullable(cardTokenSchema),
    }),
  }),
  v.object({
    kind: v.literal('join-refused'),
    body: v.object({
      reason: v.picklist(joinRefusals),
      /** who they are already, when that is why */
      member: v.nullable(memberIdSchema),
      /** which key said so: `phone`, `id`, `name-birthday` … */
      matched: v.nullable(codeSchema),
    }),
  }),
  /** a blank card became this member's; the former one stops */
  v.object({
    kind: v.literal('card-issued'),
    body: v.object({
      member: memberIdSchema,
      card: cardTokenSchema,
      replaces: v.nullable(cardTokenSchema),
      reason: v.picklist(['first', 'lost', 'damaged', 'expired', 'stolen']),
      proof: v.picklist([...joinProofs, 'pin']),
      staff: v.nullable(cardTokenSchema),
    }),
  }),
  /** the owner of a card says that it is gone; null = all of theirs */
  v.object({
    kind: v.literal('card-reported-lost'),
    body: v.object({ member: memberIdSchema, card: v.nullable(cardTokenSchema) }),
  }),
  /** a wish for a place; headquarters gives it, or one on the waiting list, in the order of arrival */
  v.object({
    kind: v.literal('session-wished'),
    body: v.object({ member: memberIdSchema, session: sessionIdSchema, wish: v.picklist(['join', 'leave']) }),
  }),
  /** own data changed by their owner; left out = as before */
  v.object({
    kind: v.literal('profile-changed'),
    body: v.object({
      member: memberIdSchema,
      phone: v.optional(phoneSchema),
      birthday: v.optional(v.nullable(daySchema)),
      pin: v.optional(v.string()),
      /** may we greet and invite by telephone? */
      mayContact: v.optional(v.boolean()),
    }),
  }),
] as const;
