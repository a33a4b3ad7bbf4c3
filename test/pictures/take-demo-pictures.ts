// The pictures of the running product: the hero of the README, headquarters' pages by role, and the lab of the demo.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Demo } from '../demo/demo.ts';
import type { Darkroom } from '../ui/darkroom.ts';
import { atRest } from './at-rest.ts';
import { byDay } from './by-day.ts';
import { pictureFolder } from './picture-folder.ts';

const desk = { width: 1280, height: 800 };
/** by the name of its picture: the role that sees it, and its place */
const pages = {
  requests: ['service-desk', 'requests'],
  'board-approval': ['manager', 'board-approval'],
  'month-report': ['executive', 'month-report'],
  terminals: ['it', 'terminals'],
} as const;

/** What to open in the console, and as whom. */
export interface ConsoleView {
  readonly role: string;
  readonly tab: string;
  readonly language: 'zh' | 'en';
  /** what is there when the page has its data; a table unless given */
  readonly awaited?: string;
}

/** Begins and ends at the attract screen. */
export async function takeHero(browser: Browser, darkroom: Darkroom, demo: Demo): Promise<void> {
  await keep('hero', await darkroom.webp(await hero(browser, darkroom, demo), 1, 0.75));
}

/** What headquarters knows by now, and the lab. */
export async function takeDesks(browser: Browser, darkroom: Darkroom, demo: Demo): Promise<void> {
  await keep('lab', await darkroom.webp(await lab(browser, demo), 1.6, 0.7));
  for (const [name, [role, tab]] of Object.entries(pages))
    for (const language of ['zh', 'en'] as const) {
      const taken = await consolePage(browser, demo, { role, tab, language });
      await keep(language === 'zh' ? name : `${name}-en`, await darkroom.webp(taken, 1.4, 0.7));
    }
}

export async function keep(name: string, picture: Buffer): Promise<void> {
  await writeFile(join(pictureFolder, `${name}.webp`), picture);
  console.log(`${name}.webp ${picture.length}`);
}

/** Four screens of one visit, beside each other. */
async function hero(browser: Browser, darkroom: Darkroom, { kiosk, lab: labUrl }: Demo): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' });
  await byDay(page);
  await page.goto(kiosk);
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const taken: Buffer[] = [];
  const take = async (text: string): Promise<void> => {
    await page.getByText(text).first().waitFor();
    taken.push(await atRest(page));
  };
  await take('迎您回家');
  await tap('轻触屏幕，开始使用');
  await tap(/看房/);
  await tap(/四季花城/);
  await tap(/米兰苑/);
  await take('预售许可证');
  await page
    .getByRole('button', { name: / 可售，/ })
    .first()
    .click();
  await take('总价');
  await fetch(`${labUrl}/api/cards/li-xiaoming/swipe`, { method: 'POST' });
  await take('小票已打印，请取走');
  await tap('完成');
  await page.getByText('轻触屏幕，开始使用').waitFor();
  await page.close();
  const images = taken.map(
    (png) => `<img width="300" src="data:image/png;base64,${png.toString('base64')}">`,
  );
  return darkroom.print(
    `<style>body{margin:0;padding:20px;display:inline-flex;gap:20px;background:#e8e3d8}img{border-radius:10px;box-shadow:0 5px 18px #0003}</style>${images.join('')}`,
  );
}

async function lab(browser: Browser, { lab: url }: Demo): Promise<Buffer> {
  const page = await browser.newPage({ viewport: desk, locale: 'zh-CN', reducedMotion: 'reduce' });
  await page.goto(url);
  await fetch(`${url}/api/cards/wang-fang/swipe`, { method: 'POST' });
  await page.locator('img[src*=".png"]').last().waitFor();
  const taken = await atRest(page);
  await page.close();
  return taken;
}

export async function consolePage(
  browser: Browser,
  { headquarters, accounts }: Pick<Demo, 'headquarters' | 'accounts'>,
  { role, tab, language, awaited = 'table' }: ConsoleView,
): Promise<Buffer> {
  const page = await browser.newPage({ viewport: desk, locale: 'zh-CN', reducedMotion: 'reduce' });
  await page.goto(headquarters);
  await page.getByLabel('账号', { exact: true }).fill(role);
  await page.getByLabel('密码', { exact: true }).fill(accounts.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '退出' }).waitFor();
  if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
  await page.goto(`${headquarters}/#/${tab}`);
  await page.locator(awaited).first().waitFor();
  const taken = await atRest(page);
  await page.close();
  return taken;
}
