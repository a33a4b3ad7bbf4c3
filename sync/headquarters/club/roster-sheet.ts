// A list of a session as a sheet: what columns it has, how its rows are read, and how it is written to be read again.
import { parse } from 'csv-parse/sync';
import type { MemberId, Words } from '../../contract/ids.ts';
import type { ActivityFault, RosterLine, RowFault } from '../api/activity-api.ts';
import { csvText, unshielded } from '../api/csv-text.ts';

const maxTreatment = 60;
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
] as const;

export interface SheetRow {
  /** as an editor counts: the head is 1 */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** has it as many cells as the head? */
  readonly isWhole: boolean;
}
export interface Wanted {
  readonly member: MemberId;
  readonly treatment: Words | null;
}
/** Somebody whom a row may mean. */
export interface Known {
  readonly id: string;
  readonly name: string;
}
export interface KnownMembers {
  byId(id: string): Known | undefined;
  byPhone(phone: string): readonly Known[];
}

export function readRosterSheet(csv: string, maxRows: number): readonly SheetRow[] | ActivityFault {
  let records: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    // its types leave out what `info` adds
    records = parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: maxRows + 2,
    }) as unknown as typeof records;
  } catch {
    return 'csv-unreadable';
  }
  const [first, ...rest] = records;
  const head = (first?.record ?? []).map((name) => name.toLowerCase());
  if (rest.length === 0 || !(head.includes('member') || head.includes('phone'))) return 'csv-unreadable';
  if (rest.length > maxRows) return 'csv-too-long';
  return rest.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(head.map((name, index) => [name, unshielded(record[index] ?? '')])),
    isWhole: record.length === head.length,
  }));
}

/** @returns whom the row puts on the list, or why it cannot */
export function wantedBy({ cells, isWhole }: SheetRow, known: KnownMembers): Wanted | RowFault {
  if (!isWhole) return 'wrong-columns';
  const { member = '', name = '', treatment_zh: zh = '', treatment_en: en = '' } = cells;
  const phone = phoneOf(cells);
  if (member === '' && phone === '') return 'no-member';
  const byId = known.byId(member);
  const found = member === '' ? known.byPhone(phone) : byId ? [byId] : [];
  const [one] = found;
  if (!one) return 'unknown-member';
  if (found.length > 1) return 'phone-of-several';
  if (name !== '' && name !== one.name) return 'name-differs';
  if ((zh === '') !== (en === '')) return 'treatment-half';
  if (zh.length > maxTreatment || en.length > maxTreatment) return 'treatment-too-long';
  return { member: one.id as MemberId, treatment: zh === '' ? null : { zh, en } };
}

/** Without the spaces and dashes that people and spreadsheets put in. */
export function phoneOf(cells: SheetRow['cells']): string {
  return (cells['phone'] ?? '').replace(/[\s-]/g, '');
}

/** What was exported can be imported again. */
export function rosterCsv(lines: readonly RosterLine[]): string {
  const rows = lines.map((line) => [
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
  ]);
  return csvText([columns, ...rows]);
}
