// One random life of two members' points: headquarters' ledger, a terminal that was told of it some time ago, and a plain
// model that moves single points; all three must agree whenever they are asked.
import type { MemberId, Words } from '../../../sync/contract/ids.ts';
import type { RulesRow } from '../../../sync/contract/members.ts';
import {
  accountOf,
  addMonths,
  defaultRules,
  expiringLots,
  fadingPoints,
  type KnownPoints,
  levelOf,
  pointsFor,
  standingAt,
  standingOf,
} from '../../../sync/contract/points.ts';
import {
  expiriesDue,
  type LedgerEntry,
  movesOf,
  reversalOf,
} from '../../../sync/headquarters/club/bookings.ts';
import { PlainPoints } from './plain-points.ts';

/** A design that is bad in one way; each must be found out. */
export interface PointsFlaws {
  /** expired earnings drop out, and what was spent of them stays: the balance collapses */
  readonly forgetsSpending?: boolean;
  /** what is told twice is booked twice */
  readonly booksRetries?: boolean;
  /** the terminal goes by the balance that it was told, whatever has expired since */
  readonly trustsOldBalance?: boolean;
}

export interface HistoryResult {
  readonly steps: number;
  /** what did not agree first, in words; undefined = all did */
  readonly wrong: string | undefined;
}

const dayMs = 86_400_000;
const reason: Words = { zh: '', en: '' };
const items = ['check-in', 'visit', 'referral', 'purchase'] as const;
const levels = [0, 200, 1_000, 5_000].map((from) => ({ from }));
const [first, second] = ['m1', 'm2'] as [MemberId, MemberId];

export function livePoints(random: () => number, flaws: PointsFlaws = {}): HistoryResult {
  const life = new Life(random, flaws);
  const steps = 4 + Math.floor(random() * 14);
  for (let step = 1; step <= steps; step += 1) {
    life.step();
    if (step < steps && random() < 0.6) continue;
    const wrong = life.disagreement();
    if (wrong !== undefined) return { steps: step, wrong };
  }
  return { steps, wrong: undefined };
}

