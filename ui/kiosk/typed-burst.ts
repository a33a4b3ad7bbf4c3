// Tells the keys of a card reader from a person's: by what was typed as a whole, how fast, and how evenly.

/** What a card may look like between two sentinels, or without any: a number, or two with a comma. */
const wholeCard = /^(?:[0-9A-F]{7,20}|\d{3},\d{5}|\d{5},\d{5})$/;
/** What a card may be the beginning of. */
const partOfCard = /^[;%]?(?:[0-9A-F]{0,20}|\d{3,5},\d{0,5})\??$/;
/** A magnetic track: it begins with a sentinel and is longer than any number of a proximity card. */
const partOfTrack = /^[;%][0-9A-Z ^/=.?;%+-]{0,250}$/;
/** nobody types so fast, however uneven */
const machineGapMs = 20;
/** how much slower than the reader's own pace a key may come */
const slack = 3;

/** What the keys since the last pause are. `track`: a stripe, of which nothing may be sent on. */
export type BurstKind =
  | { readonly kind: 'card'; readonly number: string }
  | { readonly kind: 'track' }
  | { readonly kind: 'person' };

export class TypedBurst {
  #keys = '';
  #atMs: number[] = [];
  /** between two keys of the reader, once it was seen */
  #learntGapMs: number | undefined;

  get length(): number {
    return this.#keys.length;
  }

  /** Longer than this between two keys ends a burst. */
  longestGapMs(maxGapMs: number): number {
    return this.#learntGapMs === undefined ? 2 * maxGapMs : Math.max(machineGapMs, slack * this.#learntGapMs);
  }

  /**
   * @param atMs of the event itself, not of its handling
   * @returns may this still become a card, or a track?
   */
  add(key: string, atMs: number, maxGapMs: number): boolean {
    const lastMs = this.#atMs.at(-1);
    if (lastMs !== undefined && atMs - lastMs > this.longestGapMs(maxGapMs)) return false;
    this.#keys += key;
    this.#atMs.push(atMs);
    return partOfCard.test(this.#keys) || partOfTrack.test(this.#keys);
  }

  /** The key that ends a card came. Learns the reader's pace from every card. */
  end(atMs: number, maxGapMs: number): BurstKind {
    const gaps = [...this.#atMs, atMs].flatMap((at, n, all) => (n === 0 ? [] : [at - (all[n - 1] ?? at)]));
    const typed = this.#keys;
    this.clear();
    if (gaps.length < 7 || !isReaders(gaps, this.longestGapMs(maxGapMs))) return { kind: 'person' };
    const number = typed.replace(/^[;%]/, '').replace(/\?$/, '');
    const isCard = wholeCard.test(number);
    if (!isCard && !partOfTrack.test(typed)) return { kind: 'person' };
    this.#learntGapMs = median(gaps);
    return isCard ? { kind: 'card', number } : { kind: 'track' };
  }

  clear(): void {
    this.#keys = '';
    this.#atMs = [];
  }
}

/** A machine is fast, or it is even: a person is neither. */
function isReaders(gaps: readonly number[], longestGapMs: number): boolean {
  const longest = Math.max(...gaps);
  if (longest > longestGapMs) return false;
  return longest <= machineGapMs || longest - Math.min(...gaps) <= median(gaps) * 0.6 + 8;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
