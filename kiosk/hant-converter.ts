// CONTRACT kiosk↔ui: simplified script to traditional, by whichever table one has.

export interface HantTable {
  /** pairs without a sign between: 国國门門 */
  readonly characters: string;
  /** what single characters would get wrong, both halves of a phrase together: 头发頭髮 发布發佈 */
  readonly phrases: string;
}
export type Convert = (text: string) => string;

const hanzi = /[\u3400-\u9fff]/u;

/** The longest phrase wins, from left to right; what the table does not name stays as it is. */
export function hantConverter({ characters, phrases }: HantTable): Convert {
  const known = new Map<string, string>();
  for (let at = 0; at < characters.length; at += 2) {
    known.set(characters.charAt(at), characters.charAt(at + 1));
  }
  let longest = 1;
  for (const pair of phrases.split(' ')) {
    const half = pair.length / 2;
    known.set(pair.slice(0, half), pair.slice(half));
    longest = Math.max(longest, half);
  }
  known.delete('');
  return (text) => (hanzi.test(text) ? convert(text, known, longest) : text);
}

function convert(text: string, known: ReadonlyMap<string, string>, longest: number): string {
  let said = '';
  for (let at = 0; at < text.length; ) {
    let length = Math.min(longest, text.length - at);
    while (length > 1 && !known.has(text.slice(at, at + length))) length -= 1;
    const piece = text.slice(at, at + length);
    said += known.get(piece) ?? piece;
    at += length;
  }
  return said;
}
