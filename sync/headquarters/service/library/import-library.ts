// The library of a developer's file, or the shipped one for a file without: what becomes dataset `library`.
import type { ProjectId } from '../../../contract/ids.ts';
import {
  type LibraryEditionRow,
  type LibraryRow,
  libraryKeyOf,
  libraryKeys,
} from '../../../contract/library.ts';
import type { Change, Publication, PublishedRow } from '../../publication.ts';
import type { Reader, Tx } from '../../store/store.ts';
import { shippedLibrary, shippedPlaces } from './shipped-library.ts';

export interface ImportedLibrary {
  /** none: the file brings no library */
  readonly library: readonly LibraryRow[];
  readonly projects: readonly ProjectId[];
}

const firstNote = { zh: '首次导入', en: 'First import' };
const nextNote = { zh: '随开发商数据导入', en: "Imported with the developer's data" };

/** Every import that changes something is an edition of its own; who edited here and imports a file without a library keeps theirs. */
export function importedLibrary(publication: Publication, imported: ImportedLibrary): Change {
  return {
    dataset: 'library',
    rows: async (tx) => {
      const published = await publishedLibrary(tx);
      const next = nextRows(published, imported);
      const replacement = publication.replacement(
        'library',
        [...next.values()].map((row): PublishedRow => [libraryKeyOf(row), row]),
      );
      // what was being edited was about rows that are other ones now
      if (!isSameContent(published, next)) await tx.deleteFrom('library_draft').execute();
      return await replacement.rows(tx as Tx);
    },
  };
}

/** What terminals know now, by key. */
export async function publishedLibrary(db: Reader): Promise<Map<string, LibraryRow>> {
  const rows = await db
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', 'library')
    .where('body', 'is not', null)
    .orderBy('key')
    .execute();
  return new Map(rows.map(({ key, body }) => [key, JSON.parse(body ?? 'null') as LibraryRow]));
}

/** Not a row of the classification: it stays what it is whatever is imported or edited. */
export function isOutsideEditions({ kind }: LibraryRow): boolean {
  return kind === 'edition' || kind === 'photo-page' || kind === 'promise';
}

function nextRows(
  published: ReadonlyMap<string, LibraryRow>,
  { library, projects }: ImportedLibrary,
): Map<string, LibraryRow> {
  const content = library.length > 0 ? library : contentWithout(published, projects);
  const next = new Map(content.map((row) => [libraryKeyOf(row), row]));
  const photoPage = published.get(libraryKeys.photoPage);
  if (photoPage && !next.has(libraryKeys.photoPage)) next.set(libraryKeys.photoPage, photoPage);
  if (!next.has(libraryKeys.edition)) {
    next.set(libraryKeys.edition, editionAfter(published, isSameContent(published, next)));
  }
  return next;
}

function contentWithout(
  published: ReadonlyMap<string, LibraryRow>,
  projects: readonly ProjectId[],
): LibraryRow[] {
  const known = [...published.values()].filter((row) => !isOutsideEditions(row));
  const placed = new Set(known.map((row) => (row.kind === 'place' ? row.project : null)));
  return [
    ...(known.length > 0 ? known : shippedLibrary()),
    ...projects.filter((project) => !placed.has(project)).flatMap(shippedPlaces),
  ];
}

function editionAfter(published: ReadonlyMap<string, LibraryRow>, isSame: boolean): LibraryEditionRow {
  const before = published.get(libraryKeys.edition);
  if (before?.kind !== 'edition') return { kind: 'edition', number: 1, note: firstNote };
  return isSame ? before : { kind: 'edition', number: before.number + 1, note: nextNote };
}

function isSameContent(a: ReadonlyMap<string, LibraryRow>, b: ReadonlyMap<string, LibraryRow>): boolean {
  const text = (rows: ReadonlyMap<string, LibraryRow>): string =>
    JSON.stringify(
      [...rows].filter(([, row]) => !isOutsideEditions(row)).sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return text(a) === text(b);
}
