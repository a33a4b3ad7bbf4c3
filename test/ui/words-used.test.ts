// Every sentence of the page is said somewhere, and none that is asked for is missing (its type says that already).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from '../../ui/text/en.ts';
import { zh } from '../../ui/text/zh.ts';

const ui = fileURLToPath(new URL('../../ui/', import.meta.url));

/** What the kiosk's page is made of, without the words themselves and without the console. */
const code = readdirSync(ui, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('console/'))
  .filter((path) => !/^text\/(zh|en|to-hant|.*-words)\.ts$/u.test(path))
  .map((path) => readFileSync(join(ui, path), 'utf8'))
  .join('\n');

/** Paths of all sentences: `bar.back`. */
function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  );
}

/** Said by a value of the contract, out of the whole table: `words[turn]`. */
const byValue: ReadonlySet<string> = new Set(['missed']);

/** A key that is chosen by a value of the contract (`words.step[step]`) is used when its table is. */
function isUsed(path: string): boolean {
  const keys = path.split('.');
  return keys.every((key, index) => {
    const isNamed = new RegExp(`\\b${key}\\b`, 'u').test(code);
    const holder = keys[index - 1];
    return isNamed || (holder !== undefined && new RegExp(`\\b${holder}\\)?\\??\\.?\\[`, 'u').test(code));
  });
}

const tables: readonly (readonly [string, { readonly zh: object; readonly en: object }])[] = [
  ['zh.ts', { zh, en }],
  ...(await Promise.all(
    readdirSync(join(ui, 'text'))
      .filter((name) => name.endsWith('-words.ts'))
      .map(async (name) => {
        const module: Record<string, { zh: object; en: object }> = await import(join(ui, 'text', name));
        const table = Object.values(module).find((each) => 'zh' in each);
        if (!table) throw new Error(`${basename(name)} has no words`);
        return [name, table] as const;
      }),
  )),
];

describe.each(tables)('%s', (_name, table) => {
  it('U26 says the same things in both languages', () => {
    expect(new Set(keysOf(table.en))).toEqual(new Set(keysOf(table.zh)));
  });

  it('U26 holds no sentence that nobody says', () => {
    expect(keysOf(table.zh).filter((key) => !isUsed(key) && !byValue.has(key))).toEqual([]);
  });
});
