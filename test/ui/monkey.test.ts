// Hands without sense at a real page and a real kiosk: never stuck, never unproven, never twice, never an error.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ScreenKind, Show } from '../../kiosk/screen.ts';
import type { FingerTouch, Touched } from '../../kiosk/touch.ts';
import { type Seeded, seed, seeded } from '../fuzz/seeded.ts';
import type { KioskBench } from '../kiosk/kiosk-bench.ts';
import { cards, pin } from '../kiosk/small-world.ts';
import { answerCodes } from './flow-world.ts';
import { openHostileWorld } from './hostile-world.ts';
import { openBrowser } from './kiosk-page.ts';
import { type Errand, errands } from './monkey-errands.ts';
import { openBenchPage, openScreenBench, type ScreenBench } from './screen-bench.ts';

/** What is shown only of somebody who has given card and PIN. */
const provenScreens: ReadonlySet<ScreenKind> = new Set<ScreenKind>([
  'points',
  'profile',
  'my-homes',
  'requests',
  'request',
  'hand-over',
  'hand-over-sign',
]);
/** Where whoever goes on from here is nobody. */
const anybodysScreens: ReadonlySet<ScreenKind> = new Set<ScreenKind>(['attract', 'home', 'ask-card']);
const sizes = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
] as const;
const batchTaps = 30;
const runs = [
  { language: 'zh', taps: 5_000 },
  { language: 'en', taps: 5_000 },
] as const;
/** seeds that failed once, by what was wrong */
const named: readonly (readonly [what: string, seed: number])[] = [];

let browser: Browser;
let script: string;
beforeAll(async () => {
  browser = await openBrowser();
  const source = new URL('./page/monkey.ts', import.meta.url);
  ({ code: script } = await transformWithOxc(readFileSync(source, 'utf8'), 'monkey.ts'));
});
afterAll(() => browser?.close());

/** Watches what the kiosk hears, shows and records, and writes down what must never be. */
class Watch {
  readonly wrong: string[] = [];
  readonly seen = new Set<ScreenKind>();
  /** which comes next; after the last they come as they like */
  errand = 0;
  #isProven = false;
  readonly #submits = new Map<number, number>();

