// What the console's templates and sheets may not hold: what the policy blocks, and colours that no shade knows.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ui = fileURLToPath(new URL('../../../ui', import.meta.url));
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
const linesWith = (folder: string, pattern: RegExp): string[] =>
  sources(folder).flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${relative(ui, path)}:${index + 1}`] : [])),
  );

it('no template has a style attribute: the policy would leave it out without a word', () => {
  expect(linesWith(ui, /<[a-z][^>]*\sstyle="/)).toEqual([]);
});

it('every colour of the console is a role with a day and a night value', () => {
  const written = /#[0-9a-f]{3,8}\b(?=[;"'`,)])/i;
  expect(linesWith(join(ui, 'console'), written)).toEqual([]);
});
