// The complaint ladder 一般→重点→热点→重大: when a request climbs, and who has it then. Pure.
import type { Words } from '../../contract/ids.ts';
import { type ComplaintLevel, complaintLevels, type RequestRow } from '../../contract/requests.ts';
import type { LadderSteps } from '../api/ladder-api.ts';
import type { Tables } from '../store/tables.ts';

type RequestRecord = Tables['request'];

/** One step up, at the instant at which it was due. */
export interface Climb {
  readonly from: ComplaintLevel;
  readonly to: ComplaintLevel;
  readonly at: string;
}

const day = 24 * 60;
/** Headquarters may set each step: see `LadderSettings`. */
export const defaultSteps: LadderSteps = {
  ordinary: { role: 'service-desk', substitute: 'manager', afterMin: day },
  key: { role: 'manager', substitute: 'service-desk', afterMin: day },
  hot: { role: 'manager', substitute: 'executive', afterMin: day },
  major: { role: 'executive', substitute: 'manager', afterMin: day },
};

/** Who has it by role; the owner reads the holder's. */
export const levelTitles: Record<ComplaintLevel, { readonly holder: Words; readonly substitute: Words }> = {
  ordinary: {
    holder: { zh: '客服专员', en: 'Service agent' },
    substitute: { zh: '客服主管', en: 'Service supervisor' },
  },
  key: {
    holder: { zh: '部门负责人', en: 'Head of department' },
    substitute: { zh: '部门副负责人', en: 'Deputy head of department' },
  },
  hot: {
    holder: { zh: '地区公司总经理', en: 'Regional general manager' },
    substitute: { zh: '地区公司副总经理', en: 'Deputy regional general manager' },
  },
  major: {
    holder: { zh: '集团副总裁', en: 'Group vice president' },
    substitute: { zh: '集团客户关系总监', en: 'Group director of customer relations' },
  },
};

export const levelNames: Record<ComplaintLevel, Words> = {
  ordinary: { zh: '一般', en: 'ordinary' },
  key: { zh: '重点', en: 'key' },
  hot: { zh: '热点', en: 'hot' },
  major: { zh: '重大', en: 'major' },
};

/** A step that falls into closed hours waits until they open: nobody is there to take it. */
export type Open = (at: string) => string;
const always: Open = (at) => at;

/** What a request climbs by; the columns of its record. */
export type Climber = Pick<RequestRecord, 'state' | 'level' | 'reply_by' | 'replied_at' | 'paused_at'>;

/**
 * When a request climbs unless something happens first: at its reply clock as long as nobody answered, else so long
 * after the last progress as its level allows.
 * @param progressAt when something last happened: an answer, a move, the last climb
 * @returns null when it does not climb by itself: nothing was promised, it waits for its owner, its clocks stand still,
 *   it is over, or as high as can be
 */
export function nextClimb(
  climber: Climber,
  progressAt: string,
  steps: LadderSteps = defaultSteps,
  open: Open = always,
): string | null {
  const { state, level, reply_by: replyBy, replied_at: repliedAt, paused_at: pausedAt } = climber;
  if (pausedAt !== null || (state !== 'filed' && state !== 'in-progress') || replyBy === null) return null;
  if (level === 'ordinary' && repliedAt === null) return new Date(replyBy).toISOString();
  return afterLevel(level as ComplaintLevel, progressAt, steps, open);
}

/** The same after something was done at `at`; a step that was due before that is still taken. */
export function climbsAfter(
  before: Pick<RequestRecord, 'climbs_at'>,
  after: Climber,
  at: string,
  steps: LadderSteps = defaultSteps,
  open: Open = always,
): string | null {
  const next = nextClimb(after, at, steps, open);
  return next !== null && before.climbs_at !== null && before.climbs_at <= at ? before.climbs_at : next;
}

/** All steps that were due by `now`, oldest first, however long nobody looked; and when the next is due. */
export function climb(
  { level, climbs_at: climbsAt }: Pick<RequestRecord, 'level' | 'climbs_at'>,
  now: string,
  steps: LadderSteps = defaultSteps,
  open: Open = always,
): { readonly climbs: readonly Climb[]; readonly climbsAt: string | null } {
  const climbs: Climb[] = [];
  let at = climbsAt;
  let from = level as ComplaintLevel;
  while (at !== null && at <= now) {
    const to = complaintLevels[complaintLevels.indexOf(from) + 1];
    if (to === undefined) return { climbs, climbsAt: null };
    climbs.push({ from, to, at });
    at = afterLevel(to, at, steps, open);
    from = to;
  }
  return { climbs, climbsAt: at };
}

/** What the owner sees of it, at every terminal; null when it is over or nothing was promised. */
export function levelRow(
  record: Pick<RequestRecord, 'state' | 'level' | 'climbs_at' | 'reply_by' | 'held_by'>,
): NonNullable<RequestRow['level']> | null {
  if (record.state === 'done' || record.state === 'invalid' || record.reply_by === null) return null;
  const level = record.level as ComplaintLevel;
  const by = record.held_by === 'substitute' ? 'substitute' : 'holder';
  return { level, holder: levelTitles[level][by], nextAt: record.climbs_at };
}

function afterLevel(level: ComplaintLevel, from: string, steps: LadderSteps, open: Open): string | null {
  if (level === 'major') return null;
  return open(new Date(Date.parse(from) + steps[level].afterMin * 60_000).toISOString());
}
