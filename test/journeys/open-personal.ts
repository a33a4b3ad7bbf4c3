// From the first screen to a personal page, as a member with card and PIN goes.
import type { Product } from './product.ts';

/** @param entry the button on the first page */
export async function openPersonal(
  product: Product,
  entry: string | RegExp,
  name = 'wang-fang',
): Promise<void> {
  const { tap, page, enterPin, card } = product;
  const start = page.getByRole('button', { name: '轻触屏幕，开始使用' });
  // the end of the one before may still be on its way to the screen
  await start
    .or(page.getByRole('button', { name: entry }))
    .first()
    .waitFor();
  if (await start.isVisible()) await start.click();
  await tap(entry);
  await product.swipeForPin(name);
  await enterPin(card(name).pin ?? '');
}
