// Bad input at a real kiosk and its page: whatever hands, words and data do, nothing breaks and nothing happens twice.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { enterPin } from '../kiosk/kiosk-bench.ts';
import { cards, openSmallStore, pin } from '../kiosk/small-world.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { openFlowWorld } from './flow-world.ts';
import { openHostileWorld, strangeNames } from './hostile-world.ts';
import { openBrowser } from './kiosk-page.ts';
import { everythingInPage } from './page-remains.ts';
import { openBenchPage, openScreenBench, type ScreenBench } from './screen-bench.ts';

const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

let browser: Browser;
let at: ScreenBench;
let page: Page;
let errors: string[];
let glass: CDPSession | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => {
  errors = [];
  glass = undefined;
});
afterEach(async () => {
  await page?.context().close();
  await at?.close();
  expect([...errors, ...at.faults]).toEqual([]);
});

async function open(store: TerminalStore): Promise<void> {
  at = await openScreenBench(store);
  ({ page } = await openBenchPage(browser, at, portrait, errors));
}

const heard = () => at.touches.map(({ touch }) => touch.kind).filter((kind) => kind !== 'stay');
const filed = () => at.bench.facts().filter(({ kind }) => kind === 'request-filed');
const shows = (kind: string) => page.locator(`${kind}-screen`).waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name }).first();

/** At the last page of a repair, or at its own words. */
async function reportUntil(kind: 'report-review' | 'report-choice'): Promise<void> {
  const { bench } = at;
  bench.touch({ kind: 'open', purpose: 'report' });
  bench.swipe(cards.listed);
  await enterPin(bench, pin);
  for (const id of ['bathroom', 'ceiling', 'ceiling-leak']) bench.touch({ kind: 'choose', id });
  if (kind === 'report-review') bench.touch({ kind: 'choose', id: 'ceiling-leak-1' });
  await shows(kind);
}

async function touchPoints(type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', points: object[]) {
  // fingers belong to the session that put them down
  glass ??= await page.context().newCDPSession(page);
  await glass.send('Input.dispatchTouchEvent', { type, touchPoints: points as never });
}

