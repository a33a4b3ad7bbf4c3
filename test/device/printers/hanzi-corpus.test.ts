// Every character of the corpus at every level of Chinese that a printer can have: itself, or drawn, never a digit.
import { describe, expect, it } from 'vitest';
import { glyphRow, hasGlyph } from '../../../device/printers/glyphs.ts';
import { hanziCodes } from '../../../device/printers/hanzi.ts';
import { hanziLevels } from '../../../device/printers/printer-profile.ts';
import { corpus, drawnBits, full, print, rastersOf, say } from './corpus.ts';

describe('Chinese on paper', () => {
  it('the corpus is GB2312 with its 682 signs and 6,763 characters, and all 20,902 of GBK', () => {
    expect(corpus.gb2312).toHaveLength(682 + 6_763);
    expect(corpus.gb2312.filter((char) => /\p{Script=Han}/u.test(char)).length).toBeGreaterThanOrEqual(6_763);
    expect(corpus.gbk).toHaveLength(20_902);
  });

  it.each([
    ['none', 0, 0],
    ['gb2312', 7_445, 0],
    ['gbk', 21_791, 0],
    ['gb18030-2', 21_870, 0],
    ['gb18030', 21_870, 6_530],
  ] as const)('a font of %s has at least %i two-byte and %i four-byte characters', (level, two, four) => {
    const codes = hanziCodes(level);
    const found = codes.two.filter((code) => code !== 0).length;
    // What GB18030 added differs by a few with the edition that this Node knows.
    expect(found - two).toBeGreaterThanOrEqual(0);
    expect(found - two).toBeLessThan(level.startsWith('gb18030') ? 40 : 1);
    expect(codes.four.filter((code) => code !== 0).length).toBeGreaterThanOrEqual(four);
  });

  it.each(hanziLevels)('P03 GB2312, GBK and rare names come out right on a printer with %s', (hanzi) => {
    const profile = { ...full, hanzi };
    const codes = hanziCodes(hanzi);
    const chars = [...new Set([...corpus.gb2312, ...corpus.gbk, ...corpus.names])].filter(
      (c) => c !== '\u3000',
    );
    const isInFont = (char: string) =>
      codes.two[char.charCodeAt(0)] !== 0 || (hanzi === 'gb18030' && char >= '\u3400' && char <= '\u4db5');
    // Row by row, and no row may break before its end: signs that may not start one would.
    const printedOnes = chars.filter(isInFont);
    const lines = printedOnes.join('').match(/.{1,24}/g) ?? [];
    expect(say(lines.join('\n'), profile).replaceAll('\n', '')).toBe(printedOnes.join(''));
    const drawnOnes = chars.filter((char) => !isInFont(char));
    const rows = drawnOnes.join('').match(/.{1,24}/g) ?? [];
    const { items } = print(
      rows.map((text) => ({ kind: 'text', text })),
      profile,
    );
    expect(items.filter(({ kind }) => kind === 'line')).toEqual([]);
    const rasters = rastersOf(items);
    expect(rasters).toHaveLength(rows.length);
    const wrongOnes = rows.filter((text, n) => !drawnBits(text).equals(rasters[n]?.bits ?? Buffer.alloc(0)));
    expect(wrongOnes).toEqual([]);
  });

  it('each character of the corpus has a glyph of its own', () => {
    const shapes = new Map<string, string>();
    const twins: string[] = [];
    for (const char of corpus.gbk) {
      const unit = char.charCodeAt(0);
      expect(hasGlyph(unit)).toBe(true);
      const shape = Array.from({ length: 16 }, (_, y) => glyphRow(unit, y)).join();
      const twin = shapes.get(shape);
      if (twin) twins.push(twin + char);
      shapes.set(shape, char);
    }
    // 16 pixels are too few to tell these apart; 24 dots of a printer hardly do better.
    expect(twins.length).toBeLessThan(20);
  });

  it('a drawn character looks like itself', () => {
    const picture = (char: string) =>
      Array.from({ length: 16 }, (_, y) =>
        glyphRow(char.charCodeAt(0), y)
          .toString(2)
          .padStart(16, '0')
          .replaceAll('0', '.')
          .replaceAll('1', '#'),
      );
    expect(picture('中')).toMatchInlineSnapshot(`
      [
        ".......#........",
        ".......#........",
        ".......#........",
        ".......#........",
        "..###########...",
        "..#....#....#...",
        "..#....#....#...",
        "..#....#....#...",
        "..#....#....#...",
        "..#....#....#...",
        "..###########...",
        "..#....#....#...",
        ".......#........",
        ".......#........",
        ".......#........",
        ".......#........",
      ]
    `);
    expect(picture('A').map((row) => row.slice(0, 8))).toMatchInlineSnapshot(`
      [
        "........",
        "........",
        "........",
        "........",
        "...##...",
        "..#..#..",
        "..#..#..",
        ".#....#.",
        ".#....#.",
        ".######.",
        ".#....#.",
        ".#....#.",
        ".#....#.",
        ".#....#.",
        "........",
        "........",
      ]
    `);
  });
});