class Life {
  readonly #random: () => number;
  readonly #flaws: PointsFlaws;
  readonly #plain = new PlainPoints();
  #ledger: LedgerEntry[] = [];
  readonly #own = new Map<MemberId, LedgerEntry[]>([
    [first, []],
    [second, []],
  ]);
  #keys = new Set<string>();
  #rules: RulesRow = defaultRules;
  #nowMs = Date.parse('2020-02-29T12:00:00.000Z');
  #isMerged = false;
  #told: { readonly known: KnownPoints; readonly from: number } | undefined;
  #count = 0;

  constructor(random: () => number, flaws: PointsFlaws) {
    this.#random = random;
    this.#flaws = flaws;
  }

  step(): void {
    this.#nowMs += Math.floor(this.#random() ** 3 * 400 * dayMs);
    const dice = this.#random();
    if (dice < 0.4) this.#award();
    else if (dice < 0.58) this.#redeem();
    else if (dice < 0.74) this.#reverse();
    else if (dice < 0.8) this.#merge();
    else if (dice < 0.88) this.#changeRules();
    else if (dice < 0.94) this.#tellTerminal();
    // the duty runs when it runs
    if (this.#random() < 0.5) this.#settle();
  }

  /** What does not agree now. */
  disagreement(): string | undefined {
    const now = new Date(this.#nowMs);
    for (const member of [first, second]) {
      const own = this.#ofMember(member);
      const ours = this.#standing(own, now);
      const plain = this.#plain.standing(member, this.#rules.levelMonths, this.#nowMs);
      if (ours.balance !== plain.balance) return `balance ${ours.balance}, single points ${plain.balance}`;
      if (ours.earned !== plain.earned) return `earned ${ours.earned}, single points ${plain.earned}`;
      if (ours.balance < 0 && !this.#plain.isOwing(member))
        return `balance ${ours.balance} and nothing was taken back`;
      const due = expiriesDue(own, now);
      const settled = due.length === 0 ? own : [...own, ...due];
      const lines = settled.reduce((sum, { points }) => sum + points, 0);
      if (lines !== ours.balance) return `lines add up to ${lines}, balance ${ours.balance}`;
      if (due.length > 0 && expiriesDue(settled, now).length > 0)
        return 'an expiry is booked again and again';
    }
    return this.#terminalDisagreement(now);
  }

  /** Of the first member, offline since it was told: the same balance and level, with what it recorded itself. */
  #terminalDisagreement(now: Date): string | undefined {
    if (!this.#told) return undefined;
    const { known, from } = this.#told;
    const later = this.#ledger.slice(from).filter(({ expires }) => expires === null);
    // other people's doings reach it with the next news only
    if (later.some(({ member, item }) => member === first && item !== 'check-in')) return undefined;
    const pending = later.filter(({ member }) => member === first);
    // what it recorded itself waits for weeks, not until it expires there
    if (pending.some(({ at }) => this.#nowMs - Date.parse(at) > 150 * dayMs)) return undefined;
    const there = this.#flaws.trustsOldBalance ? known : standingOf(known, pending, now);
    const here = this.#standing(this.#ofMember(first), now);
    const isSame =
      there.balance === here.balance &&
      there.earned === here.earned &&
      levelOf(levels, there.earned) === levelOf(levels, here.earned);
    return isSame
      ? undefined
      : `terminal ${there.balance}/${there.earned}, here ${here.balance}/${here.earned}`;
  }

  #standing(own: readonly LedgerEntry[], now: Date) {
    if (!this.#flaws.forgetsSpending) return standingAt(accountOf(own), this.#rules.levelMonths, now);
    const alive = own.filter(
      ({ until, expires }) => expires === null && (until === null || new Date(until) > now),
    );
    return {
      balance: alive.reduce((sum, { points }) => sum + points, 0),
      earned: standingAt(accountOf(own), this.#rules.levelMonths, now).earned,
    };
  }

  #award(): void {
    const item = items[Math.floor(this.#random() * items.length)] ?? 'visit';
    const amount = item === 'purchase' ? Math.floor(this.#random() * 3_000) * 100_000 : null;
    // some are told late, by a terminal that was offline
    const lateMs = this.#random() < 0.3 ? Math.floor(this.#random() * 60 * dayMs) : 0;
    const isPending = item === 'check-in';
    const member = this.#isMerged || this.#random() < 0.7 ? first : second;
    const atMs = this.#nowMs - (isPending && this.#told ? 0 : lateMs);
    const points = pointsFor(this.#rules, item, amount ?? 0);
    if (points === 0) return;
    const id = `e${this.#count++}`;
    const at = new Date(atMs).toISOString();
    const until = addMonths(at, this.#rules.lotMonths).toISOString();
    const entry = { id, at, points, member, item, amount, until, businessKey: `${item}/${id}/${member}` };
    // a lost ack: the same again
    const times = this.#random() < 0.3 ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.#book({ ...blank, ...entry }, time);
    this.#plain.earn(member, id, points, atMs, Date.parse(until));
  }

  #redeem(): void {
    const member = this.#isMerged || this.#random() < 0.8 ? first : second;
    const own = this.#ofMember(member);
    const { balance } = standingAt(accountOf(own), this.#rules.levelMonths, new Date(this.#nowMs));
    if (balance <= 0) return;
    this.#settle();
    const points = 1 + Math.floor(this.#random() * balance);
    const id = `e${this.#count++}`;
    const at = new Date(this.#nowMs).toISOString();
    this.#book({ ...blank, id, at, points: -points, member, item: 'redemption', businessKey: id });
    this.#plain.spend(member, id, points, this.#nowMs);
  }

  #reverse(): void {
    const entry = this.#ledger[Math.floor(this.#random() * this.#ledger.length)];
    if (!entry) return;
    const at = new Date(this.#nowMs).toISOString();
    const reversal = reversalOf(entry, this.#ofMember(entry.member), { at, reason, by: null });
    if (!reversal) return;
    this.#book({ ...reversal, item: 'reversal' });
    this.#settle();
    this.#plain.takeBack(entry.member, entry.id);
  }

  /** Told twice, as it may be. */
  #merge(): void {
    const at = new Date(this.#nowMs).toISOString();
    for (let time = 0; time < 2; time += 1) {
      const { away, over } = movesOf(this.#ofMember(second), first, { at, reason, by: null });
      for (const entry of [...away, ...over]) this.#book(entry);
      this.#settle();
    }
    this.#isMerged = true;
    this.#plain.move(second, first);
  }

  #changeRules(): void {
    const pick = (...some: readonly number[]): number => some[Math.floor(this.#random() * some.length)] ?? 24;
    const version = this.#rules.version + 1;
    const changed = this.#rules.items.map((item) => ({ ...item, points: pick(1, 5, 10, 20, 50, 500) }));
    this.#rules = { ...this.#rules, version, items: changed, lotMonths: pick(6, 12, 24, 36) };
    // what levels count is told to terminals with the rules: news for them
    if (this.#random() < 0.3) {
      this.#rules = { ...this.#rules, levelMonths: pick(12, 24) };
      this.#told = undefined;
    }
  }

  #tellTerminal(): void {
    const now = new Date(this.#nowMs);
    const account = accountOf(this.#ofMember(first));
    const { levelMonths } = this.#rules;
    const known = {
      ...standingAt(account, levelMonths, now),
      lots: expiringLots(account, now).map(({ points, at }) => ({ points, expiresAt: at })),
      fading: fadingPoints(account, levelMonths, now),
    };
    this.#told = { known, from: this.#ledger.length };
  }

  #settle(): void {
    const now = new Date(this.#nowMs);
    for (const member of [first, second]) {
      for (const entry of expiriesDue(this.#ofMember(member), now)) this.#book(entry);
    }
  }

  /** As the table does: a business event once. */
  #book(entry: LedgerEntry, time = 0): void {
    const isRetry = this.#keys.has(entry.businessKey);
    if (isRetry && !this.#flaws.booksRetries) return;
    this.#keys.add(entry.businessKey);
    const booked = isRetry ? { ...entry, id: `${entry.id}+${time}` } : entry;
    this.#ledger.push(booked);
    this.#own.get(booked.member)?.push(booked);
  }

  #ofMember(member: MemberId): readonly LedgerEntry[] {
    return this.#own.get(member) ?? [];
  }
}

const blank = {
  reverses: null,
  expires: null,
  until: null,
  amount: null,
  fact: null,
  by: null,
  reason,
};
