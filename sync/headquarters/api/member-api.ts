// CONTRACT headquarters↔ui/console: members, their cards, who may be one person, consent, staff cards, joining by the web.
import * as v from 'valibot';
import { fullNameSchema, phoneSchema } from '../../contract/club-facts.ts';
import {
  cardTokenSchema,
  countSchema,
  daySchema,
  memberIdSchema,
  projectIdSchema,
} from '../../contract/ids.ts';
import { cardStates, homeSchema } from '../../contract/members.ts';

const text = v.string();
const maybeText = v.nullable(v.string());
const said = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const long = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000));
const words = v.object({ zh: text, en: text });

const card = v.object({
  card: cardTokenSchema,
  state: v.picklist(cardStates),
  /** when it became theirs */
  since: text,
  /** `joined`, `imported` or `issued` */
  how: text,
});
export type CardItem = v.InferOutput<typeof card>;

/** Newest first; `card` null = all that they had then. */
const cardEvent = v.object({
  id: text,
  at: text,
  card: v.nullable(cardTokenSchema),
  what: text,
  detail: maybeText,
  /** which terminal or account */
  source: text,
});
export type CardEventItem = v.InferOutput<typeof cardEvent>;

/** One side of a pair that may be one person. */
const side = v.object({
  id: text,
  name: text,
  phone: text,
  birthday: maybeText,
  /** null = came with a developer's file */
  joinedAt: maybeText,
  channel: maybeText,
  cards: v.array(v.picklist(cardStates)),
  homes: v.array(words),
  balance: v.number(),
});
export type PairSide = v.InferOutput<typeof side>;

const pair = v.object({
  a: side,
  b: side,
  /** what they share: `phone`, `name-birthday` … */
  traits: v.array(text),
  at: text,
  verdict: v.nullable(v.picklist(['same', 'distinct'])),
  decidedBy: maybeText,
  decidedAt: maybeText,
});
export type PairItem = v.InferOutput<typeof pair>;

const member = v.object({
  id: text,
  /** in full, like the number: whoever opens it is on record */
  name: text,
  phone: text,
  birthday: maybeText,
  mayContact: v.nullable(v.boolean()),
  hasPin: v.boolean(),
  joinedAt: maybeText,
  channel: maybeText,
  homes: v.array(homeSchema),
  cards: v.array(card),
  history: v.array(cardEvent),
  /** who turned out to be this person; `why`: the trait, or `desk` */
  merged: v.array(v.object({ id: text, at: text, why: text, by: text })),
  /** who may be: wait for a decision */
  like: v.array(v.object({ id: text, name: text, traits: v.array(text) })),
});
export type MemberView = v.InferOutput<typeof member>;

const staff = v.object({
  card: cardTokenSchema,
  name: text,
  /** null = every site */
  project: maybeText,
  /** null = in use */
  endedAt: maybeText,
});
export type StaffItem = v.InferOutput<typeof staff>;

/** What each path answers with status 200. */
export const memberAnswers = {
  /** GET /api/club/members/{id}; POST …/cards and …/cards/issue answer the same. The id of somebody who was merged leads to who they are now */
  member,
  /** GET /api/club/pairs?open=true&limit=200, newest first, masked */
  pairs: v.object({ pairs: v.array(pair), open: countSchema }),
  /** GET /api/club/pairs/{a}/{b}: in full; the audit gets a line for each */
  pair,
  /** POST /api/club/pairs `{a, b, verdict}`: who they are now */
  decided: v.object({ member: text }),
  /** GET /api/club/consents, newest first; POST answers the same */
  consents: v.object({
    consents: v.array(v.object({ version: countSchema, text: words, publishedAt: text })),
  }),
  /** GET /api/club/staff; POST /api/club/staff and …/end answer the same */
  staff: v.object({ staff: v.array(staff), projects: v.array(v.object({ id: text, name: words })) }),
  /** POST /api/club/web/code `{phone}`; codes are those of `PhoneCodes` */
  code: v.object({ outcome: text, until: maybeText }),
  /** POST /api/club/web/join: `name` is masked */
  joined: v.object({ member: text, name: text }),
  /** POST /api/club/web/import: one wrong row, and nobody joins; rows are numbered as in the file, its head is row 1 */
  imported: v.object({
    joined: countSchema,
    faults: v.array(v.object({ row: countSchema, code: text })),
  }),
} as const;
export type MemberAnswers = { [K in keyof typeof memberAnswers]: v.InferOutput<(typeof memberAnswers)[K]> };

