// The identities that terminal and headquarters share; branded so that one cannot stand in for another.
import * as v from 'valibot';

/** A name that may stand in a topic: letters, digits, `-` and `_`, no dots (NATS) and no wildcards. */
const topicName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1–40 letters, digits, - or _'),
);

export const tenantIdSchema = v.pipe(topicName, v.brand('TenantId'));
export const terminalIdSchema = v.pipe(topicName, v.brand('TerminalId'));
/** 128 random bits as 32 hex digits, made when a terminal's database is created (rule OB2). */
export const epochSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/), v.brand('Epoch'));
/** UUIDv7, the same on every retry. */
export const factIdSchema = v.pipe(v.string(), v.uuid(), v.brand('FactId'));
/** UUIDv7, made by headquarters. */
export const orderIdSchema = v.pipe(v.string(), v.uuid(), v.brand('OrderId'));
/** UUIDv7, made by headquarters for what is ordered at once. */
export const batchIdSchema = v.pipe(v.string(), v.uuid(), v.brand('BatchId'));
/** UUIDv7, made by the terminal; forgotten with the answer. */
export const questionIdSchema = v.pipe(v.string(), v.uuid(), v.brand('QuestionId'));
/** HMAC of a card number under the fleet key; see `card-token.ts`. */
export const cardTokenSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/), v.brand('CardToken'));

const rowId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));
export const memberIdSchema = v.pipe(rowId, v.brand('MemberId'));
export const projectIdSchema = v.pipe(rowId, v.brand('ProjectId'));
export const buildingIdSchema = v.pipe(rowId, v.brand('BuildingId'));
export const unitIdSchema = v.pipe(rowId, v.brand('UnitId'));
export const layoutIdSchema = v.pipe(rowId, v.brand('LayoutId'));
export const eventIdSchema = v.pipe(rowId, v.brand('EventId'));
export const sessionIdSchema = v.pipe(rowId, v.brand('SessionId'));
export const placeIdSchema = v.pipe(rowId, v.brand('PlaceId'));
export const elementIdSchema = v.pipe(rowId, v.brand('ElementId'));
export const problemIdSchema = v.pipe(rowId, v.brand('ProblemId'));
export const phraseIdSchema = v.pipe(rowId, v.brand('PhraseId'));
export const portIdSchema = v.pipe(rowId, v.brand('PortId'));
/** One home sold to one person: from subscription to the title deed. */
export const purchaseIdSchema = v.pipe(rowId, v.brand('PurchaseId'));
export const surveyIdSchema = v.pipe(rowId, v.brand('SurveyId'));

export type TenantId = v.InferOutput<typeof tenantIdSchema>;
export type TerminalId = v.InferOutput<typeof terminalIdSchema>;
export type Epoch = v.InferOutput<typeof epochSchema>;
export type FactId = v.InferOutput<typeof factIdSchema>;
export type OrderId = v.InferOutput<typeof orderIdSchema>;
export type BatchId = v.InferOutput<typeof batchIdSchema>;
export type QuestionId = v.InferOutput<typeof questionIdSchema>;
export type CardToken = v.InferOutput<typeof cardTokenSchema>;
export type MemberId = v.InferOutput<typeof memberIdSchema>;
export type ProjectId = v.InferOutput<typeof projectIdSchema>;
export type BuildingId = v.InferOutput<typeof buildingIdSchema>;
export type UnitId = v.InferOutput<typeof unitIdSchema>;
export type LayoutId = v.InferOutput<typeof layoutIdSchema>;
export type EventId = v.InferOutput<typeof eventIdSchema>;
export type SessionId = v.InferOutput<typeof sessionIdSchema>;
export type PlaceId = v.InferOutput<typeof placeIdSchema>;
export type ElementId = v.InferOutput<typeof elementIdSchema>;
export type ProblemId = v.InferOutput<typeof problemIdSchema>;
export type PhraseId = v.InferOutput<typeof phraseIdSchema>;
export type PortId = v.InferOutput<typeof portIdSchema>;
export type PurchaseId = v.InferOutput<typeof purchaseIdSchema>;
export type SurveyId = v.InferOutput<typeof surveyIdSchema>;

/** UTC instant, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = v.pipe(v.string(), v.isoTimestamp());
/** One text in the two languages a terminal speaks. */
export const wordsSchema = v.object({ zh: v.string(), en: v.string() });
export type Words = v.InferOutput<typeof wordsSchema>;
/** Money in integer fen. */
export const fenSchema = v.pipe(v.number(), v.safeInteger());
/** Area in integer 0.01 m². */
export const areaSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A count or sequence number. */
export const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A word of ours for programs: `paper-out`, `not-solved`. */
export const codeSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
/** Words that a person typed; bounded, so that a fact always fits a message. */
export const typedSchema = v.pipe(v.string(), v.maxLength(300));
/** A day in the site's own calendar, `YYYY-MM-DD`. */
export const daySchema = v.pipe(v.string(), v.isoDate());
