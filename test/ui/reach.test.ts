// Where everything hangs when the panel is mounted as the installation guide has it: nobody reaches for the sky or the floor.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Display } from '../../kiosk/manner.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

/** Portrait panels, the lower edge of the picture as high as it is usually built in. */
const panels: Readonly<Record<string, Display>> = {
  '21.5 inches': { widthMm: 268, bottomMm: 760 },
  '32 inches': { widthMm: 398, bottomMm: 560 },
};
const reach = { lowestMm: 380, highestMm: 1_220 } as const;

/** Upper and lower edge of every control, in pixels from the top. */
const controls = `(() => {
  const found = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches('button, input, textarea') && element.checkVisibility({ visibilityProperty: true })) {
        const { top, bottom } = element.getBoundingClientRect();
        // the whole waiting screen wakes it
        if (bottom - top < innerHeight * 0.6) found.push({ name: element.textContent.trim().slice(0, 30), top, bottom });
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return found;
})()`;

interface Control {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
}

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

describe('U11 nothing that is touched hangs out of reach', () => {
  // a terminal that is none yet has nothing to be touched
  const shows = Object.entries(showsIn('zh')).filter(([, { screen }]) => screen.kind !== 'enrolling');
  it.each(shows)('%s', async (_name, show) => {
    await kiosk.show(show);
    const found = (await kiosk.page.evaluate(controls)) as readonly Control[];
    expect(found.length).toBeGreaterThan(0);
    for (const [panel, { widthMm, bottomMm }] of Object.entries(panels)) {
      const mmPerPx = widthMm / sizes.portrait.width;
      const heightOf = (y: number): number => bottomMm + (sizes.portrait.height - y) * mmPerPx;
      // what a list has further down comes up when it is scrolled
      const seen = found.filter(({ bottom }) => bottom <= sizes.portrait.height);
      const far = seen.filter(
        ({ top, bottom }) => heightOf(top) > reach.highestMm || heightOf(bottom) < reach.lowestMm,
      );
      expect(far.map(({ name, top }) => `${panel}: ${name} at ${Math.round(heightOf(top))} mm`)).toEqual([]);
    }
  });
});
