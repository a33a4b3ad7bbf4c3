// How a table leaves as CSV, from headquarters and from the console alike: fit for spreadsheets, with nothing that they would run.

export type CsvCell = string | number | null | undefined;

/** So that spreadsheets know it is UTF-8. */
const byteOrderMark = '\ufeff';
/** What a spreadsheet takes for a formula, also full width; apostrophes before it are ours or must be told from ours. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** With a byte order mark; lines end as RFC 4180 has it. */
export function csvText(rows: Iterable<readonly CsvCell[]>): string {
  let text = byteOrderMark;
  for (const row of rows) text += csvLine(row);
  return text;
}

/** Text that would be a formula has an apostrophe before it; numbers stay numbers, also below zero. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A cell as it was before it left. */
export function unshielded(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
