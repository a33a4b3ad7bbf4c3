// Row `soak`: the page after a thousand sessions – heap, nodes, listeners – and how still it is while nobody comes.
import type { CDPSession, Page } from 'playwright-core';
import type { Show } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from '../ui/gallery-server.ts';
import { openBrowser, sizes } from '../ui/kiosk-page.ts';
import { showsIn } from '../ui/shows.ts';
import { type Row, type RowOptions, ratioRow } from './row.ts';

const screensPerSession = 5;
const heapBudget = 5_000_000;
/** About a Raspberry Pi 4. */
const throttle = 4;

interface Size {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

export async function soakRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const sessions = isQuick ? 50 : 1_000;
  const idleMs = isQuick ? 5_000 : 60_000;
  const browser = await openBrowser();
  const gallery = await openGallery();
  try {
    const context = await browser.newContext({ viewport: sizes.portrait, hasTouch: true });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    const walk = new Walk(gallery, page);
    await page.goto(gallery.url);
    // what is fetched, compiled and cached once is no growth
    await walk.everything();
    const before = await sizeOf(devtools);
    for (let n = 1; n <= sessions; n += 1) {
      await walk.session();
      if (n % 200 === 0) progress(`${n} of ${sessions} sessions`);
    }
    const after = await sizeOf(devtools);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const longTasks = await longTasksWithin(page, idleMs);
    const row = { row: 'soak', op: '<=', runs: 1 } as const;
    return [
      ratioRow({
        ...row,
        metric: `heap growth over ${sessions} sessions, bytes ÷ budget`,
        goal: 1,
        ours: Math.max(0, after.heap - before.heap),
        against: heapBudget,
        peer: 'budget',
      }),
      ratioRow({
        ...row,
        metric: 'nodes afterwards ÷ before',
        goal: 1.05,
        ours: after.nodes,
        against: before.nodes,
        peer: 'the same page',
      }),
      ratioRow({
        ...row,
        metric: 'listeners afterwards ÷ before',
        goal: 1.05,
        ours: after.listeners,
        against: before.listeners,
        peer: 'the same page',
      }),
      ratioRow({
        ...row,
        metric: `long tasks in ${idleMs / 1_000} s of attract screen at ${throttle}×`,
        goal: 0,
        ours: longTasks,
        against: 1,
        peer: 'none',
      }),
    ];
  } finally {
    await browser.close();
    await gallery.close();
  }
}

/** Goes through the gallery as sessions: some screens each, in turn, both languages, and the attract screen at the end. */
class Walk {
  readonly #gallery: Gallery;
  readonly #page: Page;
  readonly #shows = (['zh', 'en'] as const).flatMap((language) => Object.values(showsIn(language)));
  readonly #attract = showsIn('zh')['attract'];
  #at = 0;
  #revision = 1_000_000;

  constructor(gallery: Gallery, page: Page) {
    this.#gallery = gallery;
    this.#page = page;
  }

  async everything(): Promise<void> {
    for (const show of this.#shows) await this.#see(show);
    await this.#end();
  }

  async session(): Promise<void> {
    for (let n = 0; n < screensPerSession; n += 1) {
      const show = this.#shows[this.#at % this.#shows.length];
      this.#at += 1;
      if (show) await this.#see(show);
    }
    await this.#end();
  }

  async #end(): Promise<void> {
    if (this.#attract) await this.#see(this.#attract);
  }

  async #see(show: Show): Promise<void> {
    this.#revision += 1;
    const revision = this.#revision;
    this.#gallery.show({ ...show, revision });
    await this.#page.evaluate(`new Promise((done) => {
      const look = () =>
        document.querySelector('kiosk-app')?.getAttribute('revision') === '${revision}' ? done() : setTimeout(look, 1);
      look();
    })`);
  }
}

async function sizeOf(devtools: CDPSession): Promise<Size> {
  for (let n = 0; n < 3; n += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/** @returns how many there were while nothing happened */
async function longTasksWithin(page: Page, ms: number): Promise<number> {
  return await page.evaluate(`new Promise((done) => {
    let count = 0;
    new PerformanceObserver((list) => { count += list.getEntries().length; }).observe({ type: 'longtask' });
    setTimeout(() => done(count), ${ms});
  })`);
}
