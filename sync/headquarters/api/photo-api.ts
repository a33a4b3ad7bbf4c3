// CONTRACT headquarters↔ui/console: pictures of a request. Part of the console's API.
import * as v from 'valibot';
import { countSchema } from '../../contract/ids.ts';

const photoItem = v.object({
  id: v.string(),
  type: v.picklist(['image/jpeg', 'image/png']),
  bytes: countSchema,
  at: v.string(),
});
export type PhotoItem = v.InferOutput<typeof photoItem>;

export const photoAnswers = {
  /** GET /api/photos?request={id}, oldest first */
  photos: v.object({ photos: v.array(photoItem) }),
  /** GET /api/photos/{id}: `data` in base64; who looked is on record */
  photo: v.object({ type: v.picklist(['image/jpeg', 'image/png']), data: v.string() }),
  /** POST /api/photos/{id}/delete: for good, with who and why on record */
  deleted: v.object({ photos: v.array(photoItem) }),
} as const;

export const photoDeleteReasons = ['unrelated', 'private', 'unreadable', 'asked'] as const;
export type PhotoDeleteReason = (typeof photoDeleteReasons)[number];
export const photoDeleteSchema = v.strictObject({ reason: v.picklist(photoDeleteReasons) });
export type PhotoAnswers = { [K in keyof typeof photoAnswers]: v.InferOutput<(typeof photoAnswers)[K]> };
