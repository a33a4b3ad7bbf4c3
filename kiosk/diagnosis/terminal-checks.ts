// How the terminal itself is: its screen, its devices, what waits, how often it started, what it went back from.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Check, CheckName } from '../../sync/contract/diagnosis.ts';
import type { DeviceCondition } from '../knowledge.ts';

const hourMs = 3_600_000;
const keptStarts = 50;
const manyStarts = 4;
const slowPaintMs = 2_000;
const oldFactMs = { care: 15 * 60_000, bad: 24 * hourMs } as const;
const manyFacts = 500;
const manySlips = 5;

/** @param drawnMs how long the page took to draw when it was asked; undefined = it never said so */
export function screenPaint(drawnMs: number | undefined): Check {
  const check = 'screen-paint';
  if (drawnMs === undefined) return { check, state: 'bad', code: 'screen-not-drawn', values: {} };
  const values = { drawnMs: Math.round(drawnMs) };
  return drawnMs < slowPaintMs
    ? { check, state: 'ok', code: null, values }
    : { check, state: 'care', code: 'screen-slow', values };
}

const looked = ['reader', 'second-reader', 'printer', 'fallback-printer', 'panel'] as const;

export function deviceChecks(devices: readonly DeviceCondition[]): Check[] {
  return looked.map((name): Check => {
    const check: CheckName = name;
    const found = devices.find(({ device }) => device === name);
    if (!found || found.state === 'none') return { check, state: 'none', code: null, values: {} };
    const { state, code, isOut } = found;
    if (isOut) return { check, state: 'bad', code: code ?? 'out', values: { state } };
    return { check, state: code === null ? 'ok' : 'care', code, values: { state } };
  });
}

/** @param codes of what needs care */
export function attachedDevices(codes: readonly string[]): Check {
  const check = 'attached-devices';
  const [code = null] = codes;
  const values = { findings: codes.length, codes: codes.join(' ').slice(0, 200) };
  return { check, state: code === null ? 'ok' : 'care', code, values };
}

export function waitingChecks(waiting: {
  readonly facts: number;
  readonly slips: number;
  /** how old the oldest fact is; null = none waits */
  readonly oldestMs: number | null;
}): Check[] {
  const { facts, slips, oldestMs } = waiting;
  const age = { ageMs: oldestMs };
  return [
    facts < manyFacts
      ? { check: 'waiting-facts', state: 'ok', code: null, values: { facts } }
      : { check: 'waiting-facts', state: 'care', code: 'many-facts', values: { facts } },
    oldestMs === null || oldestMs < oldFactMs.care
      ? { check: 'oldest-fact', state: 'ok', code: null, values: age }
      : {
          check: 'oldest-fact',
          state: oldestMs < oldFactMs.bad ? 'care' : 'bad',
          code: 'old-facts',
          values: age,
        },
    slips < manySlips
      ? { check: 'waiting-slips', state: 'ok', code: null, values: { slips } }
      : { check: 'waiting-slips', state: 'care', code: 'many-slips', values: { slips } },
  ];
}

const rollbackSchema = v.object({ at: v.string(), rev: v.number(), code: v.nullable(v.string()) });
const rollbackFile = (dataDir: string): string => join(dataDir, 'last-rollback.json');

/** Said by the keeper when it went back. */
export function noteRollback(dataDir: string, rollback: v.InferOutput<typeof rollbackSchema>): void {
  writeFileSync(rollbackFile(dataDir), `${JSON.stringify(rollback)}\n`, { mode: 0o600 });
}

export function release(dataDir: string, version: string, now: Date): Check {
  const check = 'release';
  const read = v.safeParse(rollbackSchema, parsed(rollbackFile(dataDir)));
  if (!read.success) return { check, state: 'ok', code: null, values: { version } };
  const { at, rev, code } = read.output;
  const values = { version, rolledBackAt: at, rev, why: code };
  return now.getTime() - Date.parse(at) < 24 * hourMs
    ? { check, state: 'care', code: 'rolled-back', values }
    : { check, state: 'ok', code: null, values };
}

const startsFile = (dataDir: string): string => join(dataDir, 'starts.json');

/** To be called once in each run. */
export function noteStart(dataDir: string, now: Date): void {
  const starts = [...startsIn(dataDir), now.toISOString()].slice(-keptStarts);
  writeFileSync(startsFile(dataDir), `${JSON.stringify(starts)}\n`, { mode: 0o600 });
}

/** A program that starts again and again serves only in between. */
export function services(dataDir: string, now: Date): Check {
  const lately = startsIn(dataDir).filter((at) => Math.abs(now.getTime() - Date.parse(at)) < hourMs);
  const values = { startsInAnHour: lately.length };
  return lately.length < manyStarts
    ? { check: 'services', state: 'ok', code: null, values }
    : { check: 'services', state: 'care', code: 'flapping', values };
}

function startsIn(dataDir: string): readonly string[] {
  const read = v.safeParse(v.array(v.string()), parsed(startsFile(dataDir)));
  return read.success ? read.output : [];
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
