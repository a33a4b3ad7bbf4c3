// The sales board in a real Chromium: its filters, its size, and what is drawn anew when a state changes.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Show } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

const shots = fileURLToPath(new URL('../shots/', import.meta.url));
let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
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

async function open(
  name: string,
  viewport: { readonly width: number; readonly height: number } = sizes.portrait,
): Promise<Show> {
  kiosk = await openKioskPage(browser, gallery, viewport);
  const show = showsIn('zh')[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  await kiosk.show(show);
  return show;
}
const button = (name: string | RegExp) => kiosk.page.getByRole('button', { name });
const left = () => kiosk.page.getByRole('status').filter({ hasText: '套' }).innerText();
const tiles = () => kiosk.page.locator('k-unit-grid button');
const shot = (name: string) => kiosk.page.screenshot({ path: `${shots}${name}.png` });

describe('the filters', () => {
  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
    ['wide', { width: 1920, height: 1080 }],
  ])('U02 U27 narrow down with live counts, %s', async (name, viewport) => {
    const show = await open('board', viewport);
    if (show.screen.kind !== 'board') throw new Error('no board');
    await button('总价').tap();
    await shot(`board-filter-${name}`);
    expect((await kiosk.audit()).problems).toEqual([]);
    const south = show.screen.cells.filter(({ facing }) => facing === '南');
    await button('朝向').tap();
    await button(/^南/).tap();
    expect(await left()).toBe(`符合 ${south.length} / 264 套`);
    const wanted = south.filter(({ state }) => state === 'available');
    // the legend's own count is of what the facing leaves
    await button(`可售 ${wanted.length}`).tap();
    expect(await left()).toBe(`符合 ${wanted.length} / 264 套`);
    await vi.waitFor(async () => expect(await tiles().filter({ visible: true }).count()).toBe(wanted.length));
    await shot(`board-filtered-${name}`);
    expect((await kiosk.audit()).problems).toEqual([]);
    await button('清除条件').tap();
    expect(await left()).toBe('符合 264 / 264 套');
  });
});

describe('the size of homes', () => {
  it('U15 U39 grows by button, says more, and moves sideways by button', async () => {
    await open('board');
    await button('放大').tap();
    await button('放大').tap();
    await shot('board-large');
    expect((await kiosk.audit()).problems).toEqual([]);
    const grid = kiosk.page.locator('k-unit-grid');
    const at = () => grid.evaluate((element) => Number(Reflect.get(element, 'scrollLeft')));
    const before = await at();
    await button('向左').tap();
    expect(await at()).toBeLessThan(before);
    await button('缩小').tap();
    await button('缩小').tap();
    await expect.poll(at).toBe(0);
  });

  it('U39 grows by two fingers on the board alone, and the page never does', async () => {
    await open('board');
    const grid = kiosk.page.locator('k-unit-grid');
    const client = await kiosk.page.context().newCDPSession(kiosk.page);
    const pinch = async (y: number): Promise<void> => {
      const points = (apart: number) => [
        { x: 540 - apart, y, id: 0 },
        { x: 540 + apart, y, id: 1 },
      ];
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(60) });
      for (const apart of [80, 110, 150])
        await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(apart) });
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await pinch(1200);
    await expect.poll(() => grid.getAttribute('zoom')).toBe('2');
    await pinch(60);
    expect(await grid.getAttribute('zoom')).toBe('2');
    expect(await kiosk.page.evaluate('visualViewport.scale')).toBe(1);
    expect(gallery.touches.filter(({ touch }) => touch.kind === 'choose-unit')).toEqual([]);
  });
});

describe('a state that changes', () => {
  it('P4 patches one tile; every other stays as it was', async () => {
    const show = await open('board');
    const { screen } = show;
    if (screen.kind !== 'board') throw new Error('no board');
    await expect.poll(() => tiles().count()).toBe(264);
    await kiosk.page.evaluate(`
      globalThis.seen = [];
      const grid = document.querySelector('kiosk-app').shadowRoot.querySelector('board-screen').shadowRoot.querySelector('k-unit-grid');
      new MutationObserver((all) => seen.push(...all.map((m) => m.type + ' ' + (m.target.closest?.('button') ?? m.target.parentElement?.closest('button'))?.dataset.unit)))
        .observe(grid.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });`);
    const [sold] = screen.cells.filter(({ state }) => state === 'available');
    const cells = screen.cells.map((cell) => (cell === sold ? { ...cell, state: 'sold' } : cell));
    await kiosk.show({ ...show, revision: show.revision + 1, screen: { ...screen, cells } });
    await button(new RegExp(`^${sold?.number} 已售`)).waitFor({ state: 'attached' });
    const seen: string[] = await kiosk.page.evaluate('[...new Set(seen)]');
    expect(seen.filter((each) => !each.endsWith(` ${sold?.id}`))).toEqual([]);
    expect(seen).toContain(`attributes ${sold?.id}`);
  });
});

describe('U10 the look of states', () => {
  it.each(['achromatopsia', 'deuteranopia', 'none'] as const)('is different for each, %s', async (type) => {
    await open('board');
    const client = await kiosk.page.context().newCDPSession(kiosk.page);
    await client.send('Emulation.setEmulatedVisionDeficiency', { type });
    const swatches = kiosk.page.locator('k-board-filter .swatch');
    const pictures: string[] = [];
    for (const swatch of await swatches.all()) pictures.push((await swatch.screenshot()).toString('base64'));
    expect(pictures).toHaveLength(7);
    const differ: number[] = await kiosk.page.evaluate(`(async (pictures) => {
      const pixels = await Promise.all(pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(24, 24);
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, 24, 24).data;
      }));
      return pixels.flatMap((a, i) => pixels.slice(i + 1).map((b) => a.reduce((sum, v, n) => sum + Math.abs(v - b[n]), 0) / a.length));
    })(${JSON.stringify(pictures)})`);
    // of 255, in the mean: below this two patterns look the same from a step away
    expect(Math.min(...differ)).toBeGreaterThan(8);
  });
});