export const cardActs = ['block', 'unblock', 'lost', 'expire'] as const;
export type CardAct = (typeof cardActs)[number];
export const issueReasons = ['first', 'lost', 'damaged', 'expired', 'stolen'] as const;

const number = {
  technology: v.picklist(['em4100', 'iso14443', 'magstripe']),
  /** as a reader types it; only its token is kept */
  number: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^[0-9A-F]{4,32}$/)),
};

/** What the POST paths take. */
export const cardActBodySchema = v.strictObject({
  act: v.picklist(cardActs),
  card: cardTokenSchema,
  reason: said,
});
export const issueBodySchema = v.strictObject({ ...number, reason: v.picklist(issueReasons) });
export const verdictBodySchema = v.strictObject({
  a: memberIdSchema,
  b: memberIdSchema,
  verdict: v.picklist(['same', 'distinct']),
});
export const consentBodySchema = v.strictObject({ zh: long, en: long });
export const staffBodySchema = v.strictObject({
  ...number,
  name: fullNameSchema,
  project: v.nullable(projectIdSchema),
});
export const endStaffBodySchema = v.strictObject({ card: cardTokenSchema });
export const webCodeBodySchema = v.strictObject({ phone: phoneSchema });

export const applicantSchema = v.strictObject({
  name: fullNameSchema,
  phone: phoneSchema,
  birthday: v.optional(v.nullable(daySchema), null),
  /** of the identity card; only a key of it is kept */
  idNumber: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{6,20}$/))), null),
  /** the telephone of the member who brought them */
  referrerPhone: v.optional(v.nullable(phoneSchema), null),
});
export type Applicant = v.InferOutput<typeof applicantSchema>;
export const webJoinBodySchema = v.strictObject({
  ...applicantSchema.entries,
  /** what was sent to the telephone; null = the account that asks vouches */
  code: v.nullable(v.pipe(v.string(), v.regex(/^\d{6}$/))),
  /** version of the text that was agreed to */
  consent: countSchema,
  language: v.picklist(['zh', 'en']),
  /** was shown who they may be, and said no */
  isSomebodyElse: v.optional(v.boolean(), false),
});
export type WebJoinBody = v.InferOutput<typeof webJoinBodySchema>;
export const webImportBodySchema = v.strictObject({
  csv: v.pipe(v.string(), v.maxLength(2_000_000)),
  consent: countSchema,
});

/** Why something was not done; each has its sentence here and in the console's words. */
export const memberFaults = {
  'unknown-member': 'There is no member with this id.',
  'unknown-card': 'The member has no such card.',
  'unknown-pair': 'There is no such pair, or somebody has decided already.',
  'unknown-staff-card': 'No staff card in use is this one.',
  'unknown-project': 'There is no such project.',
  'unknown-consent': 'This version of the terms is not the newest. Show the newest and ask again.',
  'unknown-referrer': 'No member with an active card has the telephone of who brought them.',
  'card-in-use': 'This card is somebody’s. Take a blank one.',
  'card-narrow': 'The number has too few digits for this fleet. Type all of it.',
  'card-as-before': 'The card is in this state already.',
  'already-member':
    'Somebody with this telephone or identity card is a member. The old card is replaced at any terminal: choose “lost card”, or ask the service desk.',
  'near-member':
    'A member with the same name is known. Ask whether it is them; if not, say so and send again.',
  'wrong-code': 'The code is wrong.',
  'code-expired': 'The code is too old. Send a new one.',
  'code-locked': 'Too many wrong codes. Try again later.',
  'csv-unreadable': 'The file is no CSV with the columns name and phone.',
  'csv-too-long': 'A file has 5,000 rows at most.',
} as const;
export type MemberFault = keyof typeof memberFaults;
