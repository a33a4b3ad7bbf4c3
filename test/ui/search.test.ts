// Typing into the search, in a real Chromium: nothing typed is lost, whatever the answers are late for.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Show } from '../../kiosk/screen.ts';
import { emptySearch, type SearchQuery } from '../../kiosk/search-screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
});
afterEach(async () => {
  await kiosk?.page.close();
  await gallery.close();
});

async function openSearch(viewport: (typeof sizes)[keyof typeof sizes] = sizes.portrait): Promise<Show> {
  kiosk = await openKioskPage(browser, gallery, viewport);
  const show = showsIn('zh')['search-typing'];
  if (!show) throw new Error('the gallery has no search');
  await kiosk.show(show);
  return show;
}

const answerTo = (show: Show, query: Partial<SearchQuery>): Show => {
  if (show.screen.kind !== 'search') throw new Error('no search');
  const screen = { ...show.screen, query: { ...emptySearch, ...query } };
  return { ...show, revision: show.revision + 1, screen };
};
const asked = () =>
  gallery.touches.flatMap(({ revision, touch }) =>
    touch.kind === 'search' ? [{ revision, query: touch.query }] : [],
  );
const key = (letter: string) => kiosk.page.getByRole('button', { name: letter, exact: true });

describe('the search field', () => {
  it('asks with every key, and again when the answer is to an older question', async () => {
    const show = await openSearch();
    await key('s').tap();
    await key('j').tap();
    const { revision } = show;
    await vi.waitFor(() => expect(asked().map(({ query: { text } }) => text)).toEqual(['s', 'sj']));
    gallery.show(answerTo(show, { text: 's' }));
    const again = { revision: revision + 1, query: { ...emptySearch, text: 'sj' } };
    await vi.waitFor(() => expect(asked().at(-1)).toEqual(again));
    gallery.show({ ...answerTo(show, { text: 'sj' }), revision: revision + 2 });
    await kiosk.page.locator(`kiosk-app[revision="${revision + 2}"]`).waitFor();
    expect(await kiosk.page.getByRole('textbox').inputValue()).toBe('sj');
    expect(asked()).toHaveLength(3);
  });

  it('takes a letter back, and everything', async () => {
    await openSearch();
    await key('s').tap();
    await key('j').tap();
    await kiosk.page.getByRole('button', { name: '删除' }).tap();
    await vi.waitFor(() => expect(asked().at(-1)?.query.text).toBe('s'));
    await kiosk.page.getByRole('button', { name: '清空' }).tap();
    await vi.waitFor(() => expect(asked().at(-1)?.query.text).toBe(''));
  });

  it('a chip joins what was typed, and a second tap takes it back', async () => {
    const show = await openSearch();
    await key('s').tap();
    await vi.waitFor(() => expect(asked()).toHaveLength(1));
    gallery.show(answerTo(show, { text: 's' }));
    await kiosk.page.locator(`kiosk-app[revision="${show.revision + 1}"]`).waitFor();
    await key('2 室 80').tap();
    await vi.waitFor(() =>
      expect(asked().at(-1)).toEqual({
        revision: show.revision + 1,
        query: { ...emptySearch, text: 's', bedrooms: [2] },
      }),
    );
    await key('2 室 80').tap();
    await vi.waitFor(() => expect(asked().at(-1)?.query.bedrooms).toEqual([]));
  });

  it('shows on request what fewer people ask for, and tells how much of it is asked when it is folded away', async () => {
    const show = await openSearch();
    await key('收起键盘').tap();
    await key('更多条件').waitFor();
    expect(await key('90 ㎡–120 ㎡ 24').count()).toBe(0);
    await key('更多条件').tap();
    await key('90 ㎡–120 ㎡ 24').tap();
    const area = { from: 9_000, to: 12_000 };
    await vi.waitFor(() => expect(asked().at(-1)?.query).toEqual({ ...emptySearch, area }));
    gallery.show(answerTo(show, { area }));
    await kiosk.page.locator(`kiosk-app[revision="${show.revision + 1}"]`).waitFor();
    await key('13–18 层 24').tap();
    await key('南 66').tap();
    await key('可售 96').tap();
    const all = { ...emptySearch, area, floor: { from: 13, to: 18 }, facings: ['南'], states: ['available'] };
    await vi.waitFor(() => expect(asked().at(-1)?.query).toEqual(all));
    await kiosk.page.screenshot({ path: 'test/shots/search-all-zh-portrait.png' });
    await key('收起条件 3').tap();
    await key('更多条件 3').waitFor();
    expect(await key('13–18 层 24').count()).toBe(0);
  });

  it.each(Object.entries(sizes))('keys and homes have room together: %s', async (size, viewport) => {
    await openSearch(viewport);
    await kiosk.page.screenshot({ path: `test/shots/search-keys-zh-${size}.png` });
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await kiosk.axe()).toEqual([]);
    expect(await kiosk.page.locator('search-screen .home').first().isVisible()).toBe(true);
  });
});
