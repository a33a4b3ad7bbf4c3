// CONTRACT with provisioning: what the terminal and its keeper tell each other over the child's own channel.
import * as v from 'valibot';
import { deviceRoles } from '../sync/contract/facts.ts';
import { codeSchema, countSchema } from '../sync/contract/ids.ts';
import { reportedEntries } from '../sync/contract/reported.ts';
import { desiredSchema } from '../sync/contract/twin.ts';

/** How often a terminal says how it is, and how long it may be silent: then it hangs. */
export const healthEveryMs = 2_000;
export const silentAfterMs = 30_000;

/** `none` = not set up, `opening` = not known yet */
export const deviceConditions = ['none', 'opening', 'ok', 'out'] as const;

export const keeperAsks = ['enrol-anew', 'update-now'] as const;
export type KeeperAsked = (typeof keeperAsks)[number];

export const healthSchema = v.strictObject({
  /** a page is there, and has drawn what it was shown */
  isPainted: v.boolean(),
  /** somebody is served, or a slip is under way: nothing may be switched now */
  isBusy: v.boolean(),
  /** facts that headquarters has not confirmed; null = the store cannot be read */
  waitingFacts: v.nullable(countSchema),
  isLinked: v.boolean(),
  devices: v.record(v.picklist(deviceRoles), v.picklist(deviceConditions)),
});
/** What the keeper judges a set-up and a release by. */
export type TerminalHealth = v.InferOutput<typeof healthSchema>;

/** terminal → keeper */
export const terminalWordSchema = v.variant('kind', [
  /** it serves; again whenever that changes, and every `healthEveryMs` */
  v.strictObject({ kind: v.literal('serving'), health: healthSchema }),
  /** headquarters wants this; its signature was right, and it was meant for this terminal */
  v.strictObject({ kind: v.literal('desired'), desired: desiredSchema }),
  /** the report of this number is on disk as a fact */
  v.strictObject({ kind: v.literal('reported'), number: countSchema }),
  /** somebody who knew the maintenance PIN wants it: to be enrolled anew, or not to wait for the hour of a switch */
  v.strictObject({ kind: v.literal('ask'), what: v.picklist(keeperAsks) }),
]);
export type TerminalWord = v.InferOutput<typeof terminalWordSchema>;

/** terminal → keeper: what headquarters ordered, and only the keeper can do */
export const deedWordSchema = v.variant('kind', [
  /** a fresh certificate, as soon as may be */
  v.strictObject({ kind: v.literal('renew') }),
  /** this terminal is to be wiped; repeated until `retiring` answers */
  v.strictObject({ kind: v.literal('retire') }),
  /** everything was told: it may be wiped now */
  v.strictObject({ kind: v.literal('wipe') }),
]);
export type DeedWord = v.InferOutput<typeof deedWordSchema>;

/** Why a terminal is ended: another set-up or release is tried, or it goes back to what served before. */
export const leaveReasons = ['set-up', 'release', 'back'] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/** How far a set-up or a release is that headquarters wants; `percent` only of what is fetched */
export const updateStepSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.literal('checking') }),
  v.strictObject({ kind: v.literal('trying') }),
  v.strictObject({
    kind: v.literal('fetching'),
    percent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  }),
]);
export type UpdateStep = v.InferOutput<typeof updateStepSchema>;

export const reportSchema = v.strictObject(reportedEntries);
export type Report = v.InferOutput<typeof reportSchema>;

/** keeper → terminal */
export const keeperWordSchema = v.variant('kind', [
  /**
   * Becomes a fact, once: it is repeated until `reported` answers. `source`: whose numbers these are (a keeper that lost
   * its own file begins anew).
   */
  v.strictObject({
    kind: v.literal('report'),
    source: codeSchema,
    number: countSchema,
    report: reportSchema,
  }),
  /** it is about to be ended, so that something else can be tried */
  v.strictObject({ kind: v.literal('leave'), why: v.optional(v.picklist(leaveReasons)) }),
  /** how far what headquarters wants is; for whoever looks at the maintenance screen */
  v.strictObject({ kind: v.literal('update'), step: updateStepSchema }),
  /** it is on disk that this terminal is to be wiped */
  v.strictObject({ kind: v.literal('retiring') }),
]);
export type KeeperWord = v.InferOutput<typeof keeperWordSchema>;

/** @returns undefined for what is no such word */
export function parseTerminalWord(message: unknown): TerminalWord | undefined {
  const result = v.safeParse(terminalWordSchema, message);
  return result.success ? result.output : undefined;
}

/** @returns undefined for what is no such word */
export function parseDeedWord(message: unknown): DeedWord | undefined {
  const result = v.safeParse(deedWordSchema, message);
  return result.success ? result.output : undefined;
}

/** @returns undefined for what is no such word */
export function parseKeeperWord(message: unknown): KeeperWord | undefined {
  const result = v.safeParse(keeperWordSchema, message);
  return result.success ? result.output : undefined;
}
