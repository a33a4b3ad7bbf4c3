// CONTRACT terminal → headquarters: what a terminal finds when it looks at itself. Nothing about a person.
import * as v from 'valibot';
import { codeSchema, countSchema, instantSchema, terminalIdSchema } from './ids.ts';

/** What is looked at, in the order in which a person reads it. */
export const checkNames = [
  'under-voltage',
  'temperature',
  'memory',
  'disk-space',
  'write-latency',
  'data-partition',
  'clock',
  'name-service',
  'headquarters',
  'broker',
  'certificate',
  'release',
  'services',
  'display',
  'screen-paint',
  'reader',
  'second-reader',
  'printer',
  'fallback-printer',
  'panel',
  'attached-devices',
  'waiting-facts',
  'oldest-fact',
  'waiting-slips',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `care`: serves, but not for ever; `bad`: something does not work; `none`: this terminal has no such thing; `unknown`: the machine does not say. */
export const checkStates = ['ok', 'care', 'bad', 'none', 'unknown'] as const;
export type CheckState = (typeof checkStates)[number];

const value = v.nullable(v.union([v.pipe(v.string(), v.maxLength(200)), v.number(), v.boolean()]));
export const checkSchema = v.object({
  check: v.picklist(checkNames),
  state: v.picklist(checkStates),
  /** why it is not `ok` */
  code: v.nullable(codeSchema),
  /** what was found, units in the names: `freeBytes`, `celsius` */
  values: v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9.]{1,40}$/)), value),
});
export type Check = v.InferOutput<typeof checkSchema>;

/** A whole report with what belongs to it; at most so large. */
export const maxDiagnosisBytes = 2 * 1024 * 1024;
export const diagnosisSchema = v.object({
  v: v.literal(1),
  terminal: terminalIdSchema,
  version: v.pipe(v.string(), v.maxLength(40)),
  at: instantSchema,
  /** how long it took */
  tookMs: countSchema,
  checks: v.pipe(v.array(checkSchema), v.maxLength(checkNames.length)),
  /** the newest lines of the terminal's own log, masked */
  log: v.pipe(v.array(v.pipe(v.string(), v.maxLength(2_000))), v.maxLength(500)),
});
export type Diagnosis = v.InferOutput<typeof diagnosisSchema>;
