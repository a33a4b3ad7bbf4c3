// A list from a CSV file: every wrong row is named, and the list is put in force whole or not at all.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SessionRow } from '../../contract/events.ts';
import type { Actor } from '../accounts/actor.ts';
import type { ActivityFault, ImportAnswer } from '../api/activity-api.ts';
import type { Tx } from '../store/store.ts';
import { type Activities, type ActivityParts, NoPlaceLeft } from './activities.ts';
import {
  type Known,
  type KnownMembers,
  phoneOf,
  readRosterSheet,
  type SheetRow,
  type Wanted,
  wantedBy,
} from './roster-sheet.ts';

const rowsAtOnce = 500;

export interface ImportWish {
  readonly session: string;
  readonly csv: string;
  /** who finds no place goes on the waiting list; otherwise such a row is wrong */
  readonly mayWait: boolean;
  /** told again and again while rows are looked at */
  readonly onProgress?: (done: number, of: number) => void;
}
interface Read {
  readonly wanted: readonly (Wanted & { readonly line: number })[];
  readonly faults: ImportAnswer['faults'];
}

export class RosterImport {
  readonly #parts: ActivityParts;
  readonly #activities: Activities;
  readonly #maxRows: number;

  constructor(parts: ActivityParts, activities: Activities, maxRows: number) {
    this.#parts = parts;
    this.#activities = activities;
    this.#maxRows = maxRows;
  }

  /**
   * Columns `member` (id) or `phone`; `name` must agree when it is given; `treatment_zh` and `treatment_en`. Others are
   * passed over. One wrong row, and nothing is imported.
   */
  async import(actor: Pick<Actor, 'account'>, wish: ImportWish): Promise<ImportAnswer | ActivityFault> {
    const rows = readRosterSheet(wish.csv, this.#maxRows);
    if (typeof rows === 'string') return rows;
    try {
      return await this.#parts.store.transaction(async (tx) => await this.#put(tx, actor, wish, rows));
    } catch (error) {
      if (error instanceof NoPlaceLeft) return 'session-full';
      throw error;
    }
  }

  async #put(
    tx: Tx,
    actor: Pick<Actor, 'account'>,
    { session, mayWait, onProgress }: ImportWish,
    rows: readonly SheetRow[],
  ): Promise<ImportAnswer | ActivityFault> {
    const { publication, rosters, audit, now } = this.#parts;
    const row = (await rosters.sessions(tx, [session])).get(session);
    if (!row) return 'unknown-session';
    const closed = this.#activities.closedBy(row);
    if (closed) return closed;
    const { wanted, faults: wrong } = await this.#read(tx, rows, onProgress);
    const places = wanted.map(({ member }) => ({ session: row.id, member }));
    const before = new Map((await rosters.rows(tx, places)).map((one) => [one.member, one]));
    const full = mayWait ? [] : await this.#full(tx, row, wanted, before);
    const faults = [...wrong, ...full].sort((a, b) => a.line - b.line);
    if (faults.length > 0) return { added: 0, waiting: 0, unchanged: 0, faults };
    const news = wanted.filter(({ member, treatment }) => {
      const old = before.get(member);
      return !old || (treatment !== null && JSON.stringify(old.treatment) !== JSON.stringify(treatment));
    });
    const [batch, at] = [randomUUID(), now().toISOString()];
    const change = await rosters.act(
      tx,
      news.map(({ member, treatment }, index) => ({
        id: `desk/${batch}/${String(index).padStart(6, '0')}`,
        session: row.id,
        member,
        at,
        act: 'in',
        treatment: treatment === null ? null : JSON.stringify(treatment),
        source: actor.account,
      })),
    );
    await audit.note(tx, actor, 'roster-imported', session, { rows: rows.length, added: news.length });
    await publication.publish(tx, [change]);
    const after = await rosters.rows(tx, places);
    const added = after.filter(({ member }) => !before.has(member));
    const waiting = added.filter((one) => (one.waiting ?? null) !== null).length;
    // somebody else took the last places while the rows were looked at
    if (waiting > 0 && !mayWait) throw new NoPlaceLeft();
    return { added: added.length, waiting, unchanged: wanted.length - news.length, faults: [] };
  }

  async #read(tx: Tx, rows: readonly SheetRow[], onProgress: ImportWish['onProgress']): Promise<Read> {
    const wanted: (Wanted & { readonly line: number })[] = [];
    const faults: { line: number; code: ImportAnswer['faults'][number]['code'] }[] = [];
    const seen = new Set<string>();
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const some = rows.slice(start, start + rowsAtOnce);
      const known = await this.#known(tx, some);
      for (const row of some) {
        const found = wantedBy(row, known);
        const { line } = row;
        if (typeof found === 'string') faults.push({ line, code: found });
        else if (seen.has(found.member)) faults.push({ line, code: 'twice-in-file' });
        else {
          seen.add(found.member);
          wanted.push({ ...found, line });
        }
      }
      onProgress?.(start + some.length, rows.length);
      // others are served meanwhile
      await setImmediate();
    }
    return { wanted, faults };
  }

  /** Whoever became one with another member is that member. */
  async #known(tx: Tx, rows: readonly SheetRow[]): Promise<KnownMembers> {
    const { store } = this.#parts;
    const ids = rows.map(({ cells }) => cells['member'] ?? '').filter(Boolean);
    const phones = rows.map(({ cells }) => phoneOf(cells)).filter(Boolean);
    const records = await tx
      .selectFrom('member as told')
      .innerJoin('member as m', (join) => join.on(sql`m.id`, '=', sql`coalesce(told.merged_into, told.id)`))
      .select(['told.id as told', 'told.phone', 'm.id', 'm.name'])
      .where((it) => it.or([store.among('told.id', ids), store.among('told.phone', phones)]))
      .execute();
    const byId = new Map(records.map((record) => [record.told, record]));
    const byPhone = new Map<string, Map<string, Known>>();
    for (const record of records) {
      const same = byPhone.get(record.phone) ?? new Map<string, Known>();
      byPhone.set(record.phone, same.set(record.id, record));
    }
    return {
      byId: (id) => byId.get(id),
      byPhone: (phone) => [...(byPhone.get(phone)?.values() ?? [])],
    };
  }

  async #full(
    tx: Tx,
    session: SessionRow,
    wanted: Read['wanted'],
    listed: ReadonlyMap<string, unknown>,
  ): Promise<ImportAnswer['faults']> {
    let free = await this.#activities.freePlaces(tx, session);
    return wanted.flatMap(({ member, line }) => {
      if (listed.has(member)) return [];
      free -= 1;
      return free < 0 ? [{ line, code: 'session-full' as const }] : [];
    });
  }
}
