// The twin: how a terminal shall be set up (desired) and how it is (reported). Values stand under their path, so that layers
// lie over one another by simple replacement and each value knows who set it.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { countSchema, instantSchema } from './ids.ts';
import { twinHashSchema } from './reported.ts';
import { type TwinValues, twinFaults } from './twin-values.ts';

export {
  isTwinPathOf,
  type TwinFault,
  type TwinLayer,
  type TwinValues,
  twinFaults,
  twinLayers,
  twinPaths,
  twinSchema,
} from './twin-values.ts';

export const twinValuesSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((given) => twinFaults(given).length === 0, 'must hold known keys with fitting values'),
);

/** SHA-256 in hex; the same for the same values in any order. */
export function twinHash(given: TwinValues): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(given)))
    .digest('hex');
}

/**
 * headquarters → terminal, signed by its frame: the whole of what shall be, again whenever the terminal comes and has
 * something else. A terminal never goes back to a lower `rev`. Its values are parsed apart, so that what this terminal
 * does not know (yet) is told by its path.
 */
export const desiredSchema = v.object({
  v: v.literal(1),
  /** rises with every change for this terminal */
  rev: countSchema,
  hash: twinHashSchema,
  at: instantSchema,
  values: v.record(v.pipe(v.string(), v.maxLength(80)), v.unknown()),
});
export type Desired = v.InferOutput<typeof desiredSchema>;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
