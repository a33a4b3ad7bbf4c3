// A list as a CSV file: read whole or not at all, each wrong row named; and written so that it can be read again.
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { SessionRow } from '../../contract/events.ts';
import type { MemberId, Words } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { ActivityFault, ImportAnswer, RosterLine, RowFault } from '../api/activity-api.ts';
import type { Tx } from '../store/store.ts';
import type { Activities, ActivityParts } from './activities.ts';

const maxRows = 5_000;
const maxTreatment = 60;

type CsvRow = Readonly<Record<string, string>>;
interface Known {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
}
type ReadRow = { readonly member: MemberId; readonly treatment: Words | null } | RowFault;

export class RosterImport {
  readonly #parts: ActivityParts;
  readonly #activities: Activities;

  constructor(parts: ActivityParts, activities: Activities) {
    this.#parts = parts;
    this.#activities = activities;
  }

  /**
   * Columns `member` (id) or `phone`; `name` must agree when it is given; `treatment_zh` and `treatment_en`. Others are
   * passed over. One wrong row, and nothing is imported.
   * @param mayWait who finds no place goes on the waiting list; otherwise such a row is wrong
   */
  async import(
    actor: Pick<Actor, 'account'>,
    session: string,
    csv: string,
    mayWait: boolean,
  ): Promise<ImportAnswer | ActivityFault> {
    const rows = readCsv(csv);
    if (typeof rows === 'string') return rows;
    const { store, publication, rosters, audit, now } = this.#parts;
    return await store.transaction(async (tx): Promise<ImportAnswer | ActivityFault> => {
      const row = (await rosters.sessions(tx, [session])).get(session);
      if (!row) return 'unknown-session';
      const read = await this.#read(tx, rows);
      const faults = await this.#faults(tx, row, read, mayWait);
      if (faults.length > 0) return { added: 0, waiting: 0, unchanged: 0, faults };
      const wanted = read.filter((one) => typeof one !== 'string');
      const places = wanted.map(({ member }) => ({ session: row.id, member }));
      const before = new Map((await rosters.rows(tx, places)).map((one) => [one.member, one]));
      const news = wanted.filter(({ member, treatment }) => {
        const old = before.get(member);
        return !old || (treatment !== null && JSON.stringify(old.treatment) !== JSON.stringify(treatment));
      });
      const [batch, at] = [randomUUID(), now().toISOString()];
      const change = await rosters.act(
        tx,
        news.map(({ member, treatment }, index) => ({
          id: `desk/${batch}/${String(index).padStart(5, '0')}`,
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
      return { added: added.length, waiting, unchanged: wanted.length - news.length, faults: [] };
    });
  }

  async #read(tx: Tx, rows: readonly CsvRow[]): Promise<ReadRow[]> {
    const { store } = this.#parts;
    const known = await tx
      .selectFrom('member')
      .select(['id', 'name', 'phone'])
      .where((it) =>
        it.or([
          store.among(
            'id',
            rows.map(({ member = '' }) => member),
          ),
          store.among(
            'phone',
            rows.map(({ phone = '' }) => phone).filter((phone) => phone !== ''),
          ),
        ]),
      )
      .execute();
    const seen = new Set<string>();
    return rows.map((row) => {
      const found = readRow(row, known);
      if (typeof found === 'string') return found;
      if (seen.has(found.member)) return 'twice-in-file';
      seen.add(found.member);
      return found;
    });
  }

  async #faults(
    tx: Tx,
    session: SessionRow,
    read: readonly ReadRow[],
    mayWait: boolean,
  ): Promise<ImportAnswer['faults']> {
    const { rosters } = this.#parts;
    const members = read.flatMap((one) => (typeof one === 'string' ? [] : [one.member]));
    const places = members.map((member) => ({ session: session.id, member }));
    const listed = new Set((await rosters.rows(tx, places)).map(({ member }) => member));
    let free = mayWait ? Number.POSITIVE_INFINITY : await this.#activities.freePlaces(tx, session);
    return read.flatMap((one, index) => {
      const line = index + 2;
      if (typeof one === 'string') return [{ line, code: one }];
      if (listed.has(one.member)) return [];
      free -= 1;
      return free < 0 ? [{ line, code: 'session-full' as const }] : [];
    });
  }
}

/** What was exported can be imported again. */
export function rosterCsv(lines: readonly RosterLine[]): string {
  const columns = [
    'member',
    'name',
    'phone',
    'level',
    'waiting',
    'checked_in_at',
    'terminal',
    'walk_in',
    'treatment_zh',
    'treatment_en',
  ];
  return stringify(
    [
      columns,
      ...lines.map((line) => [
        line.member,
        line.name,
        line.phone,
        line.level,
        line.waiting,
        line.checkedInAt,
        line.terminal,
        line.isWalkIn ? 1 : 0,
        line.treatment?.zh,
        line.treatment?.en,
      ]),
    ],
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
}

function readCsv(csv: string): readonly CsvRow[] | ActivityFault {
  let rows: CsvRow[];
  try {
    rows = parse<CsvRow>(csv, {
      bom: true,
      columns: (head: readonly string[]) => head.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return 'csv-unreadable';
  }
  const [first] = rows;
  if (!first || !('member' in first || 'phone' in first)) return 'csv-unreadable';
  return rows.length > maxRows ? 'csv-too-long' : rows;
}

function readRow(row: CsvRow, known: readonly Known[]): ReadRow {
  const { member = '', phone = '', name = '', treatment_zh: zh = '', treatment_en: en = '' } = row;
  if (member === '' && phone === '') return 'no-member';
  const found = known.filter((one) => (member === '' ? one.phone === phone : one.id === member));
  const [one] = found;
  if (!one) return 'unknown-member';
  if (found.length > 1) return 'phone-of-several';
  if (name !== '' && name !== one.name) return 'name-differs';
  if ((zh === '') !== (en === '')) return 'treatment-half';
  if (zh.length > maxTreatment || en.length > maxTreatment) return 'treatment-too-long';
  return { member: one.id as MemberId, treatment: zh === '' ? null : { zh, en } };
}
