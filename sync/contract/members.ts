// Rows of dataset `members`: who a card belongs to, with masked names and points; and the club's levels.
// Keys: `card/{token}` · `member/{member}` · `level/{code}` · `identity/{key}` · `staff/{token}` · `rules`
import * as v from 'valibot';
import {
  cardTokenSchema,
  codeSchema,
  countSchema,
  instantSchema,
  memberIdSchema,
  projectIdSchema,
  unitIdSchema,
  wordsSchema,
} from './ids.ts';

export const cardStates = ['active', 'lost', 'blocked', 'expired', 'replaced'] as const;
export type CardState = (typeof cardStates)[number];

/** A card identifies a person; it does not prove one. */
export const cardRowSchema = v.object({
  kind: v.literal('card'),
  token: cardTokenSchema,
  member: memberIdSchema,
  state: v.picklist(cardStates),
});

export const levelRowSchema = v.object({
  kind: v.literal('level'),
  code: v.pipe(v.string(), v.regex(/^[a-z]{1,20}$/)),
  name: wordsSchema,
  /** points earned in 24 months that lead here */
  from: countSchema,
  benefit: wordsSchema,
  /** off the price of a home, in hundredths of a per cent: 150 = 1.5 % */
  discount: v.optional(countSchema),
});

/** 22 base64url characters; see `identity-key.ts`. */
export const identityKeySchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/), v.brand('IdentityKey'));
export type IdentityKey = v.InferOutput<typeof identityKeySchema>;

/** Somebody with this telephone, paper, or name and birthday is a member already. */
export const identityRowSchema = v.object({
  kind: v.literal('identity'),
  key: identityKeySchema,
  member: memberIdSchema,
});

/** A card of our own people: opens the staff view, vouches at joining. */
export const staffRowSchema = v.object({
  kind: v.literal('staff'),
  token: cardTokenSchema,
  /** masked */
  name: v.pipe(v.string(), v.maxLength(40)),
  /** null = every site */
  project: v.nullable(projectIdSchema),
});

/** What earns points, and how long they last; a version is never changed, only followed by the next. */
export const rulesRowSchema = v.object({
  kind: v.literal('rules'),
  version: countSchema,
  /** `visit`, `referral`, `purchase` …; `per`: points for each so many fen instead of once */
  items: v.array(
    v.object({ code: codeSchema, name: wordsSchema, points: countSchema, perFen: v.nullable(countSchema) }),
  ),
  /** a lot expires so many months after it was earned */
  lotMonths: countSchema,
  /** levels count what was earned in so many months */
  levelMonths: countSchema,
});

/** One line of the append-only points ledger as its owner may see it. */
export const ledgerLineSchema = v.object({
  /** identity of the entry: the id of the fact that it was made from, or what makes it the same booking */
  id: v.string(),
  at: instantSchema,
  points: v.pipe(v.number(), v.safeInteger()),
  reason: wordsSchema,
});
export type LedgerLine = v.InferOutput<typeof ledgerLineSchema>;

/** A home that the member owns. */
export const homeSchema = v.object({
  unit: unitIdSchema,
  project: projectIdSchema,
  /** 四季花城米兰苑301 */
  label: wordsSchema,
  /** end of the warranty, local date `YYYY-MM-DD` */
  warrantyUntil: v.pipe(v.string(), v.isoDate()),
  /** from when each element's own warranty counts; left out or null = not known, then `warrantyUntil` holds for all */
  handedOverOn: v.optional(v.nullable(v.pipe(v.string(), v.isoDate()))),
});
export type Home = v.InferOutput<typeof homeSchema>;

export const memberRowSchema = v.object({
  kind: v.literal('member'),
  id: memberIdSchema,
  /** masked at headquarters (张**): the full name never leaves it */
  name: v.pipe(v.string(), v.maxLength(40)),
  level: v.string(),
  balance: v.pipe(v.number(), v.safeInteger()),
  /** points earned in the last 24 months: what levels count */
  earned: v.pipe(v.number(), v.safeInteger()),
  /** newest first, at most 20 */
  ledger: v.array(ledgerLineSchema),
  /** `pinHash()` of the member's PIN, or null when none is set */
  pin: v.nullable(v.string()),
  homes: v.array(homeSchema),
  /** month and day `MM-DD`, for the greeting; null = not told */
  birthday: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d\d-\d\d$/)))),
  /** masked (138****1234); null = none known */
  phone: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(20)))),
  mayContact: v.optional(v.boolean()),
  /** what is left of the lots and when it goes, soonest first, so that a balance stays true offline */
  lots: v.optional(v.array(v.object({ points: countSchema, expiresAt: instantSchema }))),
  /** what of `earned` stops counting when, soonest first, so that a level stays true offline */
  fading: v.optional(v.array(v.object({ points: countSchema, at: instantSchema }))),
  /** homes that they keep in mind */
  shortlist: v.optional(v.array(unitIdSchema)),
});

export const membersRowSchema = v.variant('kind', [
  cardRowSchema,
  memberRowSchema,
  levelRowSchema,
  identityRowSchema,
  staffRowSchema,
  rulesRowSchema,
]);
export type CardRow = v.InferOutput<typeof cardRowSchema>;
export type LevelRow = v.InferOutput<typeof levelRowSchema>;
export type MemberRow = v.InferOutput<typeof memberRowSchema>;
export type IdentityRow = v.InferOutput<typeof identityRowSchema>;
export type StaffRow = v.InferOutput<typeof staffRowSchema>;
export type RulesRow = v.InferOutput<typeof rulesRowSchema>;
export type MembersRow = v.InferOutput<typeof membersRowSchema>;

/** The one place that spells the keys of this dataset. */
export const memberKeys = {
  card: (token: string): string => `card/${token}`,
  member: (id: string): string => `member/${id}`,
  levels: 'level/',
  level: (code: string): string => `level/${code}`,
  identity: (key: string): string => `identity/${key}`,
  staff: (token: string): string => `staff/${token}`,
  rules: 'rules',
} as const;
