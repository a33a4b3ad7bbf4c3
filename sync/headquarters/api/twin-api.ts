// CONTRACT between headquarters' API and whoever sets up terminals: layers, twins and the secrets that they name.
import * as v from 'valibot';
import { countSchema } from '../../contract/ids.ts';
import { twinLayers } from '../../contract/twin-values.ts';

export { type TwinLayer, twinFaults, twinLayers, twinPaths } from '../../contract/twin-values.ts';

const text = v.string();
const maybeText = v.nullable(text);
const values = v.record(v.pipe(v.string(), v.maxLength(80)), v.unknown());
const layerName = v.picklist(twinLayers);

const layer = v.object({
  layer: layerName,
  /** of which model, project …; empty for `default` */
  subject: text,
  /** 0 = nobody ever set it */
  rev: countSchema,
  values,
  by: text,
  at: text,
});
export type LayerItem = v.InferOutput<typeof layer>;

const twin = v.object({
  device: text,
  rev: countSchema,
  hash: text,
  at: text,
  sentAt: maybeText,
  /** what the terminal said last; null = nothing yet */
  reported: v.nullable(
    v.object({
      rev: countSchema,
      hash: maybeText,
      state: text,
      code: maybeText,
      path: maybeText,
      schema: countSchema,
      /** 0 = one that was installed by hand */
      release: countSchema,
      at: text,
    }),
  ),
  /** since when it is there and serves with something else */
  driftSince: maybeText,
});
export type TwinItem = v.InferOutput<typeof twin>;

export const twinAnswers = {
  /** GET /api/fleet/layers: every layer that was ever set, as it is now */
  layers: v.object({ layers: v.array(layer) }),
  /** GET /api/fleet/layers/{layer}?subject=, with its revision as ETag */
  layer,
  /** GET /api/fleet/layers/{layer}/history?subject=&limit=50, newest first */
  history: v.object({ revisions: v.array(layer) }),
  /** POST /api/fleet/layers/{layer} and …/rollback; `devices`: whose twin changed */
  written: v.object({ rev: countSchema, devices: countSchema }),
  /** the same with status 409 when another wrote since: nothing was written */
  moved: v.object({ error: v.object({ code: text, message: text }), rev: countSchema, baseRev: countSchema }),
  /** POST /api/fleet/layers/{layer}/plan: what would change; the first 200 devices of `count`. A key that is left out stands for nothing there */
  plan: v.object({
    count: countSchema,
    devices: v.array(
      v.object({
        device: text,
        changes: v.array(
          v.object({ path: text, from: v.optional(v.unknown()), to: v.optional(v.unknown()) }),
        ),
      }),
    ),
  }),
  /** GET /api/fleet/twins */
  twins: v.object({ twins: v.array(twin) }),
  /** GET /api/fleet/twins/{device}: each value with the layer that set it, by path */
  twin: v.object({
    twin: v.nullable(twin),
    values: v.array(
      v.object({ path: text, value: v.unknown(), layer: layerName, subject: text, by: text, at: text }),
    ),
  }),
  /** GET /api/fleet/secrets: names alone; POST /api/fleet/secrets and …/{name}/remove answer it as well */
  secrets: v.object({ secrets: v.array(v.object({ name: text, by: text, at: text })) }),
} as const;
export type TwinAnswers = { [K in keyof typeof twinAnswers]: v.InferOutput<(typeof twinAnswers)[K]> };

const subject = v.optional(v.pipe(v.string(), v.maxLength(80)), '');
/** `values`: the whole of what the layer sets from now on */
export const layerBodySchema = v.strictObject({
  subject,
  values,
  baseRev: countSchema,
});
export const layerPlanBodySchema = v.strictObject({ subject, values });
export const layerRollbackBodySchema = v.strictObject({ subject, baseRev: countSchema, to: countSchema });
export const layerNameSchema = layerName;
export const secretBodySchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'must be 1–40 of a–z, 0–9 and -')),
  value: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
});
