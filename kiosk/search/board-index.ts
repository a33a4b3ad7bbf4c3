// Answers searches over the whole board, out of sets of homes: one look costs less than a frame of the screen.
import type { Words } from '../../sync/contract/ids.ts';
import { Bitmap } from './bitmap.ts';
import {
  type BoardQuery,
  type Facet,
  type FoundUnits,
  facets,
  type Measure,
  measures,
  type UnitPlace,
} from './board-query.ts';
import type { CodeIndex } from './code-index.ts';
import type { MeasureIndex } from './measure-index.ts';
import type { NameDictionary } from './name-dictionary.ts';
import { searchTerms } from './search-text.ts';
import type { UnitSet } from './unit-set.ts';

/** Homes have numbers from 0 in the board's own order: by project, building, and key. */
export interface BoardIndexParts {
  /** how many homes there are */
  readonly size: number;
  readonly names: NameDictionary;
  readonly numbers: CodeIndex;
  readonly ids: CodeIndex;
  readonly facets: Readonly<Record<Facet, ReadonlyMap<string, UnitSet>>>;
  readonly measures: Readonly<Record<Measure, MeasureIndex>>;
  /** by the Chinese one */
  readonly facings: ReadonlyMap<string, Words>;
  /** buildings with the first of their homes, rising */
  readonly places: readonly (Omit<UnitPlace, 'unit'> & { readonly first: number })[];
}

export class BoardIndex {
  readonly #parts: BoardIndexParts;

  constructor(parts: BoardIndexParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#parts.size;
  }

  /** What the sets, orders and texts take in memory. */
  get bytes(): number {
    const { names, numbers, ids } = this.#parts;
    const ofFacets = facets.flatMap((facet) => [...this.#parts.facets[facet].values()]);
    const all = [
      names,
      numbers,
      ids,
      ...ofFacets,
      ...measures.map((measure) => this.#parts.measures[measure]),
    ];
    return all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  search(query: BoardQuery): FoundUnits {
    const text = this.#withText(query.text);
    const asked = this.#asked(query);
    const without = (name: Facet | Measure | null): Bitmap => {
      const left = text.copy();
      for (const [each, bits] of asked) if (each !== name) left.retain(bits);
      return left;
    };
    const hits = without(null);
    const total = hits.count();
    const others = (name: Facet | Measure): Bitmap => (asked.has(name) ? without(name) : hits);
    return {
      total,
      units: this.#page(query, hits, total),
      facings: this.#parts.facings,
      counts: (facet) => {
        const left = others(facet);
        const counts = new Map<string, number>();
        for (const [value, set] of this.#parts.facets[facet]) counts.set(value, set.countIn(left));
        return counts;
      },
      countsWithin: (measure, ranges) => {
        const left = others(measure);
        return ranges.map((range) => this.#parts.measures[measure].countMatches(range, left));
      },
    };
  }

  #withText(text: string): Bitmap {
    const { size, names, numbers, ids } = this.#parts;
    const matches = Bitmap.full(size);
    for (const term of searchTerms(text)) {
      const bits = new Bitmap(size);
      names.addMatches(term, bits);
      if (/\d/.test(term)) {
        numbers.addMatches(term, bits);
        ids.addMatches(term, bits);
      }
      matches.retain(bits);
    }
    return matches;
  }

  /** The homes that each facet and each range leaves, of those that ask for something. */
  #asked({ only, within }: BoardQuery): ReadonlyMap<Facet | Measure, Bitmap> {
    const asked = new Map<Facet | Measure, Bitmap>();
    for (const facet of facets) {
      const values = only[facet];
      if (values && values.length > 0) asked.set(facet, this.#withValues(facet, values));
    }
    for (const measure of measures) {
      const range = within[measure];
      if (!range || (range.from === null && range.to === null)) continue;
      const bits = new Bitmap(this.#parts.size);
      this.#parts.measures[measure].addMatches(range, bits);
      asked.set(measure, bits);
    }
    return asked;
  }

  #withValues(facet: Facet, values: readonly string[]): Bitmap {
    const bits = new Bitmap(this.#parts.size);
    for (const value of values) this.#parts.facets[facet].get(value)?.addTo(bits);
    return bits;
  }

  #page({ sort, isDescending, offset, limit }: BoardQuery, hits: Bitmap, total: number): UnitPlace[] {
    const order = sort === 'place' ? undefined : this.#parts.measures[sort].order;
    const { size } = this.#parts;
    const end = Math.min(total, offset + limit);
    const units: UnitPlace[] = [];
    for (let n = 0, seen = 0; n < size && seen < end; n += 1) {
      const place = isDescending ? size - 1 - n : n;
      const at = order ? (order[place] ?? 0) : place;
      // on the board's own order 32 homes are passed in one step when none of them is found
      if (!order && hits.words[at >>> 5] === 0) {
        n += isDescending ? at & 31 : 31 - (at & 31);
        continue;
      }
      if (!hits.has(at)) continue;
      if (seen >= offset) units.push(this.#placeOf(at));
      seen += 1;
    }
    return units;
  }

  #placeOf(at: number): UnitPlace {
    const { places, ids } = this.#parts;
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((places[middle]?.first ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const place = places[low];
    if (!place) throw new Error('a home without a building is in the index');
    // ids were parsed before they came into the dataset
    return { project: place.project, building: place.building, unit: ids.codes.get(at) as UnitPlace['unit'] };
  }
}
