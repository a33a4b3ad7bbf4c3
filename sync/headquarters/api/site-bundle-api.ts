// CONTRACT headquarters↔ui/console: for which sites a bundle can be built. The bundle itself is a file, not JSON.
import * as v from 'valibot';
import { wordsSchema } from '../../contract/ids.ts';

export { siteBundleEnding } from '../../contract/site-bundle.ts';

export const siteBundleAnswers = {
  /** GET /api/site-bundles; GET /api/site-bundles/{id} answers with the file */
  sites: v.object({ sites: v.array(v.object({ id: v.string(), name: wordsSchema })) }),
} as const;
export type SiteBundleAnswers = {
  [K in keyof typeof siteBundleAnswers]: v.InferOutput<(typeof siteBundleAnswers)[K]>;
};
