// What takes place: events and sessions as headquarters defines them, and who is put on their lists or taken off.
import { randomUUID } from 'node:crypto';
import { type EventRow, eventKeys, type SessionRow } from '../../contract/events.ts';
import type { EventId, MemberId, SessionId } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ActivityFault, SessionBody } from '../api/activity-api.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Rosters } from './rosters.ts';

export interface ActivityParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly rosters: Rosters;
  readonly audit: Audit;
  readonly now: () => Date;
}
export type EventBody = Omit<EventRow, 'kind' | 'id'> & { readonly id?: EventId | undefined };
type Made = { readonly id: string } | ActivityFault;
export type Placed = { readonly isListed: boolean; readonly waiting: number | null } | ActivityFault;

export class Activities {
  readonly #parts: ActivityParts;

  constructor(parts: ActivityParts) {
    this.#parts = parts;
  }

  /** Makes an event, or renews the one with this id. */
  async defineEvent(actor: Pick<Actor, 'account'>, body: EventBody): Promise<Made> {
    const { store, publication, audit } = this.#parts;
    return await store.transaction(async (tx): Promise<Made> => {
      if (body.project !== null && !(await this.#isProject(tx, body.project))) return 'unknown-project';
      const known = body.id && (await this.#event(tx, body.id));
      if (body.id && !known) return 'unknown-event';
      const id = body.id ?? (`event-${randomUUID()}`.slice(0, 40) as EventId);
      const row: EventRow = { kind: 'event', id, name: body.name, place: body.place, project: body.project };
      await store.insert(tx, 'event', [{ id, row: JSON.stringify(row) }], { onConflict: { keys: ['id'] } });
      await audit.note(tx, actor, known ? 'event-changed' : 'event-defined', id);
      const change: Change = { dataset: 'events', rows: async () => [[eventKeys.event(id), row]] };
      await publication.publish(tx, [change]);
      return { id };
    });
  }

  /** Makes a session, or renews one; who waits gets what a greater quota gives, in the same step. */
  async defineSession(actor: Pick<Actor, 'account'>, event: string, body: SessionBody): Promise<Made> {
    const { store, publication, rosters, audit } = this.#parts;
    return await store.transaction(async (tx): Promise<Made> => {
      if (!(await this.#event(tx, event))) return 'unknown-event';
      const old = body.id === undefined ? undefined : (await rosters.sessions(tx, [body.id])).get(body.id);
      if (body.id !== undefined && old?.event !== event) return 'unknown-session';
      const fault = await this.#faultOf(tx, body);
      if (fault) return fault;
      const id = old?.id ?? (`session-${randomUUID()}`.slice(0, 40) as SessionId);
      if (old && body.quota !== null && body.quota < (await this.#withPlace(tx, id))) {
        // a quota that is exceeded already may stay as it is
        if (body.quota !== old.quota) return 'quota-below-listed';
      }
      const row: SessionRow = { ...body, kind: 'session', id, event: event as EventId };
      await store.insert(
        tx,
        'session',
        [{ id, event, points: row.points, opens_at: row.opensAt, row: JSON.stringify(row) }],
        { onConflict: { keys: ['id'] } },
      );
      await audit.note(tx, actor, old ? 'session-changed' : 'session-defined', id, { quota: body.quota });
      await publication.publish(tx, [rosters.sessionChange(id, { id: `desk/${randomUUID()}` })]);
      return { id };
    });
  }

  /** Puts a member on a list or takes them off. */
  async place(
    actor: Pick<Actor, 'account'>,
    session: string,
    wish: { readonly member: MemberId; readonly act: 'join' | 'leave'; readonly mayWait: boolean },
  ): Promise<Placed> {
    const { store, publication, rosters, audit, now } = this.#parts;
    const { member, act, mayWait } = wish;
    return await store.transaction(async (tx): Promise<Placed> => {
      const row = (await rosters.sessions(tx, [session])).get(session);
      if (!row) return 'unknown-session';
      const known = await tx.selectFrom('member').select('id').where('id', '=', member).executeTakeFirst();
      if (!known) return 'unknown-member';
      const place = { session: row.id, member };
      const [before] = await rosters.rows(tx, [place]);
      if (act === 'join' && !before && !mayWait && (await this.freePlaces(tx, row)) < 1)
        return 'session-full';
      if ((act === 'join') === (before !== undefined)) {
        return { isListed: before !== undefined, waiting: before?.waiting ?? null };
      }
      const change = await rosters.act(tx, [
        {
          ...place,
          id: `desk/${randomUUID()}`,
          at: now().toISOString(),
          act: act === 'join' ? 'in' : 'out',
          treatment: null,
          source: actor.account,
        },
      ]);
      await audit.note(tx, actor, act === 'join' ? 'roster-joined' : 'roster-left', member, { session });
      await publication.publish(tx, [change]);
      const [after] = await rosters.rows(tx, [place]);
      return { isListed: after !== undefined, waiting: after?.waiting ?? null };
    });
  }

  /** @returns how many may still be put on the list with a place; endless without a quota */
  async freePlaces(tx: Tx, { id, quota }: SessionRow): Promise<number> {
    if (quota == null) return Number.POSITIVE_INFINITY;
    const [seated, waiting] = [await this.#withPlace(tx, id), await this.#waiting(tx, id)];
    return waiting > 0 ? 0 : Math.max(0, quota - seated);
  }

  async #withPlace(tx: Tx, session: string): Promise<number> {
    const list = tx.selectFrom('roster').where('session', '=', session).where('waiting', 'is', null);
    const { n } = await list.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    return Number(n);
  }

  async #waiting(tx: Tx, session: string): Promise<number> {
    const list = tx.selectFrom('roster').where('session', '=', session).where('waiting', 'is not', null);
    const { n } = await list.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    return Number(n);
  }

  async #faultOf(tx: Tx, body: SessionBody): Promise<ActivityFault | undefined> {
    if (Date.parse(body.endsAt) <= Date.parse(body.opensAt)) return 'ends-before-opens';
    const levels = await tx.selectFrom('level').select('code').execute();
    const known = new Set(levels.map(({ code }) => code));
    const named = [...Object.keys(body.treatments), ...(body.minLevel === null ? [] : [body.minLevel])];
    return named.every((code) => known.has(code)) ? undefined : 'unknown-level';
  }

  async #event(tx: Tx, id: string): Promise<boolean> {
    return (await tx.selectFrom('event').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  }

  async #isProject(tx: Tx, id: string): Promise<boolean> {
    const row = await tx
      .selectFrom('dataset_row')
      .select('key')
      .where('dataset', '=', 'board')
      .where('key', '=', `project/${id}`)
      .where('body', 'is not', null)
      .executeTakeFirst();
    return row !== undefined;
  }
}
