// The meaning of points, said once more without lots or entries that cancel: every change replays the whole life, and
// each piece of an earning knows what became of it.

interface Earned {
  readonly kind: 'earned';
  readonly id: string;
  readonly points: number;
  readonly atMs: number;
  readonly untilMs: number;
}
interface Spent {
  readonly kind: 'spent';
  readonly id: string;
  readonly points: number;
  readonly atMs: number;
}
type Deed = Earned | Spent;

export class PlainPoints {
  #deeds = new Map<string, Map<string, Deed>>();
  #owing = new Set<string>();

  earn(member: string, id: string, points: number, atMs: number, untilMs: number): void {
    this.#of(member).set(id, { kind: 'earned', id, points, atMs, untilMs });
  }

  spend(member: string, id: string, points: number, atMs: number): void {
    this.#of(member).set(id, { kind: 'spent', id, points, atMs });
  }

  /** As if it had never been. */
  takeBack(member: string, id: string): void {
    this.#of(member).delete(id);
    this.#owing.add(member);
  }

  move(from: string, to: string): void {
    for (const [id, deed] of this.#of(from)) this.#of(to).set(`moved/${id}`, { ...deed, id: `moved/${id}` });
    this.#of(from).clear();
    if (this.#owing.has(from)) this.#owing.add(to);
  }

  /** Was something taken back that may have been spent? */
  isOwing(member: string): boolean {
    return this.#owing.has(member);
  }

  standing(member: string, levelMonths: number, nowMs: number): { balance: number; earned: number } {
    const deeds = [...this.#of(member).values()].sort(
      (a, b) => a.atMs - b.atMs || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1),
    );
    const byEnd = deeds.filter((deed) => deed.kind === 'earned').sort((a, b) => a.untilMs - b.untilMs);
    const purse = new Map<string, number>();
    let owed = 0;
    let earned = 0;
    for (const deed of deeds) {
      if (deed.kind === 'earned') {
        purse.set(deed.id, deed.points);
        if (!isMonthsAgo(deed.atMs, levelMonths, nowMs)) earned += deed.points;
      }
      owed += deed.kind === 'spent' ? deed.points : 0;
      // whatever is owed is paid by what is still good and ends first
      for (const old of byEnd) {
        const there = purse.get(old.id) ?? 0;
        if (there === 0 || old.untilMs <= deed.atMs) continue;
        const paid = Math.min(owed, there);
        purse.set(old.id, there - paid);
        owed -= paid;
      }
    }
    let balance = -owed;
    for (const deed of deeds) {
      if (deed.kind === 'earned' && deed.untilMs > nowMs) balance += purse.get(deed.id) ?? 0;
    }
    return { balance, earned };
  }

  #of(member: string): Map<string, Deed> {
    let own = this.#deeds.get(member);
    if (!own) {
      own = new Map();
      this.#deeds.set(member, own);
    }
    return own;
  }
}

/** By the calendar, without reckoning in days: the same day and hour so many months on, or the month's last. */
function isMonthsAgo(atMs: number, months: number, nowMs: number): boolean {
  const at = new Date(atMs);
  const month = at.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), lastDay);
  const hours = atMs - Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return Date.UTC(at.getUTCFullYear(), month, day) + hours <= nowMs;
}
