// The points ledger: append-only, each business event booked once, corrected by reversal and never by edit.
import type { FactId, MemberId, Words } from '../../contract/ids.ts';
import type { LedgerLine } from '../../contract/members.ts';
import { type Account, accountOf, addMonths, type Standing, standingAt } from '../../contract/points.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type Because, expiriesDue, type LedgerEntry, movesOf, reversalOf } from './bookings.ts';
import { entryColumns, type LedgerQueries, prepareLedger } from './ledger-queries.ts';
import { RuleBook } from './rules-in-force.ts';

export interface Entry {
  readonly id: string;
  /** what makes it the same booking, whoever tells of it: `check-in/{session}/{member}` */
  readonly businessKey: string;
  readonly member: MemberId;
  readonly at: string;
  readonly points: number;
  readonly reason: Words;
  readonly fact: FactId | null;
  /** as in `LedgerEntry` */
  readonly item?: string | null;
  readonly amount?: number | null;
  readonly by?: string | null;
}

/** A line as headquarters shows it. */
export type FullLine = LedgerLine & {
  readonly member: string;
  readonly fact: string | null;
  readonly item: string | null;
  readonly reverses: string | null;
  readonly expires: string | null;
  readonly until: string | null;
  readonly by: string | null;
};

export interface Told {
  readonly account: Account;
  readonly lines: LedgerLine[];
}

const dayMs = 86_400_000;

export class Ledger {
  readonly #store: Store;
  readonly #queries: LedgerQueries;
  readonly rules: RuleBook;

  constructor(store: Store) {
    this.#store = store;
    this.rules = new RuleBook(store);
    this.#queries = prepareLedger(store);
  }

