// D4: two doors without a line let the same member in; headquarters counts it once and says which two, when, which one.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './open-desk.ts';
import { eventually, openProduct, type Product, portrait } from './product.ts';
import { openSecondTerminal, type SecondTerminal } from './second-terminal.ts';

let product: Product;
let other: SecondTerminal;
let otherPage: Page;
let desk: Page;
beforeAll(async () => {
  product = await openProduct();
  other = await openSecondTerminal(product);
  const browser = product.page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  otherPage = await browser.newPage({ viewport: portrait, hasTouch: true, reducedMotion: 'reduce' });
  otherPage.setDefaultTimeout(25_000);
  await otherPage.goto(other.kiosk);
  desk = await openDesk(product);
}, 180_000);
afterAll(async () => {
  await other?.close();
  await product?.close();
});

interface Roster {
  readonly doubles: readonly {
    readonly member: string;
    readonly told: readonly { readonly terminal: string }[];
  }[];
}
interface All {
  readonly activities: readonly {
    readonly id: string;
    readonly sessions: readonly { readonly id: string }[];
  }[];
}

describe('D4 two doors', () => {
  it('D4: without a line both doors let the member in, and greet who has a birthday', async () => {
    const card = product.card('chen-yutong');
    await product.lab('network/cut');
    other.cut();
    await product.swipe(card.name);
    await product.see('祝您生日快乐');
    await product.see('+20');
    other.swipe(card);
    await otherPage.getByText('祝您生日快乐').waitFor();
    await otherPage.getByText('+20').first().waitFor();
    expect(await other.waiting()).toBeGreaterThan(0);
  });

  it('D4: the one that was told late, but was first, is the one that counts, once', async () => {
    const { member = '' } = product.card('chen-yutong');
    const points = async (): Promise<number> =>
      (await product.headquarters<{ points: number }>(`members/${member}`)).points;
    const before = await points();
    // the second door is heard first
    other.restore();
    await eventually(async () => expect(await points()).toBe(before + 20));
    await product.lab('network/restore');
    const { activities } = await product.headquarters<All>('activities');
    const session = activities.find(({ id }) => id === 'open-day')?.sessions[0]?.id ?? '';
    await eventually(async () => {
      const { doubles } = await product.headquarters<Roster>(`activities/sessions/${session}/roster`);
      expect(doubles.map((one) => one.told.map(({ terminal }) => terminal))).toEqual([
        ['hall-01', 'hall-02'],
      ]);
    });
    expect(await points()).toBe(before + 20);
    await desk.goto(`${product.demo.headquarters}/#/events/${session}`);
    const line = desk.locator('.doubles li');
    await line.waitFor();
    expect(await line.textContent()).toMatch(/陈雨桐.*hall-01 .*(计入).*hall-02/);
  });

  it('D4: both doors know it afterwards, and the club finds the birthday on its list', async () => {
    const card = product.card('chen-yutong');
    await otherPage.getByRole('button', { name: '完成' }).first().click();
    await eventually(async () => {
      other.swipe(card);
      await otherPage.getByText('您已经签过到了').waitFor({ timeout: 4_000 });
    });
    await desk.goto(`${product.demo.headquarters}/#/lists`);
    await desk.getByRole('button', { name: '七天内生日' }).click();
    await desk.getByText('陈雨桐', { exact: true }).first().waitFor();
  });
});
