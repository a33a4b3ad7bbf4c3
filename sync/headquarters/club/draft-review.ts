// What a version of the rules would do: to what is booked since it is to hold, and to members' levels. Changes nothing.
import type { LevelRow } from '../../contract/members.ts';
import { accountOf, addMonths, levelOf, standingAt } from '../../contract/points.ts';
import type { DraftEffectItem } from '../api/points-api.ts';
import { maskName } from '../mask.ts';
import type { Store, Tx } from '../store/store.ts';
import { type LedgerEntry, newValueOf, reversalOf } from './bookings.ts';
import type { Ledger } from './ledger.ts';
import { type RulesVersion, rulesRowOf } from './rules-in-force.ts';

export interface Draft {
  readonly version: number;
  readonly rules: RulesVersion;
  /** null = from its publication */
  readonly holdsFrom: string | null;
  readonly at: string;
}
export interface Corrections {
  readonly entries: readonly LedgerEntry[];
  readonly members: readonly string[];
  /** ids of members whose balance they would push below 0 */
  readonly negative: readonly string[];
}
interface Reviewed {
  readonly id: string;
  readonly booked: readonly LedgerEntry[];
  readonly corrections: readonly LedgerEntry[];
  /** by how much the balance falls below 0; null = it does not, or not by this */
  readonly negative: number | null;
}

const membersAtOnce = 2_000;
const shownNegative = 200;

export class DraftReview {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #draft: Draft;
  readonly #now: Date;

  constructor(parts: { readonly store: Store; readonly ledger: Ledger }, draft: Draft, now: Date) {
    this.#store = parts.store;
    this.#ledger = parts.ledger;
    this.#draft = draft;
    this.#now = now;
  }

