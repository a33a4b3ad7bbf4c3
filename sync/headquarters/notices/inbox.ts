// What somebody finds in the console's inbox, and that they have read it.
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Words } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { NoticeAnswers } from '../api/notice-api.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export class Inbox {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @returns unread first, then newest first */
  async list(actor: Actor, limit: number): Promise<NoticeAnswers['notices']> {
    return await this.#store.snapshot(async (tx) => {
      const rows = await this.#mine(tx, actor)
        .select(['notice.id', 'notice.at', 'to_kind', 'to_whom', 'subject', 'text', 'about'])
        .select('notice_read.at as read_at')
        .orderBy((it) => it.case().when('notice_read.at', 'is', null).then(0).else(1).end())
        .orderBy('notice.at', 'desc')
        .limit(limit)
        .execute();
      return {
        unread: await this.#unread(tx, actor),
        notices: rows.map(({ id, at, to_kind, to_whom, subject, text, about, read_at }) => ({
          id,
          at,
          subject: JSON.parse(subject) as Words,
          text: JSON.parse(text) as Words,
          about,
          role: to_kind === 'role' ? to_whom : null,
          readAt: read_at,
        })),
      };
    });
  }

  /** Marks as read what of these is the actor's. @returns how many are left */
  async read(actor: Actor, notices: readonly string[] | 'all'): Promise<number> {
    const at = this.#now().toISOString();
    return await this.#store.transaction(async (tx) => {
      let unread = this.#mine(tx, actor).select('notice.id').where('notice_read.at', 'is', null);
      if (notices !== 'all') unread = unread.where(this.#store.among('notice.id', notices));
      const ids = await unread.execute();
      await this.#store.insert(
        tx,
        'notice_read',
        ids.map(({ id }) => ({ notice: id, account: actor.account, at })),
        { onConflict: 'skip' },
      );
      return await this.#unread(tx, actor);
    });
  }

  async #unread(db: Reader, actor: Actor): Promise<number> {
    const row = await this.#mine(db, actor)
      .where('notice_read.at', 'is', null)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  }

  #mine(db: Reader, actor: Actor) {
    return db
      .selectFrom('notice')
      .leftJoin('notice_read', (join) =>
        join.onRef('notice_read.notice', '=', 'notice.id').on('notice_read.account', '=', actor.account),
      )
      .where((it) => isFor(it, actor));
  }
}

/** A port's notice is for those of that port; what names no port is for the whole role. */
function isFor(
  it: ExpressionBuilder<Tables, 'notice'>,
  { account, roles, ports }: Actor,
): ExpressionWrapper<Tables, 'notice', SqlBool> {
  return it.or([
    it.and([it('to_kind', '=', 'account'), it('to_whom', '=', account)]),
    it.and([
      it('to_kind', '=', 'role'),
      it('to_whom', 'in', [...roles]),
      it.or([it('to_port', 'is', null), ...(ports.size > 0 ? [it('to_port', 'in', [...ports])] : [])]),
    ]),
  ]);
}
