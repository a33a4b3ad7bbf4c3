// CONTRACT between headquarters' API and the console: the complaint ladder, its clocks and how they are set.
import * as v from 'valibot';
import { countSchema, wordsSchema } from '../../contract/ids.ts';
import { complaintLevels, flowKinds, requestStates } from '../../contract/requests.ts';
import { roles } from './account-api.ts';

const instant = v.nullable(v.string());

export const ladderItemSchema = v.object({
  id: v.string(),
  number: v.string(),
  kind: v.picklist(flowKinds),
  state: v.picklist(requestStates),
  project: v.nullable(v.string()),
  /** of the first task; null = not classified yet */
  label: v.nullable(wordsSchema),
  ports: v.array(v.string()),
  filedAt: v.string(),
  replyBy: instant,
  repliedAt: instant,
  onSiteBy: instant,
  onSiteAt: instant,
  level: v.picklist(complaintLevels),
  levelSince: instant,
  /** who has it at this level, and who stands in */
  holder: wordsSchema,
  substitute: wordsSchema,
  /** the holder was away when it came to this level */
  isWithSubstitute: v.optional(v.boolean(), false),
  /** null = it does not climb further by itself */
  climbsAt: instant,
  pausedAt: instant,
  pauseReason: v.nullable(wordsSchema),
});
export type LadderItem = v.InferOutput<typeof ladderItemSchema>;

const minutes = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(525_600));
const step = v.strictObject({
  role: v.picklist(roles),
  substitute: v.picklist(roles),
  /** without progress it climbs after so long; the last level climbs no further */
  afterMin: minutes,
});

export const ladderStepsSchema = v.strictObject({ ordinary: step, key: step, hot: step, major: step });
export type LadderSteps = v.InferOutput<typeof ladderStepsSchema>;

export const ladderAnswers = {
  /** GET /api/ladder?limit=: open requests whose clocks run, the next to climb first */
  ladder: v.object({
    now: v.string(),
    /** of all open requests */
    counts: v.object({ ordinary: countSchema, key: countSchema, hot: countSchema, major: countSchema }),
    items: v.array(ladderItemSchema),
    /** why clocks may stand still, by the rules of the service */
    reasons: v.array(v.object({ code: v.string(), name: wordsSchema })),
  }),
  /** GET and POST /api/ladder/steps */
  steps: v.object({ steps: ladderStepsSchema }),
  /** POST /api/ladder/{request}/pause `{reason}` and POST /api/ladder/{request}/resume `{}` */
  clocks: v.object({ request: v.string(), pausedAt: instant, replyBy: instant, onSiteBy: instant }),
} as const;
export type LadderAnswers = { [K in keyof typeof ladderAnswers]: v.InferOutput<(typeof ladderAnswers)[K]> };

export const pauseBodySchema = v.strictObject({ reason: v.pipe(v.string(), v.maxLength(40)) });
