// A picture of a page that has come to rest.
import type { Page } from 'playwright-core';

/** Until two pictures are alike; a page that is never still is taken as it is. @returns a PNG */
export async function atRest(page: Page): Promise<Buffer> {
  let taken = await page.screenshot();
  for (let turn = 0; turn < 15; turn += 1) {
    const again = await page.screenshot();
    if (again.equals(taken)) return again;
    taken = again;
  }
  return taken;
}
