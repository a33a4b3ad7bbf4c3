// Rows of dataset `owners`: what an owner may see of their own purchase, care steps, hand-over and surveys.
// Keys: `{member}/purchase/{purchase}` · `{member}/care/{unit}` · `{member}/hand-over/{unit}` · `{member}/survey/{survey}`
import * as v from 'valibot';
import {
  countSchema,
  daySchema,
  fenSchema,
  instantSchema,
  memberIdSchema,
  projectIdSchema,
  purchaseIdSchema,
  surveyIdSchema,
  unitIdSchema,
  wordsSchema,
} from './ids.ts';

/** 认购→签约→按揭→产权→办证 */
export const purchaseStages = ['subscription', 'signing', 'mortgage', 'registration', 'title'] as const;
export type PurchaseStage = (typeof purchaseStages)[number];

/** 6+2 步: 温馨牵手 喜结连理 亲密接触 恭迎乔迁 嘘寒问暖 承担责任 + 一路同行 四年之约 */
export const careSteps = [
  'first-meeting',
  'signing',
  'building-visits',
  'moving-in',
  'greetings',
  'responsibility',
  'together',
  'four-years',
] as const;
export type CareStep = (typeof careSteps)[number];

export const purchaseRowSchema = v.object({
  kind: v.literal('purchase'),
  id: purchaseIdSchema,
  member: memberIdSchema,
  unit: unitIdSchema,
  project: projectIdSchema,
  /** 四季花城米兰苑301 */
  label: wordsSchema,
  stage: v.picklist(purchaseStages),
  /** the day on which each stage was reached; null = ahead */
  reached: v.array(v.object({ stage: v.picklist(purchaseStages), on: v.nullable(daySchema) })),
  /** 付款方式 */
  payment: wordsSchema,
  total: fenSchema,
  paid: fenSchema,
  /** oldest first */
  dues: v.array(v.object({ what: wordsSchema, amount: fenSchema, by: daySchema })),
  /** what to bring next; null = nothing */
  nextDocument: v.nullable(wordsSchema),
});

export const careRowSchema = v.object({
  kind: v.literal('care'),
  member: memberIdSchema,
  unit: unitIdSchema,
  label: wordsSchema,
  step: v.picklist(careSteps),
  since: daySchema,
  /** null = nothing planned */
  next: v.nullable(v.object({ on: daySchema, what: wordsSchema })),
});

export const handOverRowSchema = v.object({
  kind: v.literal('hand-over'),
  member: memberIdSchema,
  unit: unitIdSchema,
  project: projectIdSchema,
  label: wordsSchema,
  day: daySchema,
  from: instantSchema,
  to: instantSchema,
  place: wordsSchema,
  /** what is called out; null = not arrived yet */
  number: v.nullable(v.string()),
  ahead: countSchema,
  signedAt: v.nullable(instantSchema),
  /** how it was signed, at whichever terminal; null = not yet */
  outcome: v.optional(v.nullable(v.picklist(['accepted', 'accepted-with-defects', 'refused']))),
  /** asked to the desk */
  calledAt: v.optional(v.nullable(instantSchema)),
  /** was called and not there: the desk puts them in line again */
  isAbsent: v.optional(v.boolean()),
});

/** This survey is this owner's turn. */
export const surveyDueRowSchema = v.object({
  kind: v.literal('survey-due'),
  member: memberIdSchema,
  survey: surveyIdSchema,
  unit: v.nullable(unitIdSchema),
  /** set = they have answered, at whichever terminal: it is not asked again */
  answeredAt: v.optional(v.nullable(instantSchema)),
});

export const ownersRowSchema = v.variant('kind', [
  purchaseRowSchema,
  careRowSchema,
  handOverRowSchema,
  surveyDueRowSchema,
]);
export type PurchaseRow = v.InferOutput<typeof purchaseRowSchema>;
export type CareRow = v.InferOutput<typeof careRowSchema>;
export type HandOverRow = v.InferOutput<typeof handOverRowSchema>;
export type SurveyDueRow = v.InferOutput<typeof surveyDueRowSchema>;
export type OwnersRow = v.InferOutput<typeof ownersRowSchema>;

/** The one place that spells the keys of this dataset. */
export const ownerKeys = {
  ofMember: (member: string): string => `${member}/`,
  purchases: (member: string): string => `${member}/purchase/`,
  purchase: (member: string, id: string): string => `${member}/purchase/${id}`,
  care: (member: string, unit: string): string => `${member}/care/${unit}`,
  handOver: (member: string, unit: string): string => `${member}/hand-over/${unit}`,
  surveyDue: (member: string, survey: string): string => `${member}/survey/${survey}`,
} as const;

export function ownersKeyOf(row: OwnersRow): string {
  switch (row.kind) {
    case 'purchase':
      return ownerKeys.purchase(row.member, row.id);
    case 'care':
      return ownerKeys.care(row.member, row.unit);
    case 'hand-over':
      return ownerKeys.handOver(row.member, row.unit);
    case 'survey-due':
      return ownerKeys.surveyDue(row.member, row.survey);
  }
}
