// Tables as they leave: quoted, with nothing that a spreadsheet would run, and read back as they were.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvText, unshielded } from '../../../../sync/headquarters/api/csv-text.ts';

describe('CSV that leaves headquarters', () => {
  it.each(['=1+1', '+1 同伴', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', "'=1"])(
    'shields %j, and takes the shield off again',
    (text) => {
      const [[cell = ''] = []] = parse(csvLine([text])) as string[][];
      expect(cell).toBe(`'${text}`);
      expect(unshielded(cell)).toBe(text);
    },
  );

  it('leaves numbers numbers, also below zero, and empty what is not there', () => {
    expect(csvLine([-5, 0, 1.5, null, undefined, '', "don't"])).toBe("-5,0,1.5,,,,don't\r\n");
  });

  it('says everything letter for letter', () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', "'", '=', '-', '\r', '\n', '张', ' ', 'a') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = csvText([['head', 'more'], ...rows]);
        const back = parse(text, { bom: true }) as string[][];
        expect(back.slice(1).map((row) => row.map(unshielded))).toEqual(rows);
      }),
    );
  });
});
