// The whole library as one CSV or JSON text and back, byte for byte; a text with a wrong row is taken not at all.
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { type LibraryRow, libraryKeyOf, libraryRowSchema } from '../../../contract/library.ts';
import { csvText, unshielded } from '../../api/csv-text.ts';
import type { SheetFault } from '../../api/library-api.ts';
import { isOutsideEditions } from './import-library.ts';

export type SheetFormat = 'csv' | 'json';
export type SheetRead =
  | { readonly kind: 'read'; readonly rows: readonly LibraryRow[] }
  | { readonly kind: 'wrong'; readonly faults: readonly SheetFault[] };

const columns = [
  'kind',
  'id',
  'parent',
  'project',
  'scope',
  'zh',
  'en',
  'order',
  'elements',
  'port',
  'emergency',
  'warrantyMonths',
  'replyMin',
  'onSiteMin',
] as const;
type Column = (typeof columns)[number];
type Cells = Record<Column, string>;

const mostFaults = 200;

/** @param rows in the order of their keys */
export function writeSheet(format: SheetFormat, rows: readonly LibraryRow[]): string {
  const kept = rows.filter((row) => !isOutsideEditions(row));
  if (format === 'json') return `${JSON.stringify({ v: 1, library: kept.map(normal) }, null, 1)}\n`;
  const table = kept.map((row) => columns.map((column) => cellsOf(row)[column]));
  return csvText([columns, ...table]);
}

export function readSheet(format: SheetFormat, text: string): SheetRead {
  return format === 'json' ? readJson(text) : readCsv(text);
}

function readJson(text: string): SheetRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault({ line: 1, column: null, code: 'not-json' });
  }
  const list = v.safeParse(v.object({ v: v.literal(1), library: v.array(v.unknown()) }), value);
  if (!list.success) return fault({ line: 1, column: null, code: 'not-a-library' });
  return gather(list.output.library.map((row, index) => ({ line: index + 1, value: row })));
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function readCsv(text: string): SheetRead {
  let records: readonly Parsed[];
  try {
    // its types leave out what `info` adds
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as readonly Parsed[];
  } catch (error) {
    const { lines } = error as { readonly lines?: number };
    return fault({ line: lines ?? 1, column: null, code: 'not-csv' });
  }
  const [head, ...rest] = records;
  const missing = columns.filter((column) => !head?.record.includes(column));
  if (!head || missing.length > 0) {
    return { kind: 'wrong', faults: missing.map((column) => ({ line: 1, column, code: 'column-missing' })) };
  }
  return gather(
    rest.map(({ record, info }) => {
      const cells = Object.fromEntries(
        columns.map((column) => [column, unshielded(record[head.record.indexOf(column)] ?? '')]),
      ) as Cells;
      return { line: info.lines, value: plainRow(cells) };
    }),
  );
}

function gather(values: readonly { readonly line: number; readonly value: unknown }[]): SheetRead {
  const faults: SheetFault[] = [];
  const rows = new Map<string, LibraryRow>();
  for (const { line, value } of values) {
    const result = v.safeParse(libraryRowSchema, value);
    if (!result.success) {
      faults.push({ line, column: columnOf(v.getDotPath(result.issues[0])), code: 'wrong-value' });
      continue;
    }
    const key = libraryKeyOf(result.output);
    if (isOutsideEditions(result.output)) faults.push({ line, column: 'kind', code: 'wrong-value' });
    else if (rows.has(key)) faults.push({ line, column: 'id', code: 'id-twice' });
    else rows.set(key, result.output);
  }
  if (rows.size === 0 && faults.length === 0) return fault({ line: 1, column: null, code: 'empty' });
  return faults.length > 0
    ? { kind: 'wrong', faults: faults.slice(0, mostFaults) }
    : { kind: 'read', rows: [...rows.values()] };
}

function fault(one: SheetFault): SheetRead {
  return { kind: 'wrong', faults: [one] };
}

/** The column that a field of a row stands in. */
function columnOf(path: string | null): string | null {
  if (path === null) return null;
  const [field = '', language] = path.split('.');
  if (field === 'name' || field === 'text') return language === 'en' ? 'en' : 'zh';
  if (field === 'element' || field === 'problem') return 'parent';
  return columns.find((column) => column === field) ?? null;
}

const blank = Object.fromEntries(columns.map((column) => [column, ''])) as Cells;
const written = (value: number | null | undefined): string => (value == null ? '' : `${value}`);

function cellsOf(row: LibraryRow): Cells {
  const cells = { ...blank, kind: row.kind };
  switch (row.kind) {
    case 'place':
      return {
        ...cells,
        id: row.id,
        project: row.project,
        scope: row.scope,
        ...row.name,
        order: `${row.order}`,
        elements: row.elements.join(' '),
      };
    case 'element':
      return {
        ...cells,
        id: row.id,
        parent: row.parent ?? '',
        ...row.name,
        order: `${row.order}`,
        warrantyMonths: written(row.warrantyMonths),
      };
    case 'problem':
      return {
        ...cells,
        id: row.id,
        parent: row.element,
        ...row.name,
        port: row.port,
        order: written(row.order),
        emergency: row.emergency ? '1' : '0',
        warrantyMonths: written(row.warrantyMonths),
      };
    case 'phrase':
      return { ...cells, id: row.id, parent: row.problem, ...row.text, order: written(row.order) };
    case 'port':
      return { ...cells, id: row.id, ...row.name };
    case 'clock':
      return { ...cells, id: row.id, replyMin: `${row.replyMin}`, onSiteMin: `${row.onSiteMin}` };
    case 'promise':
    case 'edition':
    case 'photo-page':
      return cells;
  }
}

/** What `libraryRowSchema` is to judge; empty months are no months. */
function plainRow(cells: Cells): unknown {
  const { kind, id, parent, project, scope, zh, en, port } = cells;
  const name = { zh, en };
  const number = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
  const order = cells.order === '' ? {} : { order: number(cells.order) ?? 'wrong' };
  const warranty =
    cells.warrantyMonths === '' ? {} : { warrantyMonths: number(cells.warrantyMonths) ?? 'wrong' };
  switch (kind) {
    case 'place':
      return {
        kind,
        id,
        project,
        scope,
        name,
        order: number(cells.order),
        elements: cells.elements.split(' ').filter(Boolean),
      };
    case 'element':
      return { kind, id, parent: parent || null, name, order: number(cells.order), ...warranty };
    case 'problem': {
      const emergency = { 1: true, 0: false }[cells.emergency];
      return { kind, id, element: parent, name, port, emergency, ...order, ...warranty };
    }
    case 'phrase':
      return { kind, id, problem: parent, text: name, ...order };
    case 'port':
      return { kind, id, name };
    case 'clock':
      return { kind, id, replyMin: number(cells.replyMin), onSiteMin: number(cells.onSiteMin) };
    default:
      return { kind };
  }
}

/** One spelling of a row: through the sheet and back it is the same text. */
function normal(row: LibraryRow): unknown {
  return plainRow(cellsOf(row));
}
