// How much of a line printable text takes, and where it may be broken.

/** @param text printable text: ASCII is one column wide, everything else two */
export function columnsOf(text: string): number {
  let columns = text.length;
  for (let n = 0; n < text.length; n += 1) if (text.charCodeAt(n) > 0x7f) columns += 1;
  return columns;
}

/** Must not start a line. */
const closers = new Set('，。、；：？！）》」』】”’％℃%),.;:?!]}');
/** Must not end a line. */
const openers = new Set('（《「『【“‘￥([{');

/**
 * Breaks printable text into lines of at most `columns`, at least one. Words and punctuation stay
 * together while they fit; nothing but spaces at a break is lost.
 * @param columns at least 2
 */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (columnsOf(rest) > columns) {
    const fits = fittingUnits(rest, columns);
    const end = breakBefore(rest, fits);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' && lines.length > 0 ? lines : [...lines, rest];
}

function fittingUnits(text: string, columns: number): number {
  let used = 0;
  for (let n = 0; n < text.length; n += 1) {
    used += text.charCodeAt(n) > 0x7f ? 2 : 1;
    if (used > columns) return n;
  }
  return text.length;
}

/** The last good place for a break at or before `limit`; `limit` itself when there is none. */
function breakBefore(text: string, limit: number): number {
  for (let at = limit; at > 0; at -= 1) if (mayBreak(text.charAt(at - 1), text.charAt(at))) return at;
  return limit;
}

function mayBreak(before: string, after: string): boolean {
  if (before === ' ' || after === ' ') return true;
  if (closers.has(after) || openers.has(before)) return false;
  return !(isWordPart(before) && isWordPart(after));
}

function isWordPart(char: string): boolean {
  return char > ' ' && char < '\x7f' && char !== '-' && char !== '/';
}
