// A sales state in the words of a language.
import type { StateRow } from '../../sync/contract/board.ts';
import type { Language } from '../screen.ts';

export function shownState({ code, name, colour, pattern, open }: StateRow, language: Language) {
  return { code, name: name[language], colour, pattern, open };
}
