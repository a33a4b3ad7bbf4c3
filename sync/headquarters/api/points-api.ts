// CONTRACT headquarters↔ui/console: points — versions of the rules, a member's account, gifts, batches of sessions.
import * as v from 'valibot';
import { codeSchema, countSchema, instantSchema, memberIdSchema, wordsSchema } from '../../contract/ids.ts';
import { ledgerLineSchema, levelRowSchema, rulesRowSchema } from '../../contract/members.ts';

const text = v.string();
const maybeText = v.nullable(v.string());
const int = v.pipe(v.number(), v.safeInteger());
const months = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(600));
const said = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const reference = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));

const wordsOf = (most: number) =>
  v.object({
    zh: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most)),
    en: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most)),
  });
const maybeWords = v.object({
  zh: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  en: v.pipe(v.string(), v.trim(), v.maxLength(200)),
});

const rulesVersion = {
  items: rulesRowSchema.entries.items,
  lotMonths: months,
  levelMonths: months,
  /** lowest first */
  levels: v.pipe(v.array(levelRowSchema), v.minLength(1), v.maxLength(12)),
};

const version = v.object({
  ...rulesVersion,
  version: countSchema,
  state: v.picklist(['draft', 'published']),
  /** at this moment */
  isInForce: v.boolean(),
  /** holds for what happens from then on; null = from its publication, or from ever */
  holdsFrom: maybeText,
  at: text,
  by: text,
  publishedAt: maybeText,
  publishedBy: maybeText,
});
export type RulesVersionItem = v.InferOutput<typeof version>;

const effect = v.object({
  version: countSchema,
  /** when the draft that was looked at was written: told again when it is published */
  at: text,
  /** entries that are reversed and booked anew, of how many members, and what that comes to */
  corrected: countSchema,
  members: countSchema,
  points: int,
  /** members whose level would be another at this moment */
  rising: countSchema,
  falling: countSchema,
  /** members at each level, now and then */
  levels: v.array(v.object({ code: text, before: countSchema, after: countSchema })),
  negativeCount: countSchema,
  /** some of those whose balance it would push below 0; while there is one it is not published */
  negative: v.array(v.object({ id: text, name: text, balance: int })),
});
export type DraftEffectItem = v.InferOutput<typeof effect>;

const line = v.object({
  ...ledgerLineSchema.entries,
  item: maybeText,
  /** id of the line that this one takes back, or writes off */
  reverses: maybeText,
  expires: maybeText,
  until: maybeText,
  by: maybeText,
  /** taken back since */
  isReversed: v.boolean(),
  canReverse: v.boolean(),
  /** a reversal that can be undone */
  canUndo: v.boolean(),
});
export type PointsLine = v.InferOutput<typeof line>;

const account = v.object({
  id: text,
  /** masked */
  name: text,
  level: maybeText,
  levelName: v.nullable(wordsSchema),
  balance: int,
  /** spent of what was taken back later: what is earned next fills it first */
  owed: countSchema,
  earned: int,
  expiring: v.array(v.object({ at: text, points: int })),
  /** items of the rules in force that nothing books by itself */
  bookable: v.array(v.object({ code: text, name: wordsSchema, points: countSchema })),
  /** newest first */
  lines: v.array(line),
});
export type PointsAccount = v.InferOutput<typeof account>;

const gift = v.object({
  id: reference,
  name: wordsSchema,
  cost: countSchema,
  stock: countSchema,
  /** no longer given */
  isEnded: v.boolean(),
});
export type GiftItem = v.InferOutput<typeof gift>;

const redemption = v.object({ id: text, gift: text, member: text, at: text, by: text, undoneAt: maybeText });
export type RedemptionItem = v.InferOutput<typeof redemption>;

const batch = v.object({
  session: text,
  name: wordsSchema,
  endedAt: text,
  bookedAt: text,
  members: countSchema,
  points: countSchema,
});
export type BatchResult = v.InferOutput<typeof batch>;

