// The console as one account of headquarters has it, in a browser window of its own.
import type { Page } from 'playwright-core';
import type { Product } from './product.ts';

const password = 'correct horse battery staple';

/** Makes the account, and signs in as a person does. */
export async function openDeskOf(product: Product, account: string, roles: readonly string[]): Promise<Page> {
  await product.headquarters('accounts', { account, name: account, roles, password });
  const browser = product.page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const desk = await context.newPage();
  desk.setDefaultTimeout(25_000);
  desk.on('pageerror', (error) => (product.errors as string[]).push(`${account}: ${error.message}`));
  await desk.goto(product.demo.headquarters);
  await desk.locator('input[name="account"]').fill(account);
  await desk.locator('input[name="password"]').fill(password);
  await desk.locator('form button.primary').click();
  await desk.getByRole('button', { name: '退出' }).waitFor();
  return desk;
}

export async function openTab(desk: Page, name: string): Promise<void> {
  await desk.getByRole('link', { name, exact: true }).click();
  await desk.getByRole('heading', { name }).first().waitFor();
}
