// What somebody does who joins at a terminal's screen, with staff beside them.
import type { Page } from 'playwright-core';
import { eventually } from './product.ts';

export interface Hands {
  readonly page: Page;
  swipe(name: string): void | Promise<void>;
}

/** From whatever is shown to the first page. */
export async function goHome({ page }: Hands): Promise<void> {
  const start = page.getByRole('button', { name: '轻触屏幕，开始使用' });
  const end = page.getByRole('button', { name: '结束并清除' });
  await start.or(end).first().waitFor();
  if (await end.isVisible()) await end.click();
  await start.click();
}

export async function typeDigits({ page }: Hands, digits: string): Promise<void> {
  for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
}

/** To the question for a code, or to whoever they are already. @param sounds one syllable for each character */
export async function tellWho(hands: Hands, phone: string, sounds: readonly string[]): Promise<void> {
  const { page } = hands;
  await tellPhone(hands, phone);
  const next = page.getByRole('button', { name: '下一步', exact: true });
  await page.getByText('请填写您的姓名').waitFor();
  for (const sound of sounds) {
    for (const letter of sound) await page.getByRole('button', { name: letter, exact: true }).click();
    await page.locator('k-candidates [aria-busy="false"] .candidate').first().click();
  }
  await next.click();
}

export async function tellPhone(hands: Hands, phone: string): Promise<void> {
  const { page } = hands;
  await goHome(hands);
  await page.getByRole('button', { name: '加入客户会' }).click();
  await page.getByRole('button', { name: '同意并继续' }).click();
  await page.getByText('请输入手机号').first().waitFor();
  await typeDigits(hands, phone);
  await page.getByRole('button', { name: '下一步', exact: true }).click();
}

/** Staff vouch, a PIN is chosen, a blank card becomes theirs. */
export async function finishWithStaff(hands: Hands, pin: string, blank: string): Promise<void> {
  const { page } = hands;
  await page.getByText('请输入验证码').first().waitFor();
  await eventually(async () => {
    await hands.swipe('staff');
    await page.getByText('请设定密码').waitFor({ timeout: 3_500 });
  });
  await typeDigits(hands, pin);
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('请刷一张空白新卡').waitFor();
  await eventually(async () => {
    await hands.swipe(blank);
    await page.getByText('欢迎加入').first().waitFor({ timeout: 3_500 });
  });
}

/** Card and PIN open the points: a visit of this day. */
export async function openPoints(hands: Hands, card: string, pin: string): Promise<void> {
  const { page } = hands;
  await goHome(hands);
  await page.getByRole('button', { name: /我的积分/ }).click();
  // a card that is faster than the screen would check in
  await page
    .getByText(/请刷会员卡/)
    .first()
    .waitFor();
  await eventually(async () => {
    await hands.swipe(card);
    await page.getByText('请输入密码').waitFor({ timeout: 3_500 });
  });
  await typeDigits(hands, pin);
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('积分流水').first().waitFor();
  await page.getByRole('button', { name: '结束并清除' }).click();
  await page.getByRole('button', { name: '轻触屏幕，开始使用' }).waitFor();
}
