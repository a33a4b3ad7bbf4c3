// Money and areas as a slip and a QR text show them.
import type { Language } from './screen.ts';

const notSet: Readonly<Record<Language, string>> = { zh: '待定', en: 'not set' };

/** `￥1234567` without groups: whole yuan, as prices on a board are; 0 is a price that headquarters has not set. */
export function yuan(fen: number, language: Language): string {
  return fen > 0 ? `￥${Math.round(fen / 100)}` : notSet[language];
}

/** `89.05㎡` */
export function squareMetres(area: number): string {
  return `${(area / 100).toFixed(2)}㎡`;
}
