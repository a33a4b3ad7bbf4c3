// How text is compared in a search: what names and typed terms are folded to.

/** Full width to half, upper case to lower. */
function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The words of a name, or the syllables of its pinyin: folded, letters and digits only. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Folded, letters and digits only: 四季·花城 is looked for as 四季花城, and xi'an as xian. */
export function lettersOf(text: string): string {
  return wordsOf(text).join('');
}

/** What was typed, term by term; signs alone are no term. */
export function searchTerms(text: string): string[] {
  return text
    .split(/\s+/u)
    .map(lettersOf)
    .filter((term) => term !== '');
}

/** `sjhc` of `si ji hua cheng`; a number stands whole, as people type it: `hr24c`. */
export function initialsOf(pinyin: string): string {
  return wordsOf(pinyin)
    .map((word) => (/^\d/.test(word) ? word : word.slice(0, 1)))
    .join('');
}
