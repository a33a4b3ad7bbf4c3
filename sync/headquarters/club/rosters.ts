// The lists of sessions: who signed up, has a place, waits, came. Everything follows from acts and check-ins that are
// only ever added, so that terminals may tell them in any order (rules CL50–CL55).
import { eventKeys, isCancelled, type RosterRow, type SessionRow } from '../../contract/events.ts';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { FactId, MemberId, SessionId, TerminalId } from '../../contract/ids.ts';
import type { Notices } from '../notices/notices.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type News, newsNotices, newsOf, type PlaceNews } from './place-notices.ts';
import { placesOf, type RosterAct, standingOf } from './roster-order.ts';
import { prepareRosters, type RosterQueries, type RosterRecord } from './roster-queries.ts';

export type WishFact = Fact & Extract<FactContent, { kind: 'session-wished' }>;
/** A member's place on the list of a session. */
export interface RosterPlace {
  readonly session: SessionId;
  readonly member: MemberId;
}
export interface NewAct extends RosterAct, RosterPlace {
  /** which terminal or account */
  readonly source: string;
}
export interface ToldCheckIn extends RosterPlace {
  readonly fact: FactId;
  readonly terminal: TerminalId;
  readonly at: string;
  readonly isWalkIn: boolean;
}
/** What changed somebody's place: told once. */
export interface Cause {
  readonly id: string;
  /** they asked at a terminal and wait for an answer, also when it is yes */
  readonly isAsked?: boolean;
}

export class Rosters {
  readonly #store: Store;
  readonly #queries: RosterQueries;
  readonly #notices: Notices;
  readonly #now: () => Date;
  readonly #timeZone: string;

  constructor(store: Store, notices: Notices, now: () => Date, timeZone: string) {
    this.#store = store;
    this.#queries = prepareRosters(store);
    this.#notices = notices;
    this.#now = now;
    this.#timeZone = timeZone;
  }

  /** Sign-ups and cancellations at terminals, in whatever order they come. */
  async applyWishes(tx: Tx, terminal: TerminalId, facts: readonly WishFact[]): Promise<Effects> {
    const sessions = await this.sessions(tx, [...new Set(facts.map(({ body }) => body.session))]);
    const members = await this.#knownMembers(tx, [...new Set(facts.map(({ body }) => body.member))]);
    const outcomes = facts.map(({ body }): Outcome => {
      const session = sessions.get(body.session);
      if (!session) return refused('unknown-session');
      if (!members.has(body.member)) return refused('unknown-member');
      // who is on a list may always leave it
      return body.wish === 'leave' || session.signUp === true ? applied : refused('no-sign-up');
    });
    const acts = facts
      .filter((_, index) => outcomes[index] === applied)
      .map(({ id, at, body: { session, member, wish } }): NewAct => {
        const act = wish === 'join' ? 'in' : 'out';
        return { id, session, member, at: this.#notAhead(at), act, treatment: null, source: terminal };
      });
    if (acts.length === 0) return { outcomes, changes: [] };
    return { outcomes, changes: [await this.act(tx, acts, true)] };
  }

  /** @returns what terminals must then be told */
  async act(tx: Tx, acts: readonly NewAct[], isAsked = false): Promise<Change> {
    await this.#store.insert(tx, 'roster_act', acts, { onConflict: 'skip' });
    const last = acts.at(-1);
    return this.change(acts, last && { id: last.id, isAsked });
  }

  /** Tells everybody who counts on a session and has not come yet. @returns how many that are */
  async tell(tx: Tx, session: SessionRow, what: Extract<News, 'cancelled' | 'moved'>): Promise<number> {
    const records = await this.#queries.list(tx, { session: session.id });
    const told = records.filter(({ at }) => at === null).map(({ member }) => ({ member, what, number: 0 }));
    await this.#queue(tx, session, told, { id: `${what}/${this.#now().toISOString()}` });
    return told.length;
  }

  /** The lists of a developer's file: they come first, and a second import only changes what they give. */
  async import(
    tx: Tx,
    places: readonly (RosterPlace & { readonly treatment: object | null })[],
  ): Promise<Change> {
    const acts = places.map(({ session, member, treatment }) => ({
      id: `import/${session}/${member}`,
      session,
      member,
      at: new Date(0).toISOString(),
      act: 'in',
      treatment: treatment === null ? null : JSON.stringify(treatment),
      source: 'import',
    }));
    await this.#store.insert(tx, 'roster_act', acts, { onConflict: { keys: ['id'] } });
    return this.change(places);
  }

  /**
   * Keeps every check-in that was told. Of two of one member and session the earlier one is the check-in, so that it
   * does not matter which terminal was heard first.
   */
  async keepCheckIns(tx: Tx, told: readonly ToldCheckIn[], doubles: readonly ToldCheckIn[]): Promise<void> {
    await this.#store.insert(
      tx,
      'attendance',
      told.map(({ fact, session, member, terminal, at, isWalkIn }) => ({
        fact,
        session,
        member,
        terminal,
        at,
        walk_in: isWalkIn ? 1 : 0,
      })),
      { onConflict: 'skip' },
    );
    for (const { fact, session, member, terminal, at } of doubles) {
      await tx
        .updateTable('check_in')
        .set({ fact, terminal, at })
        .where('session', '=', session)
        .where('member', '=', member)
        .where((it) => it.or([it('at', '>', at), it.and([it('at', '=', at), it('fact', '>', fact)])]))
        .execute();
    }
  }

