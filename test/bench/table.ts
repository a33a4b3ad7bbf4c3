// The rows as a table that a person can read.
import type { Row } from './row.ts';

const head = ['row', 'metric', 'ours', 'against', 'peer', 'ratio', 'goal', 'ok'] as const;
/** columns of numbers stand flush right */
const numeric: ReadonlySet<number> = new Set([2, 3, 5, 6]);

/** @returns lines without a line end; what a row is called stands only on its first line */
export function benchTable(rows: readonly Row[]): string[] {
  const cells = rows.map(({ row, metric, ours, against, peer, value, op, goal, ok }, at) => [
    row === rows[at - 1]?.row ? '' : row,
    metric,
    shortNumber(ours),
    shortNumber(against),
    peer,
    shortNumber(value),
    // a goal of 0 says: only shown
    goal === 0 ? '–' : `${op === '>=' ? '≥' : '≤'} ${shortNumber(goal)}`,
    ok ? '✓' : '✗',
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const aligned = (line: readonly string[]): string =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return numeric.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [
    aligned(head),
    widths.map((width) => '─'.repeat(width)).join('──'),
    ...cells.flatMap((line, at) => {
      const note = rows[at]?.note;
      return [aligned(line), ...(note === undefined ? [] : [`${' '.repeat((widths[0] ?? 0) + 2)}↳ ${note}`])];
    }),
  ];
}

/** Three digits that matter: `0.142`, `12.3`, `15,430`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '?' : '∞';
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.min(decimals, 4) });
}
