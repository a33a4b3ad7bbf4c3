// What the page does by itself: the waiting loop, the dark hours, a line that is lost and a terminal that leaves.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});
const shows = showsIn('zh');
const shown = async (name: string) => {
  const show = shows[name];
  if (!show) throw new Error(`no show ${name}`);
  await kiosk.show(show);
};

describe('U24 the waiting loop', () => {
  beforeEach(() => shown('attract-loop'));

  it('shows each project with what is for sale, then the week, then the landscape again', async () => {
    const loop = kiosk.page.locator('k-attract-loop');
    const texts: string[] = [];
    for (const at of [1, 2, 3]) {
      await loop.evaluate((element, to) => Reflect.set(element, 'at', to), at);
      texts.push(await loop.locator('.words').innerText());
    }
    expect(texts[0]).toContain('锦上花城');
    expect(texts[0]).toContain('264');
    expect(texts[1]).toContain('江畔雅苑');
    expect(texts[2]).toContain('金卡会员品鉴会');
    await loop.evaluate((element) => Reflect.set(element, 'at', 4));
    expect(await loop.locator('.words').count()).toBe(0);
  });

  it('U25 nothing in it moves where less motion is asked for', async () => {
    expect(await kiosk.page.evaluate('document.getAnimations().length')).toBe(0);
  });

  it('U23 the first touch wakes it and does nothing else', async () => {
    const before = gallery.touches.length;
    await kiosk.page.touchscreen.tap(540, 1500);
    await expect.poll(() => gallery.touches.slice(before).map(({ touch }) => touch.kind)).toEqual(['start']);
  });
});

it('U23 the dark hours darken what waits, and nothing that somebody uses', async () => {
  const dark = () => kiosk.page.evaluate("document.documentElement.hasAttribute('data-night')");
  await shown('night');
  expect(await dark()).toBe(true);
  await shown('home');
  expect(await dark()).toBe(false);
});

it('U28 a terminal that leaves says so at once, and hides what was shown', async () => {
  const night = shows['checked-in'];
  if (!night) throw new Error('no show');
  await shown('checked-in');
  gallery.show({ ...night, status: { ...night.status, isLeaving: true } });
  await expect.poll(() => kiosk.page.locator('k-lost .notice h1').innerText()).toBe('正在重新启动');
  expect(await kiosk.page.locator('checked-in-screen').count()).toBe(0);
  expect(await kiosk.axe()).toEqual([]);
});

it('U28 S22 a terminal that is switched says in steps what happens, and goes on saying so while nothing serves', async () => {
  const show = shows['updating'];
  if (!show) throw new Error('no show');
  await shown('checked-in');
  gallery.show(show);
  const title = kiosk.page.getByRole('heading', { level: 1 });
  await expect.poll(() => title.innerText()).toContain('正在更新');
  expect(await kiosk.page.locator('li[aria-current="step"]').innerText()).toContain('正在换上');
  expect(await kiosk.page.locator('checked-in-screen').count()).toBe(0);
  expect(await kiosk.page.getByRole('button').count()).toBe(0);
  await kiosk.page.clock.install();
  gallery.cut();
  await kiosk.page.clock.runFor(80_000);
  expect(await title.innerText()).toContain('正在更新');
  await kiosk.page.clock.runFor(15_000);
  await expect.poll(() => kiosk.page.locator('k-lost .notice h1').innerText()).toBe('请稍候');
  await shown('home');
  await expect.poll(() => kiosk.page.locator('home-screen').count()).toBe(1);
});

it('U28 what is out of order leaves the homes to look at', async () => {
  await shown('out-of-service');
  const before = gallery.touches.length;
  await kiosk.page.getByRole('button', { name: '看房照常' }).click();
  await expect
    .poll(() => gallery.touches.slice(before).map(({ touch }) => touch.kind))
    .toContain('open-board');
});
