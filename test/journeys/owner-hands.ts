// What an owner does at the terminal in several journeys, and somebody at headquarters' console beside it.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually, type Product } from './product.ts';

export const owner = 'wang-fang';
export const leak = '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏';

/** From any screen to the owner's own page, by card and PIN. */
export async function openOwn(product: Product, tile: RegExp): Promise<void> {
  const { page, tap, enterPin, card } = product;
  await goHome(page);
  await tap(tile);
  await product.swipeForPin(owner);
  await enterPin(card(owner).pin ?? '');
}

async function goHome(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: '轻触屏幕，开始使用' });
  const end = page.getByRole('button', { name: '结束并清除' });
  const home = page.getByRole('button', { name: '首页', exact: true });
  await start.or(end).or(home).first().waitFor();
  if (await end.isVisible()) await end.click();
  else if (await home.isVisible()) return await home.click();
  await start.click();
}

export interface FiledRequest {
  readonly id: string;
  readonly number: string;
  readonly state: string;
}

/** The example of 四季花城, by taps alone. @returns what headquarters has of it */
export async function reportLeak(product: Product): Promise<FiledRequest> {
  await fileLeak(product);
  let found: FiledRequest | undefined;
  await eventually(async () => {
    const { requests } = await product.headquarters<{ requests: FiledRequest[] }>('requests');
    found = requests[0];
    expect(found?.state).toBe('filed');
  });
  if (!found) throw new Error('headquarters has no request');
  return found;
}

/** As far as the terminal's own word that it has it. */
export async function fileLeak(product: Product): Promise<void> {
  const { page, tap, see } = product;
  await openOwn(product, /^报修/);
  for (const choice of ['卫生间', '天花', '渗漏', '下水管周围渗漏']) await choose(page, choice);
  await see(leak);
  await tap('提交报修');
  await see('已受理，请记住编号');
}

/** A long list may need paging; the list before may still be there for a moment. */
export async function choose(page: Page, choice: string): Promise<void> {
  const button = page.getByRole('button', { name: choice, exact: true });
  const leaf = async (name: string): Promise<boolean> => {
    const other = page.getByRole('button', { name });
    if (!(await other.isVisible()) || !(await other.isEnabled({ timeout: 500 }))) return false;
    await other.click({ timeout: 1_000 });
    return true;
  };
  await eventually(async () => {
    const isHere = await button.waitFor({ timeout: 1_500 }).then(
      () => true,
      () => false,
    );
    if (!isHere && !(await leaf('下一页'))) while (await leaf('上一页'));
    await button.click({ timeout: 1_500 });
  });
}

/** Opens the owner's requests and the one with this number. */
export async function openRequest(product: Product, number: string): Promise<void> {
  await openOwn(product, /^我的诉求/);
  await product.tap(new RegExp(number));
}

/** The desk's page beside the terminal, signed in. */
export async function openConsole({ demo, page }: Product, tab: string): Promise<Page> {
  const desk = await page
    .context()
    .browser()
    ?.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  if (!desk) throw new Error('there is no browser');
  desk.setDefaultTimeout(25_000);
  await desk.goto(`${demo.headquarters}/#token=${demo.token}`);
  await desk
    .getByRole('tab', { name: tab })
    .or(desk.getByRole('link', { name: tab }))
    .first()
    .click();
  return desk;
}

/** What the desk says over the API, as a script of theirs would. */
export async function deed(product: Product, request: string, body: object): Promise<void> {
  await product.headquarters(`service/requests/${request}/deeds`, body);
}

export async function moveTask(product: Product, task: string, from: string, to: string): Promise<void> {
  await product.headquarters(`service/tasks/${encodeURIComponent(task)}/step`, { from, to });
}

export interface Call {
  readonly id: string;
  readonly request: string;
  readonly kind: string;
  readonly attempt: number;
}

export async function callsDue(product: Product): Promise<readonly Call[]> {
  return (await product.headquarters<{ calls: Call[] }>('service/call-backs')).calls;
}
