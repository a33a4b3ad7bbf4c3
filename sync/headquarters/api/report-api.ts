// CONTRACT headquarters↔ui/console: the month's report, rectification tasks and the executives' daily digest.
import * as v from 'valibot';
import { countSchema, instantSchema, wordsSchema } from '../../contract/ids.ts';

const text = v.string();
const figure = v.object({ part: countSchema, whole: countSchema });
/** this month, 环比 the month before, 同比 the same month a year ago */
const compared = v.object({ now: figure, before: figure, yearAgo: figure });
const counted = { now: countSchema, before: countSchema, yearAgo: countSchema };
export type Compared = v.InferOutput<typeof compared>;

export const monthSchema = v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be YYYY-MM'));

const metric = v.object({
  code: text,
  name: wordsSchema,
  part: wordsSchema,
  whole: wordsSchema,
  better: v.picklist(['higher', 'lower']),
  /** in 1/10,000 */
  threshold: v.nullable(countSchema),
});
export type ReportMetric = v.InferOutput<typeof metric>;

/** A line of the report: a region, project, port or supplier; `figures` by metric code. */
const line = v.object({ key: text, name: wordsSchema, figures: v.record(v.string(), compared) });
export type ReportLine = v.InferOutput<typeof line>;

const focus = v.object({
  rank: countSchema,
  name: wordsSchema,
  ...counted,
  /** null = did not occur the month before */
  rankBefore: v.nullable(countSchema),
});
export type ReportFocus = v.InferOutput<typeof focus>;

const rectification = v.object({
  id: text,
  month: monthSchema,
  region: text,
  regionName: wordsSchema,
  metric: text,
  metricName: wordsSchema,
  threshold: countSchema,
  part: countSchema,
  whole: countSchema,
  state: v.picklist(['open', 'answered', 'filed']),
  filedAs: v.nullable(text),
  notes: v.array(v.object({ at: instantSchema, actor: text, what: text, text })),
});
export type RectificationItem = v.InferOutput<typeof rectification>;

const monthReport = v.object({
  month: monthSchema,
  madeAt: instantSchema,
  /** the month is not over: what falls due later is not judged yet */
  isRunning: v.boolean(),
  /** whose; '' = the group */
  region: text,
  metrics: v.array(metric),
  total: line,
  regions: v.array(line),
  projects: v.array(v.object({ ...line.entries, region: text })),
  ports: v.array(line),
  suppliers: v.array(line),
  structure: v.array(v.object({ cause: text, name: wordsSchema, ...counted })),
  productFocus: v.array(focus),
  serviceFocus: v.array(focus),
  supplierTasks: v.array(
    v.object({
      supplier: text,
      ...counted,
      byRegion: v.array(v.object({ region: text, name: wordsSchema, count: countSchema })),
    }),
  ),
});
export type MonthReport = v.InferOutput<typeof monthReport>;

const digest = v.object({
  /** `YYYY-MM-DD` at the site */
  day: text,
  filed: v.array(v.object({ kind: text, count: countSchema })),
  closed: countSchema,
  lateReplies: countSchema,
  climbed: countSchema,
  /** open complaints by level */
  complaints: v.array(v.object({ level: text, open: countSchema, isNew: countSchema })),
  oldest: v.array(
    v.object({
      number: text,
      kind: text,
      level: text,
      filedAt: instantSchema,
      label: v.nullable(wordsSchema),
    }),
  ),
  praise: v.array(v.object({ number: text, text })),
  surveyAnswers: countSchema,
});
export type DigestItem = v.InferOutput<typeof digest>;

export const reportAnswers = {
  /** GET /api/reports/month?month=YYYY-MM&region= ; `month.csv` answers text/csv, one line for each figure */
  month: monthReport,
  /** GET /api/rectifications?month= ; POST /api/rectifications `{month, only?}` raises what is worse than its threshold, or one */
  rectifications: v.object({ rectifications: v.array(rectification) }),
  /** POST /api/rectifications/{id}/note `{what, text}` */
  rectification,
  /** GET /api/digest?day=YYYY-MM-DD ; yesterday unless given */
  digest: v.object({ digest, subject: wordsSchema, text: wordsSchema }),
} as const;

export const raiseBodySchema = v.strictObject({
  month: monthSchema,
  /** this one alone, whatever its threshold; else all that are worse than theirs */
  only: v.optional(
    v.strictObject({
      region: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
      metric: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
      text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
    }),
  ),
});
export const rectificationNoteSchema = v.strictObject({
  what: v.picklist(['answered', 'followed', 'filed']),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
});
