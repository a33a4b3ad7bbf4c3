// What takes place: events and sessions as headquarters defines them, and who is put on their lists or taken off.
import { randomUUID } from 'node:crypto';
import { type EventRow, eventKeys, isCancelled, type SessionRow } from '../../contract/events.ts';
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

/** Thrown to undo a place that was promised and is gone. */
export class NoPlaceLeft extends Error {
  override readonly name = 'NoPlaceLeft';
}

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
      const id = old?.id ?? (`session-${randomUUID()}`.slice(0, 40) as SessionId);
      const times = { opensAt: instantOf(body.opensAt), endsAt: instantOf(body.endsAt) };
      const row: SessionRow = { ...body, ...times, kind: 'session', id, event: event as EventId };
      const fault = (await this.#faultOf(tx, body)) ?? (old && (await this.#faultOfChange(tx, old, row)));
      if (fault) return fault;
      if (!old && this.#isOver(row)) return 'already-over';
      await this.keep(tx, row);
      await audit.note(tx, actor, old ? 'session-changed' : 'session-defined', id, { quota: body.quota });
      await publication.publish(tx, [rosters.sessionChange(id, { id: `desk/${randomUUID()}` })]);
      if (old && isMoved(old, row)) await rosters.tell(tx, row, 'moved');
      return { id };
    });
  }

  /** Writes a session down; terminals are told by whoever calls. */
  async keep(tx: Tx, row: SessionRow): Promise<void> {
    const { id, event, points, opensAt } = row;
    await this.#parts.store.insert(
      tx,
      'session',
      [{ id, event, points, opens_at: opensAt, row: JSON.stringify(row) }],
      { onConflict: { keys: ['id'] } },
    );
  }

  /**
   * Puts a member on a list or takes them off.
   * @param wish.member id or telephone
   */
  async place(
    actor: Pick<Actor, 'account'>,
    session: string,
    wish: { readonly member: string; readonly act: 'join' | 'leave'; readonly mayWait: boolean },
  ): Promise<Placed> {
    try {
      return await this.#parts.store.transaction((tx) => this.#place(tx, actor, session, wish));
    } catch (error) {
      if (error instanceof NoPlaceLeft) return 'session-full';
      throw error;
    }
  }

  async #place(
    tx: Tx,
    actor: Pick<Actor, 'account'>,
    session: string,
    { member: told, act, mayWait }: Parameters<Activities['place']>[2],
  ): Promise<Placed> {
    const { publication, rosters, audit, now } = this.#parts;
    const row = (await rosters.sessions(tx, [session])).get(session);
    if (!row) return 'unknown-session';
    const closed = act === 'join' ? this.closedBy(row) : undefined;
    if (closed) return closed;
    const [member, another] = await this.#members(tx, told);
    if (!member) return 'unknown-member';
    if (another) return 'phone-of-several';
    const place = { session: row.id, member };
    const [before] = await rosters.rows(tx, [place]);
    if (act === 'join' && !before && !mayWait && (await this.freePlaces(tx, row)) < 1) return 'session-full';
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
    const waiting = after?.waiting ?? null;
    // somebody else took the last place meanwhile
    if (act === 'join' && !mayWait && waiting !== null) throw new NoPlaceLeft();
    return { isListed: after !== undefined, waiting };
  }

  /** @returns why nobody can be put on its list any more */
  closedBy(session: SessionRow): 'session-cancelled' | 'session-over' | undefined {
    if (isCancelled(session)) return 'session-cancelled';
    return this.#isOver(session) ? 'session-over' : undefined;
  }

  #isOver({ endsAt }: SessionRow): boolean {
    return Date.parse(endsAt) <= this.#parts.now().getTime();
  }

  /**
   * What terminals may have gone by already stays as it is: they book what they know, also while they are offline.
   * @returns why the session cannot become `row`
   */
  async #faultOfChange(tx: Tx, old: SessionRow, row: SessionRow): Promise<ActivityFault | undefined> {
    const closed = this.closedBy(old);
    if (closed) return closed;
    const isOpen = Date.parse(old.opensAt) <= this.#parts.now().getTime();
    const isSameStart = Date.parse(old.opensAt) === Date.parse(row.opensAt);
    if (isOpen && (old.points !== row.points || !isSameStart)) return 'session-started';
    if (this.#isOver(row)) return 'already-over';
    const quota = row.quota ?? null;
    // a quota that is exceeded already may stay as it is
    if (quota === null || quota === old.quota) return undefined;
    return quota < (await this.#withPlace(tx, row.id)) ? 'quota-below-listed' : undefined;
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

  /** Whoever became one with another member is that member. @param told id or telephone */
  async #members(tx: Tx, told: string): Promise<readonly MemberId[]> {
    const records = await tx
      .selectFrom('member')
      .select(['id', 'merged_into'])
      .where((it) => it.or([it('id', '=', told), it('phone', '=', told.replace(/[\s-]/g, ''))]))
      .where((it) => it.or([it('id', '=', told), it('phone', '<>', '')]))
      .execute();
    return [...new Set(records.map(({ id, merged_into }) => (merged_into ?? id) as MemberId))];
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

/** One spelling: instants are compared as text where sessions are looked for. */
function instantOf(told: string): string {
  return new Date(told).toISOString();
}

function isMoved(old: SessionRow, row: SessionRow): boolean {
  return Date.parse(old.opensAt) !== Date.parse(row.opensAt);
}
