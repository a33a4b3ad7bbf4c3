// The 6+2 steps of care: which one a purchase is at, and when we next get in touch. Pure; days are `YYYY-MM-DD`.
import type { Words } from '../../contract/ids.ts';
import type { CareRow, CareStep, PurchaseStage } from '../../contract/owners.ts';

export interface CareFacts {
  readonly reached: Readonly<Partial<Record<PurchaseStage, string>>>;
  /** the day of the invitation to the hand-over */
  readonly handOverPlannedOn: string | null;
  readonly handedOverOn: string | null;
  readonly warrantyUntil: string | null;
  /** of each step the day of the last contact that was made */
  readonly contacted: Readonly<Partial<Record<CareStep, string>>>;
}
export type Care = Pick<CareRow, 'step' | 'since' | 'next'>;

/** days after which a contact is due, and what it is */
interface Rhythm {
  readonly firstAfter: number;
  /** null = once */
  readonly every: number | null;
  readonly what: Words;
}

const visitYears = 4;
/** so long before and after the fourth anniversary we are at the visit of four years */
const visitDays = 30;
/** a visit that nobody made is still to be made for so long */
const visitOverdueDays = 365;

/** 温馨牵手 喜结连理 亲密接触 恭迎乔迁 嘘寒问暖 承担责任 + 一路同行 四年之约 */
export const careRhythms: Readonly<Record<CareStep, Rhythm>> = {
  'first-meeting': {
    firstAfter: 3,
    every: 7,
    what: { zh: '电话回访：签约准备与疑问', en: 'A call: what signing needs, and your questions' },
  },
  signing: {
    firstAfter: 7,
    every: 14,
    what: { zh: '签约祝贺，讲解按揭与后续步骤', en: 'Congratulations, and the next steps explained' },
  },
  'building-visits': {
    firstAfter: 30,
    every: 90,
    what: { zh: '工地开放日与工程进度通报', en: 'A visit to the site and news of the building works' },
  },
  'moving-in': {
    firstAfter: 3,
    every: 14,
    what: { zh: '入伙指引与搬家协助', en: 'Help with the hand-over and moving in' },
  },
  greetings: {
    firstAfter: 30,
    every: 90,
    what: { zh: '入住问候与房屋使用回访', en: 'A call: how you live, and whether all works' },
  },
  responsibility: {
    firstAfter: 180,
    every: 180,
    what: { zh: '保修期上门检查', en: 'An inspection at home within the warranty' },
  },
  together: {
    firstAfter: 180,
    every: 365,
    what: { zh: '保修期后维修基金与社区服务说明', en: 'Repair fund and services after the warranty' },
  },
  'four-years': {
    firstAfter: 0,
    every: null,
    what: { zh: '四年之约：上门全面检查', en: 'The visit of four years: a full inspection at home' },
  },
};

/** @returns undefined before anything was subscribed */
export function careOf(facts: CareFacts, today: string): Care | undefined {
  const at = stepOf(facts, today);
  if (!at) return undefined;
  const { step, since } = at;
  const { firstAfter, every, what } = careRhythms[step];
  // a contact is not over because its day went by: only because somebody made it
  const made = facts.contacted[step];
  const last = made !== undefined && made >= since ? made : null;
  let on = addDays(since, firstAfter);
  if (every === null && last !== null) on = addYears(since, visitYears);
  else if (every !== null) while (last !== null && on <= last) on = addDays(on, every);
  return { step, since, next: { on, what } };
}

function stepOf(
  { reached, handOverPlannedOn, handedOverOn, warrantyUntil, contacted }: CareFacts,
  today: string,
): { readonly step: CareStep; readonly since: string } | undefined {
  if (handedOverOn !== null && handedOverOn <= today) {
    const visit = visitAround(handedOverOn, today, contacted['four-years']);
    if (visit !== undefined) return { step: 'four-years', since: visit };
    if (warrantyUntil !== null && warrantyUntil < today) {
      return { step: 'together', since: addDays(warrantyUntil, 1) };
    }
    const settled = addYears(handedOverOn, 1);
    if (today >= settled) return { step: 'responsibility', since: settled };
    const movedIn = addDays(handedOverOn, 30);
    return today >= movedIn
      ? { step: 'greetings', since: movedIn }
      : { step: 'moving-in', since: handedOverOn };
  }
  if (handOverPlannedOn !== null && addDays(handOverPlannedOn, -30) <= today) {
    return { step: 'moving-in', since: addDays(handOverPlannedOn, -30) };
  }
  const { subscription, signing } = reached;
  if (signing !== undefined && signing <= today) {
    const building = addDays(signing, 30);
    return today >= building
      ? { step: 'building-visits', since: building }
      : { step: 'signing', since: signing };
  }
  return subscription === undefined ? undefined : { step: 'first-meeting', since: subscription };
}

/** @returns the day of the visit of four, eight … years when today is near it, or it was not made yet */
function visitAround(handedOverOn: string, today: string, made: string | undefined): string | undefined {
  const years = Number(today.slice(0, 4)) - Number(handedOverOn.slice(0, 4));
  for (const count of [years + 1, years, years - 1]) {
    if (count <= 0 || count % visitYears !== 0) continue;
    const visit = addYears(handedOverOn, count);
    const isMade = made !== undefined && made >= visit;
    const until = addDays(visit, isMade ? visitDays : visitOverdueDays);
    if (addDays(visit, -visitDays) <= today && today <= until) return visit;
  }
  return undefined;
}

export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** 29 February becomes 1 March where there is none. */
export function addYears(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  at.setUTCFullYear(at.getUTCFullYear() + count);
  return at.toISOString().slice(0, 10);
}
