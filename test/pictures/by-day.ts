// Pictures are of the day, whenever they are taken.
import type { Page } from 'playwright-core';

/** What the terminal says of the hour does not reach the page. Before it is opened. */
export async function byDay(page: Page): Promise<void> {
  await page.routeWebSocket(/\/ws/, (line) => {
    const terminal = line.connectToServer();
    terminal.onMessage((told) => line.send(String(told).replace('"isNight":true', '"isNight":false')));
  });
}
