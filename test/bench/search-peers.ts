// The peers of the search, each given the same words for each home and asked for the same: how many, and the first page.
import { DatabaseSync } from '@photostructure/sqlite';
import { type BoardQuery, type Facet, facets, measures } from '../../kiosk/search/board-query.ts';
import { initialsOf, lettersOf, searchTerms, wordsOf } from '../../kiosk/search/search-text.ts';
import { facetOf, isHit, type WholeUnit } from '../kiosk/search/brute-search.ts';
import { loadPeer, peerLabel } from './peers.ts';

export interface PeerFound {
  readonly total: number;
  /** numbers of homes in the order of the board */
  readonly page: readonly number[];
}
export interface SearchPeer {
  readonly label: string;
  search(query: BoardQuery): PeerFound;
}

/** What a home is found by: parts of names, ends of names from some word on, and codes. */
function textsOf({ unit, project, building }: WholeUnit) {
  const names = [project.district, project.name, building.name];
  const parts = names.flatMap(({ zh, pinyin = '' }) => [lettersOf(zh), initialsOf(pinyin)]);
  const ends = names.flatMap(({ en, pinyin = '' }) =>
    [wordsOf(en), wordsOf(pinyin)].flatMap((words) => words.map((_, n) => words.slice(n).join(''))),
  );
  return { parts, ends, codes: [lettersOf(unit.number), lettersOf(unit.id)] };
}

const sqlColumns: readonly Facet[] = ['district', 'state', 'bedrooms', 'facing'];

