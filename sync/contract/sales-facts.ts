// What visitors do at the sales board: what they looked at, kept and took home.
import * as v from 'valibot';
import { countSchema, memberIdSchema, projectIdSchema, unitIdSchema } from './ids.ts';

export const salesFacts = [
  v.object({
    kind: v.literal('unit-taken-home'),
    body: v.object({ project: projectIdSchema, unit: unitIdSchema }),
  }),
  /** anonymous unless the member swiped; one of each view that lasted */
  v.object({
    kind: v.literal('interest-noted'),
    body: v.object({
      member: v.nullable(memberIdSchema),
      project: projectIdSchema,
      unit: v.nullable(unitIdSchema),
      what: v.picklist(['project', 'unit', 'adverse-facts', 'compare']),
      seconds: countSchema,
    }),
  }),
  /** the homes somebody wants to remember, all of them each time */
  v.object({
    kind: v.literal('shortlist-kept'),
    body: v.object({ member: memberIdSchema, units: v.pipe(v.array(unitIdSchema), v.maxLength(20)) }),
  }),
] as const;
