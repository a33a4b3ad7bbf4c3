// Devices as a table of a spreadsheet: every wrong cell is named, and nothing of a file with one is taken.
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { csvText, unshielded } from '../api/csv-text.ts';
import {
  type DeviceColumn,
  type DeviceError,
  type DeviceRow,
  deviceColumns,
  deviceRowSchema,
  optionalDeviceColumns,
} from '../api/device-api.ts';

export interface ReadDevice {
  /** of the file, the head is 1 */
  readonly line: number;
  readonly row: DeviceRow;
}
export interface DeviceFile {
  readonly devices: readonly ReadDevice[];
  readonly errors: readonly DeviceError[];
}

interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** Columns in any order, by their names; what is left out is empty. */
export function readDeviceCsv(csv: string): DeviceFile {
  let records: Parsed[];
  try {
    const options = { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true } as const;
    // with `info` it tells lines, which its types do not know
    records = parse(csv, { ...options, info: true }) as unknown as Parsed[];
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { devices: [], errors: [{ line, column: '', code: 'wrong' }] };
  }
  const [head, ...body] = records;
  const columns = (head?.record ?? []).map((column) => column.toLowerCase());
  const headErrors = errorsOfHead(columns);
  if (headErrors.length > 0) return { devices: [], errors: headErrors };
  const errors: DeviceError[] = [];
  const devices: ReadDevice[] = [];
  const seen = { terminal: new Set<string>(), code: new Set<string>(), serial: new Set<string>() };
  for (const { info, record } of body) {
    // a cell may hold line breaks: the line where the row ends
    const line = info.lines;
    const read = readRow(columns, record);
    errors.push(...read.errors.map((error) => ({ line, ...error })));
    if (!read.row) continue;
    for (const column of ['terminal', 'code', 'serial'] as const) {
      const value = read.row[column];
      if (value !== '' && seen[column].has(value)) errors.push({ line, column, code: 'repeated' });
      seen[column].add(value);
    }
    devices.push({ line, row: read.row });
  }
  return { devices, errors };
}

/** What was written can be read again, and changes nothing. */
export function deviceCsv(rows: Iterable<DeviceRow>): string {
  return csvText([deviceColumns, ...Array.from(rows, (row) => deviceColumns.map((column) => row[column]))]);
}

function errorsOfHead(columns: readonly string[]): DeviceError[] {
  const isKnown = (column: string): boolean => deviceColumns.some((known) => known === column);
  return [
    ...columns
      .filter((column) => !isKnown(column))
      .map((column) => ({ line: 1, column: column.slice(0, 40), code: 'unknown-column' as const })),
    ...columns
      .filter((column, at) => isKnown(column) && columns.indexOf(column) !== at)
      .map((column) => ({ line: 1, column, code: 'repeated' as const })),
    ...deviceColumns
      .filter((column) => !columns.includes(column) && !optionalDeviceColumns.has(column))
      .map((column) => ({ line: 1, column, code: 'missing' as const })),
  ];
}

function readRow(
  columns: readonly string[],
  record: readonly string[],
): { readonly row?: DeviceRow; readonly errors: readonly Omit<DeviceError, 'line'>[] } {
  if (record.length > columns.length) return { errors: [{ column: '', code: 'wrong' }] };
  const cells = Object.fromEntries(columns.map((column, at) => [column, unshielded(record[at] ?? '')]));
  const missing = deviceColumns.filter((column) => !cells[column] && !optionalDeviceColumns.has(column));
  if (missing.length > 0) return { errors: missing.map((column) => ({ column, code: 'missing' })) };
  const parsed = v.safeParse(deviceRowSchema, cells);
  if (parsed.success) return { row: parsed.output, errors: [] };
  const wrong = new Set(parsed.issues.map((issue) => String(issue.path?.[0]?.key) as DeviceColumn));
  return { errors: [...wrong].map((column) => ({ column, code: 'wrong' })) };
}
