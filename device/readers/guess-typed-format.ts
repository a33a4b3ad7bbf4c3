// Which formats the number that a reader typed may have; the number printed on the card settles it.
import type { CardNumber } from '../card-number.ts';
import { readTypedNumber, type TypedCardFormat, typedNumberFormats } from './typed-number.ts';

const technologies = ['em4100', 'iso14443'] as const;
const byteOrders = ['straight', 'reversed'] as const;
/** Fewer bits than any card's number has: agreeing in them says nothing. */
const leastBits = 24;

/**
 * Formats under which the card is the same card count once, the likeliest stands for them.
 * @param typed ASCII without the key that ends it; the caller wipes it
 * @param printed what stands on the card, in any spelling, several apart by blanks: a card for teaching, no member's
 * @returns the likeliest first; with `printed` at most one, unless the reader leaves out what would tell
 */
export function guessTypedFormats(typed: Uint8Array, printed?: string): readonly TypedCardFormat[] {
  const wanted = printed === undefined ? null : printedCards(printed);
  const guesses: { readonly format: TypedCardFormat; readonly number: CardNumber }[] = [];
  for (const format of allFormats()) {
    const number = numberOf(typed, format);
    if (!number) continue;
    const isNew = guesses.every((guess) => !guess.number.equals(number));
    if (isNew && (!wanted || wanted.some((card) => agrees(card, number)))) guesses.push({ format, number });
    else number.wipe();
  }
  for (const { number } of guesses) number.wipe();
  for (const card of wanted ?? []) card.wipe();
  return guesses.map(({ format }) => format);
}

function* allFormats(): Generator<TypedCardFormat> {
  for (const byteOrder of byteOrders)
    for (const technology of technologies)
      for (const format of likeliestFirst) yield { technology, format, byteOrder };
}

/** Ten digits are far more often a decimal number than one in hex without a letter. */
const likeliestFirst = [...typedNumberFormats].sort((a, b) => Number(a === '10H') - Number(b === '10H'));

function printedCards(printed: string): readonly CardNumber[] {
  return printed
    .trim()
    .split(/\s+/)
    .flatMap((spelt) => {
      // people leave out the zeros in front of a pair
      const pair = /^(\d{1,5})[,，](\d{1,5})$/.exec(spelt);
      const whole = pair ? `${pair[1]?.padStart(3, '0')},${pair[2]?.padStart(5, '0')}` : spelt.toUpperCase();
      const bytes = Buffer.from(whole, 'latin1');
      for (const format of likeliestFirst) {
        const number = technologies.map((t) => numberOf(bytes, straight(t, format))).find(Boolean);
        if (number) return [number];
      }
      return [];
    });
}

function straight(
  technology: TypedCardFormat['technology'],
  format: TypedCardFormat['format'],
): TypedCardFormat {
  return { technology, format, byteOrder: 'straight' };
}

function numberOf(typed: Uint8Array, format: TypedCardFormat): CardNumber | null {
  const read = readTypedNumber(typed, format);
  return typeof read === 'string' ? null : read.number;
}

/** Do both say the same as far as the shorter one goes? */
function agrees(a: CardNumber, b: CardNumber): boolean {
  return a.use((mine) =>
    b.use((theirs) => {
      const length = Math.min(mine.length, theirs.length);
      return length * 4 >= leastBits && Buffer.compare(mine.slice(-length), theirs.slice(-length)) === 0;
    }),
  );
}
