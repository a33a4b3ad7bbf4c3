// The longest pages of the shipped library are seen whole: nobody has to page or scroll to find a place.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../kiosk/screen.ts';
import { openGallery } from './gallery-server.ts';
import { openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(Object.entries(sizes))('%s', (_, viewport) => {
  it.each(languages)('D23 shows all places and elements at once in %s', async (language) => {
    const gallery = await openGallery();
    const kiosk = await openKioskPage(browser, gallery, viewport);
    const shows = showsIn(language);
    for (const name of ['report-place', 'report-place-homes', 'report-element', 'report-problem']) {
      const show = shows[name];
      if (show?.screen.kind !== 'report-choice') throw new Error(`${name} is not in the gallery`);
      await kiosk.show(show);
      const choices = kiosk.page.locator('report-choice-screen .choices button');
      expect(await choices.count()).toBe(show.screen.choices.length);
      expect(await kiosk.page.locator('report-choice-screen k-scroller .rail').isVisible()).toBe(false);
    }
    await kiosk.page.close();
    await gallery.close();
  });
});