async function middleOf(name: string): Promise<{ x: number; y: number }> {
  const box = await button(name).boundingBox();
  if (!box) throw new Error(`there is no ${name}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('U13 hands', () => {
  beforeEach(async () => open(await openFlowWorld()));

  it.each([2, 3, 10])(
    '%i taps on the button that files, as fast as they come, are one request',
    async (n) => {
      await reportUntil('report-review');
      const { x, y } = await middleOf('提交报修');
      await Promise.all(Array.from({ length: n }, () => page.touchscreen.tap(x, y)));
      await shows('request-filed');
      expect(filed()).toHaveLength(1);
    },
  );

  it('ten fingers on ten places at once do one thing at most', async () => {
    at.bench.touch({ kind: 'start' });
    await shows('home');
    const boxes = await Promise.all(
      (await page.locator('home-screen button').all()).slice(0, 10).map((each) => each.boundingBox()),
    );
    const fingers = boxes.flatMap((box, id) =>
      box ? [{ x: box.x + box.width / 2, y: box.y + box.height / 2, id }] : [],
    );
    await touchPoints('touchStart', fingers);
    await touchPoints('touchEnd', []);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(heard().length).toBeLessThanOrEqual(1);
  });

  it('a palm that the browser takes back is nothing', async () => {
    await reportUntil('report-review');
    const { x, y } = await middleOf('提交报修');
    const palm = Array.from({ length: 8 }, (_, id) => ({
      x: x - 40 + id * 10,
      y,
      id,
      radiusX: 60,
      radiusY: 60,
    }));
    await touchPoints('touchStart', palm);
    await touchPoints('touchCancel', []);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(filed()).toEqual([]);
    expect(at.bench.screen.kind).toBe('report-review');
  });

  it('a finger that leaves the button before it is lifted has not pressed it', async () => {
    await reportUntil('report-review');
    const { x, y } = await middleOf('提交报修');
    await touchPoints('touchStart', [{ x, y }]);
    await touchPoints('touchMove', [{ x: x - 400, y: y - 700 }]);
    await touchPoints('touchEnd', []);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 400, y - 700, { steps: 3 });
    await page.mouse.up();
    expect(filed()).toEqual([]);
  });

  it('the picture is turned while a finger rests: the step and what was chosen stay', async () => {
    await reportUntil('report-review');
    const { x, y } = await middleOf('提交报修');
    const { screen } = at.bench;
    await touchPoints('touchStart', [{ x, y }]);
    await page.setViewportSize(landscape);
    await touchPoints('touchCancel', []);
    expect(at.bench.screen).toEqual(screen);
    await button('提交报修').tap();
    await shows('request-filed');
    expect(filed()).toHaveLength(1);
  });
});

describe('U27 words', () => {
  it.each([
    ['ten thousand characters', '水'.repeat(10_000)],
    ['emoji', '漏水👩‍👩‍👧‍👦🏡💧'.repeat(40)],
    ['letters from right to left', '\u202eمشروع الحديقة\u202c'.repeat(60)],
    ['lines and tags', '<b>&amp;</b>\n\u0000"\''.repeat(60)],
  ])('of %s are cut at what can be filed, and filed whole', async (_, words) => {
    await open(await openFlowWorld());
    await reportUntil('report-choice');
    await button('用自己的话说').tap();
    await page.keyboard.insertText(words);
    const kept = await page.locator('textarea').inputValue();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThanOrEqual(200);
    await button('填好了').tap();
    await shows('report-review');
    await button('提交报修').tap();
    await shows('request-filed');
    expect(filed()).toMatchObject([{ body: { tasks: [{ text: kept.trim() }] } }]);
  });

  it('strange names are shown, and no page is wider than its panel', async () => {
    await open(await openHostileWorld());
    const { bench } = at;
    for (const [n, name] of strangeNames.entries()) {
      bench.touch({ kind: 'start' });
      bench.touch({ kind: 'open-board' });
      // the site's own board opens first
      for (let n = 0; n < 2; n += 1) bench.touch({ kind: 'back' });
      await shows('projects');
      expect((await everythingInPage(page)).replaceAll('\u2060', '')).toContain(
        [...name].slice(0, 2).join(''),
      );
      bench.touch({ kind: 'choose-project', id: `strange${n}` });
      await shows(bench.screen.kind);
      const wide = await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(wide).toEqual([portrait.width, portrait.width]);
      bench.touch({ kind: 'go-home' });
    }
  });
});

describe('data', () => {
  it('homes without a drawing or a known state are shown with what there is', async () => {
    await open(await openHostileWorld());
    const { bench } = at;
    bench.touch({ kind: 'start' });
    bench.touch({ kind: 'choose-project', id: 'strange1' });
    bench.touch({ kind: 'choose-building', id: 'sb1' });
    await shows('board');
    expect(bench.expect('board').cells).toHaveLength(3);
    for (const column of [1, 2, 3]) {
      bench.touch({ kind: 'choose-unit', id: `su1-${column}` });
      await shows('unit');
      bench.touch({ kind: 'back' });
      await shows('board');
    }
  });

  it('nothing at all has arrived yet: every way on the first page leads somewhere and back', async () => {
    await open(openSmallStore(scratchFolder()));
    at.bench.touch({ kind: 'start' });
    await shows('home');
    const count = await page.locator('home-screen button').count();
    for (let n = 0; n < count; n += 1) {
      await page.locator('home-screen button').nth(n).tap();
      await vi.waitFor(() => expect(at.bench.screen.kind).not.toBe('home'));
      await shows(at.bench.screen.kind);
      at.bench.touch({ kind: 'go-home' });
      await shows('home');
      await vi.waitFor(async () => expect(await page.locator('kiosk-app[busy]').count()).toBe(0));
    }
  });

  it('the clock jumps a day ahead and back: the session stays, and a card is checked in once', async () => {
    await open(await openFlowWorld());
    const { bench } = at;
    bench.swipe(cards.listed);
    await shows('checked-in');
    const { screen } = bench;
    for (const days of [1, -2, 1]) {
      bench.clock = new Date(bench.clock.getTime() + days * 86_400_000);
      bench.kiosk.refresh();
      expect(bench.screen).toEqual(screen);
    }
    bench.clock = new Date(bench.clock.getTime() + 4_000);
    bench.swipe(cards.listed);
    await shows(bench.screen.kind);
    expect(bench.facts().filter(({ kind }) => kind === 'check-in-recorded')).toHaveLength(1);
  });
});

describe('U21 a screen that is served twice', () => {
  it('is one screen: the newer window shows it anew, the older says so, shows nobody, and gets it back', async () => {
    await open(await openFlowWorld());
    const { bench } = at;
    bench.swipe(cards.listed);
    await shows('checked-in');
    const { page: second } = await openBenchPage(browser, at, portrait, errors);
    try {
      await second.locator('attract-screen').waitFor();
      await page.getByText('已在另一个窗口打开').waitFor();
      await page.getByText('Open in another window').waitFor();
      expect(await everythingInPage(page)).not.toContain('张**');
      bench.swipe(cards.gold);
      await second.locator('checked-in-screen').waitFor();
      expect(await page.locator('checked-in-screen').count()).toBe(0);
      // by its button, and then the other says it
      await button(/在这里显示/).tap();
      await page.locator('attract-screen').waitFor();
      await second.getByText('已在另一个窗口打开').waitFor();
    } finally {
      await second.context().close();
    }
    await page.locator('attract-screen').waitFor();
  });
});
