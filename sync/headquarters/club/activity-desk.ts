// What the console sees of events: sessions with their figures, lists by name, who checked in twice. Changes nothing.
import { sql } from 'kysely';
import type { ProjectRow } from '../../contract/board.ts';
import type { EventRow, SessionRow } from '../../contract/events.ts';
import type { Words } from '../../contract/ids.ts';
import type { LevelRow, MemberRow } from '../../contract/members.ts';
import { memberKeys } from '../../contract/members.ts';
import type { ActivityAnswers, ActivityItem, DoubleItem, Figures, RosterLine } from '../api/activity-api.ts';
import { maskPhone } from '../mask.ts';
import type { Store } from '../store/store.ts';

const nothing: Figures = { listed: 0, waiting: 0, checkedIn: 0, walkIns: 0, doubles: 0, overBy: 0 };

/** What ended longer ago is shown when asked for: whoever looks, looks again every few seconds. */
const recentMs = 30 * 86_400_000;
const membersAtOnce = 1_000;

export class ActivityDesk {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @returns events whose sessions come next first, sessions by time; also long ago ones when `isPast` */
  async activities(isPast = false): Promise<ActivityAnswers['activities']> {
    const { db } = this.#store;
    const recent = this.#now().getTime() - recentMs;
    const rows = await db.selectFrom('session').select('row').orderBy('opens_at').orderBy('id').execute();
    const all = rows.map(({ row }) => JSON.parse(row) as SessionRow);
    const sessions = all.filter(({ endsAt }) => isPast || Date.parse(endsAt) > recent);
    const figures = await this.#figures(sessions.map(({ id }) => id));
    const events = await this.#events(all, sessions);
    const levels = await db.selectFrom('level').select('row').orderBy('from_points').execute();
    const projects = await db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'board')
      .where('key', '>=', 'project/')
      .where('key', '<', 'project0')
      .where('body', 'is not', null)
      .execute();
    return {
      activities: events.map(({ kind: _, ...event }): ActivityItem => {
        return {
          ...event,
          sessions: sessions
            .filter((session) => session.event === event.id)
            .map(({ kind: _kind, listed: _listed, waiting: _waiting, ...session }) => ({
              ...session,
              figures: withOver(figures.get(session.id) ?? nothing, session.quota ?? null),
            })),
        };
      }),
      levels: levels.map(({ row }) => {
        const { code, name } = JSON.parse(row) as LevelRow;
        return { code, name };
      }),
      projects: projects.map(({ body }) => {
        const { id, name } = JSON.parse(String(body)) as ProjectRow;
        return { id, name };
      }),
    };
  }

  /** Those that are shown, what comes next first; events without sessions are new. */
  async #events(all: readonly SessionRow[], shown: readonly SessionRow[]): Promise<EventRow[]> {
    const rows = await this.#store.db.selectFrom('event').select('row').orderBy('id').execute();
    const now = this.#now().getTime();
    const ranked = rows.flatMap(({ row }) => {
      const event = JSON.parse(row) as EventRow;
      const own = shown.filter((session) => session.event === event.id);
      if (own.length === 0 && all.some((session) => session.event === event.id)) return [];
      const next = own.find(({ endsAt }) => Date.parse(endsAt) > now);
      const last = own.at(-1);
      const rank = next ? Date.parse(next.opensAt) : last ? 1e15 - Date.parse(last.opensAt) : 0;
      return [{ event, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ event }) => event);
  }

  /** @returns undefined when there is no such session; in the order of the list, those who wait last */
  async roster(session: string): Promise<RosterLine[] | undefined> {
    const { db } = this.#store;
    const known = await db.selectFrom('session').select('id').where('id', '=', session).executeTakeFirst();
    if (!known) return undefined;
    const records = await db
      .selectFrom('roster as r')
      .innerJoin('member as m', 'm.id', 'r.member')
      .leftJoin('check_in as c', (join) =>
        join.onRef('c.session', '=', 'r.session').onRef('c.member', '=', 'r.member'),
      )
      .leftJoin('attendance as a', 'a.fact', 'c.fact')
      .select([
        'r.member',
        'm.name',
        'm.phone',
        'r.waiting',
        'r.treatment',
        'c.at',
        'c.terminal',
        'a.walk_in',
      ])
      .where('r.session', '=', session)
      .orderBy('r.waiting')
      .orderBy('r.since')
      .execute();
    const levels = await this.#levelsOf(records.map(({ member }) => member));
    const [seated, waiting] = [
      records.filter((record) => record.waiting === null),
      records.filter((record) => record.waiting !== null),
    ];
    return [...seated, ...waiting].map((record) => ({
      member: record.member,
      name: record.name,
      phone: maskPhone(record.phone),
      level: levels.get(record.member) ?? '',
      waiting: record.waiting,
      checkedInAt: record.at,
      terminal: record.terminal,
      isWalkIn: record.walk_in === 1,
      treatment: record.treatment === null ? null : (JSON.parse(record.treatment) as Words),
    }));
  }

  async doubles(session: string): Promise<DoubleItem[]> {
    const rows = await this.#store.db
      .selectFrom('attendance as a')
      .innerJoin('member as m', 'm.id', 'a.member')
      .select(['a.member', 'm.name', 'a.terminal', 'a.at', 'a.fact'])
      .where('a.session', '=', session)
      .where(
        sql<boolean>`exists (select 1 from attendance b where b.session = a.session and b.member = a.member and b.fact <> a.fact)`,
      )
      .orderBy('a.at')
      .orderBy('a.fact')
      .execute();
    const items = new Map<string, DoubleItem>();
    for (const { member, name, ...told } of rows) {
      const item = items.get(member) ?? { member, name, told: [] };
      items.set(member, { ...item, told: [...item.told, told] });
    }
    return [...items.values()];
  }

  async #figures(sessions: readonly string[]): Promise<ReadonlyMap<string, Figures>> {
    const { db } = this.#store;
    const lists = await db
      .selectFrom('roster')
      .select('session')
      .where(this.#store.among('session', sessions))
      .select(sql<number>`sum(case when waiting is null then 1 else 0 end)`.as('listed'))
      .select(sql<number>`sum(case when waiting is null then 0 else 1 end)`.as('waiting'))
      .groupBy('session')
      .execute();
    const came = await db
      .selectFrom((from) =>
        from
          .selectFrom('attendance')
          .select(['session', 'member'])
          .select(({ fn }) => [fn.countAll<number>().as('times'), fn.min<number>('walk_in').as('walk_in')])
          .where(this.#store.among('session', sessions))
          .groupBy(['session', 'member'])
          .as('one'),
      )
      .select('session')
      .select(sql<number>`count(*)`.as('checkedIn'))
      .select(sql<number>`sum(walk_in)`.as('walkIns'))
      .select(sql<number>`sum(case when times > 1 then 1 else 0 end)`.as('doubles'))
      .groupBy('session')
      .execute();
    const all = new Map<string, Figures>();
    const put = (session: string, part: Partial<Figures>): void => {
      all.set(session, { ...(all.get(session) ?? nothing), ...part });
    };
    for (const { session, listed, waiting } of lists) {
      put(session, { listed: Number(listed), waiting: Number(waiting) });
    }
    for (const { session, checkedIn, walkIns, doubles } of came) {
      put(session, { checkedIn: Number(checkedIn), walkIns: Number(walkIns), doubles: Number(doubles) });
    }
    return all;
  }

  async #levelsOf(members: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const levels = new Map<string, string>();
    for (let start = 0; start < members.length; start += membersAtOnce) {
      const keys = members.slice(start, start + membersAtOnce).map(memberKeys.member);
      const rows = await this.#store.db
        .selectFrom('dataset_row')
        .select('body')
        .where('dataset', '=', 'members')
        .where(this.#store.among('key', keys))
        .where('body', 'is not', null)
        .execute();
      for (const { body } of rows) {
        const { id, level } = JSON.parse(String(body)) as MemberRow;
        levels.set(id, level);
      }
    }
    return levels;
  }
}

function withOver(figures: Figures, quota: number | null): Figures {
  return { ...figures, overBy: quota === null ? 0 : Math.max(0, figures.listed - quota) };
}
