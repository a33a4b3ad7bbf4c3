// How points become a balance, a level and a discount: pure, so that terminal and headquarters cannot disagree.
import type { LevelRow, MemberRow, RulesRow } from './members.ts';

/** What the account is worked out from; the rest of an entry is for people. */
export interface PointsEntry {
  readonly id: string;
  readonly at: string;
  /** above 0: earned; below 0: spent */
  readonly points: number;
  /** the entry that it takes back: neither counts then */
  readonly reverses: string | null;
  /** of points earned: when what is left of them expires; null = never */
  readonly until: string | null;
  /** the entry whose rest it wrote off: written down so that the lines add up, and of no account itself */
  readonly expires: string | null;
}

/** Points that were earned together. */
export interface Lot {
  readonly id: string;
  readonly atMs: number;
  readonly points: number;
  /** not spent; gone when the lot has expired */
  readonly left: number;
  readonly untilMs: number;
}

/** The same whatever the time is, and in whatever order its entries arrived. */
export interface Account {
  /** oldest first, spent and expired ones too */
  readonly lots: readonly Lot[];
  /** spent, and not there: an earning was taken back after its points had gone */
  readonly debt: number;
}

export interface Standing {
  readonly balance: number;
  /** what levels count: earned in the last `levelMonths`, and not taken back */
  readonly earned: number;
}

/** Points that go, or stop counting, at an instant. */
export interface Due {
  readonly points: number;
  readonly at: string;
}

/** Of a member as terminals know them: months of offline time are in it. */
export type KnownPoints = Pick<MemberRow, 'balance' | 'earned' | 'lots' | 'fading'>;

/** Of a member's lots, and of what stops counting for the level, that travel to terminals at most: the soonest. */
export const publishedDues = 100;

export const defaultRules: RulesRow = {
  kind: 'rules',
  version: 1,
  items: [
    { code: 'check-in', name: { zh: '活动签到', en: 'Check-in' }, points: 20, perFen: null },
    { code: 'event-attended', name: { zh: '参加活动', en: 'Event attended' }, points: 5, perFen: null },
    { code: 'visit', name: { zh: '看房积分', en: 'Site visit' }, points: 10, perFen: null },
    { code: 'referral', name: { zh: '推荐认购', en: 'Referral that subscribed' }, points: 500, perFen: null },
    { code: 'purchase', name: { zh: '购房积分', en: 'Purchase' }, points: 1, perFen: 100_000 },
  ],
  lotMonths: 24,
  levelMonths: 24,
};

export const defaultLevels: readonly LevelRow[] = [
  level('basic', '普卡', 'Basic', 0),
  level('silver', '银卡', 'Silver', 200),
  level('gold', '金卡', 'Gold', 1_000),
  level('diamond', '钻石卡', 'Diamond', 5_000),
];

function level(code: string, zh: string, en: string, from: number): LevelRow {
  return { kind: 'level', code, name: { zh, en }, from, benefit: { zh: '', en: '' } };
}

/**
 * Spends what expires first: the oldest, as long as all lots live equally long; and never what had expired by then. So
 * what one or two members could spend apart, they could spend together, in whatever order it is told. What is missing is
 * owed by the next earning.
 */
export function accountOf(entries: readonly PointsEntry[]): Account {
  const lots: OpenLot[] = [];
  /** those that are not spent, by their end */
  const open: OpenLot[] = [];
  let debt = 0;
  for (const { entry, atMs } of inForce(entries)) {
    if (entry.points > 0) {
      const paid = Math.min(debt, entry.points);
      debt -= paid;
      const untilMs = entry.until === null ? Number.POSITIVE_INFINITY : Date.parse(entry.until);
      const lot = { id: entry.id, atMs, points: entry.points, left: entry.points - paid, untilMs };
      lots.push(lot);
      open.splice(open.findLastIndex((other) => other.untilMs <= untilMs) + 1, 0, lot);
      continue;
    }
    let missing = -entry.points;
    while (missing > 0) {
      const [lot] = open;
      if (!lot) break;
      const taken = lot.untilMs <= atMs ? 0 : Math.min(lot.left, missing);
      lot.left -= taken;
      missing -= taken;
      if (lot.left === 0 || taken === 0) open.shift();
    }
    debt += missing;
  }
  return { lots, debt };
}

interface OpenLot extends Lot {
  left: number;
}

