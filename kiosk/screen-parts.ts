// CONTRACT kiosk↔ui: what the screens are made of. Part of screen.ts.
import * as v from 'valibot';

export const id = v.pipe(v.string(), v.maxLength(80));
export const instant = v.pipe(v.string(), v.isoTimestamp());
export const int = v.pipe(v.number(), v.safeInteger());

export const languages = ['zh', 'en'] as const;
/** what headquarters writes its rows in */
export type Language = (typeof languages)[number];
export const tongues = ['zh', 'zh-Hant', 'en'] as const;
/** What a person reads: a language, and of Chinese the script too. */
export type Tongue = (typeof tongues)[number];

/** What a person wrote or is called, and what a code says: shown as it is. */
export const asWritten = v.pipe(v.string(), v.title('as written'));

/** Where the slip that belongs to this screen is. `waiting`: it prints by itself when the printer can. */
export const slip = v.picklist(['none', 'printing', 'printed', 'waiting', 'unconfirmed', 'failed']);
export type SlipProgress = v.InferOutput<typeof slip>;

/** A person as the shared screen may show them: masked name. */
export const member = v.object({ name: asWritten, level: v.string() });
export const named = v.object({ id, name: v.string() });
export const plannedEvent = v.object({
  event: v.string(),
  session: v.string(),
  place: v.string(),
  opensAt: instant,
  endsAt: instant,
});

/** What is said without being classified; no card is needed for it. */
export const filingPurposes = ['complaint', 'enquiry', 'praise', 'call-back'] as const;
export type FilingPurpose = (typeof filingPurposes)[number];
/** What a person opens with a second proof. */
export const purposes = [
  'points',
  'report',
  'requests',
  'sessions',
  'profile',
  'survey',
  'homes',
  'shortlist',
  ...filingPurposes,
] as const;
export type Purpose = (typeof purposes)[number];
