// How Chinese names sound, so that people can find them by Latin letters. The only place that knows the dictionary.
import { pinyin } from 'pinyin-pro';
import type { BoardRow, SearchedName } from '../../contract/board.ts';
import { placeReadings } from '../place-readings.ts';

const longestReading = Math.max(...[...placeReadings.keys()].map((name) => [...name].length));

/**
 * @returns the rows with the pinyin of every name that people search for; where one stands already, it stays.
 * Each distinct name is looked up once.
 */
export function withPinyin(rows: readonly BoardRow[]): BoardRow[] {
  const known = new Map<string, string>();
  const sounded = (name: SearchedName): SearchedName => {
    if (name.pinyin !== undefined) return name;
    let sound = known.get(name.zh);
    if (sound === undefined) {
      sound = namePinyin(name.zh);
      known.set(name.zh, sound);
    }
    return sound === '' ? name : { ...name, pinyin: sound };
  };
  return rows.map((row) => {
    if (row.kind === 'project') return { ...row, name: sounded(row.name), district: sounded(row.district) };
    return row.kind === 'building' ? { ...row, name: sounded(row.name) } : row;
  });
}

/**
 * Syllables, Latin words and numbers as the contract wants them: `hua run 24 cheng` of 华润24城.
 * Characters that no dictionary has are left out; '' when nothing remains.
 */
export function namePinyin(name: string): string {
  const letters = [...name.normalize('NFKC')];
  const syllables = syllablesOf(letters);
  const words: string[] = [];
  let word = '';
  const endWord = (): void => {
    if (word !== '') words.push(word);
    word = '';
  };
  letters.forEach((letter, n) => {
    const syllable = syllables[n] ?? '';
    if (syllable !== '') {
      endWord();
      words.push(syllable);
      return;
    }
    const latin = latinOf(letter);
    // a number and what stands beside it are words of their own: 24c is typed without the rest
    if (latin === '' || (word !== '' && isDigit(word) !== isDigit(latin))) endWord();
    word += latin;
  });
  endWord();
  return words.join(' ').slice(0, mostLetters).trimEnd();
}

/** As the contract bounds it. */
const mostLetters = 400;

/** One for each letter; '' where it is no Chinese character that is known. */
function syllablesOf(letters: readonly string[]): string[] {
  const text = letters.join('');
  const found = pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' });
  const isAligned = found.length === letters.length;
  const syllables = letters.map((letter, n) => {
    const syllable = isAligned ? found[n] : pinyin(letter, { toneType: 'none', v: true });
    return syllable !== letter && syllable && /^[a-z]+$/.test(syllable) ? syllable : '';
  });
  for (let n = 0; n < letters.length; n += 1) {
    for (let length = longestReading; length > 0; length -= 1) {
      const reading = placeReadings.get(letters.slice(n, n + length).join(''));
      if (!reading || n + length > letters.length) continue;
      const parts = reading.split(' ');
      syllables.splice(n, parts.length, ...parts);
      n += length - 1;
      break;
    }
  }
  return syllables;
}

/** a–z and digits of a letter, without its accents; '' for everything else. */
function latinOf(letter: string): string {
  const plain = letter.normalize('NFKD').toLowerCase();
  return plain.replace(/[^a-z0-9]/g, '');
}

function isDigit(text: string): boolean {
  return /^\d/.test(text);
}
