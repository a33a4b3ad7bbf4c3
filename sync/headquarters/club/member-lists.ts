// Members by level, points, purchases, referrals or birthday: what greetings and invitations go by.
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { type MemberRow, memberKeys } from '../../contract/members.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ListKind, ListLine } from '../api/activity-api.ts';
import { csvText } from '../api/csv-text.ts';
import type { Store } from '../store/store.ts';

export interface ListWish {
  readonly kind: ListKind;
  /** `level`: its code */
  readonly level?: string | undefined;
  /** `points`, `purchases`, `referrals`: at least so many */
  readonly least?: number | undefined;
  /** `birthday`: the first of seven days, `YYYY-MM-DD` */
  readonly from: string;
}

/** A line without who it is. */
type Figures = Omit<ListLine, 'name' | 'phone'>;
interface Counts {
  readonly purchases: ReadonlyMap<string, number>;
  readonly referrals: ReadonlyMap<string, number>;
}

const membersAtOnce = 1_000;

export class MemberLists {
  readonly #store: Store;
  readonly #audit: Audit;

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  /**
   * Whole tables are never in memory: of everybody who is not on the list nothing is kept.
   * @returns those with the most first, birthdays by day. Who asked for it, and for how many, is kept
   */
  async list(
    actor: Pick<Actor, 'account'>,
    wish: ListWish,
    what: 'list-viewed' | 'list-exported',
    limit = Number.POSITIVE_INFINITY,
  ): Promise<{ readonly lines: ListLine[]; readonly total: number }> {
    const counts = { purchases: await this.#purchases(), referrals: await this.#referrals() };
    const found: Figures[] = [];
    for await (const some of this.#figures(counts, wish)) found.push(...chosen(some, wish));
    const all = chosen(found, wish);
    const lines = await this.#named(all.slice(0, limit));
    await this.#store.transaction((tx) =>
      this.#audit.note(tx, actor, what, null, { list: wish.kind, members: lines.length }),
    );
    return { lines, total: all.length };
  }

  /** As terminals know them; who became one with another member is that member. */
  async *#figures({ purchases, referrals }: Counts, wish: ListWish): AsyncGenerator<Figures[]> {
    for await (const rows of this.#rows(wish, { purchases, referrals })) {
      yield rows.map(({ id, level, balance, birthday, mayContact }) => ({
        member: id,
        level,
        balance,
        purchases: purchases.get(id) ?? 0,
        referrals: referrals.get(id) ?? 0,
        birthday: birthday ?? null,
        mayContact: mayContact ?? null,
      }));
      // others are served meanwhile
      await setImmediate();
    }
  }

  async *#rows({ kind }: ListWish, counts: Counts): AsyncGenerator<MemberRow[]> {
    if (kind === 'purchases' || kind === 'referrals') {
      const keys = [...counts[kind].keys()].map(memberKeys.member);
      for (let start = 0; start < keys.length; start += membersAtOnce) {
        const some = this.#store.among('key', keys.slice(start, start + membersAtOnce));
        yield (await this.#published().where(some).execute()).map(rowOf);
      }
      return;
    }
    for (let after = 'member/'; ; ) {
      const page = this.#published().where('key', '>', after).where('key', '<', 'member0');
      const rows = await page.orderBy('key').limit(membersAtOnce).execute();
      if (rows.length > 0) yield rows.map(rowOf);
      const last = rows.at(-1);
      if (!last || rows.length < membersAtOnce) return;
      after = last.key;
    }
  }

  #published() {
    return this.#store.db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', 'members')
      .where('body', 'is not', null);
  }

  async #named(some: readonly Figures[]): Promise<ListLine[]> {
    const lines: ListLine[] = [];
    for (let start = 0; start < some.length; start += membersAtOnce) {
      const page = some.slice(start, start + membersAtOnce);
      const ids = page.map(({ member }) => member);
      const query = this.#store.db.selectFrom('member').select(['id', 'name', 'phone']);
      const records = await query.where(this.#store.among('id', ids)).execute();
      const people = new Map(records.map((record) => [record.id, record]));
      lines.push(
        ...page.map(({ member, ...figures }) => {
          const { name = '', phone = '' } = people.get(member) ?? {};
          return { member, name, phone, ...figures };
        }),
      );
    }
    return lines;
  }

  async #purchases(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#store.db
      .selectFrom('purchase')
      .select(({ fn }) => ['member', fn.countAll<number>().as('n')])
      .groupBy('member')
      .execute();
    return new Map(rows.map(({ member, n }) => [member, Number(n)]));
  }

  /** Who joined with the card of a member who brought them: each person once. */
  async #referrals(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#store.db
      .selectFrom('member as m')
      .innerJoin('card as c', 'c.token', 'm.referrer')
      .select('c.member')
      .select(sql<number>`count(distinct coalesce(m.merged_into, m.id))`.as('n'))
      .where(sql<boolean>`coalesce(m.merged_into, m.id) <> c.member`)
      .groupBy('c.member')
      .execute();
    return new Map(rows.map(({ member, n }) => [member, Number(n)]));
  }
}

function rowOf({ body }: { readonly body: string | null }): MemberRow {
  return JSON.parse(String(body)) as MemberRow;
}

export function chosen<Line extends Figures>(lines: readonly Line[], wish: ListWish): Line[] {
  const least = wish.least ?? 1;
  const most = (of: (line: Line) => number): Line[] =>
    lines.filter((line) => of(line) >= least).sort((a, b) => of(b) - of(a));
  switch (wish.kind) {
    case 'level':
      return lines.filter(({ level }) => wish.level === undefined || level === wish.level);
    case 'points':
      return most(({ balance }) => balance);
    case 'purchases':
      return most(({ purchases }) => purchases);
    case 'referrals':
      return most(({ referrals }) => referrals);
    case 'birthday': {
      const days = weekFrom(wish.from);
      const dayOf = ({ birthday }: Line): number => (birthday === null ? -1 : (days.get(birthday) ?? -1));
      return lines.filter((line) => dayOf(line) >= 0).sort((a, b) => dayOf(a) - dayOf(b));
    }
  }
}

/** `MM-DD` → which of the seven days it is; who was born on 29 February is greeted on the 28th in other years. */
function weekFrom(from: string): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  const first = Date.parse(`${from}T00:00:00.000Z`);
  for (let index = 0; index < 7; index += 1) {
    const day = new Date(first + index * 86_400_000);
    const key = day.toISOString().slice(5, 10);
    days.set(key, index);
    const isLeap = new Date(Date.UTC(day.getUTCFullYear(), 1, 29)).getUTCMonth() === 1;
    if (key === '02-28' && !isLeap) days.set('02-29', index);
  }
  return days;
}

export function listCsv(lines: readonly ListLine[]): string {
  const head = [
    'member',
    'name',
    'phone',
    'level',
    'balance',
    'purchases',
    'referrals',
    'birthday',
    'may_contact',
  ];
  const rows = lines.map((line) => [
    line.member,
    line.name,
    line.phone,
    line.level,
    line.balance,
    line.purchases,
    line.referrals,
    line.birthday,
    line.mayContact === null ? '' : line.mayContact ? 1 : 0,
  ]);
  return csvText([head, ...rows]);
}
