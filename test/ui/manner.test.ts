// The ways to an easier screen: the button and the panel, by finger and by keys alone; sizes and heights in millimetres.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Display, plainManner } from '../../kiosk/manner.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

const shows = showsIn('zh');
const named = (name: string) => {
  const show = shows[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
};
/** every control's box, and how small the text on it is, in CSS px */
const controls = `(() => {
  const found = [];
  const walk = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (e.matches('button, input, textarea') && e.checkVisibility()) {
        const { top, bottom, width, height } = e.getBoundingClientRect();
        const isScrolled = bottom > innerHeight || top < 0;
        found.push({ name: e.textContent.trim(), top, bottom, least: Math.min(width, height), isPrimary: e.matches('.primary'), height, isScrolled });
      }
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  walk(document);
  return found;
})()`;
interface Control {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  readonly least: number;
  readonly height: number;
  readonly isPrimary: boolean;
  readonly isScrolled: boolean;
}

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
});
afterEach(async () => {
  await kiosk.page.close();
  await gallery.close();
});
const button = (name: string) => kiosk.page.getByRole('button', { name, exact: true });
const chosen = () => gallery.touches.map(({ touch }) => touch).filter(({ kind }) => kind === 'choose-manner');

describe('large text', () => {
  it.each(['attract', 'home'])('U07 is one touch on %s, by its own name', async (name) => {
    await kiosk.show(named(name));
    await button('长辈版').click();
    await vi.waitFor(() => expect(chosen()).toEqual([{ kind: 'choose-manner', manner: { text: 'large' } }]));
  });

  it('U06 doubles the text, and keeps what was typed', async () => {
    const show = named('enter-pin');
    await kiosk.show(show);
    await button('4').click();
    const size = () =>
      kiosk.page
        .locator('enter-pin-screen')
        .evaluate((e) => Number.parseFloat(Reflect.get(globalThis, 'getComputedStyle')(e).fontSize));
    const before = await size();
    await kiosk.show({ ...show, manner: { ...plainManner, text: 'large' } });
    expect(await size()).toBeCloseTo(before * 2, 0);
    expect(await kiosk.page.locator('.dots i.entered').count()).toBe(1);
  });

  it('U14 U25 moves nothing', async () => {
    await kiosk.show({ ...named('attract'), manner: { ...plainManner, text: 'large' } });
    expect(await kiosk.page.evaluate('document.getAnimations().length')).toBe(0);
  });
});

describe('the languages in large text', () => {
  it('U26 U27 are behind one button, by their own names, and close with the choice', async () => {
    for (const viewport of Object.values(sizes)) {
      await kiosk.page.setViewportSize(viewport);
      await kiosk.show({ ...named('points'), manner: { ...plainManner, text: 'large' } });
      await button('语言 Language').click();
      const names = kiosk.page.getByRole('group', { name: '语言' }).getByRole('button');
      expect(await names.allTextContents()).toEqual(['简体中文', '繁體中文', 'English']);
      expect(await button('简体中文').getAttribute('aria-pressed')).toBe('true');
      const end = await button('结束并清除').boundingBox();
      const panel = await kiosk.page.getByRole('group', { name: '语言' }).boundingBox();
      if (!end || !panel) throw new Error('no way to end, or no panel');
      expect(panel.y + panel.height <= end.y || panel.x >= end.x + end.width).toBe(true);
      await kiosk.page.keyboard.press('Escape');
      expect(await names.count()).toBe(0);
    }
    await button('语言 Language').click();
    await button('English').click();
    await vi.waitFor(() =>
      expect(gallery.touches.map(({ touch }) => touch)).toContainEqual({
        kind: 'choose-language',
        language: 'en',
      }),
    );
    const answer = showsIn('en')['points'];
    if (!answer) throw new Error('no points');
    await kiosk.show({ ...answer, manner: { ...plainManner, text: 'large' } });
    await button('简体中文').waitFor({ state: 'hidden' });
  });
});

