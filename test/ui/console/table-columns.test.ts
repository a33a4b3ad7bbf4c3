// Rows of the console's tables: found by every word, sorted with the unknown last, exported without formulas.
import { describe, expect, it } from 'vitest';
import {
  type Column,
  facetRows,
  facetValues,
  findRows,
  sortRows,
  tableCsv,
} from '../../../ui/console/table-columns.ts';

interface Person {
  readonly name: string;
  readonly points: number | null;
}
const people: readonly Person[] = [
  { name: '张晓明', points: 30 },
  { name: '=HYPERLINK("x")', points: null },
  { name: 'Li Na, "Nana"', points: 9 },
];
const columns: readonly Column<Person>[] = [
  { id: 'name', label: '姓名', value: ({ name }) => name },
  { id: 'points', label: '积分', value: ({ points }) => points, isNumber: true },
];

describe('tables of the console', () => {
  it('finds the rows that hold every word in some column', () => {
    expect(findRows(people, columns, ' 9 li ')).toEqual([people[2]]);
    expect(findRows(people, columns, '晓')).toEqual([people[0]]);
    expect(findRows(people, columns, ' ')).toEqual(people);
  });

  it('tells what a column holds, the most frequent first, and keeps the rows that have each chosen value', () => {
    const kind: Column<{ kind: string | null; at: number }> = {
      id: 'kind',
      label: '类型',
      value: (row) => row.kind,
    };
    const at: typeof kind = { id: 'at', label: '号', value: (row) => row.at };
    const rows = ['b', 'a', null, 'b'].map((each, index) => ({ kind: each, at: index % 2 }));
    expect(facetValues(rows, kind)).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect(facetRows(rows, [kind, at], new Map())).toBe(rows);
    expect(facetRows(rows, [kind, at], new Map([['kind', 'b']]))).toEqual([rows[0], rows[3]]);
    expect(
      facetRows(
        rows,
        [kind, at],
        new Map([
          ['kind', 'b'],
          ['at', '1'],
        ]),
      ),
    ).toEqual([rows[3]]);
  });

  it('sorts numbers by value both ways; what is not known stands last', () => {
    const points = (isDescending: boolean) =>
      sortRows(people, columns, { column: 'points', isDescending }).map((person) => person.points);
    expect(points(false)).toEqual([9, 30, null]);
    expect(points(true)).toEqual([30, 9, null]);
    expect(sortRows(people, columns, undefined)).toEqual(people);
  });

  it('exports what a spreadsheet opens: byte order mark, quotes, no formulas', async () => {
    expect(await tableCsv(people, columns)).toBe(
      '\uFEFF姓名,积分\r\n张晓明,30\r\n"\'=HYPERLINK(""x"")",\r\n"Li Na, ""Nana""",9\r\n',
    );
  });
});
