// A real Chromium with the kiosk page open at a gallery, and the rules that every screen is held against.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import type { Show } from '../../kiosk/screen.ts';
import { type Gallery, rootFolder } from './gallery-server.ts';

export const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1280, height: 800 },
} as const;

const axeOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
};

export interface KioskPage {
  readonly page: Page;
  /** Console errors, page errors and policy violations since the page opened. */
  readonly errors: readonly string[];
  /** Shows it and waits until it is drawn. */
  show(show: Show): Promise<void>;
  audit(): Promise<{ problems: string[]; controls: number; text: string }>;
  /**
   * @param large contrast of what is larger than the body's text; the body itself has 7 to 1 (AAA), whatever its px
   * @returns one line per violation of WCAG 2.0–2.2 A and AA, and of that contrast
   */
  axe(large?: number): Promise<string[]>;
}

/** Its pages wait for less long than a test may take, so that what failed says what was not there. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
    ],
  });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (options) => {
    const page = await newPage(options);
    page.setDefaultTimeout(25_000);
    return page;
  };
  return browser;
}

export async function openKioskPage(
  browser: Browser,
  gallery: Gallery,
  viewport: { readonly width: number; readonly height: number },
): Promise<KioskPage> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', hasTouch: true });
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  // programs under dist open pages as well, and what runs in the page is not compiled there
  const source = join(rootFolder, 'test/ui/page/audit.ts');
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), 'audit.ts');
  // the gallery's day, whatever the day
  await page.clock.setFixedTime(new Date('2026-11-21T14:35:00+08:00'));
  await page.goto(gallery.url);
  return {
    page,
    errors,
    async show(show) {
      gallery.show(show);
      await page.waitForFunction((revision) => {
        const app = Reflect.get(globalThis, 'document').querySelector('kiosk-app');
        return app?.getAttribute('revision') === revision;
      }, `${show.revision}`);
      // two frames: styles and late measures are in
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))',
      );
    },
    audit: () => page.evaluate(`(() => { ${code}; return audit(); })()`),
    axe: (large = 4.5) => axeOn(page, large),
  };
}

let axeSource: string | undefined;

/**
 * @param large contrast that large text must have
 * @returns one line per violation of WCAG 2.0–2.2 A and AA, and of 7 to 1 for what is read
 */
export function axeOn(page: Page, large = 4.5): Promise<string[]> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return page.evaluate(`(async () => {
    if (!globalThis.axe) { ${axeSource} }
    // what is large is told by the panel's own unit: 1rem is the body's text
    const largePt = 1.2 * 0.75 * parseFloat(getComputedStyle(document.documentElement).fontSize) - 0.1;
    const contrastRatio = {
      normal: { expected: 7, minThreshold: 4.5 },
      large: { expected: ${large}, minThreshold: 3 },
    };
    const options = { contrastRatio, largeTextPt: largePt, boldTextPt: largePt, boldValue: 700 };
    axe.configure({ checks: [{ id: 'color-contrast-enhanced', options: { ignoreUnicode: true, ignoreLength: false, pseudoSizeThreshold: 0.25, ...options } }] });
    const { violations } = await axe.run(document, ${JSON.stringify(axeOptions)});
    return violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.flat().join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '));
  })()`);
}