  /** After check-ins: who had a place has it still, and nothing else on the list moves. @param doubles come earlier, perhaps */
  checkInChange(places: readonly RosterPlace[], doubles: readonly RosterPlace[]): Change {
    const twice = new Set(doubles.map(keyOf));
    return {
      dataset: 'events',
      rows: async (tx) => {
        const records = await this.#records(tx, places);
        const isSettled = (place: RosterPlace): boolean =>
          records.get(keyOf(place))?.waiting === null && !twice.has(keyOf(place));
        const moved = places.filter((place) => !isSettled(place));
        const rows = [...records].map(([key, record]): PublishedRow => [key, rowOf(record)]);
        return moved.length === 0 ? rows : [...rows, ...(await this.#settle(tx, moved, undefined))];
      },
    };
  }

  /** What these members' acts and check-ins come to. Settled when nobody else can publish: two never give one place. */
  change(places: readonly RosterPlace[], cause?: Cause): Change {
    return { dataset: 'events', rows: (tx) => this.#settle(tx, places, cause) };
  }

  /** After a session was defined anew: all who wait may have a place now. */
  sessionChange(session: SessionId, cause: Cause): Change {
    return {
      dataset: 'events',
      rows: async (tx) => {
        const row = (await this.sessions(tx, [session])).get(session);
        return row ? await this.#order(tx, row, new Set(), cause) : [];
      },
    };
  }

  /** As they are published; changes nothing. */
  async rows(tx: Reader, places: readonly RosterPlace[]): Promise<RosterRow[]> {
    return [...(await this.#records(tx, places)).values()].map(rowOf);
  }

  async sessions(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, SessionRow>> {
    const rows = await this.#queries.sessions(db, { sessions: ids });
    return new Map(rows.map(({ id, row }) => [id, JSON.parse(row) as SessionRow]));
  }

  async #settle(tx: Tx, places: readonly RosterPlace[], cause: Cause | undefined): Promise<PublishedRow[]> {
    const before = await this.#records(tx, places);
    const standings = await this.#standings(tx, places);
    const written: RosterRecord[] = [];
    const gone: RosterPlace[] = [];
    for (const [key, { place, standing, at }] of standings) {
      const old = before.get(key);
      if (standing === null) {
        if (old) gone.push(place);
      } else if (old?.since !== standing.since || old.treatment !== standing.treatment) {
        written.push({ ...place, ...standing, waiting: old?.waiting ?? null, at });
      }
    }
    const fresh = new Set(written.map(keyOf).filter((key) => !before.has(key)));
    await this.#write(tx, written);
    for (const { session, member } of gone) {
      await tx.deleteFrom('roster').where('session', '=', session).where('member', '=', member).execute();
    }
    const rows: PublishedRow[] = [...standings].map(([key, { place, standing, at }]) => {
      if (standing === null) return [key, null];
      return [key, rowOf({ ...place, ...standing, waiting: before.get(key)?.waiting ?? null, at })];
    });
    const sessions = await this.sessions(tx, [...new Set(places.map(({ session }) => session))]);
    for (const session of sessions.values()) {
      if (session.quota != null) rows.push(...(await this.#order(tx, session, fresh, cause)));
      else if (cause) {
        const isNew = ({ session: id, member }: RosterPlace) => fresh.has(eventKeys.roster(id, member));
        const seated = places.filter((place) => place.session === session.id && isNew(place));
        const news = newsOf({ moved: [], seated, was: new Map(), isNew: () => true }, cause);
        await this.#queue(tx, session, news, cause);
      }
    }
    return rows;
  }

  /** Gives out the places of one session. @param fresh keys of who was not on its list before */
  async #order(
    tx: Tx,
    session: SessionRow,
    fresh: ReadonlySet<string>,
    cause: Cause | undefined,
  ): Promise<PublishedRow[]> {
    const records = await this.#queries.list(tx, { session: session.id });
    const places = placesOf(
      records.map(({ member, since, at }) => ({ member, since, hasCome: at !== null })),
      session.quota ?? null,
    );
    const moved = records.flatMap((record): RosterRecord[] => {
      const waiting = places.get(record.member) ?? null;
      return waiting === record.waiting ? [] : [{ ...record, waiting }];
    });
    await this.#write(tx, moved);
    if (cause) {
      const was = new Map(records.map(({ member, waiting }) => [member, waiting]));
      const isNew = (member: string): boolean => fresh.has(eventKeys.roster(session.id, member));
      const seated = records.filter(({ member }) => isNew(member) && (places.get(member) ?? null) === null);
      await this.#queue(tx, session, newsOf({ moved, seated, was, isNew }, cause), cause);
    }
    const waiting = [...places.values()].filter((number) => number !== null).length;
    const row: SessionRow = { ...session, listed: records.length - waiting, waiting };
    return [
      ...moved.map((record): PublishedRow => [keyOf(record), rowOf(record)]),
      [eventKeys.session(session.id), row],
    ];
  }

  /** Of what is over nobody wants to hear; of what is cancelled only that. */
  async #queue(tx: Tx, session: SessionRow, news: readonly PlaceNews[], cause: Cause): Promise<void> {
    if (Date.parse(session.endsAt) <= this.#now().getTime()) return;
    const told = isCancelled(session) ? news.map((one) => ({ ...one, what: 'cancelled' as const })) : news;
    const about = { session, cause: cause.id, timeZone: this.#timeZone };
    await this.#notices.queue(tx, await newsNotices(this.#store, tx, about, told));
  }

  async #write(tx: Tx, records: readonly RosterRecord[]): Promise<void> {
    await this.#store.insert(
      tx,
      'roster',
      records.map(({ session, member, treatment, since, waiting }) => ({
        session,
        member,
        treatment,
        since,
        waiting,
      })),
      { onConflict: { keys: ['session', 'member'] } },
    );
  }

  async #standings(tx: Tx, places: readonly RosterPlace[]) {
    const asked = askedOf(places);
    const acts = new Map<string, RosterAct[]>();
    for (const act of await this.#queries.acts(tx, asked)) {
      const key = keyOf(act);
      acts.set(key, [...(acts.get(key) ?? []), { ...act, act: act.act === 'in' ? 'in' : 'out' }]);
    }
    const checkIns = new Map(
      (await this.#queries.checkIns(tx, asked)).map((row) => [keyOf(row), { at: row.at, id: row.fact }]),
    );
    return new Map(
      places.map((place) => {
        const key = keyOf(place);
        const checkIn = checkIns.get(key);
        const standing = standingOf(acts.get(key) ?? [], checkIn);
        return [key, { place, standing, at: checkIn?.at ?? null }];
      }),
    );
  }

  async #records(db: Reader, places: readonly RosterPlace[]): Promise<Map<string, RosterRecord>> {
    const wanted = new Set(places.map(keyOf));
    const records = await this.#queries.roster(db, askedOf(places));
    return new Map(
      records.flatMap((record): [string, RosterRecord][] => {
        const key = keyOf(record);
        return wanted.has(key) ? [[key, record]] : [];
      }),
    );
  }

  async #knownMembers(tx: Tx, members: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#queries.knownMembers(tx, { members })).map(({ id }) => id));
  }

  /** A terminal whose clock runs ahead must not have the last word for long. */
  #notAhead(at: string): string {
    return new Date(Math.min(Date.parse(at), this.#now().getTime())).toISOString();
  }
}

function askedOf(places: readonly RosterPlace[]) {
  return {
    sessions: [...new Set(places.map(({ session }) => session))],
    members: [...new Set(places.map(({ member }) => member))],
  };
}

function keyOf({ session, member }: { readonly session: string; readonly member: string }): string {
  return eventKeys.roster(session, member);
}

function rowOf({ session, member, treatment, waiting, at }: RosterRecord): RosterRow {
  return {
    kind: 'roster',
    session: session as SessionId,
    member: member as MemberId,
    checkedInAt: at,
    treatment: treatment === null ? null : (JSON.parse(treatment) as RosterRow['treatment']),
    ...(waiting === null ? {} : { waiting }),
  };
}
