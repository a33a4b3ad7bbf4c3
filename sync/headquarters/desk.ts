// What headquarters' people look at: the tables read into the answers of the API; changes nothing.

import * as v from 'valibot';
import type { BuildingRow, ProjectRow, StateRow } from '../contract/board.ts';
import type { EventRow, SessionRow } from '../contract/events.ts';
import type { MemberId } from '../contract/ids.ts';
import { type Home, type MemberRow, memberKeys } from '../contract/members.ts';
import type { Database, SqlRow } from '../database.ts';
import type { Answers, EventItem, FactItem, MemberDetail, MemberItem, RequestItem } from './api.ts';
import type { Ledger } from './ledger.ts';
import { maskName } from './mask.ts';
import type { DeskRequest } from './service.ts';

const namesSchema = v.object({
  member: v.nullish(v.string()),
  session: v.nullish(v.string()),
  unit: v.nullish(v.string()),
});

export class Desk {
  readonly #db: Database;
  readonly #ledger: Ledger;

  constructor(db: Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  /** @returns oldest first */
  factsAfter(after: number, limit: number): FactItem[] {
    return this.#db
      .all('SELECT * FROM fact WHERE n>? ORDER BY n LIMIT ?', after, limit)
      .map((row) => this.#fact(row));
  }

  /** @returns the newest ones older than number `before`, oldest first */
  factsBefore(before: number, limit: number): FactItem[] {
    return this.#db
      .all('SELECT * FROM fact WHERE n<? ORDER BY n DESC LIMIT ?', before, limit)
      .map((row) => this.#fact(row))
      .reverse();
  }

  factCount(): number {
    return this.#db.get<{ n: number | null }>('SELECT max(n) AS n FROM fact')?.n ?? 0;
  }

  /** @param query part of the name, start of the telephone number or the whole id */
  members(query: string, limit: number): MemberItem[] {
    const like = query.replace(/[\\%_]/g, '\\$&');
    return this.#db
      .all<{ id: string; name: string; phone: string }>(
        `SELECT id, name, phone FROM member
         WHERE ?1='' OR id=?1 OR name LIKE '%'||?2||'%' ESCAPE '\\' OR phone LIKE ?2||'%' ESCAPE '\\' ORDER BY id LIMIT ?3`,
        query,
        like,
        limit,
      )
      .map((row) => this.#member(row));
  }

  member(id: string): MemberDetail | undefined {
    const row = this.#db.get<{ id: string; name: string; phone: string; homes: string }>(
      'SELECT id, name, phone, homes FROM member WHERE id=?',
      id,
    );
    if (!row) return undefined;
    return {
      ...this.#member(row),
      ledger: this.#ledger.lines(row.id as MemberId, 1_000),
      checkIns: this.#db.all(
        'SELECT session, at, terminal, fact FROM check_in WHERE member=? ORDER BY at DESC',
        row.id,
      ) as unknown as MemberDetail['checkIns'],
      homes: JSON.parse(row.homes) as Home[],
      cards: this.#db.all(
        'SELECT state FROM card WHERE member=?',
        row.id,
      ) as unknown as MemberDetail['cards'],
    };
  }

  request(request: DeskRequest): RequestItem {
    const member = this.#db.get<{ name: string; homes: string }>(
      'SELECT name, homes FROM member WHERE id=?',
      request.member,
    );
    const homes = member ? (JSON.parse(member.homes) as Home[]) : [];
    return {
      ...request,
      memberName: maskName(member?.name ?? ''),
      home: homes.find(({ unit }) => unit === request.unit)?.label ?? null,
    };
  }

  board(pending: number): Answers['board'] {
    const rows = <Row>(prefix: string): Row[] =>
      this.#db
        .all<{ body: string }>(
          `SELECT body FROM dataset_row
           WHERE dataset='board' AND key>=?1 AND key<?1||char(1114111) AND body IS NOT NULL ORDER BY key`,
          prefix,
        )
        .map(({ body }) => JSON.parse(body) as Row);
    const buildings = rows<BuildingRow>('building/');
    return {
      states: rows<StateRow>('state/').sort((a, b) => a.order - b.order),
      projects: rows<ProjectRow>('project/').map(({ id, name }) => ({
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

  events(): EventItem[] {
    const sessions = this.#db
      .all<{ row: string; listed: number; checkedIn: number }>(
        `SELECT row, (SELECT count(*) FROM roster r WHERE r.session=s.id) AS listed,
                (SELECT count(*) FROM check_in c WHERE c.session=s.id) AS checkedIn
         FROM session s ORDER BY opens_at`,
      )
      .map(({ row, listed, checkedIn }) => ({ ...(JSON.parse(row) as SessionRow), listed, checkedIn }));
    return this.#db.all<{ row: string }>('SELECT row FROM event ORDER BY id').map(({ row }) => {
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

  #member({ id, name, phone }: { id: string; name: string; phone: string }): MemberItem {
    const row = this.#db.get<{ body: string }>(
      "SELECT body FROM dataset_row WHERE dataset='members' AND key=?",
      memberKeys.member(id),
    );
    const published = row && (JSON.parse(row.body) as MemberRow);
    return {
      id,
      name,
      phone,
      level: published?.level ?? '',
      points: published?.balance ?? 0,
      earned: published?.earned ?? 0,
    };
  }

  #fact(row: SqlRow): FactItem {
    const body: unknown = JSON.parse(String(row['body']));
    return {
      n: Number(row['n']),
      terminal: String(row['terminal']),
      epoch: String(row['epoch']),
      seq: Number(row['seq']),
      id: String(row['id']),
      kind: String(row['kind']),
      at: String(row['at']),
      receivedAt: String(row['received_at']),
      body,
      about: this.#about(body),
    };
  }

  /** Bodies were parsed at intake, so only the names are looked at here. */
  #about(body: unknown): FactItem['about'] {
    const names = v.parse(namesSchema, body);
    const name = this.#db.get<{ name: string }>(
      'SELECT name FROM member WHERE id=?',
      names.member ?? null,
    )?.name;
    const session = this.#db.get<{ row: string }>(
      'SELECT row FROM session WHERE id=?',
      names.session ?? null,
    )?.row;
    return {
      member: name === undefined ? null : maskName(name),
      session: session === undefined ? null : (JSON.parse(session) as SessionRow).name,
      unit: names.unit ?? null,
    };
  }
}
