// What is shown, in traditional script; never ids, never what a person wrote or is called.
import { hantConverter } from '../hant-converter.ts';
import { mapWords } from '../map-words.ts';
import type { Show } from '../screen.ts';
import { hantTable } from './hant-table.ts';

/** A sentence of headquarters or of a slip, in traditional script. */
export const inHant = hantConverter(hantTable);

/** @param show in `zh` */
export function showInHant(show: Show): Show {
  const { screen, ...shown } = mapWords(show, inHant);
  // what the code on the screen says is read on a telephone, and no part of the page
  const whole = 'qr' in screen ? { ...screen, qr: inHant(screen.qr) } : screen;
  return { ...shown, language: 'zh-Hant', screen: whole };
}