/** What each path answers with status 200. */
export const pointsAnswers = {
  /** GET /api/points/rules, newest first; POST /api/points/rules and …/publish `{}` and …/discard `{}` answer the same */
  rules: v.object({ versions: v.array(version) }),
  /** GET /api/points/rules/effect: what the draft would do; looks at every member */
  effect: v.object({ effect: v.nullable(effect) }),
  /** GET /api/points/members/{id}; POST …/book, /api/points/entries/{id}/reverse and …/undo answer the same */
  account,
  /** GET /api/points/gifts; POST /api/points/gifts, …/{id}/redeem and /api/points/redemptions/{id}/undo answer the same */
  gifts: v.object({ gifts: v.array(gift), redemptions: v.array(redemption) }),
  /** GET /api/points/batches, newest first */
  batches: v.object({ batches: v.array(batch) }),
} as const;
export type PointsAnswers = { [K in keyof typeof pointsAnswers]: v.InferOutput<(typeof pointsAnswers)[K]> };

const earned = v.pipe(countSchema, v.maxValue(1_000_000));

/** What the POST paths take. */
export const rulesBodySchema = v.strictObject({
  items: v.pipe(
    v.array(
      v.strictObject({
        code: codeSchema,
        name: wordsOf(60),
        points: earned,
        /** 1 yuan … 1,000,000,000 yuan */
        perFen: v.nullable(v.pipe(int, v.minValue(100), v.maxValue(100_000_000_000))),
      }),
    ),
    v.minLength(1),
    v.maxLength(40),
  ),
  lotMonths: months,
  levelMonths: months,
  levels: v.pipe(
    v.array(
      v.strictObject({
        ...levelRowSchema.entries,
        name: wordsOf(40),
        from: v.pipe(countSchema, v.maxValue(100_000_000)),
        benefit: maybeWords,
        /** at most half of the price */
        discount: v.optional(v.pipe(countSchema, v.maxValue(5_000))),
      }),
    ),
    v.minLength(1),
    v.maxLength(12),
  ),
  holdsFrom: v.nullable(instantSchema),
});
export type RulesBody = v.InferOutput<typeof rulesBodySchema>;

/** What is wrong between fields that are right each by itself. */
export interface RulesFault {
  readonly code: 'rules-levels-wrong' | 'rules-items-wrong';
  /** `levels.2.from`, as valibot names them */
  readonly field: string;
}

/** @returns the first fault, or undefined */
export function rulesFaultOf({ items, levels }: Pick<RulesBody, 'items' | 'levels'>): RulesFault | undefined {
  const twice = (of: readonly { readonly code: string }[]): number =>
    of.findIndex(({ code }, n) => of.findIndex((other) => other.code === code) < n);
  const item = twice(items);
  if (item >= 0) return { code: 'rules-items-wrong', field: `items.${item}.code` };
  const level = twice(levels);
  if (level >= 0) return { code: 'rules-levels-wrong', field: `levels.${level}.code` };
  const low = levels.findIndex(({ from }, n) => (n === 0 ? from !== 0 : from <= (levels[n - 1]?.from ?? 0)));
  return low < 0 ? undefined : { code: 'rules-levels-wrong', field: `levels.${low}.from` };
}

export const publishBodySchema = v.strictObject({ seen: v.optional(text) });
export const bookBodySchema = v.variant('item', [
  v.strictObject({
    item: v.literal('manual'),
    points: v.pipe(int, v.minValue(-1_000_000), v.maxValue(1_000_000)),
    reason: said,
    id: v.optional(reference),
  }),
  v.strictObject({ item: v.literal('rule'), code: codeSchema, id: v.optional(reference) }),
  v.strictObject({ item: v.literal('purchase'), purchase: reference, amount: countSchema }),
  v.strictObject({ item: v.literal('referral'), referred: reference }),
]);
export const becauseBodySchema = v.strictObject({ reason: said });
export const giftBodySchema = v.strictObject({
  id: reference,
  name: v.object({ zh: said, en: said }),
  cost: v.pipe(int, v.minValue(1), v.maxValue(100_000_000)),
  stock: v.pipe(countSchema, v.maxValue(1_000_000)),
  isEnded: v.optional(v.boolean(), false),
});
export const redeemBodySchema = v.strictObject({ member: memberIdSchema, id: v.optional(reference) });
