// The table S1–S60 of provisioning/CHECKLIST.md is true: each id has its rows, each row names a test that exists, at least 55 run in npm test.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows = readFileSync(`${root}provisioning/CHECKLIST.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| S\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', rule = '', where = '', file = '', title = '']) => ({ id, rule, where, file, title }));

/** By people, on a real board or in its office; the sentence in `title` says why. */
const byHand = 'hardware';
const ids = Array.from({ length: 60 }, (_, at) => `S${at + 1}`);

it('S1 to S60 are in the table, in order', () => {
  expect([...new Set(rows.map(({ id }) => id))]).toEqual(ids);
  expect(rows.filter(({ where }) => !['npm test', 'proof', byHand, 'missing'].includes(where))).toEqual([]);
});

it('at least 55 of them are tried by npm test', () => {
  const tried = new Set(rows.filter(({ where }) => where === 'npm test').map(({ id }) => id));
  expect(ids.filter((id) => !tried.has(id)).length).toBeLessThanOrEqual(5);
});

it.each(rows.filter(({ where }) => where === 'npm test' || where === 'proof'))(
  '$id is held by $title',
  ({ id, where, file, title }) => {
    const source = readFileSync(`${root}${file}`, 'utf8');
    // quoted as a title is, and not as part of one
    expect([`'${title}'`, `\`${title}\``].some((quoted) => source.includes(quoted))).toBe(true);
    // a contract's file is run by the test files of its implementations
    if (where === 'npm test') expect(file).toMatch(/\.test\.ts$|^test\/contracts\//);
    expect(`${title} ${file}`).toMatch(new RegExp(`\\b${id}\\b|-proof\\.ts$`));
  },
);

it.each(rows.filter(({ where }) => where === byHand || where === 'missing'))(
  '$id says why it is not tried here',
  ({ file, title }) => {
    expect(file).toBe('');
    expect(title.length).toBeGreaterThan(20);
  },
);