/** SQLite with a trigram index of all texts and plain columns with indexes beside it, in memory. */
export function ftsPeer(units: readonly WholeUnit[]): SearchPeer {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE unit(at INTEGER PRIMARY KEY, ${[...sqlColumns, ...measures].join(', ')});
    CREATE VIRTUAL TABLE words USING fts5(parts, ends, codes, tokenize = 'trigram case_sensitive 1')`);
  const insert = db.prepare(
    `INSERT INTO unit VALUES (?${', ?'.repeat(sqlColumns.length + measures.length)})`,
  );
  const insertWords = db.prepare('INSERT INTO words(rowid, parts, ends, codes) VALUES (?, ?, ?, ?)');
  db.exec('BEGIN');
  units.forEach((each, at) => {
    const facetValues = sqlColumns.map((facet) => facetOf(each, facet));
    insert.run(at, ...facetValues, ...measures.map((measure) => each.unit[measure]));
    const { parts, ends, codes } = textsOf(each);
    insertWords.run(at, ...[parts, ends, codes].map((lines) => `\n${lines.join('\n')}`));
  });
  db.exec(
    `COMMIT; ${sqlColumns.map((name) => `CREATE INDEX by_${name} ON unit(${name})`).join(';')}; ANALYZE`,
  );
  const version = String(db.prepare('SELECT sqlite_version() AS v').get()?.['v']);
  const statements = new Map<string, ReturnType<typeof db.prepare>>();
  return {
    label: `SQLite ${version} FTS5 trigram`,
    search(query) {
      const { sql, values } = ftsQuery(query);
      let statement = statements.get(sql);
      if (!statement) {
        statement = db.prepare(sql);
        statements.set(sql, statement);
      }
      const rows = statement.all(...values) as unknown as { readonly at: number }[];
      return {
        total: rows.length,
        page: rows.slice(query.offset, query.offset + query.limit).map(({ at }) => at),
      };
    },
  };
}

function ftsQuery({ text, only, within }: BoardQuery) {
  const where: string[] = [];
  const values: (string | number)[] = [];
  for (const term of searchTerms(text)) {
    const columns = [
      ['parts', term],
      ['ends', `\n${term}`],
      ...(/\d/.test(term) ? [['codes', `\n${term}`]] : []),
    ] as const;
    // below three characters a trigram index finds nothing, and only a scan helps
    const long = columns.filter(([, words = '']) => [...words].length >= 3);
    const short = columns.filter(([, words = '']) => [...words].length < 3);
    const either: string[] = [];
    if (long.length > 0) {
      either.push('at IN (SELECT rowid FROM words WHERE words MATCH ?)');
      values.push(long.map(([column, words]) => `${column}:"${words}"`).join(' OR '));
    }
    for (const [column, words] of short) {
      either.push(`at IN (SELECT rowid FROM words WHERE instr(${column}, ?))`);
      values.push(words ?? '');
    }
    where.push(`(${either.join(' OR ')})`);
  }
  for (const facet of facets) {
    const wanted = only[facet] ?? [];
    if (wanted.length === 0) continue;
    where.push(`${facet} IN (${wanted.map(() => '?').join()})`);
    values.push(...wanted);
  }
  for (const measure of measures) {
    const { from = null, to = null } = within[measure] ?? {};
    if (from === null || to === null) continue;
    where.push(`${measure} BETWEEN ? AND ?`);
    values.push(from, to);
  }
  return { sql: `SELECT at FROM unit WHERE ${where.join(' AND ') || '1'} ORDER BY at`, values };
}

/** Everything that a term may begin: so that a prefix search finds parts too. */
function beginningsOf(each: WholeUnit) {
  const { parts, ends, codes } = textsOf(each);
  const tails = parts.flatMap((part) => [...part].map((_, n) => [...part].slice(n).join('')));
  return { names: [...new Set([...tails, ...ends])], codes };
}

interface FlexIndex {
  add(id: number, content: string): void;
  search(term: string, options: { readonly limit: number }): readonly number[];
}

export function flexPeer(units: readonly WholeUnit[]): SearchPeer {
  const { Index } = loadPeer('flexsearch') as { readonly Index: new (options: object) => FlexIndex };
  const options = { tokenize: 'forward', encode: (text: string) => text.split('\n'), resolution: 1 };
  const [names, codes] = [new Index(options), new Index(options)];
  units.forEach((each, at) => {
    const words = beginningsOf(each);
    names.add(at, words.names.join('\n'));
    codes.add(at, words.codes.join('\n'));
  });
  const all = { limit: units.length };
  return {
    label: peerLabel('flexsearch'),
    search: (query) =>
      filtered(
        units,
        query,
        searchTerms(query.text).map(
          (term) =>
            new Set([...names.search(term, all), ...(/\d/.test(term) ? codes.search(term, all) : [])]),
        ),
      ),
  };
}

interface Mini {
  add(document: { readonly id: number; readonly names: string; readonly codes: string }): void;
  search(text: string, options: object): readonly { readonly id: number }[];
}

export function miniPeer(units: readonly WholeUnit[]): SearchPeer {
  const MiniSearch = loadPeer('minisearch') as new (options: object) => Mini;
  const index = new MiniSearch({
    fields: ['names', 'codes'],
    tokenize: (text: string) => text.split('\n'),
    processTerm: (term: string) => term,
  });
  units.forEach((each, id) => {
    const words = beginningsOf(each);
    index.add({ id, names: words.names.join('\n'), codes: words.codes.join('\n') });
  });
  return {
    label: peerLabel('minisearch'),
    search: (query) =>
      filtered(
        units,
        query,
        searchTerms(query.text).map((term) => {
          const fields = /\d/.test(term) ? ['names', 'codes'] : ['names'];
          return new Set(index.search(term, { prefix: true, fields }).map(({ id }) => id));
        }),
      ),
  };
}

/** These two know texts only: the filters are applied to what they find. */
function filtered(
  units: readonly WholeUnit[],
  query: BoardQuery,
  terms: readonly ReadonlySet<number>[],
): PeerFound {
  const filters = { ...query, text: '' };
  const [first, ...others] = terms;
  const hits: number[] = [];
  for (const at of first ?? units.keys()) {
    const each = units[at];
    if (each && others.every((found) => found.has(at)) && isHit(each, filters, null)) hits.push(at);
  }
  hits.sort((a, b) => a - b);
  return { total: hits.length, page: hits.slice(query.offset, query.offset + query.limit) };
}
