// Cuts a change of a dataset into parts, as headquarters does.
import { createHash } from 'node:crypto';
import type { DatasetName, DatasetPart, DatasetRow } from '../../sync/contract/datasets.ts';
import type { LevelRow } from '../../sync/contract/members.ts';

export const publishedAt = '2026-03-01T08:00:00.000Z';

export function partsOf(
  change: { readonly dataset: DatasetName; readonly from: number; readonly to: number },
  rows: readonly DatasetRow[],
  rowsPerPart = 2,
): DatasetPart[] {
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const parts = Math.max(1, Math.ceil(rows.length / rowsPerPart));
  return Array.from({ length: parts }, (_, part) => ({
    v: 1,
    ...change,
    part,
    parts,
    publishedAt,
    sha256,
    rows: rows.slice(part * rowsPerPart, (part + 1) * rowsPerPart),
  }));
}

export function level(code: string, from = 0): LevelRow {
  return { kind: 'level', code, name: { zh: code, en: code }, from, benefit: { zh: '', en: '' } };
}

export function levelRows(codes: readonly string[], from = 0): DatasetRow[] {
  return codes.map((code) => [`level/${code}`, level(code, from)]);
}
