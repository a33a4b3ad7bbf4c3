// Rows of the library as the editor's parts handle them: by kind, with all below them, and new ones.
import {
  type LibraryAnswers,
  type LibraryRow,
  libraryKeyOf,
} from '../../../sync/headquarters/api/library-api.ts';

export type Rows = LibraryAnswers['library'];
export type Of<K extends LibraryRow['kind']> = Extract<LibraryRow, { kind: K }>;
/** null removes the row */
export type Change = readonly [key: string, row: LibraryRow | null];

export function rowsOf<K extends LibraryRow['kind']>({ rows }: Rows, kind: K): Of<K>[] {
  return rows.filter((row): row is Of<K> => row.kind === kind);
}

/** The frequent ones first; what says nothing comes last, as at the terminal. */
export function inOrder<T extends { readonly order?: number | undefined }>(rows: readonly T[]): readonly T[] {
  const last = Number.MAX_SAFE_INTEGER;
  return [...rows].sort((a, b) => (a.order ?? last) - (b.order ?? last));
}

/** Puts these rows as they are: the way back after a change. */
export function putBack(rows: readonly LibraryRow[]): Change[] {
  return rows.map((row) => [libraryKeyOf(row), row]);
}

export function removal(rows: readonly LibraryRow[]): Change[] {
  return rows.map((row) => [libraryKeyOf(row), null]);
}

/** An element with everything below it, or a problem with its phrases. */
export function withAllBelow(library: Rows, row: LibraryRow): readonly LibraryRow[] {
  switch (row.kind) {
    case 'element':
      return [
        row,
        ...rowsOf(library, 'element')
          .filter(({ parent }) => parent === row.id)
          .flatMap((child) => withAllBelow(library, child)),
        ...rowsOf(library, 'problem')
          .filter(({ element }) => element === row.id)
          .flatMap((problem) => withAllBelow(library, problem)),
      ];
    case 'problem':
      return [row, ...rowsOf(library, 'phrase').filter(({ problem }) => problem === row.id)];
    default:
      return [row];
  }
}

/** Nobody types ids; these differ from those of every sheet. */
export function freshId<T extends string>(): T {
  return `own-${crypto.randomUUID().slice(0, 13)}` as T;
}

export function phraseChange(problem: Of<'problem'>, zh: string, en: string): Change {
  const row: Of<'phrase'> = {
    kind: 'phrase',
    id: freshId(),
    problem: problem.id,
    text: { zh, en },
  };
  return [libraryKeyOf(row), row];
}

export interface Fields {
  readonly text: (name: string) => string;
  /** null = left empty */
  readonly count: (name: string) => number | null;
  readonly isOn: (name: string) => boolean;
}

export function fieldsOf(event: SubmitEvent): Fields {
  event.preventDefault();
  const data = event.target instanceof HTMLFormElement ? new FormData(event.target) : new FormData();
  const text = (name: string): string => String(data.get(name) ?? '').trim();
  return {
    text,
    count: (name) => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : null),
    isOn: (name) => data.get(name) !== null,
  };
}

/** Elements that match, or have a problem or phrase that does, with all above them. */
export function foundElements(library: Rows, query: string): ReadonlySet<string> {
  const wanted = query.toLowerCase();
  const has = ({ zh, en }: { readonly zh: string; readonly en: string }): boolean =>
    zh.toLowerCase().includes(wanted) || en.toLowerCase().includes(wanted);
  const problems = new Set(
    rowsOf(library, 'phrase')
      .filter(({ text }) => has(text))
      .map(({ problem }) => problem),
  );
  const hit = new Set<string>([
    ...rowsOf(library, 'element')
      .filter(({ name }) => has(name))
      .map(({ id }) => id),
    ...rowsOf(library, 'problem')
      .filter(({ id, name }) => has(name) || problems.has(id))
      .map(({ element }) => element),
  ]);
  const parents = new Map<string, string | null>(
    rowsOf(library, 'element').map(({ id, parent }) => [id, parent]),
  );
  for (const id of [...hit]) {
    for (let at = parents.get(id); at && !hit.has(at); at = parents.get(at)) hit.add(at);
  }
  return hit;
}