  /** Entries stay as they were booked; what a version that holds from earlier values otherwise is reversed and booked anew. */
  async corrections(tx: Tx, by: string): Promise<Corrections> {
    const found = { entries: [] as LedgerEntry[], members: [] as string[], negative: [] as string[] };
    if (!this.#isFromEarlier) return found;
    for await (const ids of this.#touched(tx)) {
      // whoever spends right now is waited for
      const lock = tx.selectFrom('member').select('id').where(this.#store.among('id', ids)).orderBy('id');
      await this.#store.locked(lock).execute();
      for (const { id, corrections, negative } of await this.#review(tx, ids, by)) {
        if (corrections.length === 0) continue;
        found.entries.push(...corrections);
        found.members.push(id);
        if (negative !== null) found.negative.push(id);
      }
    }
    return found;
  }

  /** @param inForce what holds without the draft */
  async effect(tx: Tx, inForce: RulesVersion): Promise<DraftEffectItem> {
    const { version, at, rules } = this.#draft;
    const counts = { corrected: 0, members: 0, points: 0, rising: 0, falling: 0 };
    const negative: { id: string; balance: number }[] = [];
    const before = countsOf(inForce.levels);
    const after = countsOf(rules.levels);
    const place = (earned: number, levels: readonly LevelRow[], into: Map<string, number>): number => {
      const level = levelOf(levels, earned);
      if (level) into.set(level.code, (into.get(level.code) ?? 0) + 1);
      return level?.from ?? 0;
    };
    for await (const ids of this.#all(tx)) {
      for (const { id, booked, corrections, negative: balance } of await this.#review(tx, ids, '')) {
        const now = standingAt(accountOf(booked), inForce.levelMonths, this.#now);
        const then = standingAt(accountOf([...booked, ...corrections]), rules.levelMonths, this.#now);
        const change = place(then.earned, rules.levels, after) - place(now.earned, inForce.levels, before);
        counts.rising += Number(change > 0);
        counts.falling += Number(change < 0);
        counts.corrected += corrections.filter(({ reverses }) => reverses !== null).length;
        counts.members += Number(corrections.length > 0);
        counts.points += corrections.reduce((sum, { points }) => sum + points, 0);
        if (balance !== null) negative.push({ id, balance });
      }
    }
    const codes = [...new Set([...before.keys(), ...after.keys()])];
    return {
      version,
      at,
      ...counts,
      levels: codes.map((code) => ({ code, before: before.get(code) ?? 0, after: after.get(code) ?? 0 })),
      negativeCount: negative.length,
      negative: await this.#named(tx, negative.slice(0, shownNegative)),
    };
  }

  get #isFromEarlier(): boolean {
    const { holdsFrom } = this.#draft;
    return holdsFrom !== null && Date.parse(holdsFrom) < this.#now.getTime();
  }

  async #review(tx: Tx, ids: readonly string[], by: string): Promise<Reviewed[]> {
    const byMember = new Map<string, LedgerEntry[]>(ids.map((id) => [id, []]));
    for (const entry of await this.#ledger.entries(tx, ids)) byMember.get(entry.member)?.push(entry);
    return [...byMember].map(([id, booked]) => {
      const corrections = this.#isFromEarlier ? correctionsOf(booked, this.#draft, this.#now, by) : [];
      if (corrections.length === 0) return { id, booked, corrections, negative: null };
      const balanceOf = (all: readonly LedgerEntry[]) => standingAt(accountOf(all), 1, this.#now).balance;
      const balance = balanceOf([...booked, ...corrections]);
      return { id, booked, corrections, negative: balance < Math.min(0, balanceOf(booked)) ? balance : null };
    });
  }

  async *#touched(tx: Tx): AsyncGenerator<string[]> {
    const from = this.#draft.holdsFrom ?? '';
    yield* pages((last) =>
      tx
        .selectFrom('ledger')
        .select('member as id')
        .distinct()
        .where('at', '>=', from)
        .where('item', 'is not', null)
        .where('member', '>', last)
        .orderBy('member')
        .limit(membersAtOnce)
        .execute(),
    );
  }

  async *#all(tx: Tx): AsyncGenerator<string[]> {
    yield* pages((last) =>
      tx
        .selectFrom('member')
        .select('id')
        .where('merged_into', 'is', null)
        .where('name', '<>', '')
        .where('id', '>', last)
        .orderBy('id')
        .limit(membersAtOnce)
        .execute(),
    );
  }

  async #named(tx: Tx, members: readonly { readonly id: string; readonly balance: number }[]) {
    const ids = members.map(({ id }) => id);
    const rows = await tx
      .selectFrom('member')
      .select(['id', 'name'])
      .where(this.#store.among('id', ids))
      .execute();
    const names = new Map(rows.map(({ id, name }) => [id, maskName(name)]));
    return members.map((each) => ({ ...each, name: names.get(each.id) ?? '' }));
  }
}

async function* pages(
  read: (last: string) => Promise<readonly { readonly id: string }[]>,
): AsyncGenerator<string[]> {
  let last = '';
  for (;;) {
    const ids = (await read(last)).map(({ id }) => id);
    if (ids.length === 0) return;
    yield ids;
    last = ids.at(-1) ?? last;
  }
}

function countsOf(levels: readonly LevelRow[]): Map<string, number> {
  return new Map(levels.map(({ code }) => [code, 0]));
}

/** Of one member: a reversal and a new entry for each that the version values otherwise. */
function correctionsOf(booked: readonly LedgerEntry[], draft: Draft, now: Date, by: string): LedgerEntry[] {
  const rules = rulesRowOf(draft.version, draft.rules);
  const fromMs = Date.parse(draft.holdsFrom ?? '');
  return booked.flatMap((entry) => {
    const points = Date.parse(entry.at) >= fromMs ? newValueOf(entry, rules) : undefined;
    if (points === undefined || points === entry.points) return [];
    const reason = { zh: `规则第 ${draft.version} 版更正`, en: `Corrected by rules ${draft.version}` };
    const reversal = reversalOf(entry, booked, { at: now.toISOString(), reason, by });
    if (!reversal) return [];
    const key = `${entry.businessKey}@${draft.version}`;
    const until = addMonths(entry.at, rules.lotMonths).toISOString();
    const anew = { ...entry, id: key, businessKey: key, points, until, by };
    return points === 0 ? [reversal] : [reversal, anew];
  });
}
