// What headquarters' people look at: the tables read into the answers of the API; changes nothing.

import { sql } from 'kysely';
import * as v from 'valibot';
import type { BuildingRow, ProjectRow, StateRow } from '../contract/board.ts';
import type { EventRow, SessionRow } from '../contract/events.ts';
import type { MemberId, TerminalId } from '../contract/ids.ts';
import { type Home, type MemberRow, memberKeys } from '../contract/members.ts';
import type { Answers, EventItem, FactItem, MemberDetail, MemberItem, RequestItem } from './api.ts';
import { type BootClocks, mendedTime, type Offsets } from './boot-clocks.ts';
import type { Ledger } from './club/ledger.ts';
import { maskName } from './mask.ts';
import { publishedRows } from './published-rows.ts';
import type { DeskRequest } from './service/request-rows.ts';
import { SettledFacts } from './store/settled-facts.ts';
import type { Store } from './store/store.ts';
import type { Tables } from './store/tables.ts';

const namesSchema = v.object({
  member: v.nullish(v.string()),
  session: v.nullish(v.string()),
  unit: v.nullish(v.string()),
});

type FactRecord = Omit<Tables['fact'], 'n'> & { readonly n: number };
type Names = v.InferOutput<typeof namesSchema>;

export class Desk {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #clocks: BootClocks;
  readonly #settled: SettledFacts;

  constructor(store: Store, ledger: Ledger, clocks: BootClocks) {
    this.#store = store;
    this.#settled = new SettledFacts(store);
    this.#ledger = ledger;
    this.#clocks = clocks;
  }

  /** Who goes on from the last number of an answer misses nothing. @returns oldest first */
  async factsAfter(after: number, limit: number): Promise<FactItem[]> {
    const facts = await this.#settledFacts();
    return await this.#facts(await facts.where('n', '>', after).orderBy('n').limit(limit).execute());
  }

