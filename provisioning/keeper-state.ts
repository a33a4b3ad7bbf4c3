// What the keeper must not forget: which set-up and release are good, which are being tried, and what is still to be reported.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { healthSchema, type Report, reportSchema } from '../kiosk/keeper-line.ts';
import { codeSchema, countSchema } from '../sync/contract/ids.ts';
import { twinHashSchema } from '../sync/contract/reported.ts';
import { type Desired, desiredSchema, twinHash, twinSchema } from '../sync/contract/twin.ts';
import { replaceFile } from '../sync/durable-file.ts';

const servedSchema = {
  /** 0 = as it was set up before it had a twin */
  rev: countSchema,
  /** null = nobody ordered just this */
  hash: v.nullable(twinHashSchema),
  /** 0 = installed by hand */
  release: countSchema,
};

const stateSchema = v.strictObject({
  v: v.literal(1),
  /** whose numbers those of the reports are */
  source: codeSchema,
  /** served well */
  good: v.strictObject(servedSchema),
  /** what is being tried now; after a power cut it is tried again, a few times */
  trial: v.nullable(
    v.strictObject({
      ...servedSchema,
      starts: countSchema,
      /** of its release */
      minSeq: countSchema,
      /** how the terminal was with the good one */
      before: v.nullable(healthSchema),
    }),
  ),
  /** what headquarters wants and nobody has tried yet */
  wanted: v.nullable(desiredSchema),
  /** how it ended that headquarters wanted something else than what serves */
  failed: v.nullable(reportSchema),
  /** that it waits, and why, was said */
  lastWaiting: v.nullable(v.string()),
  /** no release below it is ever taken again */
  minSeq: countSchema,
  nextNumber: countSchema,
  /** not yet facts */
  reports: v.array(v.strictObject({ number: countSchema, report: reportSchema })),
});
export type KeeperState = v.InferOutput<typeof stateSchema>;
export type Served = KeeperState['good'];

/** An older report says nothing that a newer one does not. */
const mostReports = 50;

/**
 * One that is torn or foreign counts as none: the terminal is then as it stands, and headquarters says again what it wants.
 * @param release that runs now
 */
export function readKeeperState(file: string, release: number): KeeperState {
  try {
    const result = v.safeParse(stateSchema, JSON.parse(readFileSync(file, 'utf8')));
    if (result.success) return result.output;
  } catch {
    // none yet
  }
  return {
    v: 1,
    source: `k-${randomBytes(8).toString('hex')}`,
    good: { rev: 0, hash: null, release },
    trial: null,
    wanted: null,
    failed: null,
    lastWaiting: null,
    minSeq: 0,
    nextNumber: 1,
    reports: [],
  };
}

/** On disk when this returns. @throws the file system's error */
export function writeKeeperState(file: string, state: KeeperState): void {
  replaceFile(file, `${JSON.stringify(state)}\n`);
}

/** With one more to be told. */
export function withReport(
  state: KeeperState,
  report: KeeperState['reports'][number]['report'],
): KeeperState {
  const reports = [...state.reports, { number: state.nextNumber, report }].slice(-mostReports);
  return { ...state, reports, nextNumber: state.nextNumber + 1 };
}

const noReason = { code: null, path: null } as const;

/** @param served `rev` of what it is about, `hash` and `release` of what serves */
export function reportOf(
  state: Report['state'],
  { rev, hash, release }: Served,
  { code, path }: { readonly code: string | null; readonly path: string | null } = noReason,
): Report {
  return { rev, hash, state, code, path, schema: twinSchema, release };
}

/**
 * Another release than the one that this keeper knew to be good runs it: it went back, or was installed by hand.
 * @returns undefined when it is the one
 */
export function stateOfOwn(state: KeeperState, ownRelease: number): KeeperState | undefined {
  const { good, trial } = state;
  if (trial || good.release === ownRelease || ownRelease === 0) return undefined;
  const isBack = ownRelease < good.release;
  const now: Served = { rev: good.rev, hash: null, release: ownRelease };
  const report = isBack
    ? reportOf('rolled-back', now, { code: 'release-keeper-failed', path: 'release' })
    : reportOf('ok', now);
  return { ...withReport(state, report), good: now, failed: isBack ? report : null };
}

/**
 * Headquarters repeats itself until it has heard how that ended.
 * @returns the same when it is known already: how it ended is a fact, and facts arrive; undefined for what is older than that, or not whole
 */
export function stateWanting(state: KeeperState, desired: Desired): KeeperState | undefined {
  const { good, trial, wanted, failed } = state;
  const { rev, hash } = desired;
  const known = Math.max(good.rev, trial?.rev ?? 0, wanted?.rev ?? 0, failed?.rev ?? 0);
  if (rev < known || twinHash(desired.values) !== hash) return undefined;
  const isGood = rev === good.rev && hash === good.hash;
  const isKnown = isGood || [trial, wanted, failed].some((each) => each?.rev === rev);
  return isKnown ? state : { ...state, wanted: desired };
}
