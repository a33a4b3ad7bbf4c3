// Another language says the same in more letters: every label two fifths longer must still stand whole on its screen.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
let script: string;
beforeAll(async () => {
  browser = await openBrowser();
  const source = readFileSync(new URL('./page/lengthen.ts', import.meta.url), 'utf8');
  script = (await transformWithOxc(source, 'lengthen.ts')).code;
});
afterAll(() => browser?.close());

describe.each(Object.entries(sizes))('%s', (_, viewport) => {
  let gallery: Gallery;
  let kiosk: KioskPage;
  beforeAll(async () => {
    gallery = await openGallery();
    kiosk = await openKioskPage(browser, gallery, viewport);
    await kiosk.page.evaluate(`(() => { ${script} })()`);
  });
  afterAll(async () => {
    await kiosk?.page.close();
    await gallery?.close();
  });

  it.each(Object.entries(showsIn('zh')))(
    'U27 %s holds labels that are two fifths longer',
    async (_, show) => {
      await kiosk.show(show);
      await kiosk.page.evaluate(
        'lengthen(); new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
      const { problems } = await kiosk.audit();
      await kiosk.page.evaluate('shorten()');
      const clipped = problems.filter((problem) =>
        /^(clipped|overflowing|beyond|the page|cut off)/.test(problem),
      );
      expect(clipped).toEqual([]);
    },
  );
});