/** In the order of time, earnings first within an instant; without what was taken back and what took it back. */
function inForce(entries: readonly PointsEntry[]): { readonly entry: PointsEntry; readonly atMs: number }[] {
  const reversed = new Set<string>();
  for (const { reverses } of entries) if (reverses !== null) reversed.add(reverses);
  const counted: { readonly entry: PointsEntry; readonly atMs: number }[] = [];
  for (const entry of entries) {
    if (entry.reverses !== null || entry.expires !== null || reversed.has(entry.id)) continue;
    counted.push({ entry, atMs: Date.parse(entry.at) });
  }
  return counted.sort(
    (a, b) =>
      a.atMs - b.atMs ||
      Number(a.entry.points < 0) - Number(b.entry.points < 0) ||
      (a.entry.id < b.entry.id ? -1 : 1),
  );
}

/** An hour in the month that is not there becomes that of its last day: 31 January and a month is 28 February. */
export function addMonths(at: string | number, months: number): Date {
  const from = new Date(at);
  const to = new Date(from);
  to.setUTCMonth(from.getUTCMonth() + months);
  // day 0 is the last one of the month before
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}

export function standingAt({ lots, debt }: Account, levelMonths: number, now: Date): Standing {
  const nowMs = now.getTime();
  let balance = 0;
  let earned = 0;
  for (const { atMs, points, left, untilMs } of lots) {
    if (untilMs > nowMs) balance += left;
    if (isWithinMonths(atMs, levelMonths, nowMs)) earned += points;
  }
  return { balance: balance - debt, earned };
}

const dayMs = 86_400_000;

/** Is `nowMs` before the instant so many months after? The calendar is asked only where lengths of months matter. */
function isWithinMonths(atMs: number, months: number, nowMs: number): boolean {
  const days = (nowMs - atMs) / dayMs;
  if (days < months * 28) return true;
  return days <= months * 31 && addMonths(atMs, months).getTime() > nowMs;
}

/** What of the balance expires when, soonest first; what never does is left out. */
export function expiringLots({ lots }: Account, now: Date): Due[] {
  return soonest(
    lots
      .filter(({ left, untilMs }) => left > 0 && untilMs > now.getTime() && Number.isFinite(untilMs))
      .map(({ left, untilMs }) => ({ points: left, at: untilMs })),
  );
}

/** What of `earned` stops counting when, soonest first. */
export function fadingPoints({ lots }: Account, levelMonths: number, now: Date): Due[] {
  return soonest(
    lots
      .map(({ atMs, points }) => ({ points, at: addMonths(atMs, levelMonths).getTime() }))
      .filter(({ at }) => at > now.getTime()),
  );
}

function soonest(dues: readonly { readonly points: number; readonly at: number }[]): Due[] {
  return dues
    .toSorted((a, b) => a.at - b.at)
    .slice(0, publishedDues)
    .map(({ points, at }) => ({ points, at: new Date(at).toISOString() }));
}

/**
 * Where a member stands now by what was told some time ago, without a word from headquarters since.
 * @param pending what this terminal recorded since
 */
export function standingOf(
  { balance, earned, lots = [], fading = [] }: KnownPoints,
  pending: readonly { readonly points: number }[],
  now: Date,
): Standing {
  const isPast = (at: string): boolean => Date.parse(at) <= now.getTime();
  const standing = { balance, earned };
  for (const { points, expiresAt } of lots) if (isPast(expiresAt)) standing.balance -= points;
  for (const { points, at } of fading) if (isPast(at)) standing.earned -= points;
  for (const { points } of pending) {
    standing.balance += points;
    standing.earned += Math.max(0, points);
  }
  return standing;
}

/** @param levels ascending */
export function levelOf<Level extends Pick<LevelRow, 'from'>>(
  levels: readonly Level[],
  earned: number,
): Level | undefined {
  return levels.findLast(({ from }) => from <= earned);
}

/** Off a price, in whole fen: never a fen more than the share. */
export function discountOn(level: Pick<LevelRow, 'discount'> | undefined, priceFen: number): number {
  return Math.floor((priceFen * (level?.discount ?? 0)) / 10_000);
}

/** What an item earns; @param amountFen of a purchase */
export function pointsFor(rules: RulesRow | undefined, code: string, amountFen = 0): number {
  const item = rules?.items.find((each) => each.code === code);
  if (!item) return 0;
  return item.perFen === null ? item.points : Math.floor(amountFen / item.perFen) * item.points;
}

/** The club's calendar: China has one zone and no summer time. @returns `2026-11-21` */
export function clubDay(at: string | Date): string {
  const chinaMs = 8 * 3_600_000;
  return new Date(new Date(at).getTime() + chinaMs).toISOString().slice(0, 10);
}

/** One site visit a day and project, wherever and how often the card was swiped. */
export function visitKey(project: string, at: string | Date, member: string): string {
  return `visit/${project}/${clubDay(at)}/${member}`;
}
