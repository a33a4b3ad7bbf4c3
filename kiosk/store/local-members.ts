// Who joined here, and which cards were given and stopped here, until headquarters' own rows say so.
import * as v from 'valibot';
import {
  type MemberRow,
  type MembersRow,
  memberKeys,
  membersRowSchema,
} from '../../sync/contract/members.ts';
import type { Database, Migration } from '../../sync/database.ts';
import type { Effect } from '../decision.ts';

export const localMemberMigrations: readonly Migration[] = [
  {
    name: 'local-members-1',
    sql: `
      CREATE TABLE local_member_row(
        key TEXT PRIMARY KEY, place INTEGER NOT NULL, body TEXT NOT NULL, visible_from INTEGER) WITHOUT ROWID;
      CREATE TABLE local_lost(
        member TEXT PRIMARY KEY, place INTEGER NOT NULL, visible_from INTEGER) WITHOUT ROWID;
      CREATE TABLE local_profile(
        place INTEGER PRIMARY KEY, member TEXT NOT NULL, told TEXT NOT NULL, visible_from INTEGER);
      CREATE INDEX local_profile_member ON local_profile(member);
    `,
  },
];

const tables = ['local_member_row', 'local_lost', 'local_profile'] as const;

export class LocalMembers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  row(key: string): MembersRow | undefined {
    const found = this.#db.get('SELECT body FROM local_member_row WHERE key = ?', key);
    return found && v.parse(membersRowSchema, JSON.parse(String(found['body'])));
  }

  /** The row with what its owner changed here since. */
  withChanges(row: MemberRow): MemberRow {
    const changes = this.#db.all('SELECT told FROM local_profile WHERE member = ? ORDER BY place', row.id);
    const told = changes.map((change) => JSON.parse(String(change['told'])) as Partial<MemberRow>);
    return Object.assign({ ...row }, ...told) as MemberRow;
  }

  /** All cards that the member had before; one that was given here afterwards is theirs to use. */
  isReportedLost(member: string, token: string): boolean {
    const lost = this.#db.get('SELECT place FROM local_lost WHERE member = ?', member);
    if (!lost) return false;
    const given = this.#db.get('SELECT place FROM local_member_row WHERE key = ?', memberKeys.card(token));
    return given === undefined || Number(given['place']) < Number(lost['place']);
  }

  noteApplied(place: number, membersVersion: number): void {
    for (const table of tables) {
      this.#db.run(
        `UPDATE ${table} SET visible_from = ? WHERE place <= ? AND visible_from IS NULL`,
        membersVersion,
        place,
      );
    }
  }

  /** What the members dataset contains at this version is headquarters' to say. */
  dropVisible(version: number): void {
    for (const table of tables) {
      this.#db.run(`DELETE FROM ${table} WHERE visible_from <= ?`, version);
    }
  }
}

/** In the transaction of the fact at `place`. */
export function rememberMembers(
  db: Database,
  { place }: { readonly place: number },
  effect: Extract<Effect, { kind: `remember-${'members' | 'lost' | 'profile'}` }>,
): void {
  if (effect.kind === 'remember-lost') {
    db.run('INSERT OR REPLACE INTO local_lost(member, place) VALUES (?, ?)', effect.member, place);
    return;
  }
  if (effect.kind === 'remember-profile') {
    const { phone, pin, birthday, mayContact } = effect;
    const told = { ...(phone ? { phone } : {}), ...(pin ? { pin } : {}), birthday, mayContact };
    db.run(
      'INSERT INTO local_profile(place, member, told) VALUES (?, ?, ?)',
      place,
      effect.member,
      JSON.stringify(told),
    );
    return;
  }
  for (const row of effect.rows) {
    db.run(
      'INSERT OR REPLACE INTO local_member_row(key, place, body) VALUES (?, ?, ?)',
      keyOf(row),
      place,
      JSON.stringify(row),
    );
  }
}

function keyOf(row: MembersRow): string {
  switch (row.kind) {
    case 'card':
      return memberKeys.card(row.token);
    case 'member':
      return memberKeys.member(row.id);
    case 'level':
      return memberKeys.level(row.code);
    case 'identity':
      return memberKeys.identity(row.key);
    case 'staff':
      return memberKeys.staff(row.token);
    case 'rules':
      return memberKeys.rules;
  }
}
