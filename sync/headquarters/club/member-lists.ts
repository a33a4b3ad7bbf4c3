// Members by level, points, purchases, referrals or birthday: what greetings and invitations go by.
import { stringify } from 'csv-stringify/sync';
import type { MemberRow } from '../../contract/members.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ListKind, ListLine } from '../api/activity-api.ts';
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

export class MemberLists {
  readonly #store: Store;
  readonly #audit: Audit;

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  /** @returns those with the most first; birthdays by day. Who asked for it, and for how many, is kept. */
  async list(actor: Pick<Actor, 'account'>, wish: ListWish, isFile: boolean): Promise<ListLine[]> {
    const all = await this.#lines();
    const lines = chosen(all, wish);
    await this.#store.transaction((tx) =>
      this.#audit.note(tx, actor, isFile ? 'list-exported' : 'list-viewed', null, {
        list: wish.kind,
        members: lines.length,
      }),
    );
    return lines;
  }

  async #lines(): Promise<ListLine[]> {
    const { db } = this.#store;
    const records = await db.selectFrom('member').select(['id', 'name', 'phone']).orderBy('id').execute();
    const published = await this.#published();
    const purchases = await this.#purchases();
    const referrals = await this.#referrals();
    return records.flatMap(({ id, name, phone }): ListLine[] => {
      const row = published.get(id);
      // who became one with another member is that member now
      if (!row) return [];
      return [
        {
          member: id,
          name,
          phone,
          level: row.level,
          balance: row.balance,
          purchases: purchases.get(id) ?? 0,
          referrals: referrals.get(id) ?? 0,
          birthday: row.birthday ?? null,
          mayContact: row.mayContact ?? null,
        },
      ];
    });
  }

  async #published(): Promise<ReadonlyMap<string, MemberRow>> {
    const rows = await this.#rows('members', 'member/', 'member0');
    return new Map(
      rows.map(({ body }) => {
        const row = JSON.parse(body) as MemberRow;
        return [row.id, row];
      }),
    );
  }

  /** Homes bought, as their owners are told of them. */
  async #purchases(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { key } of await this.#rows('owners', '', '\u{10ffff}')) {
      const [member = '', kind] = key.split('/');
      if (kind === 'purchase') counts.set(member, (counts.get(member) ?? 0) + 1);
    }
    return counts;
  }

  /** Who joined with the card of a member who brought them. */
  async #referrals(): Promise<ReadonlyMap<string, number>> {
    const { db } = this.#store;
    const joined = await db.selectFrom('fact').select('body').where('kind', '=', 'member-joined').execute();
    const cards = new Map(
      (await db.selectFrom('card').select(['token', 'member']).execute()).map((card) => [
        card.token,
        card.member,
      ]),
    );
    const brought = new Map<string, Set<string>>();
    for (const { body } of joined) {
      const { member, referrer } = JSON.parse(body) as { member: string; referrer: string | null };
      const by = referrer === null ? undefined : cards.get(referrer);
      if (by === undefined || by === member) continue;
      brought.set(by, (brought.get(by) ?? new Set()).add(member));
    }
    return new Map([...brought].map(([member, news]) => [member, news.size]));
  }

  async #rows(dataset: string, from: string, before: string): Promise<{ key: string; body: string }[]> {
    const rows = await this.#store.db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', dataset)
      .where('key', '>=', from)
      .where('key', '<', before)
      .where('body', 'is not', null)
      .execute();
    return rows.map(({ key, body }) => ({ key, body: String(body) }));
  }
}

export function chosen(lines: readonly ListLine[], wish: ListWish): ListLine[] {
  const least = wish.least ?? 1;
  const most = (of: (line: ListLine) => number): ListLine[] =>
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
      const dayOf = ({ birthday }: ListLine): number => (birthday === null ? -1 : (days.get(birthday) ?? -1));
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
  return stringify([head, ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}
