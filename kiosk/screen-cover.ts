// Has the page cover what is of a person before a picture of it is taken: nothing is taken of a page that does not say that it did.
import type { Show } from './screen.ts';

export type Cover = NonNullable<Show['cover']>;

/** a page that draws at all says so within a moment */
const patienceMs = 5_000;

export class ScreenCover {
  readonly #onChange: () => void;
  #count = 0;
  #no: number | null = null;
  #isDrawn: (() => void) | null = null;
  #isTrial = false;

  /** @param onChange it is put on or taken off: show it */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param isPersonal is something of a person on the screen? */
  shown(isPersonal: boolean): Cover | null {
    return this.#no === null ? null : { no: this.#no, isPersonal: isPersonal && !this.#isTrial };
  }

  /** The page has drawn its cover of this number. */
  noteDrawn(no: number): void {
    if (no === this.#no) this.#isDrawn?.();
  }

  /** Covers nothing: asks the page to draw and to say so. @returns how long that took; undefined = it did not */
  async drawMs(): Promise<number | undefined> {
    const beganMs = performance.now();
    this.#isTrial = true;
    try {
      return await this.during(() => Promise.resolve(performance.now() - beganMs));
    } finally {
      this.#isTrial = false;
    }
  }

  /**
   * Puts the cover on, does `work` once the page has drawn it, and takes it off.
   * @returns undefined when the page never said so
   */
  async during<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#no !== null) return undefined;
    this.#count += 1;
    this.#no = this.#count;
    try {
      return (await this.#drawn()) ? await work() : undefined;
    } finally {
      this.#no = null;
      this.#isDrawn = null;
      this.#onChange();
    }
  }

  #drawn(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patienceMs);
      this.#isDrawn = () => {
        clearTimeout(timer);
        resolve(true);
      };
      this.#onChange();
    });
  }
}
