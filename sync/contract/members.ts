// Rows of dataset `members`: who a card belongs to, with masked names and points; and the club's levels.
// Keys: `card/{token}` · `member/{member}` · `level/{code}`
import * as v from 'valibot';
import {
  cardTokenSchema,
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
});

/** One line of the append-only points ledger as its owner may see it. */
export const ledgerLineSchema = v.object({
  /** identity of the entry; for one made from a fact, the fact's id */
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
});

export const membersRowSchema = v.variant('kind', [cardRowSchema, memberRowSchema, levelRowSchema]);
export type CardRow = v.InferOutput<typeof cardRowSchema>;
export type LevelRow = v.InferOutput<typeof levelRowSchema>;
export type MemberRow = v.InferOutput<typeof memberRowSchema>;
export type MembersRow = v.InferOutput<typeof membersRowSchema>;

/** The one place that spells the keys of this dataset. */
export const memberKeys = {
  card: (token: string): string => `card/${token}`,
  member: (id: string): string => `member/${id}`,
  levels: 'level/',
  level: (code: string): string => `level/${code}`,
} as const;
