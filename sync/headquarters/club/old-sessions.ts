// What terminals need not know any more: sessions that ended long ago, and who was on their lists.
import { eventKeys, type SessionRow } from '../../contract/events.ts';
import type { PublishedRow } from '../publication.ts';
import type { Tx } from '../store/store.ts';
import type { ActivityParts } from './activities.ts';

/** A check-in that is told later is taken all the same; it is not shown at terminals for long. */
const shownMs = 60 * 86_400_000;

export class OldSessions {
  readonly #parts: Pick<ActivityParts, 'store' | 'publication' | 'now'>;

  constructor(parts: Pick<ActivityParts, 'store' | 'publication' | 'now'>) {
    this.#parts = parts;
  }

  /** To be called now and then: what is gone is gone. @returns how many sessions left the terminals */
  async withdraw(): Promise<number> {
    const { store, publication, now } = this.#parts;
    const before = now().getTime() - shownMs;
    return await store.transaction(async (tx) => {
      const sessions = await tx
        .selectFrom('session')
        .select('row')
        .where('opens_at', '<', new Date(before).toISOString())
        .execute();
      const ended = sessions
        .map(({ row }) => JSON.parse(row) as SessionRow)
        .filter(({ endsAt }) => Date.parse(endsAt) < before);
      const keys: string[] = [];
      let gone = 0;
      for (const { id } of ended) {
        const own = await this.#keys(tx, id);
        gone += own.length > 0 ? 1 : 0;
        keys.push(...own);
      }
      if (keys.length === 0) return 0;
      const rows = keys.map((key): PublishedRow => [key, null]);
      await publication.publish(tx, [{ dataset: 'events', rows: async () => rows }]);
      return gone;
    });
  }

  async #keys(tx: Tx, session: string): Promise<string[]> {
    const roster = eventKeys.rosterOf(session);
    const rows = await tx
      .selectFrom('dataset_row')
      .select('key')
      .where('dataset', '=', 'events')
      .where('body', 'is not', null)
      .where((it) =>
        it.or([
          it('key', '=', eventKeys.session(session)),
          // '0' follows '/'
          it.and([it('key', '>=', roster), it('key', '<', `${roster.slice(0, -1)}0`)]),
        ]),
      )
      .execute();
    return rows.map(({ key }) => key);
  }
}
