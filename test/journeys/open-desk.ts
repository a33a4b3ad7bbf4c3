// The console in a window of its own, beside the terminal's screen.
import type { Page } from 'playwright-core';
import type { Product } from './product.ts';

/** Signed in by the API's token. */
export async function openDesk({ page, demo }: Product): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const desk = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  desk.setDefaultTimeout(25_000);
  await desk.goto(`${demo.headquarters}/#token=${demo.token}`);
  await desk.getByRole('button', { name: '退出' }).waitFor();
  return desk;
}
