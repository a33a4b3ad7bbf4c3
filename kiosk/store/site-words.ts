// What people of this site write about: communities, buildings, districts, parts of homes and their faults; never persons.
import { type BoardRow, boardKeys } from '../../sync/contract/board.ts';
import type { LibraryRow } from '../../sync/contract/library.ts';
import type { TerminalStore } from './terminal-store.ts';

export interface SiteWords {
  /** changes with the datasets that the words are from */
  readonly version: string;
  /** Chinese, each once */
  readonly words: readonly string[];
}

/** More than that is no site, and would take the page's keyboard long to learn. */
const mostWords = 8_000;
const boardPlaces = [boardKeys.projects, 'building/', 'layout/'];
const libraryPlaces = ['place/', 'element/', 'problem/', 'phrase/', 'port/'];

/** @returns a reader that gathers them anew only when headquarters has sent other rows */
export function siteWordsOf({ replica }: Pick<TerminalStore, 'replica'>): () => SiteWords {
  let known: SiteWords | undefined;
  return () => {
    const version = `${replica.head('board').root}-${replica.head('library').root}`;
    if (known?.version === version) return known;
    const all = [
      ...boardPlaces.flatMap((prefix) => replica.list('board', prefix).flatMap(wordsOfBoard)),
      ...libraryPlaces.flatMap((prefix) => replica.list('library', prefix).flatMap(wordsOfLibrary)),
    ];
    known = { version, words: [...new Set(all)].slice(0, mostWords) };
    return known;
  };
}

function wordsOfBoard(row: BoardRow): readonly string[] {
  if (row.kind === 'project') return [row.name.zh, row.district.zh];
  return row.kind === 'building' || row.kind === 'layout' ? [row.name.zh] : [];
}

function wordsOfLibrary(row: LibraryRow): readonly string[] {
  switch (row.kind) {
    case 'place':
    case 'element':
    case 'problem':
    case 'port':
      return [row.name.zh];
    case 'phrase':
      return [row.text.zh];
    default:
      return [];
  }
}