describe('the panel', () => {
  it('U12 opens from the bar, says what is chosen, and each part is one touch', async () => {
    await kiosk.show({ ...named('home'), manner: { ...plainManner, contrast: 'high' } });
    await button('辅助功能').click();
    expect(await button('高对比').getAttribute('aria-pressed')).toBe('true');
    await button('移到下方').click();
    await vi.waitFor(() => expect(chosen()).toEqual([{ kind: 'choose-manner', manner: { reach: 'low' } }]));
    await kiosk.page.screenshot({ path: new URL('../shots/manner-panel.png', import.meta.url).pathname });
  });

  it('U14 is used by keys alone, and the focus is seen', async () => {
    await kiosk.show(named('home'));
    const focused = () =>
      kiosk.page.evaluate(`(() => {
        let e = document.activeElement;
        while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return { name: e.textContent.trim(), ring: parseFloat(getComputedStyle(e).outlineWidth) };
      })()`) as Promise<{ name: string; ring: number }>;
    const seen: string[] = [];
    for (let at = 0; at < 20 && !seen.includes('辅助功能'); at += 1) {
      await kiosk.page.keyboard.press('Tab');
      const { name, ring } = await focused();
      seen.push(name);
      expect(ring).toBeGreaterThanOrEqual(3);
    }
    // in the order of reading: the ways on, then the bar
    expect(seen[0]).toContain('看房');
    expect(seen.indexOf('长辈版')).toBeGreaterThan(seen.findIndex((name) => name.includes('我的诉求')));
    await kiosk.page.keyboard.press('Enter');
    await vi.waitFor(async () => expect((await focused()).name).toBe('完成'));
    await kiosk.page.keyboard.press('Escape');
    await vi.waitFor(async () => expect(await kiosk.page.locator('k-manner').count()).toBe(0));
  });
});

it('U18 the idle warning holds the focus and is an alert', async () => {
  await kiosk.show(named('idle-warning'));
  const dialog = kiosk.page.getByRole('alertdialog');
  await dialog.waitFor();
  const isInside = await kiosk.page.evaluate(
    `!!document.querySelector('kiosk-app').shadowRoot.querySelector('k-idle-warning').shadowRoot.activeElement`,
  );
  expect(isInside).toBe(true);
});

const mounted: Display = { widthMm: 268, bottomMm: 850 };
it('U11 F4 low reach keeps every control between 380 and 1,220 mm', async () => {
  for (const show of Object.values(shows)) {
    await kiosk.show({ ...show, manner: { ...plainManner, reach: 'low' }, display: mounted });
    const mm = sizes.portrait.width / mounted.widthMm;
    const height = (y: number) => mounted.bottomMm + (sizes.portrait.height - y) / mm;
    const isAlert = show.idle !== null;
    const all = (await kiosk.page.evaluate(controls)) as Control[];
    const high = all.filter(
      ({ top, isScrolled, name }) => name !== '' && !isScrolled && !isAlert && height(top) > 1_221,
    );
    expect([show.screen.kind, high]).toEqual([show.screen.kind, []]);
  }
}, 60_000);

describe.each([
  ['10.1″', { width: 1280, height: 800 }, 217],
  ['15.6″', { width: 1920, height: 1080 }, 345],
  ['15.6″ upright', sizes.portrait, 194],
  ['21.5″', sizes.portrait, 268],
  ['32″', sizes.portrait, 398],
] as const)('on %s', (_, viewport, widthMm) => {
  it('U01 F4 no target is under 12 mm, no main one under 15 mm high, none is under 44 px, and nothing clips', async () => {
    await kiosk.page.setViewportSize(viewport);
    const wrong: Record<string, readonly unknown[]> = {};
    for (const [name, show] of Object.entries(shows)) {
      await kiosk.show({ ...show, display: { widthMm, bottomMm: 800 } });
      const mm = viewport.width / widthMm;
      const all = (await kiosk.page.evaluate(controls)) as Control[];
      const small = all.filter(({ least, isPrimary }) => least / mm < (isPrimary ? 15 : 11.95));
      const found = [
        ...small.map((each) => `${each.name}: ${each.least / mm} mm`),
        ...(await kiosk.audit()).problems,
      ];
      if (found.length > 0) wrong[name] = found;
    }
    expect(wrong).toEqual({});
  }, 120_000);
});
