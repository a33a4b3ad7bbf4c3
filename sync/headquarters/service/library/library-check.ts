// What must hold in a library before terminals may have it: nothing hangs in the air, and everything has words.
import type { Words } from '../../../contract/ids.ts';
import { type LibraryRow, libraryKeyOf, libraryKeys } from '../../../contract/library.ts';
import type { LibraryIssue } from '../../api/library-api.ts';

/** As long as fits a button, a line of the slip, and with all others a label. */
const mostName = 60;
const mostPhrase = 120;

/** @returns one issue for each row that cannot be published, by key */
export function checkLibrary(rows: readonly LibraryRow[]): LibraryIssue[] {
  const of = <K extends LibraryRow['kind']>(kind: K) =>
    rows.filter((row): row is Extract<LibraryRow, { kind: K }> => row.kind === kind);
  const elements = new Map(of('element').map((row) => [row.id, row]));
  const parents = new Set(of('element').map(({ parent }) => parent));
  const problems = new Set(of('problem').map(({ id }) => id));
  const withProblems = new Set(of('problem').map(({ element }) => element));
  const ports = new Set(of('port').map(({ id }) => id));
  const twice = repeated(of('problem').map(({ id }) => id));
  const codeOf = (row: LibraryRow): LibraryIssue['code'] | undefined => {
    switch (row.kind) {
      case 'place':
        if (row.elements.length === 0) return 'nothing-bound';
        return row.elements.every((id) => elements.has(id)) ? undefined : 'unknown-element';
      case 'element':
        if (row.parent !== null && !elements.has(row.parent)) return 'unknown-parent';
        if (isCircle(row.id, (id) => elements.get(id as typeof row.id)?.parent ?? null)) return 'circle';
        return parents.has(row.id) || withProblems.has(row.id) ? undefined : 'no-problem';
      case 'problem':
        if (!elements.has(row.element)) return 'unknown-element';
        if (parents.has(row.element)) return 'not-a-leaf';
        if (twice.has(row.id)) return 'id-twice';
        return ports.has(row.port) ? undefined : 'unknown-port';
      case 'phrase':
        return problems.has(row.problem) ? undefined : 'unknown-problem';
      case 'port':
      case 'clock':
      case 'promise':
      case 'edition':
      case 'photo-page':
        return undefined;
    }
  };
  const issues = rows.flatMap((row): LibraryIssue[] => {
    const code = codeOf(row) ?? wordsIssue(row);
    return code === undefined ? [] : [{ key: libraryKeyOf(row), code }];
  });
  const hasClock = of('clock').some(({ id }) => id === 'default');
  return hasClock ? issues : [...issues, { key: libraryKeys.clock('default'), code: 'no-default-clock' }];
}

function wordsIssue(row: LibraryRow): LibraryIssue['code'] | undefined {
  const words: Words | undefined = 'name' in row ? row.name : row.kind === 'phrase' ? row.text : undefined;
  if (!words) return undefined;
  const most = row.kind === 'phrase' ? mostPhrase : mostName;
  if ([words.zh, words.en].some((text) => text.trim() === '')) return 'words-missing';
  return [words.zh, words.en].some((text) => text.length > most) ? 'words-too-long' : undefined;
}

function isCircle(id: string, parentOf: (id: string) => string | null): boolean {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null; at = parentOf(at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function repeated(ids: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(ids.filter((id) => seen.size === seen.add(id).size));
}
