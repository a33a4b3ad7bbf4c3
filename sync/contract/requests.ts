// Rows of dataset `requests`: how far an owner's requests are, so that they can be followed offline.
// Keys: `{member}/{fact id}`
import * as v from 'valibot';
import {
  factIdSchema,
  instantSchema,
  memberIdSchema,
  portIdSchema,
  unitIdSchema,
  wordsSchema,
} from './ids.ts';

export const requestStates = ['filed', 'in-progress', 'done'] as const;
export type RequestState = (typeof requestStates)[number];

export const requestRowSchema = v.object({
  kind: v.literal('request'),
  /** the id of the fact that filed it */
  id: factIdSchema,
  number: v.string(),
  member: memberIdSchema,
  unit: unitIdSchema,
  state: v.picklist(requestStates),
  filedAt: instantSchema,
  replyBy: instantSchema,
  onSiteBy: instantSchema,
  tasks: v.array(
    v.object({
      label: wordsSchema,
      /** did the owner say more in words of their own? Those stay at headquarters: no terminal's card holds them */
      hasOwnWords: v.boolean(),
      port: portIdSchema,
    }),
  ),
  /** oldest first */
  history: v.array(
    v.object({ at: instantSchema, state: v.picklist(requestStates), note: v.nullable(wordsSchema) }),
  ),
});
export type RequestRow = v.InferOutput<typeof requestRowSchema>;

/** The one place that spells the keys of this dataset. */
export const requestKeys = {
  ofMember: (member: string): string => `${member}/`,
  request: (member: string, id: string): string => `${member}/${id}`,
} as const;
