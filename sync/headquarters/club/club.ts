// The club: who the members are, what a check-in earns, and the level that follows from it.
import { eventKeys, type SessionRow } from '../../contract/events.ts';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { MemberId, SessionId, TerminalId } from '../../contract/ids.ts';
import { type Home, type LevelRow, type MemberRow, memberKeys } from '../../contract/members.ts';
import { levelOf } from '../../contract/points.ts';
import { notAhead } from '../boot-clocks.ts';
import { maskName, maskPhone } from '../mask.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import { shortlistsOf, withShortlist } from '../sales/shortlists.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type ClubQueries, prepareClub } from './club-queries.ts';
import type { Ledger } from './ledger.ts';
import { memberPoints } from './member-points.ts';
import type { RosterPlace, Rosters, ToldCheckIn } from './rosters.ts';

export type CheckInFact = Fact & Extract<FactContent, { kind: 'check-in-recorded' }>;

export class Club {
  readonly #store: Store;
  readonly #queries: ClubQueries;
  readonly #ledger: Ledger;
  readonly #publication: Publication;
  readonly #now: () => Date;
  readonly rosters: Rosters;

  constructor(store: Store, ledger: Ledger, publication: Publication, now: () => Date, rosters: Rosters) {
    this.rosters = rosters;
    this.#store = store;
    this.#queries = prepareClub(store);
    this.#ledger = ledger;
    this.#publication = publication;
    this.#now = now;
  }

