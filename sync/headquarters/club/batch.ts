// Points that are booked in batches when a session has ended: what was swiped at once counts then, each check-in once.
import { isCancelled, type SessionRow } from '../../contract/events.ts';
import type { MemberId, SessionId } from '../../contract/ids.ts';
import { pointsFor } from '../../contract/points.ts';
import type { Tx } from '../store/store.ts';
import type { PointsParts } from './points-parts.ts';

export interface Batch {
  readonly session: string;
  readonly endedAt: string;
  readonly bookedAt: string;
  /** check-ins that were counted, also those that terminals told of later */
  readonly members: number;
  readonly points: number;
}

/** A terminal that was offline for so long tells of its check-ins in time. */
const lateMs = 90 * 86_400_000;

export class SessionBatches {
  readonly #parts: PointsParts;

  constructor(parts: PointsParts) {
    this.#parts = parts;
  }

  /** Books what every session that has ended still owes; to be called often: what was booked is not booked again. */
  async bookEnded(): Promise<void> {
    const now = this.#parts.now();
    const late = new Date(now.getTime() - lateMs).toISOString();
    const sessions = await this.#parts.store.db
      .selectFrom('session as s')
      .leftJoin('points_batch as b', 'b.session', 's.id')
      .select(['s.row', 'b.members'])
      .select((it) =>
        it
          .selectFrom('check_in as c')
          .whereRef('c.session', '=', 's.id')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .as('checkedIn'),
      )
      .where('s.opens_at', '<=', now.toISOString())
      // one that opened long ago may have lasted until now
      .where((it) =>
        it.or([it('s.opens_at', '>', late), it('b.ended_at', '>', late), it('b.session', 'is', null)]),
      )
      .execute();
    for (const { row, members, checkedIn } of sessions) {
      const session = JSON.parse(row) as SessionRow;
      // it did not take place
      if (isCancelled(session)) continue;
      if (Date.parse(session.endsAt) > now.getTime() || members === Number(checkedIn ?? 0)) continue;
      await this.#parts.store.transaction((tx) => this.#book(tx, session, now));
    }
  }

  /** @returns newest first */
  async list(limit: number): Promise<(Batch & { readonly row: SessionRow })[]> {
    const rows = await this.#parts.store.db
      .selectFrom('points_batch as b')
      .innerJoin('session as s', 's.id', 'b.session')
      .select(['b.session', 'b.ended_at', 'b.booked_at', 'b.members', 'b.points', 's.row'])
      .orderBy('b.ended_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ session, ended_at: endedAt, booked_at: bookedAt, members, points, row }) => ({
      ...{ session, endedAt, bookedAt, members, points },
      row: JSON.parse(row) as SessionRow,
    }));
  }

  async #book(tx: Tx, { id, name, endsAt }: SessionRow, now: Date): Promise<void> {
    const checkIns = await tx
      .selectFrom('check_in')
      .select(['member', 'fact'])
      .where('session', '=', id)
      .execute();
    const rules = (await this.#parts.ledger.rules.read(tx)).at(endsAt);
    const points = pointsFor(rules, 'event-attended');
    const item = rules.items.find(({ code }) => code === 'event-attended');
    const reason = { zh: `${item?.name.zh ?? ''} · ${name.zh}`, en: `${item?.name.en ?? ''} · ${name.en}` };
    const entries = checkIns.map(({ member }) => ({
      id: attendedKey(id, member),
      businessKey: attendedKey(id, member),
      member: member as MemberId,
      at: new Date(endsAt).toISOString(),
      points,
      reason,
      fact: null,
      item: 'event-attended',
    }));
    const booked = points === 0 ? new Set() : await this.#parts.ledger.book(tx, entries);
    const batch = {
      session: id,
      ended_at: new Date(endsAt).toISOString(),
      booked_at: now.toISOString(),
      members: checkIns.length,
      points: checkIns.length * points,
    };
    await this.#parts.store.insert(tx, 'points_batch', [batch], { onConflict: { keys: ['session'] } });
    const members = entries.filter((entry) => booked.has(entry.id)).map(({ member }) => member);
    if (members.length > 0)
      await this.#parts.publication.publish(tx, [this.#parts.club.memberChange(members)]);
  }
}

function attendedKey(session: SessionId, member: string): string {
  return `attended/${session}/${member}`;
}
