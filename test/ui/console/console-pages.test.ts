// Every page of the console, taken from its table, in a real browser: whole, accessible, light and dark, in both languages and sizes, and only for its roles.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../../sync/headquarters/api/account-api.ts';
import { openBrowser } from '../kiosk-page.ts';
import { AxeBuilder } from './axe-builder.ts';
import { type LivedDesk, openLivedDesk, password } from './lived-desk.ts';

const shots = fileURLToPath(new URL('../../shots/console', import.meta.url));
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const languages = ['zh', 'en'] as const;

interface ConsolePage {
  readonly tab: string;
  readonly words: Readonly<Record<(typeof languages)[number], string>>;
  readonly roles: readonly Role[];
  readonly element: string;
}
// by its address: the pages themselves are made for a browser, and are not to be compiled with the tests
const table = new URL('../../../ui/console/pages.ts', import.meta.url).href;
const { pageGroups } = (await import(table)) as {
  readonly pageGroups: readonly { readonly pages: readonly ConsolePage[] }[];
};
const pages = pageGroups.flatMap((group) => group.pages);

let browser: Browser;
let desk: LivedDesk;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
  desk = await openLivedDesk(200);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** what the browser complained about, and paths that headquarters refused */
  readonly complaints: string[];
}

async function takeSeat(language: (typeof languages)[number]): Promise<Seat> {
  const context = await browser.newContext({ viewport: sizes.desk, locale: 'zh-CN' });
  await context.addInitScript(`localStorage.setItem('yingbin-language', '${language}')`);
  const page = await context.newPage();
  page.setDefaultTimeout(25_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return { context, page, complaints };
}

async function openTab(page: Page, { tab, element }: ConsolePage): Promise<void> {
  await page.evaluate(`location.hash = '#/${tab}'`);
  await page.locator(element).waitFor();
  await page
    .getByText(/^(正在读取|Loading)/)
    .first()
    .waitFor({ state: 'detached' });
}

/** The same page on a dark or a light desk, without reading it anew. */
async function setShade(page: Page, shade: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.shade = '${shade}'`);
}

describe.each(languages)('the pages in %s', (language) => {
  let seat: Seat;
  beforeAll(async () => {
    seat = await takeSeat(language);
    await seat.page.goto(`${desk.hq.httpUrl}/#token=${desk.hq.token}`);
    await seat.page.locator('console-nav').waitFor();
  });
  afterAll(() => seat?.context.close());

  it('F3: the frame around the pages has no violation, light and dark', async () => {
    const { page } = seat;
    for (const shade of ['light', 'dark'] as const) {
      await setShade(page, shade);
      expect({ shade, violations: await new AxeBuilder(page).analyze() }).toEqual({ shade, violations: [] });
    }
  });

  it.each(pages)(
    'F3 $tab: no violation light or dark, no complaint, nothing sideways, reached by Tab',
    async (one) => {
      const { page, complaints } = seat;
      const axe = new AxeBuilder(page);
      const inside = ['console-app', one.element];
      const seen: Record<string, unknown> = {};
      complaints.length = 0;
      await setShade(page, 'light');
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        await openTab(page, one);
        seen[`${size} is wide`] = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        // what a narrow window changes is the same in both languages
        if (size === 'desk' || language === 'zh') seen[size] = await axe.analyze({ inside });
        if (size === 'phone') continue;
        await page.screenshot({ path: join(shots, `page-${one.tab}-${language}-light.png`) });
        await setShade(page, 'dark');
        seen['dark'] = await axe.analyze({ inside, rules: ['color-contrast'] });
        await page.screenshot({ path: join(shots, `page-${one.tab}-${language}-dark.png`) });
        await setShade(page, 'light');
      }
      const phone = language === 'zh' ? { phone: [] } : {};
      expect({ ...seen, complaints }).toEqual({
        ...{ desk: [], dark: [], 'desk is wide': false, 'phone is wide': false, complaints: [] },
        ...phone,
      });
      await page.setViewportSize(sizes.desk);
      await page.locator('main').focus();
      await page.keyboard.press('Tab');
      const hasControls = await page.locator(one.element).locator('button:enabled, input, select, a').count();
      const at = await page.evaluate<string>(
        "document.querySelector('console-app').shadowRoot.activeElement?.localName",
      );
      // a page where nothing can be done has no place for the focus
      if (hasControls > 0) expect(at).toBe(one.element);
      expect(await page.title()).toContain(one.words[language]);
    },
  );
});

describe.each(roles)('somebody with role %s', (role) => {
  it('AC6: has the pages of the role and no other, and headquarters answers on each of them', async () => {
    const { context, page, complaints } = await takeSeat('zh');
    try {
      await page.goto(desk.hq.httpUrl);
      await page.getByLabel('账号').fill(role);
      await page.getByLabel('密码', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await page.locator('console-nav').waitFor();
      const own = pages.filter((each) => each.roles.includes(role));
      expect(await page.locator('console-nav a').evaluateAll((links) => links.map(({ id }) => id))).toEqual(
        own.map(({ tab }) => tab),
      );
      complaints.length = 0;
      for (const one of own) await openTab(page, one);
      expect(complaints).toEqual([]);
      // an address by hand leads nowhere else
      const hidden = pages.find((each) => !each.roles.includes(role));
      if (!hidden) return;
      await page.evaluate(`location.hash = '#/${hidden.tab}'`);
      await page.locator(own[0]?.element ?? '').waitFor();
      expect(await page.locator(hidden.element).count()).toBe(0);
    } finally {
      await context.close();
    }
  });
});
