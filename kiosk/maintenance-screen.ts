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
export const maintenancePinScreen = v.object({
  kind: v.literal('maintenance-pin'),
  /** the PIN is compared: wait */
  isChecking: v.boolean(),
  problem: tryProblem,
});
/** The pages of the maintenance screen, as they stand beside each other. */
export const maintenanceTabs = ['devices', 'checks', 'network', 'enrolment', 'look', 'system'] as const;
export type MaintenanceTab = (typeof maintenanceTabs)[number];

const slipKind = v.picklist([
  'check-in',
  'unit',
  'shortlist',
  'request',
  'membership',
  'hand-over-number',
  'hand-over-signed',
  'test-page',
]);
const waitingSlip = v.object({
  id,
  slip: slipKind,
  copy: int,
  /** `unsure`: it may be on paper */
  state: v.picklist(['queued', 'sending', 'unsure']),
  at: instant,
});
/** `unsure`: it could not be found out */
const checkState = v.picklist(['fine', 'care', 'bad', 'unsure']);
/** What was looked at, one line each, with what to do where something is amiss. */
const checks = v.object({
  isRunning: v.boolean(),
  /** when all of it was looked at last; null = not yet */
  at: v.nullable(instant),
  rows: v.array(
    v.object({ code: v.string(), state: checkState, what: v.string(), doThis: v.nullable(v.string()) }),
  ),
});
/** How far this machine gets towards headquarters. */
const network = v.object({
  isLooking: v.boolean(),
  ways: v.array(
    v.object({
      name: v.string(),
      way: v.picklist(['wired', 'wireless']),
      isUp: v.boolean(),
      address: v.nullable(v.string()),
    }),
  ),
  steps: v.array(
    v.object({
      step: v.picklist(['address', 'name', 'door', 'broker', 'line']),
      state: checkState,
      /** whom it was tried with */
      target: v.nullable(v.string()),
    }),
  ),
  /** null = this machine has no wireless part, or nobody who may set it */
  wifi: v.nullable(
    v.object({
      isLooking: v.boolean(),
      /** strongest first */
      found: v.array(
        v.object({
          ssid: v.string(),
          bars: v.picklist([1, 2, 3, 4]),
          lock: v.picklist(['none', 'key', 'other']),
        }),
      ),
      joining: v.nullable(
        v.object({
          ssid: v.string(),
          state: v.picklist(['now', 'joined', 'wrong-key', 'not-there', 'failed']),
        }),
      ),
    }),
  ),
});
/** Who this terminal is to headquarters. */
const enrolment = v.object({
  /** null = it was set up by hand, without one */
  certificate: v.nullable(v.object({ until: instant, daysLeft: int, state: checkState })),
  canBeginAnew: v.boolean(),
});
const look = v.object({
  volume: v.picklist([0, 1, 2, 3]),
  loudest: v.picklist([0, 1, 2, 3]),
  /** percent; null = this display has none that can be set */
  brightness: v.nullable(v.object({ now: int, least: int, most: int })),
});
const system = v.object({
  /** the diagnosis on a stick; null = this machine takes none */
  stick: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('possible') }),
      v.object({ kind: v.literal('writing') }),
      v.object({ kind: v.literal('written'), file: v.string() }),
      v.object({ kind: v.literal('failed'), why: v.picklist(['no-stick', 'not-written', 'no-answer']) }),
    ]),
  ),
  canRestartProgram: v.boolean(),
  canRestartMachine: v.boolean(),
  /** what headquarters wants of this terminal, on its way here; null = nothing */
  update: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('fetching'), percent: int }),
      v.object({ kind: v.literal('checking') }),
      /** until nobody is served, or for its hour */
      v.object({ kind: v.literal('waiting'), why: v.string(), canGoOnNow: v.boolean() }),
      /** it serves, and is given up again when it does not serve well */
      v.object({ kind: v.literal('trying') }),
    ]),
  ),
});

/** How everything around the terminal is, and what can be tried. */
export const maintenanceScreen = v.object({
  kind: v.literal('maintenance'),
  tab: v.picklist(maintenanceTabs),
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
  /** the slip that was queued last, while it may be printed once more */
  lastSlip: v.nullable(v.object({ id, slip: slipKind, copy: int, at: instant })),
  checks: v.nullable(checks),
  network: v.nullable(network),
  enrolment: v.nullable(enrolment),
  look: v.nullable(look),
  system: v.nullable(system),
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
