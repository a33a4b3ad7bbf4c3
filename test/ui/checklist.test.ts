// The table U01–U40 of ui/CHECKLIST.md is true: each row is there and names a test that exists.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rootFolder } from './gallery-server.ts';

const rows = readFileSync(`${rootFolder}ui/CHECKLIST.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| U'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, row = '', , file = '', title = '']) => ({ row, file, title }));

it('F10 U01 to U40 are in the table, in order', () => {
  const all = Array.from({ length: 40 }, (_, at) => `U${String(at + 1).padStart(2, '0')}`);
  expect([...new Set(rows.map(({ row }) => row))]).toEqual(all);
});

it.each(rows)('F10 $row is held by $title', ({ file, title }) => {
  const source = readFileSync(`${rootFolder}${file}`, 'utf8');
  // quoted as a title is, and not as part of one
  expect([`'${title}'`, `\`${title}\``].some((quoted) => source.includes(quoted))).toBe(true);
});
