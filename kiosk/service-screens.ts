// CONTRACT kiosk↔ui: the screens of the owner who reports. Part of screen.ts.
import * as v from 'valibot';
import { asWritten, id, instant, int, slip } from './screen-parts.ts';

export const reportChoiceScreen = v.object({
  kind: v.literal('report-choice'),
  step: v.picklist(['place', 'element', 'problem', 'phrase']),
  /** what was chosen so far, in words */
  path: v.array(v.string()),
  stepNumber: int,
  stepCount: int,
  /** at the places, of whoever has several: which home it is about */
  homes: v.array(v.object({ id, name: v.string(), isChosen: v.boolean() })),
  choices: v.array(
    v.object({
      id,
      name: v.string(),
      group: v.nullable(v.picklist(['room', 'public'])),
      isUrgent: v.boolean(),
    }),
  ),
  /** may the person say it in their own words instead? */
  canDescribe: v.boolean(),
  /** what was chosen cannot wait: the telephone comes first */
  isUrgent: v.boolean(),
});
export const reportReviewScreen = v.object({
  kind: v.literal('report-review'),
  home: v.string(),
  label: v.string(),
  text: v.nullable(asWritten),
  port: v.string(),
  replyMin: int,
  /** null = no visit is promised by the clock */
  onSiteMin: v.nullable(int),
  isUrgent: v.boolean(),
  /** null = everybody shares it, and nobody alone pays for it */
  warranty: v.nullable(v.object({ isCovered: v.boolean(), until: v.string() })),
});
export const requestFiledScreen = v.object({
  kind: v.literal('request-filed'),
  number: v.string(),
  label: v.string(),
  port: v.string(),
  replyBy: v.nullable(instant),
  onSiteBy: v.nullable(instant),
  /** true while headquarters has not got it */
  isWaiting: v.boolean(),
  qr: asWritten,
  /** `photos`: a telephone that reads it can add pictures */
  qrFor: v.picklist(['number', 'photos']),
  /** can this person follow it here? */
  canTrack: v.boolean(),
  slip,
});
