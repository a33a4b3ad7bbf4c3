// How a session is shown and heard: chosen by touch, gone with the session, twice the patience in large text.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainManner } from '../../kiosk/manner.ts';
import { mannerAt } from '../../kiosk/session-defaults.ts';
import { parseTouched } from '../../kiosk/touch.ts';
import type { Answered } from '../../sync/questions.ts';
import { type BenchOptions, kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

const bench = async (options?: BenchOptions) => kioskBench(await openSmallWorld(), options);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

describe('the manner of a session', () => {
  it('U07 is chosen part by part, on any screen, and is the site’s again after the end', async () => {
    const b = await bench();
    expect(b.show.manner).toEqual(plainManner);
    b.touch({ kind: 'choose-manner', manner: { text: 'large' } });
    b.touch({ kind: 'start' });
    b.touch({ kind: 'choose-manner', manner: { volume: 0, reach: 'low' } });
    const chosen = { ...plainManner, text: 'large', volume: 0, reach: 'low' };
    expect(b.show).toMatchObject({ screen: { kind: 'home' }, manner: chosen });
    // neither another language nor a card changes it
    b.touch({ kind: 'choose-language', language: 'en' });
    b.swipe(cards.listed);
    expect(b.show.manner).toEqual(chosen);
    b.touch({ kind: 'end' });
    expect(b.show.manner).toEqual(plainManner);
  });

  it('U17 large text has twice the time before the warning, and twice to answer it', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'choose-manner', manner: { text: 'large' } });
    vi.advanceTimersByTime(79_999);
    expect(b.show.idle).toBeNull();
    vi.advanceTimersByTime(1);
    expect(b.show.idle).toEqual({ secondsLeft: 40 });
    vi.advanceTimersByTime(39_999);
    expect(b.screen.kind).toBe('home');
    vi.advanceTimersByTime(1);
    expect(b.screen.kind).toBe('attract');
  });

  it('U16 U17 F7 the large text’s warning is put off by one touch, more than ten times', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'choose-manner', manner: { text: 'large' } });
    for (let round = 0; round < 12; round += 1) {
      vi.advanceTimersByTime(110_000);
      expect(b.show.idle).toEqual({ secondsLeft: 10 });
      b.touch({ kind: 'stay' });
    }
    expect(b.screen.kind).toBe('home');
  });

  it('U17 no warning stands while headquarters is asked about a card', async () => {
    let answered: Answered = () => undefined;
    const b = await bench({
      ask: (_, then) => {
        answered = then;
        return true;
      },
    });
    b.swipe(cards.unknown);
    expect(b.screen.kind).toBe('checking-card');
    vi.advanceTimersByTime(100_000);
    expect(b.show.idle).toBeNull();
    answered(undefined);
    vi.advanceTimersByTime(40_000);
    expect(b.show.idle).toEqual({ secondsLeft: 20 });
  });

  it('U38 U16 what speaks against a home may be read three times as long, with the warning', async () => {
    const b = await bench();
    b.touch({ kind: 'open-board' });
    b.touch({ kind: 'open-adverse-facts' });
    vi.advanceTimersByTime(119_000);
    expect(b.show.idle).toBeNull();
    // a finger that scrolls is a sign of life
    b.touch({ kind: 'stay' });
    vi.advanceTimersByTime(119_000);
    expect(b.show.idle).toBeNull();
    vi.advanceTimersByTime(1_000);
    expect(b.show.idle).toEqual({ secondsLeft: 60 });
    b.touch({ kind: 'back' });
    vi.advanceTimersByTime(40_000);
    expect(b.show.idle).toEqual({ secondsLeft: 20 });
  });

  it('mute is mute beside the screen too', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'choose-manner', manner: { volume: 0 } });
    b.touch({ kind: 'call-help' });
    b.swipe(cards.listed);
    expect(b.signals).toEqual([]);
    b.touch({ kind: 'choose-manner', manner: { volume: 1 } });
    b.swipe(cards.unknown);
    expect(b.signals).not.toEqual([]);
  });
});

describe('the site’s manner', () => {
  const night = {
    manner: { volume: 3, isSpoken: true } as const,
    silentHours: { from: '22:00', to: '07:30' },
  };
  it.each([
    ['2026-11-21T21:59:00+08:00', 3],
    ['2026-11-21T22:00:00+08:00', 0],
    ['2026-11-22T07:29:00+08:00', 0],
    ['2026-11-22T07:30:00+08:00', 3],
  ])('is silent in the silent hours, which go over midnight: %s', (at, volume) => {
    const manner = mannerAt(night, new Date(at), 'Asia/Shanghai');
    expect(manner).toEqual({ ...plainManner, volume, isSpoken: volume > 0 });
  });

  it('a touch names only what there is to choose', () => {
    const touched = (manner: unknown) =>
      parseTouched(JSON.stringify({ v: 1, revision: 1, touch: { kind: 'choose-manner', manner } }));
    expect(touched({ volume: 3 })).toBeDefined();
    expect(touched({ volume: 4 })).toBeUndefined();
    expect(touched({ size: 'huge' })).toBeUndefined();
  });
});
