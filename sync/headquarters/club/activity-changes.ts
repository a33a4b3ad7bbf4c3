// What becomes of events that are defined: a session is cancelled, an event is held again, one that never came to be goes.
import { randomUUID } from 'node:crypto';
import { type EventRow, eventKeys, isCancelled, type SessionRow } from '../../contract/events.ts';
import type { EventId, SessionId } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { ActivityFault } from '../api/activity-api.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Activities, ActivityParts } from './activities.ts';

type By = Pick<Actor, 'account'>;

const dayMs = 86_400_000;

export class ActivityChanges {
  readonly #parts: ActivityParts;
  readonly #activities: Activities;

  constructor(parts: ActivityParts, activities: Activities) {
    this.#parts = parts;
    this.#activities = activities;
  }

  /**
   * Calls a session off. Its list stays, so that a terminal can say so; who came already keeps the points; what offline
   * terminals still tell of it is taken.
   * @returns how many members that were waited for are told
   */
  async cancel(actor: By, session: string): Promise<{ readonly told: number } | ActivityFault> {
    const { store, publication, rosters, audit, now } = this.#parts;
    return await store.transaction(async (tx) => {
      const old = (await rosters.sessions(tx, [session])).get(session);
      if (!old) return 'unknown-session';
      const closed = this.#activities.closedBy(old);
      if (closed) return closed;
      const row: SessionRow = { ...old, cancelledAt: now().toISOString() };
      await this.#activities.keep(tx, row);
      const cause = { id: `desk/${randomUUID()}` };
      await audit.note(tx, actor, 'session-cancelled', row.id);
      await publication.publish(tx, [rosters.sessionChange(row.id, cause)]);
      return { told: await rosters.tell(tx, row, 'cancelled') };
    });
  }

  /** The event once more, with its sessions so many days later and nobody on their lists. */
  async copy(actor: By, event: string, days: number): Promise<{ readonly id: string } | ActivityFault> {
    const { store, publication, audit, now } = this.#parts;
    return await store.transaction(async (tx) => {
      const kept = await tx.selectFrom('event').select('row').where('id', '=', event).executeTakeFirst();
      if (!kept) return 'unknown-event';
      const later = (instant: string): string => new Date(Date.parse(instant) + days * dayMs).toISOString();
      const id = `event-${randomUUID()}`.slice(0, 40) as EventId;
      const row: EventRow = { ...(JSON.parse(kept.row) as EventRow), id };
      const sessions = await tx.selectFrom('session').select('row').where('event', '=', event).execute();
      const copies = sessions
        .map(({ row: session }) => JSON.parse(session) as SessionRow)
        .filter((session) => !isCancelled(session))
        .map(({ listed: _, waiting: __, ...session }): SessionRow => {
          const copied = `session-${randomUUID()}`.slice(0, 40) as SessionId;
          return {
            ...session,
            id: copied,
            event: id,
            opensAt: later(session.opensAt),
            endsAt: later(session.endsAt),
          };
        });
      if (copies.some(({ endsAt }) => Date.parse(endsAt) <= now().getTime())) return 'already-over';
      await store.insert(tx, 'event', [{ id, row: JSON.stringify(row) }]);
      for (const copied of copies) await this.#activities.keep(tx, copied);
      await audit.note(tx, actor, 'event-copied', id, { from: event, days });
      const rows: PublishedRow[] = [
        [eventKeys.event(id), row],
        ...copies.map((copied): PublishedRow => [eventKeys.session(copied.id), copied]),
      ];
      const change: Change = { dataset: 'events', rows: async () => rows };
      await publication.publish(tx, [change]);
      return { id };
    });
  }

  /** An event without sessions: nobody can have been told of it. */
  async remove(actor: By, event: string): Promise<{ readonly id: string } | ActivityFault> {
    const { store, publication, audit } = this.#parts;
    return await store.transaction(async (tx) => {
      const session = tx.selectFrom('session').select('id').where('event', '=', event);
      if (await session.executeTakeFirst()) return 'event-has-sessions';
      const { numDeletedRows } = await tx.deleteFrom('event').where('id', '=', event).executeTakeFirst();
      if (Number(numDeletedRows) === 0) return 'unknown-event';
      await audit.note(tx, actor, 'event-removed', event);
      const change: Change = { dataset: 'events', rows: async () => [[eventKeys.event(event), null]] };
      await publication.publish(tx, [change]);
      return { id: event };
    });
  }
}