  /**
   * Books check-ins: the first of a member and session counts, whichever terminal told it; all later ones are
   * already true. Someone whom the terminal let in stays in, also when the list changed meanwhile.
   * @param facts oldest first
   */
  async applyCheckIns(tx: Tx, terminal: TerminalId, facts: readonly CheckInFact[]): Promise<Effects> {
    const sessions = await this.#sessions(
      tx,
      facts.map(({ body }) => body.session),
    );
    const members = await this.knownMembers(
      tx,
      facts.map(({ body }) => body.member),
    );
    const firsts = new Map<string, CheckInFact>();
    const outcomes = facts.map((fact): Outcome => {
      if (!sessions.has(fact.body.session)) return refused('unknown-session');
      if (!members.has(fact.body.member)) return refused('unknown-member');
      const key = eventKeys.roster(fact.body.session, fact.body.member);
      if (!firsts.has(key)) firsts.set(key, fact);
      return applied;
    });
    const told = facts
      .filter((_, index) => outcomes[index] === applied)
      .map(({ id, at, body: { session, member, isWalkIn = false } }): ToldCheckIn => {
        return { fact: id, session, member, terminal, at: notAhead(at, this.#now()), isWalkIn };
      });
    const rows = told.filter(({ fact, session, member }) => {
      return firsts.get(eventKeys.roster(session, member))?.id === fact;
    });
    const written = await this.#store.insert(
      tx,
      'check_in',
      rows.map(({ isWalkIn: _, ...row }) => row),
      { onConflict: 'skip', returning: ['fact'] },
    );
    const counted = new Set(written.map(({ fact }) => fact));
    const doubles = told.filter(({ fact }) => !counted.has(fact));
    await this.rosters.keepCheckIns(tx, told, doubles);
    const places = rows.filter(({ fact }) => counted.has(fact));
    if (told.length === 0) return { outcomes, changes: [] };
    await this.#ledger.book(
      tx,
      places.flatMap(({ session: id, member, at, fact }) => {
        const session = sessions.get(id);
        if (!session) return [];
        const reason = { zh: `活动签到 · ${session.name.zh}`, en: `Check-in · ${session.name.en}` };
        const businessKey = `check-in/${id}/${member}`;
        return [
          { id: fact, businessKey, member, at, points: session.points, reason, fact, item: 'check-in' },
        ];
      }),
    );
    return {
      outcomes,
      changes: [
        this.memberChange(places.map(({ member }) => member)),
        this.rosters.checkInChange(told, doubles),
      ],
    };
  }

  async knownMembers(db: Reader, members: readonly MemberId[]): Promise<ReadonlySet<string>> {
    const wanted = [...new Set(members)];
    const rows = await this.#queries.knownMembers(db, { members: wanted });
    return new Set(rows.map(({ id }) => id));
  }

  /** The members' rows as the ledger then has them. */
  memberChange(members: readonly MemberId[]): Change {
    return { dataset: 'members', rows: (tx) => this.#memberRows(tx, [...new Set(members)]) };
  }

  rosterChange(places: readonly RosterPlace[]): Change {
    return this.rosters.change(places);
  }

  /** Points expire and levels fall at the second; this writes it down and tells terminals, however often it is called. */
  async refreshLevels(): Promise<void> {
    const now = this.#now();
    await this.#store.transaction(async (tx) => {
      const mark = await tx
        .selectFrom('mark')
        .select('value')
        .where('name', '=', 'levels-refreshed')
        .executeTakeFirst();
      await this.#store.insert(tx, 'mark', [{ name: 'levels-refreshed', value: now.toISOString() }], {
        onConflict: { keys: ['name'] },
      });
      const before = new Date(mark?.value ?? 0);
      const expired = await this.#ledger.membersWithExpiredLots(tx, before, now);
      await this.#ledger.settle(tx, expired, now);
      const aged = mark ? await this.#ledger.membersWithAgedPoints(tx, before, now) : [];
      const members = [...expired, ...aged];
      if (members.length > 0) await this.#publication.publish(tx, [this.memberChange(members)]);
    });
  }

  now(): Date {
    return this.#now();
  }

  /** What of imported points has expired already. */
  async settle(tx: Tx, members: readonly MemberId[]): Promise<void> {
    await this.#ledger.settle(tx, members, this.#now());
  }

  /** @returns lowest first */
  async levels(db: Reader): Promise<LevelRow[]> {
    const rows = await this.#queries.levels(db, {});
    return rows.map(({ row }) => JSON.parse(row) as LevelRow);
  }

  async #memberRows(tx: Tx, members: readonly MemberId[]): Promise<PublishedRow[]> {
    const levels = await this.levels(tx);
    const membersPerQuery = 5_000;
    const rows: PublishedRow[] = [];
    for (let start = 0; start < members.length; start += membersPerQuery) {
      rows.push(...(await this.#someMemberRows(tx, members.slice(start, start + membersPerQuery), levels)));
    }
    return rows;
  }

  async #someMemberRows(
    tx: Tx,
    members: readonly MemberId[],
    levels: readonly LevelRow[],
  ): Promise<PublishedRow[]> {
    const records = await this.#queries.members(tx, { members });
    const pointsOf = await memberPoints(this.#ledger, tx, members, this.#now());
    const shortlists = await shortlistsOf(this.#store, tx, members);
    return records.map(({ id, name, pin, homes, phone, birthday, may_contact }): PublishedRow => {
      const points = pointsOf(id);
      const row: MemberRow = {
        kind: 'member',
        id: id as MemberId,
        name: maskName(name),
        level: levelOf(levels, points.earned)?.code ?? '',
        ...points,
        pin,
        homes: JSON.parse(homes) as Home[],
        phone: phone === '' ? null : maskPhone(phone),
        ...(birthday === null ? {} : { birthday: birthday.slice(5) }),
        ...(may_contact === null ? {} : { mayContact: may_contact === 1 }),
        ...withShortlist(shortlists.get(id)),
      };
      return [memberKeys.member(id), row];
    });
  }

  async #sessions(db: Reader, ids: readonly SessionId[]): Promise<ReadonlyMap<string, SessionRow>> {
    const rows = await this.#queries.sessions(db, { sessions: [...new Set(ids)] });
    return new Map(rows.map(({ id, row }) => [id, JSON.parse(row) as SessionRow]));
  }
}
