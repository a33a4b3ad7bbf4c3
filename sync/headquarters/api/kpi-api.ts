// CONTRACT headquarters↔ui/console and personnel systems: how regions, ports and people did in a month.
import * as v from 'valibot';
import { countSchema, instantSchema, wordsSchema } from '../../contract/ids.ts';
import { monthSchema } from './report-api.ts';

const figure = v.object({ part: countSchema, whole: countSchema });

export const kpiCodes = ['in-time', 'solved-first', 'satisfied', 'first-line'] as const;
export type KpiCode = (typeof kpiCodes)[number];

const line = v.object({
  scope: v.picklist(['group', 'region', 'port', 'person']),
  /** id of the region, port or account; '' = the group, or no region */
  key: v.string(),
  name: wordsSchema,
  inTime: figure,
  solvedFirst: figure,
  satisfied: figure,
  /** null = not asked of ports and people: whoever has a task is not the first line */
  firstLine: v.nullable(figure),
});
export type KpiLine = v.InferOutput<typeof line>;

export const kpiAnswers = {
  /** GET /api/kpi?month=YYYY-MM, the last month that is over unless given; `kpi.csv` answers text/csv */
  kpi: v.object({
    month: monthSchema,
    madeAt: instantSchema,
    figures: v.array(
      v.object({ code: v.picklist(kpiCodes), name: wordsSchema, part: wordsSchema, whole: wordsSchema }),
    ),
    lines: v.array(line),
  }),
} as const;
export type KpiReport = v.InferOutput<typeof kpiAnswers.kpi>;
