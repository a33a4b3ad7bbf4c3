// What the parties of the proof with power cuts agree on: names, and what a terminal says on its output.
import * as v from 'valibot';
import type { TerminalId } from '../../../sync/contract/ids.ts';

export const cutTerminal = 'hall-01' as TerminalId;
/** what headquarters wants of it, in its folder */
export const wantedFile = 'wanted.json';
/** where its releases come from, beside it */
export const shelfFolder = 'shelf';

/** How a release is: it serves, or is bad in one way. `keeper-dead`: it serves, but its keeper does not start. */
export const cutKinds = ['good', 'crash', 'white', 'keeper-dead'] as const;
export type CutKind = (typeof cutKinds)[number];

const saidSchema = v.variant('kind', [
  v.object({ kind: v.literal('up'), seq: v.number(), pid: v.number() }),
  v.object({ kind: v.literal('recorded'), seq: v.number() }),
  v.object({
    kind: v.literal('reported'),
    rev: v.number(),
    state: v.string(),
    code: v.nullable(v.string()),
    release: v.number(),
  }),
]);
export type Said = v.InferOutput<typeof saidSchema>;

/** @returns undefined for what others say, and for half a line */
export function parseSaid(line: string): Said | undefined {
  try {
    const result = v.safeParse(saidSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
