// CONTRACT kiosk↔ui: the screens of maintenance, for staff and IT, behind a PIN.
import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(80));
const instant = v.pipe(v.string(), v.isoTimestamp());
const int = v.pipe(v.number(), v.safeInteger());

const tryProblem = v.nullable(
  v.variant('kind', [
    v.object({ kind: v.literal('wrong'), triesLeft: int }),
    v.object({ kind: v.literal('locked'), until: instant }),
  ]),
);
export const maintenancePinScreen = v.object({ kind: v.literal('maintenance-pin'), problem: tryProblem });
const waitingSlip = v.object({
  id,
  slip: v.picklist([
    'check-in',
    'unit',
    'shortlist',
    'request',
    'membership',
    'hand-over-number',
    'hand-over-signed',
    'test-page',
  ]),
  copy: int,
  /** `unsure`: it may be on paper */
  state: v.picklist(['queued', 'sending', 'unsure']),
  at: instant,
});
/** How everything around the terminal is, and what can be tried. */
export const maintenanceScreen = v.object({
  kind: v.literal('maintenance'),
  version: v.string(),
  /** facts that headquarters has not confirmed */
  waitingFacts: int,
  devices: v.array(
    v.object({
      device: v.picklist(['reader', 'second-reader', 'printer', 'fallback-printer', 'panel', 'desktop']),
      /** `ready`, `none`, … as at GET /health */
      state: v.string(),
      /** what is wrong or wants care soon; null when nothing */
      code: v.nullable(v.string()),
      /** what staff do, or null when there is nothing to do */
      staff: v.nullable(v.string()),
      /** it is set up wrong: mended in the config, which is read at the start */
      needsRestart: v.boolean(),
    }),
  ),
  /** null until the machine was looked at */
  inspection: v.nullable(
    v.object({
      /** what is plugged in, one line each */
      attached: v.array(v.string()),
      /** what is amiss; `fix`: lines to add or run */
      findings: v.array(v.object({ what: v.string(), doThis: v.string(), fix: v.array(v.string()) })),
    }),
  ),
  /** oldest first */
  slips: v.array(waitingSlip),
  /** of the screen, for support; null where this machine cannot take one */
  picture: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('possible') }),
      v.object({ kind: v.literal('taking') }),
      /** `isCovered`: all of it, because something of a card was to be seen */
      v.object({ kind: v.literal('saved'), file: v.string(), isCovered: v.boolean() }),
      v.object({
        kind: v.literal('failed'),
        why: v.picklist(['not-taken', 'screen-changed', 'not-saved']),
      }),
    ]),
  ),
  /** the last card, which did nothing but show here */
  card: v.nullable(
    v.variant('kind', [
      v.object({
        kind: v.literal('read'),
        technology: v.string(),
        bits: v.nullable(int),
        tail: v.string(),
        /** another one in a row */
        count: int,
      }),
      v.object({ kind: v.literal('unusable'), code: v.string(), count: int }),
    ]),
  ),
});
