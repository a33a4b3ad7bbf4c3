// The tongue of a session on the bench: chosen at any step, kept to its end, on the screen and on paper.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inHant, showInHant } from '../../kiosk/showing/in-hant.ts';
import { kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

const bench = async () => kioskBench(await openSmallWorld());

describe('U26 traditional script', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is shown on the step that one is at, and the step stays', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'choose-language', language: 'zh-Hant' });
    b.swipe(cards.listed);
    const { revision } = b.show;
    expect(b.show.language).toBe('zh-Hant');
    expect(b.expect('checked-in')).toMatchObject({ event: '業主開放日', member: { name: '张**' } });
    b.touch({ kind: 'choose-language', language: 'en' });
    expect(b.show).toMatchObject({ language: 'en', revision, screen: { kind: 'checked-in', points: 20 } });
    b.touch({ kind: 'choose-language', language: 'zh' });
    expect(b.expect('checked-in').event).toBe('业主开放日');
  });

  it('is printed on the slip, and the name stays as its owner writes it', async () => {
    const b = await bench();
    b.touch({ kind: 'choose-language', language: 'zh-Hant' });
    b.swipe(cards.listed);
    const lines = b.store.printJobs.next()?.lines;
    expect(lines).toContainEqual({ kind: 'pair', label: '積分餘額', value: '1020', bold: true });
    expect(lines).toContainEqual({ kind: 'pair', label: '會員', value: '张**' });
    expect(lines).toContainEqual({ kind: 'text', text: '謝謝', align: 'centre' });
  });

  it('does not reach the facts: headquarters hears the same in every script', async () => {
    const b = await bench();
    b.touch({ kind: 'choose-language', language: 'zh-Hant' });
    b.swipe(cards.listed);
    expect(b.facts()).toMatchObject([{ kind: 'check-in-recorded', body: { event: 'e1', session: 'today' } }]);
  });

  it('ends with the session', async () => {
    const b = await bench();
    b.touch({ kind: 'choose-language', language: 'zh-Hant' });
    b.swipe(cards.listed);
    vi.advanceTimersByTime(60_000);
    expect(b.show).toMatchObject({ language: 'zh', screen: { kind: 'attract' } });
    b.swipe(cards.gold);
    expect(b.expect('checked-in').event).toBe('业主开放日');
  });

  it('leaves alone what was typed and what is asked for by id', async () => {
    const b = await bench();
    const show = b.show;
    const query = { text: '兰亭', states: ['已售'] };
    const shown = showInHant({ ...show, screen: { kind: 'search', query } as never });
    expect(shown.screen).toEqual({ kind: 'search', query });
  });
});

it.each([
  ['头发发现', '頭髮發現'],
  ['重复发卡', '重複發卡'],
  ['卫生间-天花-渗漏-下水管周围渗漏', '衛生間-天花-滲漏-下水管周圍滲漏'],
  ['请到服务台，面积 98 ㎡', '請到服務台，面積 98 ㎡'],
  ['联网后显示前面人数', '聯網後顯示前面人數'],
  ['皇后大道里面的干挂石材', '皇后大道裡面的乾掛石材'],
  ['𠮷 emoji 😀 stays', '𠮷 emoji 😀 stays'],
  ['', ''],
])('U26 %s is written %s', (simplified, traditional) => expect(inHant(simplified)).toBe(traditional));
