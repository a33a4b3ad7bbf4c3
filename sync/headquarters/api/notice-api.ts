// CONTRACT between headquarters' API and the console: the inbox of whoever is signed in, and how notices go out.
import * as v from 'valibot';
import { countSchema, wordsSchema } from '../../contract/ids.ts';

export const noticeItemSchema = v.object({
  id: v.string(),
  at: v.string(),
  subject: wordsSchema,
  text: wordsSchema,
  /** id of the request, task, event … that it is about */
  about: v.nullable(v.string()),
  /** to somebody of this role, or null: to this account */
  role: v.nullable(v.string()),
  /** by whoever is signed in; null = unread */
  readAt: v.nullable(v.string()),
});
export type NoticeItem = v.InferOutput<typeof noticeItemSchema>;

export const deliveryItemSchema = v.object({
  id: v.string(),
  at: v.string(),
  channel: v.picklist(['smtp', 'webhook', 'sms']),
  /** as much of it as tells which it is */
  address: v.string(),
  subject: wordsSchema,
  state: v.picklist(['waiting', 'sent', 'given-up']),
  tries: countSchema,
  nextAt: v.string(),
  problem: v.nullable(v.string()),
});
export type DeliveryItem = v.InferOutput<typeof deliveryItemSchema>;

export const noticeAnswers = {
  /** GET /api/notices?limit=: mine and those of my roles and ports, unread first, then newest first */
  notices: v.object({ unread: countSchema, notices: v.array(noticeItemSchema) }),
  /** POST /api/notices/read `{notices: [ids] | "all"}` */
  read: v.object({ unread: countSchema }),
  /** GET /api/notices/deliveries?limit=: what waits or was given up first */
  deliveries: v.object({ deliveries: v.array(deliveryItemSchema) }),
} as const;
export type NoticeAnswers = { [K in keyof typeof noticeAnswers]: v.InferOutput<(typeof noticeAnswers)[K]> };

export const readBodySchema = v.strictObject({
  notices: v.union([v.literal('all'), v.pipe(v.array(v.string()), v.maxLength(1_000))]),
});
