// Row `swipe-to-screen`: from the last byte of a card frame at the reader's port to the person's screen in Chromium.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import type { ChildProgram } from '../demo/child-program.ts';
import { rdm6300Frame, type SimulatedReader } from '../simulators/rdm6300-reader.ts';
import type { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { rootFolder } from '../ui/gallery-server.ts';
import { openBrowser, sizes } from '../ui/kiosk-page.ts';
import { listedCard } from './big-store-rows.ts';
import { prepareBigTerminal } from './big-terminal.ts';
import { type EchoPage, openEchoPage } from './echo-page.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

const warmUp = 20;
const paintTimeoutMs = 10_000;

/** A page that tells when it has painted something new. */
interface WatchedPage {
  readonly page: Page;
  /** @returns ms from the call of `act` until this process heard of the next paint */
  paintAfter(act: () => void): Promise<number>;
}

interface Hall {
  readonly terminal: ChildProgram;
  readonly reader: SimulatedReader;
  readonly printer: SimulatedPrinter;
  readonly browser: Browser;
  readonly echo: EchoPage;
}

/** Percentiles over single swipes of members who all check in; before each comes one message to the echo page. */
export async function swipeToScreenRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const swipes = isQuick ? 40 : 400;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-screen-'));
  let hall: Hall | undefined;
  try {
    hall = await openHall(folder, progress);
    const { ours, floor } = await measure(hall, join(folder, 'data'), swipes);
    const row = (percent: number, goal: number): Row =>
      ratioRow({
        row: 'swipe-to-screen',
        metric: `p${percent}, ms ÷ echo page`,
        op: '<=',
        goal,
        ours: percentile(ours, percent),
        against: percentile(floor, percent),
        peer: `WebSocket echo, Chromium ${hall?.browser.version().split('.')[0]}`,
        runs: ours.length,
      });
    return [row(50, 2), row(99, 3)];
  } finally {
    if (hall) await closeHall(hall);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ reader, printer, browser, echo }: Hall, dataDir: string, swipes: number) {
  const address = readFileSync(join(dataDir, 'run', 'screen-address'), 'utf8').trim();
  const source = readFileSync(join(rootFolder, 'test/ui/page/watch-paint.ts'), 'utf8');
  const { code: probe } = await transformWithOxc(source, 'watch-paint.ts');
  const bare = await openWatched(browser, echo.url, probe);
  const kiosk = await openWatched(browser, address, probe);
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let n = 0; n < warmUp + swipes; n += 1) {
    await restBetween();
    const floorMs = await bare.paintAfter(() => echo.send(`${n + 1}`));
    await restBetween();
    const oursMs = await kiosk.paintAfter(() => reader.send(rdm6300Frame(listedCard(n))));
    if ((await kiosk.page.locator('checked-in-screen').count()) !== 1) {
      throw new Error(`swipe ${n} did not lead to the member's screen`);
    }
    await untilPrinted(printer, n + 1);
    const end = kiosk.page.getByRole('button', { name: '结束并清除' });
    await kiosk.paintAfter(() => void end.click());
    if (n < warmUp) continue;
    floor.push(floorMs);
    ours.push(oursMs);
  }
  return { ours, floor };
}

/** A person comes at any moment between two frames of the display; both sides get the same spread. */
function restBetween(): Promise<void> {
  return delay(30 + Math.random() * 20);
}

function untilPrinted(printer: SimulatedPrinter, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`slip ${count} was not printed`)), paintTimeoutMs);
    const look = (): void => {
      if (printer.slips.length < count) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = printer.onChange(look);
    look();
  });
}

async function openWatched(browser: Browser, url: string, probe: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: sizes.portrait, hasTouch: true });
  let onPaint: (() => void) | undefined;
  await page.exposeBinding('painted', () => onPaint?.());
  await page.addInitScript(probe);
  const paintAfter = (act: () => void): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`nothing new was painted on ${page.url()}`)),
        paintTimeoutMs,
      );
      const startMs = performance.now();
      onPaint = () => {
        const ms = performance.now() - startMs;
        clearTimeout(timer);
        onPaint = undefined;
        resolve(ms);
      };
      act();
    });
  await paintAfter(() => void page.goto(url));
  return { page, paintAfter };
}

async function openHall(folder: string, progress: (line: string) => void): Promise<Hall> {
  const { reader, printer, start } = await prepareBigTerminal(folder, progress);
  return {
    terminal: await start(),
    reader,
    printer,
    browser: await openBrowser(),
    echo: await openEchoPage(),
  };
}

async function closeHall({ terminal, reader, printer, browser, echo }: Hall): Promise<void> {
  await browser.close();
  await terminal.stop();
  await Promise.all([reader.close(), printer.close(), echo.close()]);
}
