// Every screen in three tongues and sizes, drawn by a real Chromium under the strict policy.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tongues } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

const shots = fileURLToPath(new URL('../shots/', import.meta.url));

let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(Object.entries(sizes))('%s', (size, viewport) => {
  describe.each(tongues)('%s', (language) => {
    let gallery: Gallery;
    let kiosk: KioskPage;
    beforeAll(async () => {
      gallery = await openGallery();
      kiosk = await openKioskPage(browser, gallery, viewport);
    });
    afterAll(async () => {
      await kiosk?.page.close();
      await gallery?.close();
    });

    const shows = showsIn(language);
    const other = Object.values(shows).find(({ screen }) => screen.kind === 'home');
    it.each(Object.entries(shows))('U02 U03 U04 U27 %s', async (name, show) => {
      // as it opens, and not as what was typed or chosen on one of its kind before has left it
      if (other) await kiosk.show(other);
      await kiosk.show(show);
      await kiosk.page.screenshot({ path: `${shots}${name}-${language}-${size}.png` });
      const { problems, controls } = await kiosk.audit();
      expect(problems).toEqual([]);
      // a terminal that is none yet has nothing to be touched
      expect(controls).toBeGreaterThan(show.screen.kind === 'enrolling' ? -1 : 1);
      expect(await kiosk.axe()).toEqual([]);
      expect(kiosk.errors).toEqual([]);
      expect(await kiosk.page.getAttribute('html', 'lang')).toBe(language === 'zh' ? 'zh-CN' : language);
    });

    it.each(Object.entries(shows).filter(([, { screen }]) => screen.kind === 'attract'))(
      'U02 the sun of %s covers no word',
      async (_name, show) => {
        await kiosk.show(show);
        const greeting = await kiosk.page.locator('.greeting').boundingBox();
        const sun = await kiosk.page.locator('.picture circle').boundingBox();
        if (!greeting || !sun) throw new Error('there is no greeting or no sun');
        const isAside = sun.x + sun.width <= greeting.x;
        expect(isAside || sun.y >= greeting.y + greeting.height).toBe(true);
      },
    );
  });
});
