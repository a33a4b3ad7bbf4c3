// Makes the README's two pictures from the running product: `npm run -s build && node dist/test/demo/take-pictures.js`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../ui/kiosk-page.ts';
import { type Demo, startDemo } from './demo.ts';

const folder = fileURLToPath(new URL('../../../test/demo/pictures/', import.meta.url));

const data = mkdtempSync(join(tmpdir(), 'yingbin-pictures-'));
const demo = await startDemo({
  data: join(data, 'demo'),
  isFresh: true,
  ports: { kiosk: 0, lab: 0, headquarters: 0, mqtt: 0 },
  onProgress: (step) => console.log(step),
});
const browser = await openBrowser();
try {
  const screens = await terminalScreens(browser, demo);
  writeFileSync(join(folder, 'terminal.png'), await besideEachOther(browser, screens, 400));
  const desk = [await lab(browser, demo), await headquartersConsole(browser, demo)];
  writeFileSync(join(folder, 'lab-and-headquarters.png'), await besideEachOther(browser, desk, 800));
} finally {
  await browser.close();
  await demo.close();
  rmSync(data, { recursive: true, force: true });
}

async function terminalScreens(chromium: Browser, { kiosk, lab: labUrl }: Demo): Promise<Buffer[]> {
  const page = await chromium.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.goto(kiosk);
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const taken: Buffer[] = [];
  const take = async (text: string): Promise<void> => {
    await page.getByText(text).first().waitFor();
    await calm(page);
    taken.push(await page.screenshot());
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
  await page.close();
  return taken;
}

async function lab(chromium: Browser, { lab: url }: Demo): Promise<Buffer> {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  await page.goto(url);
  await fetch(`${url}/api/cards/wang-fang/swipe`, { method: 'POST' });
  // the paper takes its time to come out
  await page.waitForTimeout(3_000);
  return page.screenshot();
}

async function headquartersConsole(chromium: Browser, { headquarters, token }: Demo): Promise<Buffer> {
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  await page.goto(`${headquarters}/#token=${token}`);
  await page.getByRole('link', { name: '终端' }).click();
  await page.getByText('hall-01').first().waitFor();
  await page.getByRole('link', { name: '实时事件' }).click();
  await calm(page);
  return page.screenshot();
}

/** Until fonts, images and movements have settled. */
async function calm(page: Page): Promise<void> {
  await page.waitForTimeout(900);
}

async function besideEachOther(
  chromium: Browser,
  pictures: readonly Buffer[],
  width: number,
): Promise<Buffer> {
  const page = await chromium.newPage({
    viewport: { width: pictures.length * (width + 24) + 24, height: 100 },
  });
  const images = pictures
    .map((png) => `<img width="${width}" src="data:image/png;base64,${png.toString('base64')}">`)
    .join('');
  await page.setContent(
    `<style>body{margin:0;padding:24px;display:flex;align-items:flex-start;gap:24px;background:#e8e3d8}img{border-radius:12px;box-shadow:0 6px 24px #0003}</style>${images}`,
  );
  return page.screenshot({ fullPage: true });
}
