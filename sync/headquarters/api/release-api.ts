// CONTRACT between headquarters' API and whoever ships releases: what there is, how it comes in, and who is offered it.
import * as v from 'valibot';
import { countSchema } from '../../contract/ids.ts';
import { architectures } from '../../contract/release-order.ts';

const text = v.string();
const maybeText = v.nullable(text);

const rollout = v.object({
  id: text,
  seq: countSchema,
  version: text,
  state: v.picklist(['proposed', 'running', 'halted', 'done', 'rolled-back']),
  ring: v.picklist(['lab', 'canary', 'early', 'rest']),
  ringSince: text,
  begunAt: text,
  begunBy: text,
  approvedBy: maybeText,
  /** why it halted */
  code: maybeText,
  counts: v.object({
    waiting: countSchema,
    offered: countSchema,
    ok: countSchema,
    failed: countSchema,
    silent: countSchema,
  }),
});
export type RolloutAnswer = v.InferOutput<typeof rollout>;

export const releaseAnswers = {
  /** GET /api/fleet/releases, newest first */
  releases: v.object({
    /** no = nobody is named who may sign one */
    isTaking: v.boolean(),
    releases: v.array(
      v.object({
        seq: countSchema,
        version: text,
        addedAt: text,
        addedBy: text,
        expiresAt: text,
        bundles: v.array(
          v.object({ architecture: v.picklist(architectures), manifest: text, bytes: countSchema }),
        ),
      }),
    ),
  }),
  /**
   * POST /api/fleet/releases/import: the signed manifest; then POST /api/fleet/releases/{manifest}/import?offset=N: the
   * bundle in pieces, each from where `have` says, until it is `listed`.
   */
  takenIn: v.variant('kind', [
    v.object({ kind: v.literal('wanted'), manifest: text, have: countSchema, bytes: countSchema }),
    v.object({ kind: v.literal('listed'), manifest: text, seq: countSchema }),
  ]),
  /** GET /api/fleet/rollouts?limit=20, newest first */
  rollouts: v.object({ rollouts: v.array(rollout) }),
  /** GET /api/fleet/rollouts/{id} */
  rollout: v.object({
    devices: v.array(
      v.object({
        device: text,
        ring: text,
        state: text,
        code: maybeText,
        offeredAt: maybeText,
        endedAt: maybeText,
      }),
    ),
  }),
  /**
   * POST /api/fleet/rollouts `{seq}` and …/{id}/approve|promote|halt|resume|rollback `{}`; `staying`: devices that had
   * no release of ours before and keep the one they serve with
   */
  done: v.object({ id: text, staying: countSchema }),
  /** POST /api/fleet/releases/{seq}/remove `{}` */
  removed: v.object({ removed: v.literal(true) }),
} as const;
export type ReleaseAnswers = {
  [K in keyof typeof releaseAnswers]: v.InferOutput<(typeof releaseAnswers)[K]>;
};

export const rolloutBodySchema = v.strictObject({ seq: v.pipe(countSchema, v.minValue(1)) });
