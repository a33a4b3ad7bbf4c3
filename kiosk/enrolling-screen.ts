// CONTRACT kiosk↔ui and with provisioning: what a terminal shows while it is not one yet, or is being updated.
// Nobody has chosen a language then, so both stand there.
import * as v from 'valibot';

const both = v.strictObject({ zh: v.string(), en: v.string() });

export const enrollingScreen = v.strictObject({
  kind: v.literal('enrolling'),
  title: both,
  /** in their order; `later`: nothing yet; `waiting`: a person or time has to do something */
  steps: v.array(
    v.strictObject({ name: both, state: v.picklist(['later', 'now', 'waiting', 'failed', 'done']) }),
  ),
  /** what stands in the way; it is tried again by itself */
  trouble: v.nullable(v.strictObject({ code: v.string(), what: both, remedy: both })),
  /** what a person lets it in by; no secret */
  pending: v.nullable(v.string()),
  /** for IT: model and serial of the board, version */
  board: v.string(),
});
export type EnrollingScreen = v.InferOutput<typeof enrollingScreen>;