describe('the page of a home', () => {
  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
    ['wide', { width: 1920, height: 1080 }],
  ])('U02 U27 shows sun and floor, price in detail and an estimated payment, %s', async (name, viewport) => {
    await open('unit', viewport);
    await shot(`unit-plan-${name}`);
    for (const [side, label] of [
      ['sun', '朝向楼层'],
      ['price', '价格明细'],
      ['mortgage', '月供估算'],
    ] as const) {
      await button(label).tap();
      await shot(`unit-${side}-${name}`);
      expect((await kiosk.audit()).problems, side).toEqual([]);
      expect(await kiosk.axe(), side).toEqual([]);
    }
  });

  it('estimates what a loan costs, says that it is one, and keeps nothing of it', async () => {
    await open('unit');
    await button('月供估算').tap();
    const estimate = kiosk.page.locator('k-mortgage');
    // 30 % of 2,487,139 yuan at once; 1,740,000 (whole thousands) over 30 years at 3.5 %
    expect(await estimate.locator('.estimate').innerText()).toContain('仅为估算');
    expect(await estimate.locator('.monthly strong').innerText()).toBe('7,813 元');
    await button('首付增加').tap();
    await button('年限减少').tap();
    await button('年利率增加').tap();
    expect(await estimate.locator('.monthly strong').innerText()).not.toBe('7,813 元');
    expect(await kiosk.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });
});

describe('the drawing of a home', () => {
  const name = '户型图 C2 3 室 2 厅 2 卫';
  const seen = () =>
    kiosk.page.locator('k-plan-look .area.card').evaluate((area) => {
      const of = (key: string) => Number(Reflect.get(area, key));
      return { left: of('scrollLeft'), top: of('scrollTop'), width: of('scrollWidth') / of('clientWidth') };
    });

  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
  ])('U40 U15 fills the page, grows and moves by buttons, and closes, %s', async (at, viewport) => {
    await open('unit', viewport);
    await button(`${name} 放大户型图`).tap();
    await kiosk.page.getByRole('img', { name }).waitFor();
    expect(await button('关闭').evaluate((b: { matches(s: string): boolean }) => b.matches(':focus'))).toBe(
      true,
    );
    expect((await seen()).width).toBe(1);
    await button('放大').tap();
    await button('放大').tap();
    expect((await seen()).width).toBeCloseTo(2.5, 1);
    const before = await seen();
    await button('向右看').tap();
    await button('向下看').tap();
    const after = await seen();
    expect(after.left).toBeGreaterThan(before.left);
    expect(after.top).toBeGreaterThan(before.top);
    await shot(`unit-drawing-${at}`);
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await kiosk.axe()).toEqual([]);
    // help is where it always is
    expect(await button('呼叫帮助').isVisible()).toBe(true);
    await button('关闭').tap();
    await button(`${name} 放大户型图`).waitFor();
    expect(gallery.touches.filter(({ touch }) => touch.kind !== 'stay')).toEqual([]);
  });

  it('U40 U39 grows by two fingers, and the page does not', async () => {
    await open('unit');
    await button(`${name} 放大户型图`).tap();
    const client = await kiosk.page.context().newCDPSession(kiosk.page);
    const points = (apart: number) => [
      { x: 540 - apart, y: 800, id: 0 },
      { x: 540 + apart, y: 800, id: 1 },
    ];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(60) });
    for (const apart of [80, 110, 150])
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(apart) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await vi.waitFor(async () => expect((await seen()).width).toBeGreaterThan(1.5));
    expect(await kiosk.page.evaluate('visualViewport.scale')).toBe(1);
  });
});

describe('what speaks against a home', () => {
  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
  ])(
    'U38 has the size, the weight and the place of what speaks for it, one tap from its full text, %s',
    async (_, viewport) => {
      await open('unit', viewport);
      const look = (which: 'for' | 'against') =>
        kiosk.page.locator(`unit-screen section.${which}`).evaluate((card) => {
          const styleOf = Reflect.get(globalThis, 'getComputedStyle');
          const { width, height, y } = card.getBoundingClientRect();
          const title = styleOf(card.querySelector('li strong'));
          const px = [width, height, y].map(Math.round);
          return { px, size: title.fontSize, weight: title.fontWeight };
        });
      expect(await look('against')).toEqual(await look('for'));
      await button('不利因素全文').tap();
      await vi.waitFor(() => expect(gallery.touches.at(-1)?.touch).toEqual({ kind: 'open-adverse-facts' }));
    },
  );
});

describe('the map of a project', () => {
  it('U10 tells by buttons what it shows, and opens the building that is tapped', async () => {
    const show = await open('buildings');
    const map = kiosk.page.locator('k-project-map canvas');
    await button(/^可售 \d/)
      .first()
      .tap();
    await shot('buildings-sought');
    expect((await kiosk.audit()).problems).toEqual([]);
    const box = await map.boundingBox();
    if (!box || show.screen.kind !== 'buildings') throw new Error('there is no map');
    await map.tap({ position: { x: 10, y: box.height - 20 } });
    const id = show.screen.buildings[0]?.id;
    await vi.waitFor(() => expect(gallery.touches.at(-1)?.touch).toEqual({ kind: 'choose-building', id }));
  });
});
