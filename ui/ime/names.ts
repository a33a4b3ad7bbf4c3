// Names of people from their letters: surname, then a given name of one or two characters, by how common each is.
import type { Candidate } from './candidate.ts';
import { commonGiven, givenFirst, givenOnly, givenSecond, surnames } from './name-lists.ts';
import { type Spelling, type Spellings, syllables } from './syllables.ts';

interface Scored {
  readonly text: string;
  readonly score: number;
}
interface Read {
  readonly numbers: readonly number[];
  readonly cost: number;
}

const mostNames = 30;
const mostReadings = 12;
const perSyllable = 12;
const surnamesPerSyllable = 6;
const surnamesAlone = 2;

type ByReading = ReadonlyMap<string, readonly Scored[]>;

/** A rank is worth the logarithm of a share that falls with it, as names do (Zipf). */
const byRank = (rank: number): number => -Math.log(rank + 4);

interface Tables {
  readonly surname: ByReading;
  readonly only: ByReading;
  readonly first: ByReading;
  readonly second: ByReading;
  readonly pairs: ByReading;
}

export class Names {
  readonly #readings: ReadonlyMap<string, readonly string[]>;
  #tables: Tables | undefined;

  /** @param readings of every character, commonest first; tables are made with the first name that is asked for */
  constructor(readings: ReadonlyMap<string, readonly string[]>) {
    this.#readings = readings;
  }

  /** @returns surnames with given names, or alone, that use every key, commonest first */
  find(keys: string, spellings: Spellings): readonly Candidate[] {
    this.#tables ??= tablesOf(this.#readings);
    const found = new Map<string, Candidate & { score: number }>();
    for (const { numbers, cost } of readings(keys, spellings)) {
      const reading = numbers.map((number) => syllables[number] ?? '');
      for (const { text, score } of namesOf(reading, this.#tables)) {
        const total = score - cost;
        const known = found.get(text);
        if (!known || known.score < total) {
          found.set(text, { text, keys: keys.length, reading: reading.join(' '), score: total });
        }
      }
    }
    return [...found.values()].sort((a, b) => b.score - a.score).slice(0, mostNames);
  }
}

/** @returns ways to cut the keys into two to four syllables, or the one that they spell; cheapest first */
function readings(keys: string, spellings: Spellings): readonly Read[] {
  const found: Read[] = [];
  const walk = (at: number, numbers: readonly number[], cost: number, isWhole = true): void => {
    if (at === keys.length && (numbers.length >= 2 || isWhole)) found.push({ numbers, cost });
    if (at >= keys.length || numbers.length === 4) return;
    const start = keys[at] === "'" ? at + 1 : at;
    for (let length = 1; length <= 6 && start + length <= keys.length; length++) {
      const end = start + length;
      const piece = keys.slice(start, end);
      const take =
        (isWhole: boolean) =>
        ({ syllable, cost: dearer }: Spelling): void =>
          walk(end, [...numbers, syllable], cost + dearer, isWhole);
      spellings.whole.get(piece)?.forEach(take(true));
      if (end === keys.length) spellings.unfinished.get(piece)?.forEach(take(false));
    }
  };
  walk(0, [], 0);
  return found.sort((a, b) => a.cost - b.cost).slice(0, mostReadings);
}

function* namesOf(reading: readonly string[], known: Tables): Generator<Scored> {
  if (reading.length === 1) {
    // who pauses after the surname
    const alone = known.surname.get(reading[0] ?? '') ?? [];
    yield* alone.filter(({ score }) => score > rare).slice(0, surnamesAlone);
    return;
  }
  const compound = reading.slice(0, 2).join(' ');
  const parts = [
    { surname: known.surname.get(reading[0] ?? '') ?? [], given: reading.slice(1) },
    { surname: known.surname.get(compound) ?? [], given: reading.slice(2) },
  ];
  for (const { surname, given } of parts) {
    if (surname.length === 0 || given.length === 0 || given.length > 2) continue;
    const follow = given.length === 1 ? (known.only.get(given[0] ?? '') ?? []) : pairsOf(given, known);
    for (const { text: family, score } of surname)
      for (const { text, score: share } of follow) yield { text: family + text, score: score + share };
  }
}

function pairsOf([one = '', two = '']: readonly string[], known: Tables): readonly Scored[] {
  const found = new Map<string, number>();
  for (const { text, score } of known.first.get(one) ?? [])
    for (const { text: last, score: share } of known.second.get(two) ?? [])
      found.set(text + last, score + share);
  for (const { text, score } of known.pairs.get(`${one} ${two}`) ?? []) found.set(text, score);
  return [...found]
    .map(([text, score]) => ({ text, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostNames);
}

function tablesOf(readOf: ReadonlyMap<string, readonly string[]>): Tables {
  const charactersOf = new Map<string, string[]>();
  for (const [character, all] of readOf)
    for (const reading of all) charactersOf.set(reading, [...(charactersOf.get(reading) ?? []), character]);
  const add = (
    map: Map<string, Scored[]>,
    reading: string,
    text: string,
    score: number,
    most = perSyllable,
  ): void => {
    const known = map.get(reading) ?? [];
    if (known.length < most && !known.some((each) => each.text === text)) known.push({ text, score });
    map.set(reading, known);
  };
  const ranked = (characters: string): ByReading => {
    const map = new Map<string, Scored[]>();
    [...characters].forEach((character, rank) => {
      for (const reading of readOf.get(character) ?? []) add(map, reading, character, byRank(rank));
    });
    // whoever has a rare name can still write it: every other character, far behind
    for (const [reading, all] of charactersOf) for (const each of all) add(map, reading, each, rare);
    return map;
  };
  const surname = new Map<string, Scored[]>();
  surnames.forEach(([reading, text], rank) => {
    add(surname, reading, text, byRank(rank), surnamesPerSyllable);
  });
  for (const [reading, all] of charactersOf)
    for (const each of all) add(surname, reading, each, rare, surnamesPerSyllable);
  const pairs = new Map<string, Scored[]>();
  commonGiven.forEach((given, rank) => {
    const [one = '', two = ''] = [...given];
    for (const a of readOf.get(one) ?? [])
      for (const b of readOf.get(two) ?? []) add(pairs, `${a} ${b}`, given, byRank(rank) + knownPair);
  });
  return { surname, only: ranked(givenOnly), first: ranked(givenFirst), second: ranked(givenSecond), pairs };
}

const rare = -9;
/** Two characters that are a name together are likelier than two that only might be. */
const knownPair = 3;
