// CONTRACT kiosk↔ui: the screens of whoever says something to the developer. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, filingPurposes, id, instant } from './screen-parts.ts';

/** Repair, complaint, question, praise, call me back, and how far it is. */
export const serviceMenuScreen = v.object({ kind: v.literal('service-menu') });

export const messageScreen = v.object({
  kind: v.literal('message'),
  purpose: v.picklist(filingPurposes),
  step: v.picklist(['home', 'topic', 'when', 'phone', 'review']),
  choices: v.array(v.object({ id, name: v.string() })),
  /** at `phone`: may it be left out? */
  canSkip: v.boolean(),
  /** what was said so far; `phone` masked */
  said: v.object({
    home: v.nullable(v.string()),
    topic: v.nullable(v.string()),
    when: v.nullable(v.string()),
    phone: v.nullable(v.string()),
    text: v.nullable(asWritten),
  }),
  isVisitor: v.boolean(),
  /** when the answer is promised; null = none is asked for */
  replyBy: v.nullable(instant),
  /** may the person allow that question and answer are published without a name? */
  canPublish: v.boolean(),
  mayPublish: v.boolean(),
});