  /**
   * What is earned becomes a lot that expires by the rules of its time.
   * @returns ids of the entries whose business event was not booked before
   */
  async book(tx: Tx, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    if (entries.length === 0) return new Set();
    const rules = await this.rules.read(tx);
    return await this.#insert(
      tx,
      entries.map(({ item = null, amount = null, by = null, ...entry }) => ({
        ...entry,
        item,
        amount,
        by,
        reverses: null,
        expires: null,
        until: entry.points > 0 ? addMonths(entry.at, rules.at(entry.at).lotMonths).toISOString() : null,
      })),
    );
  }

  /**
   * Takes an entry back by a second one with the opposite points: a lot goes with its earning, what was spent returns
   * to the lots that it came from, and what expired of either is put right.
   * @returns false when there is no such entry, it was reversed before, is itself a reversal, or an expiry
   */
  async reverse(
    tx: Tx,
    id: string,
    by: { readonly id: string; readonly at: string; readonly reason: Words; readonly by?: string | null },
  ): Promise<boolean> {
    const old = await tx.selectFrom('ledger').select('member').where('id', '=', id).executeTakeFirst();
    if (!old) return false;
    await this.lockMember(tx, old.member);
    const entries = await this.entries(tx, [old.member]);
    const entry = entries.find((each) => each.id === id);
    const reversal = entry && reversalOf(entry, entries, { by: null, ...by });
    if (!reversal || (await this.#insert(tx, [reversal])).size === 0) return false;
    await this.settle(tx, [old.member], new Date(by.at));
    return true;
  }

  /**
   * A reversal was a mistake: what it took back is booked again, with its old time and end.
   * @returns false when there is no such reversal, or it was undone before
   */
  async undoReversal(tx: Tx, id: string, because: Because): Promise<boolean> {
    const reversal = await this.find(tx, id);
    if (!reversal?.reverses) return false;
    await this.lockMember(tx, reversal.member);
    const first = (await this.entries(tx, [reversal.member])).find((each) => each.id === reversal.reverses);
    if (!first) return false;
    const key = `again/${id}`;
    const again = { ...first, id: key, businessKey: key, reason: because.reason, by: because.by };
    if ((await this.#insert(tx, [again])).size === 0) return false;
    await this.settle(tx, [reversal.member], new Date(because.at));
    return true;
  }

  /**
   * Two members turned out to be one person: all points of the first become the second's, once, however often and in
   * whatever order this is told.
   */
  async merge(tx: Tx, from: MemberId, to: MemberId, because: Because): Promise<void> {
    for (const member of [from, to].sort()) await this.lockMember(tx, member);
    const { away, over } = movesOf(await this.entries(tx, [from]), to, because);
    await this.#insert(tx, away);
    await this.#insert(tx, over);
    await this.settle(tx, [from, to], new Date(because.at));
  }

  /** Books what was worked out elsewhere: reversals, and what stands in their place. */
  async correct(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
    await this.#insert(tx, entries);
  }

  /** Writes down what has expired by now, so that the lines add up to the balance. */
  async settle(tx: Tx, members: readonly string[], now: Date): Promise<void> {
    const byMember = grouped(await this.entries(tx, members));
    await this.#insert(
      tx,
      [...byMember.values()].flatMap((entries) => expiriesDue(entries, now)),
    );
  }

  /** Entries that are made for one member one after the other: two at once would both find the points. */
  async lockMember(tx: Tx, member: string): Promise<void> {
    await this.#store.locked(tx.selectFrom('member').select('id').where('id', '=', member)).execute();
  }

  async find(db: Reader, id: string): Promise<LedgerEntry | undefined> {
    const rows = await db.selectFrom('ledger').select(entryColumns).where('id', '=', id).execute();
    return entriesOf(rows)[0];
  }

  /** In the order in which they were booked. */
  async entries(db: Reader, members: readonly string[]): Promise<LedgerEntry[]> {
    return entriesOf(await this.#queries.entries(db, { members }));
  }

  /** @returns one account for each member who has entries */
  async accounts(db: Reader, members: readonly string[]): Promise<ReadonlyMap<string, Account>> {
    const byMember = grouped(await this.#queries.points(db, { members }));
    return new Map([...byMember].map(([member, entries]) => [member, accountOf(entries)]));
  }

  /** @returns one standing for each member who has entries */
  async standings(
    db: Reader,
    members: readonly MemberId[],
    now: Date,
  ): Promise<ReadonlyMap<string, Standing>> {
    const { levelMonths } = (await this.rules.read(db)).at(now);
    const accounts = await this.accounts(db, members);
    return new Map([...accounts].map(([member, account]) => [member, standingAt(account, levelMonths, now)]));
  }

  /** Of each member who has entries: the account, and at most `limit` lines, newest first. */
  async told(db: Reader, members: readonly string[], limit: number): Promise<ReadonlyMap<string, Told>> {
    const byMember = grouped(await this.#queries.told(db, { members }));
    const wordsOf = wordsReader();
    return new Map(
      [...byMember].map(([member, entries]) => {
        const lines = entries
          .slice(-limit)
          .reverse()
          .map(({ id, at, points, reason }) => ({ id, at, points, reason: wordsOf(reason) }));
        return [member, { account: accountOf(entries), lines }];
      }),
    );
  }

  /** @returns newest first, of each member at most `limit` */
  async lines(db: Reader, members: readonly MemberId[], limit: number): Promise<FullLine[]> {
    const rows = await this.#queries.newest(db, { members, limit });
    return entriesOf(rows).map(
      ({ id, member, at, points, reason, fact, item, reverses, expires, until, by }) => ({
        ...{ id, member, at, points, reason, fact, item, reverses, expires, until, by },
      }),
    );
  }

  /** Members with a lot that came to its end between the two times. */
  async membersWithExpiredLots(db: Reader, before: Date, now: Date): Promise<MemberId[]> {
    const rows = await db
      .selectFrom('ledger')
      .select('member')
      .distinct()
      .where('until', '>', before.toISOString())
      .where('until', '<=', now.toISOString())
      .execute();
    return rows.map(({ member }) => member as MemberId);
  }

  /** Members some of whose points stopped counting for their level between the two times. */
  async membersWithAgedPoints(db: Reader, before: Date, now: Date): Promise<MemberId[]> {
    const { levelMonths } = (await this.rules.read(db)).at(now);
    // months differ in length: a few days more on both sides, and then to the millisecond
    const around = (at: Date, byMs: number): string =>
      new Date(addMonths(at.getTime(), -levelMonths).getTime() + byMs).toISOString();
    const rows = await db
      .selectFrom('ledger')
      .select(['member', 'at'])
      .where('at', '>=', around(before, -4 * dayMs))
      .where('at', '<', around(now, 4 * dayMs))
      .execute();
    const aged = rows.filter(({ at }) => {
      const fades = addMonths(at, levelMonths);
      return fades > before && fades <= now;
    });
    return [...new Set(aged.map(({ member }) => member as MemberId))];
  }

  async #insert(tx: Tx, entries: readonly LedgerEntry[]): Promise<ReadonlySet<string>> {
    const rows = entries.map((entry) => ({
      id: entry.id,
      business_key: entry.businessKey,
      member: entry.member,
      at: new Date(entry.at).toISOString(),
      points: entry.points,
      reason: JSON.stringify(entry.reason),
      fact: entry.fact,
      reverses: entry.reverses,
      item: entry.item,
      amount: entry.amount,
      until: entry.until,
      expires: entry.expires,
      by_account: entry.by,
    }));
    const written = await this.#store.insert(tx, 'ledger', rows, { onConflict: 'skip', returning: ['id'] });
    return new Set(written.map(({ id }) => String(id)));
  }
}

type Stored = Omit<LedgerEntry, 'businessKey' | 'by' | 'reason' | 'member'> & {
  readonly business_key: string;
  readonly by_account: string | null;
  readonly reason: string;
  readonly member: string;
};

function entriesOf(rows: readonly Stored[]): LedgerEntry[] {
  const wordsOf = wordsReader();
  return rows.map(({ business_key: businessKey, by_account: by, reason, member, ...entry }) => ({
    ...entry,
    businessKey,
    by,
    member: member as MemberId,
    reason: wordsOf(reason),
  }));
}

/** One event's reason stands in the lines of all its guests. */
function wordsReader(): (text: string) => Words {
  const known = new Map<string, Words>();
  return (text) => {
    const words = known.get(text) ?? (JSON.parse(text) as Words);
    known.set(text, words);
    return words;
  };
}

function grouped<Of extends { readonly member: string }>(entries: readonly Of[]): ReadonlyMap<string, Of[]> {
  const byMember = new Map<string, Of[]>();
  for (const entry of entries) {
    const own = byMember.get(entry.member);
    if (own) own.push(entry);
    else byMember.set(entry.member, [entry]);
  }
  return byMember;
}