  /** @returns the newest ones older than number `before`, oldest first */
  async factsBefore(before: number, limit: number): Promise<FactItem[]> {
    const facts = (await this.#settledFacts()).where('n', '<', before).orderBy('n', 'desc').limit(limit);
    return await this.#facts((await facts.execute()).reverse());
  }

  async factCount(): Promise<number> {
    const row = await this.#store.db
      .selectFrom('fact')
      .select(({ fn }) => fn.max('n').as('n'))
      .executeTakeFirst();
    return row?.n ?? 0;
  }

  /** @param query part of the name, start of the telephone number or the whole id */
  async members(query: string, limit: number): Promise<MemberItem[]> {
    const like = query.toLowerCase().replace(/[\\%_]/g, '\\$&');
    const all = this.#store.db
      .selectFrom('member')
      .select(['id', 'name', 'phone'])
      .orderBy('id')
      .limit(limit);
    const found =
      query === ''
        ? all
        : all.where((it) =>
            it.or([
              it('id', '=', query),
              sql<boolean>`lower(name) like ${`%${like}%`} escape '\\'`,
              sql<boolean>`phone like ${`${like}%`} escape '\\'`,
            ]),
          );
    return await this.#members(await found.execute());
  }

  async member(id: string): Promise<MemberDetail | undefined> {
    const { db } = this.#store;
    const row = await db
      .selectFrom('member')
      .select(['id', 'name', 'phone', 'homes'])
      .where('id', '=', id)
      .executeTakeFirst();
    const [item] = row ? await this.#members([row]) : [];
    if (!row || !item) return undefined;
    const lines = await this.#ledger.lines(db, [row.id as MemberId], 1_000);
    return {
      ...item,
      ledger: lines.map(({ member: _, ...line }) => line),
      checkIns: await db
        .selectFrom('check_in')
        .select(['session', 'at', 'terminal', 'fact'])
        .where('member', '=', id)
        .orderBy('at', 'desc')
        .execute(),
      homes: JSON.parse(row.homes) as Home[],
      cards: await db.selectFrom('card').select('state').where('member', '=', id).execute(),
    };
  }

  async requests(requests: readonly DeskRequest[]): Promise<RequestItem[]> {
    const ids = [...new Set(requests.flatMap(({ member }) => (member === null ? [] : [member])))];
    const rows = await this.#store.db
      .selectFrom('member')
      .select(['id', 'name', 'homes'])
      .where(this.#store.among('id', ids))
      .execute();
    const members = new Map(rows.map((row) => [row.id, row]));
    return requests.map((request) => {
      const member = request.member === null ? undefined : members.get(request.member);
      const homes = member ? (JSON.parse(member.homes) as Home[]) : [];
      return {
        ...request,
        memberName: maskName(member?.name ?? ''),
        home: homes.find(({ unit }) => unit === request.unit)?.label ?? null,
      };
    });
  }

  async board(pending: number): Promise<Answers['board']> {
    const { db } = this.#store;
    const states = await publishedRows<StateRow>(db, 'board', 'state/');
    const projects = await publishedRows<ProjectRow>(db, 'board', 'project/');
    const buildings = await publishedRows<BuildingRow>(db, 'board', 'building/');
    return {
      states: states.sort((a, b) => a.order - b.order),
      projects: projects.map(({ id, name }) => ({
        id,
        name,
        buildings: buildings
          .filter(({ project }) => project === id)
          .map(({ id: building, name: words, floors, columns }) => ({
            id: building,
            name: words,
            floors,
            columns,
          })),
      })),
      pending,
    };
  }

  async events(): Promise<EventItem[]> {
    const { db } = this.#store;
    const rows = await db
      .selectFrom('session as s')
      .select('s.row')
      .select(sql<number>`(select count(*) from roster r where r.session = s.id)`.as('listed'))
      .select(sql<number>`(select count(*) from check_in c where c.session = s.id)`.as('checkedIn'))
      .orderBy('s.opens_at')
      .execute();
    const sessions = rows.map(({ row, ...counts }) => ({ ...(JSON.parse(row) as SessionRow), ...counts }));
    const events = await db.selectFrom('event').select('row').orderBy('id').execute();
    return events.map(({ row }) => {
      const { id, name, place } = JSON.parse(row) as EventRow;
      return {
        id,
        name,
        place,
        sessions: sessions
          .filter(({ event }) => event === id)
          .map(({ kind: _kind, event: _event, ...session }) => session),
      };
    });
  }

  async #members(
    records: readonly { readonly id: string; readonly name: string; readonly phone: string }[],
  ): Promise<MemberItem[]> {
    const keys = records.map(({ id }) => memberKeys.member(id));
    const rows = await this.#store.db
      .selectFrom('dataset_row')
      .select(['key', 'body'])
      .where('dataset', '=', 'members')
      .where(this.#store.among('key', keys))
      .execute();
    const published = new Map(
      rows.map(({ key, body }) => [key, JSON.parse(body ?? 'null') as MemberRow | null]),
    );
    return records.map(({ id, name, phone }) => {
      const row = published.get(memberKeys.member(id));
      return {
        id,
        name,
        phone,
        level: row?.level ?? '',
        points: row?.balance ?? 0,
        earned: row?.earned ?? 0,
      };
    });
  }

  async #settledFacts() {
    const top = await this.#settled.upTo();
    return this.#store.db.selectFrom('fact').selectAll().where('n', '<=', top);
  }

  async #facts(records: readonly FactRecord[]): Promise<FactItem[]> {
    // bodies were parsed at intake, so only the names are looked at here
    const read = records.map((row) => {
      const body: unknown = JSON.parse(row.body);
      return { row, body, names: v.parse(namesSchema, body) };
    });
    const aboutOf = await this.#abouts(read.map(({ names }) => names));
    const offsets = await this.#offsets(records);
    return read.map(({ row, body, names }) => ({
      n: row.n,
      terminal: row.terminal,
      epoch: row.epoch,
      seq: row.seq,
      id: row.id,
      kind: row.kind,
      at: row.at,
      mendedAt: mendedTime(
        { clock: row.clock === 'guess' ? 'guess' : 'synced', boot: row.boot, monoMs: row.mono_ms },
        offsets.get(row.terminal) ?? new Map(),
      ),
      receivedAt: row.received_at,
      body,
      about: aboutOf(names),
    }));
  }

  async #offsets(records: readonly FactRecord[]): Promise<ReadonlyMap<string, Offsets>> {
    const guessed = records.filter(({ clock }) => clock === 'guess');
    const offsets = new Map<string, Offsets>();
    for (const terminal of new Set(guessed.map((row) => row.terminal))) {
      const boots = new Set(guessed.filter((row) => row.terminal === terminal).map(({ boot }) => boot));
      offsets.set(terminal, await this.#clocks.offsets(this.#store.db, terminal as TerminalId, [...boots]));
    }
    return offsets;
  }

  async #abouts(all: readonly Names[]): Promise<(names: Names) => FactItem['about']> {
    const { db } = this.#store;
    const wanted = (key: 'member' | 'session'): string[] => [
      ...new Set(all.flatMap((names) => names[key] ?? [])),
    ];
    const members = await db
      .selectFrom('member')
      .select(['id', 'name'])
      .where(this.#store.among('id', wanted('member')))
      .execute();
    const sessions = await db
      .selectFrom('session')
      .select(['id', 'row'])
      .where(this.#store.among('id', wanted('session')))
      .execute();
    const names = new Map(members.map(({ id, name }) => [id, maskName(name)]));
    const words = new Map(sessions.map(({ id, row }) => [id, (JSON.parse(row) as SessionRow).name]));
    return ({ member, session, unit }) => ({
      member: names.get(member ?? '') ?? null,
      session: words.get(session ?? '') ?? null,
      unit: unit ?? null,
    });
  }
}
