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
  /** GET /api/photos/{id}: `data` in base64 */
  photo: v.object({ type: v.picklist(['image/jpeg', 'image/png']), data: v.string() }),
} as const;
export type PhotoAnswers = { [K in keyof typeof photoAnswers]: v.InferOutput<(typeof photoAnswers)[K]> };
