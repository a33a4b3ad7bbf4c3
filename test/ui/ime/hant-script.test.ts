// Traditional script by pinyin: the table of the worker, made of the kiosk's, and what a person is offered; `vitest -u` makes it anew.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { hantTable } from '../../../kiosk/showing/hant-table.ts';
import { HantScript } from '../../../ui/ime/hant-script.ts';
import { homeWords } from '../../../ui/ime/home-words.ts';
import { sayings } from '../../../ui/ime/sayings.ts';
import { wholeEngine } from '../../../ui/ime/whole-engine.ts';

const folder = fileURLToPath(new URL('../../../ui/ime/', import.meta.url));
const words = readFileSync(`${folder}words.txt`, 'utf8');

it('U26 the worker knows the traditional form of every word that it can write', async () => {
  const written = `${words}\n${homeWords.join(' ')}\n${sayings.join('/').replaceAll(' ', '')}`;
  const used = new Set(written);
  const characters = (hantTable.characters.match(/../gu) ?? []).filter((pair) => used.has(pair.charAt(0)));
  const phrases = hantTable.phrases
    .split(' ')
    .filter((pair) => written.includes(pair.slice(0, pair.length / 2)));
  await expect(
    `# Made by test/ui/ime/hant-script.test.ts of kiosk/showing/hant-table.ts, which is made of the lists of OpenCC (Apache-2.0).
${characters.join('')}
${phrases.join(' ')}
`,
  ).toMatchFileSnapshot(`${folder}hant.txt`);
});

describe('traditional script', () => {
  let script: HantScript;
  beforeAll(() => {
    script = HantScript.from(readFileSync(`${folder}hant.txt`, 'utf8'));
  });
  const engine = wholeEngine(words)(['兰亭水岸']);
  const texts = (keys: string, isName = false): readonly string[] =>
    script
      .write(engine.candidates({ keys, layout: 'pinyin26', isName }), isName)
      .map((candidate) => candidate.text);

  it.each([
    ['loushui', '漏水'],
    ['weishengjian', '衛生間'],
    ['qiangmiankailie', '牆面開裂'],
    ['toufa', '頭髮'],
    ['fapiao', '發票'],
    ['ganzao', '乾燥'],
    ['houmian', '後面'],
    ['lantingshuian', '蘭亭水岸'],
    ['menkoudengbuliang', '門口燈不亮'],
  ])('U26 %s is written %s', (keys, expected) => {
    expect(texts(keys).slice(0, 3)).toContain(expected);
  });

  it.each([
    ['hou', ['後', '后']],
    ['fa', ['發', '髮']],
    ['zhong', ['鍾', '鐘']],
    ['gan', ['乾', '幹', '干']],
  ])('U26 %s offers each form of a character that has several', (keys, forms) => {
    expect(texts(keys)).toEqual(expect.arrayContaining(forms));
  });

  it.each([
    ['fanwei', '范偉'],
    ['yujianguo', '余建國'],
    ['zhongzhiqiang', '鍾志強'],
    ['zhongzhiqiang', '鐘志強'],
    ['liyun', '李雲'],
    ['yekaiwen', '葉凱文'],
  ])('U26 the name %s may be %s', (keys, name) => {
    expect(texts(keys, true).slice(0, 30)).toContain(name);
  });

  it('what is offered twice is offered once, and eats as many keys', () => {
    const all = script.write(engine.candidates({ keys: 'lihou', layout: 'pinyin26', isName: true }), true);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    expect(all.every(({ keys }) => keys > 0 && keys <= 5)).toBe(true);
  });
});
