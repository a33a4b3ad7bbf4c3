// Numbers, money and times as people in front of the screen read them.
import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../ui/text/formats.ts';
import { unbroken } from '../../ui/text/unbroken.ts';

const zh = formatsOf('zh', 'Asia/Shanghai');
const hant = formatsOf('zh-Hant', 'Asia/Shanghai');
const en = formatsOf('en', 'Asia/Shanghai');

describe('formats', () => {
  it('say a whole day instead of midnight to midnight', () => {
    const [from, to] = ['2026-11-20T16:00:00.000Z', '2026-11-21T16:00:00.000Z'] as const;
    expect(zh.hours(from, to)).toBe('全天');
    expect(en.span(from, to)).toMatch(/All day$/);
    expect(zh.hours('2026-11-21T01:30:00.000Z', '2026-11-21T10:00:00.000Z')).toBe('09:30–18:00');
  });

  it('say money in the way of each language, from fen', () => {
    expect(zh.price(248_710_000)).toBe('248.71\u00a0万元');
    expect(hant.price(248_710_000)).toBe('248.71\u00a0萬元');
    expect(hant.duration(90)).toBe('1\u00a0小時 30\u00a0分鐘');
    expect(en.price(248_710_000)).toBe('¥2,487,100');
    expect(zh.pricePerM2(2_366_000)).toBe('23,660\u00a0元/㎡');
    expect(zh.area(10_512)).toBe('105.12\u00a0㎡');
  });

  it('show the clock of the site, whatever the browser thinks', () => {
    expect(zh.time('2026-11-21T06:05:00.000Z')).toBe('14:05');
    expect(formatsOf('zh', 'no/zone').time('2026-11-21T06:05:00.000Z')).toMatch(/^\d\d:\d\d$/);
  });

  it('name the year of what may be years away', () => {
    const at = '2027-01-20T17:00:00.000Z';
    expect([zh.date(at), hant.date(at), en.date(at)]).toEqual([
      '2027年1月21日',
      '2027年1月21日',
      '21 January 2027',
    ]);
  });

  it('U27 keep a figure and its unit on one line in what headquarters wrote', () => {
    expect(unbroken('地铁 2 号线人民路站 350 米')).toBe('地铁 2\u00a0号线人民路站 350\u00a0米');
    expect(unbroken('中央花园1.2万平方米')).toBe('中央花园1.2\u2060万平方米');
    expect(unbroken('350 m to the park, 2 more shops')).toBe('350\u00a0m to the park, 2 more shops');
  });
});
