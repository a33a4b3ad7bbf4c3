// How names sound: polyphones in place names, mixed names, and what a developer says itself.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type BoardRow, boardRowSchema } from '../../../sync/contract/board.ts';
import { placeReadings } from '../../../sync/headquarters/place-readings.ts';
import { namePinyin, withPinyin } from '../../../sync/headquarters/sales/name-pinyin.ts';

describe('the pinyin of a name', () => {
  it.each([
    ['四季花城', 'si ji hua cheng'],
    ['重庆长安大厦', 'chong qing chang an da sha'],
    ['朝阳公园', 'chao yang gong yuan'],
    ['单县绿城', 'shan xian lv cheng'],
    ['厦门岗厦', 'xia men gang xia'],
    ['华润24城', 'hua run 24 cheng'],
    ['Park Lane壹号', 'park lane yi hao'],
    ['Ａ１２座', 'a 12 zuo'],
    ['花·港𠮷É园', 'hua gang e yuan'],
    ['1栋', '1 dong'],
    ['𠀀', ''],
  ])('of %s is %s', (name, sound) => {
    expect(namePinyin(name)).toBe(sound);
  });

  it('SE4 reads every curated name as curated, also in the middle of another', () => {
    for (const [name, sound] of placeReadings) expect(namePinyin(`新${name}园`)).toBe(`xin ${sound} yuan`);
    for (const [name, sound] of placeReadings) expect(sound.split(' ')).toHaveLength([...name].length);
  });

  it('always fits the contract', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'重庆长𠮷a1 é·') }),
    );
    fc.assert(
      fc.property(name, (zh) => {
        const [row] = withPinyin([project({ zh, en: '' })]);
        expect(v.is(boardRowSchema, row)).toBe(true);
      }),
    );
    expect(namePinyin('花'.repeat(1_000)).length).toBeLessThanOrEqual(400);
  });
});

describe('the rows with pinyin', () => {
  it('SE4 keeps what the developer says itself', () => {
    const [row] = withPinyin([project({ zh: '长乐坊', en: '', pinyin: 'zhang yue fang' })]);
    expect(row).toMatchObject({ name: { pinyin: 'zhang yue fang' }, district: { pinyin: 'chao yang' } });
  });
});

function project(name: { readonly zh: string; readonly en: string; readonly pinyin?: string }): BoardRow {
  return v.parse(boardRowSchema, {
    kind: 'project',
    id: 'p',
    name,
    district: { zh: '朝阳', en: '' },
    address: { zh: '', en: '' },
    phone: '',
    highlights: [],
    adverse: [],
  });
}
