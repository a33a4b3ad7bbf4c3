// Purchases as a table of a spreadsheet: every wrong cell is named, and nothing of a file with one is taken.
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import type { Words } from '../../contract/ids.ts';
import { purchaseStages } from '../../contract/owners.ts';
import type { RowError } from '../api/sales-api.ts';
import type { Purchase } from './owner-rows.ts';
import { purchaseSchema } from './sales-file.ts';

/** Money in yuan; `plan`: `2026-12-01 500000 二期款; 2027-03-01 300000 三期款`. */
export const purchaseColumns = [
  'id',
  'member',
  'unit',
  'stage',
  ...purchaseStages,
  'payment',
  'total',
  'paid',
  'plan',
  'nextDocument',
  'handedOverOn',
  'warrantyUntil',
] as const;
type PurchaseColumn = (typeof purchaseColumns)[number];
type Cells = Partial<Record<PurchaseColumn, string>>;

export interface KnownHome {
  readonly project: string;
  readonly label: Words;
}
export type PurchaseFile =
  | { readonly kind: 'read'; readonly purchases: readonly Purchase[] }
  | { readonly kind: 'wrong'; readonly errors: readonly RowError[] };

/** What the file's ids may name. */
interface Known {
  readonly isMember: (id: string) => boolean;
  readonly home: (unit: string) => KnownHome | undefined;
}

/** @param know told which ids the file names, so that only those are looked up */
export async function readPurchaseCsv(
  csv: string,
  know: (named: { readonly units: readonly string[]; readonly members: readonly string[] }) => Promise<Known>,
): Promise<PurchaseFile> {
  let rows: Cells[];
  try {
    rows = parse(csv, { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { kind: 'wrong', errors: [{ line, column: '', code: 'wrong' }] };
  }
  const known = await know({
    units: rows.flatMap(({ unit }) => unit ?? []),
    members: rows.flatMap(({ member }) => member ?? []),
  });
  const errors: RowError[] = [];
  const purchases: Purchase[] = [];
  const seen = new Set<string>();
  rows.forEach((cells, index) => {
    const line = index + 2;
    const found = readRow(cells, known);
    errors.push(...found.errors.map((error) => ({ line, ...error })));
    if (!found.purchase) return;
    if (seen.has(found.purchase.id)) errors.push({ line, column: 'id', code: 'repeated' });
    seen.add(found.purchase.id);
    purchases.push(found.purchase);
  });
  return errors.length > 0 ? { kind: 'wrong', errors } : { kind: 'read', purchases };
}

function readRow(
  cells: Cells,
  known: Known,
): { readonly purchase?: Purchase; readonly errors: readonly Omit<RowError, 'line'>[] } {
  const errors: Omit<RowError, 'line'>[] = [];
  for (const column of ['id', 'member', 'unit', 'stage', 'total', 'paid'] as const) {
    if (!cells[column]) errors.push({ column, code: 'missing' });
  }
  if (errors.length > 0) return { errors };
  const home = known.home(cells.unit ?? '');
  if (!home) errors.push({ column: 'unit', code: 'unknown-unit' });
  if (!known.isMember(cells.member ?? '')) errors.push({ column: 'member', code: 'unknown-member' });
  const plan = planOf(cells.plan ?? '');
  if (!plan) errors.push({ column: 'plan', code: 'wrong' });
  const parsed = v.safeParse(purchaseSchema, {
    id: cells.id,
    member: cells.member,
    unit: cells.unit,
    project: home?.project ?? 'unknown',
    label: home?.label ?? { zh: '', en: '' },
    stage: cells.stage,
    reached: purchaseStages.map((stage) => ({ stage, on: cells[stage] || null })),
    payment: both(cells.payment ?? ''),
    total: fen(cells.total ?? ''),
    paid: fen(cells.paid ?? ''),
    plan: plan ?? [],
    nextDocument: cells.nextDocument ? both(cells.nextDocument) : null,
    handedOverOn: cells.handedOverOn || null,
    warrantyUntil: cells.warrantyUntil || null,
  });
  if (!parsed.success) {
    for (const issue of parsed.issues) {
      const [first, second] = issue.path ?? [];
      const at =
        first?.key === 'reached' && typeof second?.key === 'number' ? purchaseStages[second.key] : first?.key;
      errors.push({ column: String(at ?? ''), code: 'wrong' });
    }
  } else if (parsed.output.paid > parsed.output.total) errors.push({ column: 'paid', code: 'wrong' });
  return parsed.success && errors.length === 0 ? { purchase: parsed.output, errors } : { errors };
}

/** 中文 / English, or one for both. */
function both(text: string): Words {
  const [zh = '', en = zh] = text.split(' / ');
  return { zh, en };
}

/** @returns NaN when it is no amount of yuan */
function fen(yuan: string): number {
  return /^\d{1,12}(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : Number.NaN;
}

function planOf(text: string): Purchase['plan'] | undefined {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const plan = parts.flatMap((part) => {
    const [, by, amount, what] = /^(\d{4}-\d\d-\d\d) (\S+) (.+)$/.exec(part) ?? [];
    if (!by || !amount || !what || Number.isNaN(fen(amount)) || !v.is(v.pipe(v.string(), v.isoDate()), by)) {
      return [];
    }
    return [{ by, amount: fen(amount), what: both(what) }];
  });
  return plan.length === parts.length ? plan : undefined;
}
