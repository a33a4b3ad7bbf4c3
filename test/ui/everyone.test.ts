// Every screen once in each manner: large text on tall and wide, high contrast, both, low reach; nothing clips, all can be read.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MannerChoice, plainManner } from '../../kiosk/manner.ts';
import type { Language } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

interface Mode {
  readonly manner: MannerChoice;
  /** least contrast of what is larger than the body's text, which has 7 to 1 always */
  readonly large?: number;
  readonly language: Language;
  readonly size: keyof typeof sizes;
}
const modes: Readonly<Record<string, Mode>> = {
  large: { manner: { text: 'large' }, large: 7, language: 'zh', size: 'portrait' },
  'large-wide': { manner: { text: 'large' }, large: 7, language: 'en', size: 'landscape' },
  contrast: { manner: { contrast: 'high' }, large: 7, language: 'en', size: 'portrait' },
  'large-contrast': {
    manner: { text: 'large', contrast: 'high' },
    large: 7,
    language: 'en',
    size: 'portrait',
  },
  low: { manner: { reach: 'low' }, language: 'zh', size: 'portrait' },
};

/** enough to judge by eye */
const pictured: ReadonlySet<string> = new Set([
  'attract',
  'home',
  'board',
  'unit',
  'enter-pin',
  'points',
  'idle-warning',
  'report-choice',
  'welcome',
  'join',
  'message',
  'request',
  'checked-in',
]);
const shots = fileURLToPath(new URL('../shots/', import.meta.url));
let browser: Browser;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(Object.entries(modes))('%s', (mode, { manner, large, language, size }) => {
  let gallery: Gallery;
  let kiosk: KioskPage;
  beforeAll(async () => {
    gallery = await openGallery();
    kiosk = await openKioskPage(browser, gallery, sizes[size]);
  });
  afterAll(async () => {
    await kiosk?.page.close();
    await gallery?.close();
  });

  it('U03 U06 U09 U12 U27 F3 nothing clips, is too small or cannot be read, on any screen', {
    timeout: 240_000,
  }, async () => {
    const wrong: Record<string, readonly string[]> = {};
    for (const [name, show] of Object.entries(showsIn(language))) {
      // it is shown in one way: nobody is served yet who could ask for another
      if (show.screen.kind === 'enrolling') continue;
      await kiosk.show({ ...show, manner: { ...plainManner, ...manner } });
      if (pictured.has(name)) await kiosk.page.screenshot({ path: `${shots}${name}-${mode}.png` });
      const found = [...(await kiosk.audit()).problems, ...(await kiosk.axe(large))];
      const ease = await kiosk.page.locator('k-bar .ease').boundingBox();
      if (!ease || ease.y + ease.height / 2 < sizes[size].height * 0.85)
        found.push('U12 the way to low reach is too high');
      if (found.length > 0) wrong[name] = found;
    }
    expect(wrong).toEqual({});
    expect(kiosk.errors).toEqual([]);
  });
});
