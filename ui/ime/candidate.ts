// What keys are asked about and what is answered: the only words that the page and the engine in its worker share.
import type { Layout } from './syllables.ts';

export interface Candidate {
  readonly text: string;
  /** how many of the typed keys it stands for; the rest stays to be chosen */
  readonly keys: number;
  /** as it is read, for showing beside the keys */
  readonly reading: string;
}

export interface Typed {
  /** a–z, or 2–9; an apostrophe parts syllables */
  readonly keys: string;
  readonly layout: Layout;
  /** a person's name is asked for: surname and given name stand first */
  readonly isName?: boolean;
  /** in traditional script */
  readonly isHant?: boolean;
}

/** More keys than any phrase has; what is typed beyond is not looked at. */
export const mostKeys = 48;
