// What a terminal says of its twin: which set-up it serves with, and what became of the one it was given.
import * as v from 'valibot';
import { codeSchema, countSchema } from './ids.ts';

/** SHA-256 of the values, in hex */
export const twinHashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/**
 * `applying`: written and being tried; `ok`: serves with it; `waiting`: somebody is served, or the window is closed;
 * `rejected`: not a byte was changed; `rolled-back`: it did not serve, and the last good one does again.
 */
export const twinStates = ['applying', 'waiting', 'ok', 'rejected', 'rolled-back'] as const;
export type TwinState = (typeof twinStates)[number];

/** What the terminal tells of it, as a fact: once, and in its order. */
export const reportedEntries = {
  rev: countSchema,
  /** of what it serves with now */
  hash: v.nullable(twinHashSchema),
  state: v.picklist(twinStates),
  /** why it was rejected or went back */
  code: v.nullable(codeSchema),
  /** the path that was at fault */
  path: v.nullable(v.pipe(v.string(), v.maxLength(120))),
  /** `twinSchema` of its program */
  schema: countSchema,
  /** `seq` of the release that serves; 0 = one that was installed by hand */
  release: countSchema,
};
