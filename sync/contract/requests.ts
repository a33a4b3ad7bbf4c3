// Rows of dataset `requests`: how far an owner's requests are, so that they can be followed offline.
// Keys: `{member}/{fact id}`
import * as v from 'valibot';
import {
  codeSchema,
  countSchema,
  factIdSchema,
  instantSchema,
  memberIdSchema,
  portIdSchema,
  unitIdSchema,
  wordsSchema,
} from './ids.ts';

/** 维修 维修(自查) 投诉 咨询 表扬 集中交付: what somebody may come with; each has a flow of its own */
export const requestKinds = [
  'repair',
  'selfCheckRepair',
  'complaint',
  'enquiry',
  'praise',
  'handover',
] as const;
export type RequestKind = (typeof requestKinds)[number];

/** 呼叫中心回访 交付(维修)回访: flows that begin at headquarters */
export const callBackKinds = ['callCentreCallback', 'handoverCallback'] as const;
export const flowKinds = [...requestKinds, ...callBackKinds] as const;
export type FlowKind = (typeof flowKinds)[number];

/** The owner's word: 已解决 部分解决 未解决. */
export const verdicts = ['solved', 'partly', 'not-solved'] as const;
export type Verdict = (typeof verdicts)[number];

/** 一般 重点 热点 重大, each held by a higher role */
export const complaintLevels = ['ordinary', 'key', 'hot', 'major'] as const;
export type ComplaintLevel = (typeof complaintLevels)[number];

/** What every flow looks like from outside; its own states are `steps`. `to-confirm`: the owner is to say whether it is solved. */
export const requestStates = ['filed', 'in-progress', 'to-confirm', 'done', 'invalid'] as const;
export type RequestState = (typeof requestStates)[number];

export const requestOutcomes = [...verdicts, 'withdrawn', 'invalid', 'unreached'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export const requestRowSchema = v.object({
  kind: v.literal('request'),
  /** the id of the fact that filed it */
  id: factIdSchema,
  number: v.string(),
  member: memberIdSchema,
  request: v.optional(v.picklist(requestKinds)),
  /** a code of `requestTopics`: what it is about when nothing was classified */
  topic: v.optional(v.nullable(codeSchema)),
  /** null = about no home */
  unit: v.nullable(unitIdSchema),
  state: v.picklist(requestStates),
  filedAt: instantSchema,
  /** null = nothing was promised, or the clock stopped */
  replyBy: v.nullable(instantSchema),
  onSiteBy: v.nullable(instantSchema),
  /** the flow's own way, passed or ahead: the status line */
  steps: v.optional(v.array(v.object({ name: wordsSchema, at: v.nullable(instantSchema) }))),
  /** how high it has climbed by itself, who has it now by role, and when it climbs again unless something happens */
  level: v.optional(
    v.nullable(
      v.object({
        level: v.picklist(complaintLevels),
        holder: wordsSchema,
        nextAt: v.nullable(instantSchema),
      }),
    ),
  ),
  /** headquarters' words to the owner */
  answer: v.optional(v.nullable(wordsSchema)),
  /** how it ended; null = it has not. `invalid` with its reason as `answer`; `unreached`: two people agreed that nobody can be called */
  outcome: v.optional(v.nullable(v.picklist(requestOutcomes))),
  /** is the owner's verdict wanted, and may it be given at a terminal? */
  asksVerdict: v.optional(v.boolean()),
  callBacks: v.optional(v.array(v.object({ at: instantSchema, verdict: v.picklist(verdicts) }))),
  photos: v.optional(countSchema),
  tasks: v.array(
    v.object({
      label: wordsSchema,
      /** did the owner say more in words of their own? Those stay at headquarters: no terminal's card holds them */
      hasOwnWords: v.boolean(),
      port: portIdSchema,
      /** how far this one is */
      status: v.optional(v.nullable(wordsSchema)),
      isDone: v.optional(v.boolean()),
      deadline: v.optional(v.nullable(instantSchema)),
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
