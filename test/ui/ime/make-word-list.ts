// Makes ui/ime/words.txt: the words of jieba's list (MIT) under their readings; run by hand when the source changes.
//   node dist/test/ui/ime/make-word-list.js DICT TABLE ui/ime/words.txt
// DICT is dict.txt of @node-rs/jieba 2.0.3; TABLE are the 8,105 characters of the state's 通用规范汉字表 of 2013, one a line.
import { readFileSync, writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

/** Words counted more rarely than this in jieba's corpus cost space and are chosen by nobody at a terminal. */
const fewestCounted = { two: 12, three: 14, more: 30 } as const;
/** A character's second reading is rarer than its first; how much, jieba does not tell. */
const secondReading = 1 / 20;
const syllable = /^[a-z]+$/;
const notSyllables = new Set(['m', 'n', 'ng', 'hng', 'ei', 'o', 'yo', 'rua', 'tei', 'lo', 'zhei']);

/** In names, and in neither GB 2312 nor the table. */
const inNames = '曌囍頔龑甯汧玽琎晧暐焜煐燿皞';

const [, , source, table, target] = process.argv;
if (source === undefined || table === undefined || target === undefined)
  throw new Error('usage: make-word-list DICT TABLE WORDS');

/** jieba counted some of them as often as a newspaper prints 爱: they stand in its examples. */
const mostCountedRare = 3;

/** @returns the 6,763 characters that newspapers get by with */
function gb2312(): ReadonlySet<string> {
  const decoder = new TextDecoder('gb18030');
  const characters = new Set<string>();
  for (let row = 0xb0; row <= 0xf7; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++) characters.add(decoder.decode(Uint8Array.of(row, cell)));
  return characters;
}

const plain = (reading: string): string => reading.replaceAll('ü', 'v');
const isSpoken = (reading: readonly string[]): boolean =>
  reading.every((each) => syllable.test(each) && !notSyllables.has(each));

function readingsOf(word: string): readonly (readonly string[])[] {
  if ([...word].length > 1) return [pinyin(word, { toneType: 'none', type: 'array' }).map(plain)];
  const all = pinyin(word, { toneType: 'none', type: 'array', multiple: true }).map(plain);
  return [...new Set(all)].map((each) => [each]);
}

const usual = gb2312();
/** With those that a child may be named with, and some that people are. */
const common = new Set([
  ...usual,
  ...`${readFileSync(table, 'utf8')}${inNames}`.replace(/\P{Script=Han}/gu, ''),
]);
const isKept = (word: string, count: number): boolean => {
  const characters = [...word];
  if (characters.length > 5 || !characters.every((each) => common.has(each))) return false;
  if (characters.length === 1) return true;
  if (characters.length === 2) return count >= fewestCounted.two;
  return count >= (characters.length === 3 ? fewestCounted.three : fewestCounted.more);
};

const lines = new Map<string, { word: string; count: number }[]>();
const taken = new Set<string>();
function take(word: string, count: number): void {
  taken.add(word);
  readingsOf(word).forEach((reading, place) => {
    if (!isSpoken(reading)) return;
    const key = reading.join("'");
    const line = lines.get(key) ?? [];
    line.push({ word, count: place === 0 ? count : count * secondReading });
    lines.set(key, line);
  });
}
for (const line of readFileSync(source, 'utf8').split('\n')) {
  const [word = '', counted = ''] = line.split(' ');
  const count = Number(counted);
  const isRare = [...word].length === 1 && !usual.has(word);
  if (word !== '' && isKept(word, count)) take(word, isRare ? Math.min(count, mostCountedRare) : count);
}
// what newspapers never print stands in somebody's name
for (const character of common) if (!taken.has(character)) take(character, 0);

/** One character for how often: half powers of two, 0–z. */
const weight = (count: number): string => Math.min(35, Math.round(Math.log2(count + 1) * 2)).toString(36);
const text = [...lines]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([key, words]) => {
    const sorted = words.sort((a, b) => b.count - a.count);
    return `${key} ${sorted.map(({ word, count }) => word + weight(count)).join('')}\n`;
  });
/** The notice travels with the words: lines that begin with no syllable are passed over. */
const notice = readFileSync('ui/ime/words.LICENSE', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => `# ${line}`.trimEnd());
writeFileSync(target, `${notice.join('\n')}\n${text.join('')}`);
