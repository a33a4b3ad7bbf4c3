// scratch
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { openPersonal } from './open-personal.ts';
import { openProduct, type Product } from './product.ts';
const out = '/tmp/a4shots';
let product: Product;
beforeAll(async () => { mkdirSync(out, { recursive: true }); product = await openProduct(); }, 120_000);
afterAll(() => product?.close());
it('terminal', async () => {
  const { page, see, tap } = product;
  for (const lang of ['zh', 'en']) {
    await openPersonal(product, /我的家/);
    await see('购房进度');
    if (lang === 'en') await page.getByRole('button', { name: /English|EN/ }).first().click();
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${out}/homes-${lang}.png` });
    await page.getByRole('button', { name: lang === 'zh' ? '办理交付' : 'Start' }).first().click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${out}/handover-1-${lang}.png` });
    if (lang === 'zh') { await tap('我到了，取号'); await see('H01-001'); await page.waitForTimeout(1500); await page.screenshot({ path: `${out}/handover-2-zh.png` }); }
    await page.getByRole('button', { name: lang === 'zh' ? '去签收' : 'Sign' }).first().click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${out}/sign-${lang}.png` });
    if (lang === 'zh') await tap('结束并清除');
    else await page.getByRole('button', { name: /End/ }).first().click();
    await page.waitForTimeout(800);
  }
}, 120_000);
it('console', async () => {
  const desk = await openDesk(product);
  await desk.setViewportSize({ width: 1440, height: 900 });
  for (const tab of ['board', 'board-approval', 'adverse-facts', 'interest', 'purchases', 'hand-over']) {
    await desk.goto(`${product.demo.headquarters}/#/${tab}`);
    await desk.waitForTimeout(1200);
    await desk.screenshot({ path: `${out}/c-${tab}.png` });
  }
  await desk.goto(`${product.demo.headquarters}/#/board`);
  await desk.waitForTimeout(800);
  await desk.locator('button.unit').nth(3).click();
  await desk.waitForTimeout(500);
  await desk.screenshot({ path: `${out}/c-board-form.png` });
  await desk.keyboard.press('Escape');
  await desk.goto(`${product.demo.headquarters}/#/purchases`);
  await desk.waitForTimeout(800);
  await desk.locator('data-table tbody tr').first().click();
  await desk.waitForTimeout(500);
  await desk.screenshot({ path: `${out}/c-purchase.png` });
  await desk.keyboard.press('Escape');
  await desk.goto(`${product.demo.headquarters}/#/hand-over`);
  await desk.waitForTimeout(800);
  await desk.locator('summary').click();
  await desk.waitForTimeout(300);
  await desk.screenshot({ path: `${out}/c-hand-over-new.png`, fullPage: true });
}, 120_000);
