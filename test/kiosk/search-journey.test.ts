// A visitor searches the board: from the entry to a home and back to what was found.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySearch, type SearchQuery } from '../../kiosk/search-screen.ts';
import { parseTouched } from '../../kiosk/touch.ts';
import { boardKeys } from '../../sync/contract/board.ts';
import { type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, site } from './small-world.ts';

let b: KioskBench;
beforeEach(async () => {
  b = kioskBench(await openSmallWorld());
  b.touch({ kind: 'open-board' });
  await vi.waitUntil(() => b.store.boardSearch.index());
});
afterEach(() => {
  b.kiosk.close();
  b.store.close();
});

const ask = (change: Partial<SearchQuery>) => {
  b.touch({ kind: 'search', query: { ...emptySearch, ...change } });
  return b.expect('search');
};
const numbers = (change: Partial<SearchQuery>) => ask(change).found.map(({ number }) => number);

describe('the search', () => {
  it('is ready by the time that it is opened, and shows everything until something is asked', () => {
    expect(ask({})).toMatchObject({
      isReady: true,
      total: 3,
      pages: 1,
      districts: [{ id: '龙岗', name: '龙岗', count: 3 }],
      bedrooms: [{ value: 3, count: 3 }],
    });
  });

  it('takes names, door numbers, filters and an order', () => {
    expect(numbers({ text: '花城' })).toEqual(['101', '102', '201']);
    expect(numbers({ text: 'ｓｅａ 10' })).toEqual(['101', '102']);
    expect(numbers({ text: '花园' })).toEqual([]);
    expect(numbers({ states: ['available'], sort: 'price', isDescending: true })).toEqual(['201', '101']);
    expect(numbers({ price: { from: null, to: 150_000_000 } })).toEqual(['102']);
    expect(numbers({ bedrooms: [2] })).toEqual([]);
    expect(numbers({ facings: ['南'], floor: { from: 2, to: null } })).toEqual(['201']);
    expect(numbers({ facings: ['北'] })).toEqual([]);
    expect(numbers({ area: { from: null, to: 8_904 } })).toEqual([]);
    expect(numbers({ districts: ['龙岗'], page: 1 })).toEqual([]);
  });

  it('counts for every filter what it alone of its kind would leave', () => {
    const { total, states, facings, bands } = ask({ states: ['available'], floor: { from: 2, to: 2 } });
    expect(total).toBe(1);
    expect(Object.fromEntries(states.map(({ id, count }) => [id, count]))).toEqual({ available: 1, sold: 0 });
    expect(facings).toEqual([{ id: '南', name: '南', count: 1 }]);
    expect(bands.floor.map(({ count }) => count)).toEqual([2, 0, 0, 0, 0]);
    expect(bands.area.map(({ count }) => count)).toEqual([0, 1, 0, 0, 0]);
  });

  it('opens a home that it found, and goes back to what was found', () => {
    const query = { ...emptySearch, text: '201' };
    b.touch({ kind: 'search', query });
    b.touch({ kind: 'choose-found', project: site, building: 'b1', unit: 'u201' });
    expect(b.expect('unit').unit.number).toBe('201');
    b.touch({ kind: 'take-slip' });
    b.touch({ kind: 'back' });
    expect(b.expect('search')).toMatchObject({ query, total: 1 });
    b.touch({ kind: 'back' });
    expect(b.screen.kind).toBe('projects');
  });

  it('SE2 never shows what was found in another edition, and shows the new one by itself', async () => {
    ask({ states: ['available'] });
    const unit = b.store.replica.get('board', boardKeys.unit('b1', 'u101'));
    give(b.store, 'board', [[boardKeys.unit('b1', 'u101'), { ...unit, state: 'sold' }]], 1);
    b.kiosk.refresh();
    expect(b.expect('search')).toMatchObject({ isReady: false, total: 0, found: [] });
    const before = b.events.length;
    await vi.waitUntil(() => b.events.length > before);
    expect(b.expect('search')).toMatchObject({ isReady: true, total: 1, found: [{ number: '201' }] });
  });

  it('a card that comes meanwhile is checked in at once', () => {
    ask({ text: 'sjhc' });
    b.swipe(cards.listed);
    expect(b.screen.kind).toBe('checked-in');
  });

  it('is forgotten with the session, and is no fact', () => {
    ask({ text: '花' });
    b.touch({ kind: 'end' });
    expect(b.screen.kind).toBe('attract');
    expect(b.facts()).toEqual([]);
    expect(JSON.stringify(b.logged)).not.toContain('花');
  });

  it('makes no sense elsewhere', () => {
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'search', query: emptySearch });
    b.touch({ kind: 'choose-found', project: site, building: 'b1', unit: 'u201' });
    expect(b.screen.kind).toBe('home');
    b.touch({ kind: 'open-board' });
    ask({});
    b.touch({ kind: 'choose-found', project: site, building: 'b1', unit: 'nowhere' });
    expect(b.screen.kind).toBe('search');
  });

  it.each([
    { text: 'x'.repeat(41) },
    { page: -1 },
    { price: { from: '1', to: null } },
    { area: { from: 0.5, to: null } },
    { floor: null },
    { states: [1] },
    { districts: Array.from({ length: 101 }, () => 'x') },
    { sort: 'DROP' },
    { more: 1 },
  ])('refuses a query of a wrong shape: %j', (wrong) => {
    const query = { ...emptySearch, ...wrong };
    expect(
      parseTouched(JSON.stringify({ v: 1, revision: 1, touch: { kind: 'search', query } })),
    ).toBeUndefined();
  });
});
