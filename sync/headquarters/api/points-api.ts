// CONTRACT headquarters↔ui/console: points — versions of the rules, a member's account, gifts, batches of sessions.
import * as v from 'valibot';
import { countSchema, instantSchema, wordsSchema } from '../../contract/ids.ts';
import { ledgerLineSchema, levelRowSchema, rulesRowSchema } from '../../contract/members.ts';

const text = v.string();
const maybeText = v.nullable(v.string());
const int = v.pipe(v.number(), v.safeInteger());
const months = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(600));
const said = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const reference = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));

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
  /** entries that are reversed and booked anew */
  corrected: countSchema,
  /** whose balance it would push below 0; while there is one it is not published */
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
  balance: int,
  earned: int,
  expiring: v.array(v.object({ at: text, points: int })),
  /** newest first */
  lines: v.array(line),
});
export type PointsAccount = v.InferOutput<typeof account>;

const gift = v.object({ id: reference, name: wordsSchema, cost: countSchema, stock: countSchema });
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
  rules: v.object({ versions: v.array(version), effect: v.nullable(effect) }),
  /** GET /api/points/members/{id}; POST …/book, /api/points/entries/{id}/reverse and …/undo answer the same */
  account,
  /** GET /api/points/gifts; POST /api/points/gifts, …/{id}/redeem and /api/points/redemptions/{id}/undo answer the same */
  gifts: v.object({ gifts: v.array(gift), redemptions: v.array(redemption) }),
  /** GET /api/points/batches, newest first */
  batches: v.object({ batches: v.array(batch) }),
} as const;
export type PointsAnswers = { [K in keyof typeof pointsAnswers]: v.InferOutput<(typeof pointsAnswers)[K]> };

/** What the POST paths take. */
export const rulesBodySchema = v.strictObject({
  ...rulesVersion,
  items: v.pipe(rulesRowSchema.entries.items, v.minLength(1), v.maxLength(40)),
  holdsFrom: v.nullable(instantSchema),
});
export const bookBodySchema = v.variant('item', [
  v.strictObject({
    item: v.literal('manual'),
    points: v.pipe(int, v.minValue(-1_000_000), v.maxValue(1_000_000)),
    reason: said,
  }),
  v.strictObject({ item: v.literal('purchase'), purchase: reference, amount: countSchema }),
  v.strictObject({ item: v.literal('referral'), referred: reference }),
]);
export const becauseBodySchema = v.strictObject({ reason: said });
export const giftBodySchema = v.strictObject({
  id: reference,
  name: v.object({ zh: said, en: said }),
  cost: v.pipe(int, v.minValue(1)),
  stock: countSchema,
});
export const redeemBodySchema = v.strictObject({ member: reference });
