// Whatever a terminal finds when it looks at itself, a person reads in words: every code and every value, in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { foundCode } from '../../../provisioning/commands/diagnosis-words.ts';
import { foundWords } from '../../../sync/headquarters/api/diagnosis-code-words.ts';
import { codeText, foundText } from '../../../ui/console/fleet/found-text.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = (folder: string): string =>
  readdirSync(join(root, folder))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');
/** in single quotes where a code stands: `code: 'x'`, `'x', values`, `bad('x')`, `failed('x')` */
const codePlaces = [
  /code: '([a-z-]+)'/g,
  /, '([a-z-]+)', (?:values|\{)/g,
  /(?:bad|failed)\(\s*'([a-z-]+)'/g,
  /\? '(headquarters-[a-z]+)' : '(headquarters-[a-z]+)'/g,
] as const;
const codesIn = (text: string): string[] =>
  codePlaces.flatMap((place) => [...text.matchAll(place)].flatMap(([, ...found]) => found));
const ours = codesIn(sources('kiosk/diagnosis'));
const attached = [...sources('device/diagnosis').matchAll(/code: '([a-z-]+)'/g)].map(([, code = '']) => code);
const codes = [...new Set([...ours, ...attached, 'clock-behind', 'clock-off', 'out'])].sort();

describe('what a diagnosis found', () => {
  it('has words for every code that a terminal can say', () => {
    expect(codes.length).toBeGreaterThan(40);
    for (const language of ['zh', 'en'] as const)
      expect([language, codes.filter((code) => !foundWords[language].codes[code]?.said)]).toEqual([
        language,
        [],
      ]);
    // and for none that no terminal says
    expect(Object.keys(foundWords.zh.codes).filter((code) => !codes.includes(code))).toEqual([]);
    expect(Object.keys(foundWords.en.codes)).toEqual(Object.keys(foundWords.zh.codes));
    expect(Object.keys(foundWords.en.values)).toEqual(Object.keys(foundWords.zh.values));
  });

  it('is said alike by the console and by yingbin, which adds the code', () => {
    for (const language of ['zh', 'en'] as const)
      expect(codes.map((code) => foundCode(code, language))).toEqual(
        codes.map((code) => `${codeText(code, language)} (${code})`),
      );
    expect(foundCode('from-a-newer-one', 'en')).toBe('from-a-newer-one');
  });

  it('names what was measured, with its unit', () => {
    const values = {
      freeBytes: 1_200_000_000,
      slowestMs: 1_500,
      celsius: 61,
      isWritable: true,
      state: 'ready',
      x: null,
    };
    expect(foundText(values, 'zh')).toBe('剩余 1.2 GB · 最慢一次 1.5 s · 摄氏度 61 · 可写 是 · 正常');
    expect(foundText(values, 'en')).toContain('free 1.2 GB · slowest 1.5 s · °C 61 · writable yes');
    expect(foundText({}, 'zh')).toBe('–');
    // of a newer terminal
    expect(foundText({ brandNew: 3 }, 'en')).toBe('brandNew 3');
  });
});
