// Reads a card's number out loud: for tests only, the product makes no string of one.
import type { CardNumber } from '../../../device/card-number.ts';

export function cardDigits(number: CardNumber): string {
  return number.use((canonical) => Buffer.from(canonical).toString('latin1'));
}