  readonly heard = ({ revision, touch }: Touched, before: Show): void => {
    if (touch.kind !== 'submit' || revision !== before.revision) return;
    const times = (this.#submits.get(revision) ?? 0) + 1;
    this.#submits.set(revision, times);
    if (times > 1) this.wrong.push(`submitted ${times} times: ${before.screen.kind}`);
  };

  readonly proven = (): void => {
    this.#isProven = true;
  };

  readonly shown = ({ screen: { kind } }: Show): void => {
    this.seen.add(kind);
    if (anybodysScreens.has(kind)) this.#isProven = false;
    if (provenScreens.has(kind) && !this.#isProven) this.wrong.push(`shown without proof: ${kind}`);
  };
}

interface Run {
  readonly at: ScreenBench;
  readonly page: Page;
  readonly watch: Watch;
  readonly random: Seeded;
  readonly errors: string[];
}

async function open(from: number, language: 'zh' | 'en'): Promise<Run> {
  const watch = new Watch();
  const random = seeded(from);
  const at = await openScreenBench(await openHostileWorld(), {
    onShow: watch.shown,
    onTouch: watch.heard,
    random: (below) => random.int(below),
    askCode: answerCodes,
  });
  const errors: string[] = [];
  const { page } = await openBenchPage(browser, at, sizes[0], errors);
  page.setDefaultTimeout(10_000);
  await page.evaluate(script);
  at.bench.kiosk.touch({
    revision: at.bench.show.revision,
    touch: { kind: 'choose-language', language },
  });
  return { at, page, watch, random, errors };
}

type Happening = (run: Run) => Promise<void> | void;

const swipe: Happening = ({ at: { bench }, random }) => present(bench, random.pick(Object.values(cards)));

const rightPin: Happening = async ({ at: { bench }, watch }) => {
  if (bench.screen.kind === 'enter-pin') await touchAndWait(bench, { kind: 'enter-pin', pin }, watch);
};

/** Somebody who knows what they want: what comes behind the PIN is not found by chance. */
const somebodyComes: Happening = async (run) => {
  const errand = errands[run.watch.errand] ?? run.random.pick(errands);
  run.watch.errand += 1;
  await comeFor(errand, run);
};

async function comeFor({ steps }: Errand, { at: { bench }, watch }: Run): Promise<void> {
  const { language } = bench.show;
  // what somebody before has kept, they would take off the list
  bench.touch({ kind: 'end' });
  bench.touch({ kind: 'choose-language', language });
  bench.touch({ kind: 'go-home' });
  for (const step of steps) {
    if (step.kind === 'swipe') present(bench, step.card);
    else await touchAndWait(bench, step, watch);
  }
}

/** Hands before may have typed wrong PINs until a card was locked: whoever got nowhere comes again an hour later. */
async function comeAgain(run: Run): Promise<void> {
  const { bench } = run.at;
  for (const errand of errands) {
    if (run.watch.seen.has(errand.reaches)) continue;
    bench.clock = new Date(bench.clock.getTime() + 3_600_000);
    await comeFor(errand, run);
  }
}

/** Long enough after the card before. */
function present(bench: KioskBench, card: string): void {
  bench.clock = new Date(bench.clock.getTime() + 4_000);
  bench.swipe(card);
}

async function touchAndWait(bench: KioskBench, touch: FingerTouch, watch: Watch): Promise<void> {
  if (touch.kind === 'enter-pin') watch.proven();
  bench.touch(touch);
  await vi.waitFor(() => {
    const { screen } = bench;
    if (('isChecking' in screen && screen.isChecking) || ('isBusy' in screen && screen.isBusy))
      throw new Error('still waiting');
  });
}

const lineChanges: Happening = ({ at: { bench }, random }) =>
  bench.kiosk.setLink(random.pick(['online', 'offline']));

const clockJumps: Happening = ({ at: { bench }, random }) => {
  bench.clock = new Date(bench.clock.getTime() + (random.int(3) - 1) * 3_600_000);
};

/** A finger rests on the glass meanwhile. */
const screenTurns: Happening = async ({ page, random }) => {
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.setViewportSize(random.pick(sizes));
  await page.mouse.up();
};

const textWithoutEnd: Happening = ({ page, random }) =>
  page.keyboard.insertText(random.pick(['👩‍👩‍👧‍👦', '\u202eאבג', '字', 'a b']).repeat(10_000));

/** The newest page is the screen; the one before it is so again once that has gone. */
const secondPage: Happening = async ({ at, page, random, errors }) => {
  if (random.int(4) > 0) return;
  const second = await openBenchPage(browser, at, random.pick(sizes), errors);
  await second.page.evaluate(script);
  await second.page.evaluate(`monkey({ seed: ${random.int(2 ** 31)}, taps: 10 })`);
  await page.locator('k-lost[stage="elsewhere"]').waitFor();
  await second.page.context().close();
  // its button loads the page anew: the hands wait until it has the screen back by itself
  await page.locator('kiosk-app .frame').waitFor();
};

const nothing: Happening = () => undefined;

/** What happens around the hands, as often as it stands here. */
const happenings: readonly Happening[] = [
  ...Array.from({ length: 9 }, () => somebodyComes),
  ...[swipe, rightPin, nothing, lineChanges, clockJumps, screenTurns, textWithoutEnd, secondPage],
];

/** By what stands on every screen: the end, or the first page and then the end of nobody. */
async function expectWayOut({ at, page }: Run): Promise<void> {
  const { kiosk } = at.bench;
  await vi.waitFor(async () => {
    const { kind } = at.bench.screen;
    if (kind === 'attract' || kind === 'home') return;
    const stay = page.locator('k-idle-warning button').first();
    if (await stay.isVisible()) await stay.click();
    const way = page.locator('k-bar button.end, k-bar button.home').last();
    if (await way.isVisible()) await way.click({ timeout: 2_000 });
    throw new Error(`stuck on ${at.bench.screen.kind}`);
  }, 10_000);
  kiosk.noteScreenGone();
  await page.locator('attract-screen').waitFor();
}

interface Weight {
  readonly nodes: number;
  readonly listeners: number;
  readonly heapBytes: number;
}

async function weightOf(page: Page): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  // what a first collection frees may hold what a second one does
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const value = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
  return {
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    heapBytes: value('JSHeapUsedSize'),
  };
}

function least(weights: readonly Weight[], what: keyof Weight): number {
  return Math.min(...weights.map((weight) => weight[what]));
}

async function play(from: number, language: 'zh' | 'en', taps: number) {
  const run = await open(from, language);
  const { at, page, watch, random, errors } = run;
  try {
    let made = 0;
    const weights: Weight[] = [];
    for (let batch = 0; made < taps; batch += 1) {
      made += Number(await page.evaluate(`monkey({ seed: ${random.int(2 ** 31)}, taps: ${batchTaps} })`));
      // first everybody once, while what they come for is still there
      await (watch.errand < errands.length ? somebodyComes : random.pick(happenings))(run);
      if (batch % 30 === 29) {
        await expectWayOut(run);
        weights.push(await weightOf(page));
      }
    }
    await comeAgain(run);
    await expectWayOut(run);
    weights.push(await weightOf(page));
    const facts = at.bench.facts();
    return { made, weights, errors, watch, facts, faults: at.faults, seen: watch.seen };
  } finally {
    await page.context().close();
    await at.close();
  }
}

describe(`U13 U15 U22 hands without sense, FUZZ_SEED=${seed}`, () => {
  it.each([...runs.map((run, n) => ({ ...run, from: seed + n, what: 'at random' }))])(
    '$what, in $language: never stuck, unproven, twice or an error',
    async ({ from, language, taps }) => {
      const played = await play(from, language, taps);
      expect(played.made).toBeGreaterThanOrEqual(taps);
      expect(played.watch.wrong).toEqual([]);
      expect(played.errors).toEqual([]);
      expect(played.faults).toEqual([]);
      const missed = errands.filter(({ reaches }) => !played.seen.has(reaches));
      expect(missed.map(({ reaches }) => reaches)).toEqual([]);
      const checkIns = played.facts.filter(({ kind }) => kind === 'check-in-recorded');
      expect(new Set(checkIns.map(({ body }) => JSON.stringify(body))).size).toBe(checkIns.length);
      // from when every screen was there once: what draws it stays, a template each.
      // The least of each: what a collection left over is no growth, and what is kept of each session raises them all
      const [early, late] = [played.weights.slice(1, 3), played.weights.slice(-3)];
      expect(least(late, 'nodes') - least(early, 'nodes')).toBeLessThan(500);
      expect(least(late, 'listeners') - least(early, 'listeners')).toBeLessThan(25);
      expect(least(late, 'heapBytes') - least(early, 'heapBytes')).toBeLessThan(5 * 2 ** 20);
    },
    240_000,
  );

  it.each(named)(
    '%s (seed %i)',
    async (_, from) => {
      const played = await play(from, 'zh', 2_500);
      expect([...played.watch.wrong, ...played.errors, ...played.faults]).toEqual([]);
    },
    120_000,
  );
});
