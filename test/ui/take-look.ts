// Takes one look: a fresh page, the Show, what a finger did, and a picture once nothing moves any more.
import type { Browser } from 'playwright-core';
import { plainManner } from '../../kiosk/manner.ts';
import { openGallery } from './gallery-server.ts';
import { openKioskPage } from './kiosk-page.ts';
import { type Look, lookSizes } from './looks.ts';
import { showsIn } from './shows.ts';

/** @param css put on top of the page's own, to spoil it on purpose. @returns a PNG of the whole panel */
export async function takeLook(browser: Browser, look: Look, css?: string): Promise<Buffer> {
  const show = showsIn(look.tongue)[look.show];
  if (!show) throw new Error(`the gallery has no show ${look.show}`);
  const gallery = await openGallery();
  try {
    const { page, show: put } = await openKioskPage(browser, gallery, lookSizes[look.size]);
    try {
      await put({ ...show, manner: { ...plainManner, ...look.manner } });
      await look.before?.(page, gallery);
      if (css) await page.evaluate(`(${addToEveryRoot})(${JSON.stringify(css)})`);
      let taken = await page.screenshot();
      for (let turn = 0; turn < 20; turn += 1) {
        const again = await page.screenshot();
        if (again.equals(taken)) return again;
        taken = again;
      }
      throw new Error(`${look.show} never comes to rest`);
    } finally {
      await page.close();
    }
  } finally {
    await gallery.close();
  }
}

/** Screens live in shadow roots, where a sheet of the document does not reach. */
const addToEveryRoot = `(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const visit = (root) => {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    for (const each of root.querySelectorAll('*')) if (each.shadowRoot) visit(each.shadowRoot);
  };
  visit(document);
}`;
