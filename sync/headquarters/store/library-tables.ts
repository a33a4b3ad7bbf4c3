// The tables behind the classification library and the pictures of requests; what is published stands in `dataset_row`.
import type { TableShape } from './table-shape.ts';

/** What is being edited and not yet published, laid over what is. */
interface LibraryDraftTable {
  readonly key: string;
  /** `LibraryRow`; null = to be removed */
  readonly body: string | null;
  readonly at: string;
  /** account */
  readonly actor: string;
}

interface LibraryEditionTable {
  readonly number: number;
  readonly at: string;
  readonly actor: string;
  /** `Words` */
  readonly note: string;
  /** `[key, row before or null, row after or null][]`, so that it can be taken back */
  readonly changes: string;
}

/** Own words of an owner that need not become a phrase. */
interface DismissedPhraseTable {
  readonly task: string;
  readonly at: string;
  readonly actor: string;
}

interface PhotoTable {
  readonly id: string;
  readonly request: string;
  /** `image/jpeg` or `image/png` */
  readonly type: string;
  readonly bytes: number;
  readonly at: string;
}

export interface LibraryTables {
  readonly library_draft: LibraryDraftTable;
  readonly library_edition: LibraryEditionTable;
  readonly dismissed_phrase: DismissedPhraseTable;
  readonly photo: PhotoTable;
}

export const libraryShapes: readonly TableShape[] = [
  {
    name: 'library_draft',
    columns: { key: 'text', body: 'text?', at: 'text', actor: 'text' },
    key: ['key'],
  },
  {
    name: 'library_edition',
    columns: { number: 'integer', at: 'text', actor: 'text', note: 'text', changes: 'text' },
    key: ['number'],
  },
  { name: 'dismissed_phrase', columns: { task: 'text', at: 'text', actor: 'text' }, key: ['task'] },
  {
    name: 'photo',
    columns: { id: 'text', request: 'text', type: 'text', bytes: 'integer', at: 'text' },
    key: ['id'],
    refers: { request: 'request' },
  },
];
