// CONTRACT headquarters↔terminal: the file `*.yingbin-site`, all datasets as one signed word and the chunks that it names.
// `YINGBIN-SITE 1\n`, then records of a length (4 bytes, big-endian) and so many bytes: first the signed `SiteBundle`,
// then every chunk that its changes name, lists before what they list. There are no names of files in it.
import * as v from 'valibot';
import { datasetChangeSchema, datasetNames } from './datasets.ts';
import { instantSchema, projectIdSchema, tenantIdSchema } from './ids.ts';

export const siteBundleEnding = '.yingbin-site';
/** ASCII; the console reads this file too, so there are no bytes here. */
export const siteBundleMark = 'YINGBIN-SITE 1\n';
/** Of a record. */
export const lengthBytes = 4;

/** The changes lead from nothing to what was current at `at`, as over MQTT. */
export const siteBundleSchema = v.object({
  v: v.literal(1),
  kind: v.literal('site-bundle'),
  tenant: tenantIdSchema,
  /** the project whose terminals it is for */
  site: projectIdSchema,
  /** headquarters' clock when it began to look; all that is here is at least as new */
  at: instantSchema,
  changes: v.pipe(
    v.array(datasetChangeSchema),
    v.minLength(1),
    v.maxLength(datasetNames.length),
    v.check((changes) => changes.every(({ kind, from }) => kind === 'listed' && from === 0)),
    v.check((changes) => new Set(changes.map(({ dataset }) => dataset)).size === changes.length),
  ),
});
export type SiteBundle = v.InferOutput<typeof siteBundleSchema>;
