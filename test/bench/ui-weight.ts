// Row `ui-weight`: how heavy the kiosk page is and how fast it answers a finger, against a bare Lit page.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build, transformWithOxc } from 'vite';
import type { Show } from '../../kiosk/screen.ts';
import { type Gallery, openGallery, rootFolder } from '../ui/gallery-server.ts';
import { openBrowser, sizes } from '../ui/kiosk-page.ts';
import { showsIn } from '../ui/shows.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';
import { peerRows } from './ui-peers.ts';

const budget = { first: 40_000, all: 150_000, tapMs: 100, screenMs: 200 };
const floor = 'bare lit 3.3.3 page';
/** What a person taps on the way, and what the kiosk answers. */
const journey = [
  ['attract', 'Touch the screen to begin', 'home'],
  ['home', /^Homes for sale/, 'projects'],
  ['projects', /^Jinshang Garden/, 'buildings'],
  ['buildings', /^Tower 3/, 'board'],
  ['board', /^3205 /, 'unit'],
  ['unit', 'Home', 'home'],
  ['home', /^My points/, 'ask-card'],
  ['enter-pin', 'Back', 'points'],
  ['report-problem', /^Leak/, 'report-phrase'],
  ['report-phrase', /^Around/, 'report-review'],
  ['report-review', 'Send report', 'request-filed'],
] as const;

interface Bench {
  readonly browser: Browser;
  readonly kiosk: Gallery;
  readonly bare: Gallery;
  readonly probe: string;
  readonly runs: number;
}

export async function uiWeightRow({ isQuick }: RowOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-bare-'));
  await build({
    root: join(rootFolder, 'test/ui/page/bare-lit'),
    configFile: false,
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome120', modulePreload: { polyfill: false } },
  });
  const source = readFileSync(join(rootFolder, 'test/ui/page/probe.ts'), 'utf8');
  const bench = {
    browser: await openBrowser(),
    kiosk: await openGallery(),
    bare: await openGallery(folder),
    probe: (await transformWithOxc(source, 'probe.ts')).code,
    runs: isQuick ? 1 : 7,
  };
  try {
    return [
      ...weightRows(),
      ...(await loadRows(bench)),
      ...(await tapRows(bench)),
      ...(await peerRows(bench)),
    ];
  } finally {
    await bench.browser.close();
    await bench.kiosk.close();
    await bench.bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes as a server would send them: what index.html names, and everything. */
function weightRows(): Row[] {
  const page = join(rootFolder, 'dist/ui/kiosk');
  // the pinyin pack has its own budget, in the row `keyboard`
  const assets = readdirSync(join(page, 'assets')).filter((name) =>
    /^(?!ime-worker).*\.(js|css)$/.test(name),
  );
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const first = assets.filter((name) => html.includes(name));
  const weigh = (names: readonly string[], pack: (bytes: Buffer) => Buffer): number =>
    names.reduce((sum, name) => sum + pack(readFileSync(join(page, 'assets', name))).length, 0);
  const row = (metric: string, ours: number, against: number): Row =>
    ratioRow({ row: 'ui-weight', metric, op: '<=', goal: 1, ours, against, peer: 'budget', runs: 1 });
  return [
    row('first screen, bytes gzip ÷ budget', weigh(first, gzipSync), budget.first),
    row('first screen, bytes brotli ÷ budget', weigh(first, brotliCompressSync), budget.first),
    row('all screens, bytes gzip ÷ budget', weigh(assets, gzipSync), budget.all),
  ];
}

async function loadRows(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  // the language that a kiosk starts in
  bench.kiosk.show(showNamed('attract', 'zh'));
  for (const throttle of [4, 6]) {
    const ours = { lcp: [] as number[], task: [] as number[] };
    const bare = { lcp: [] as number[], task: [] as number[] };
    for (let run = 0; run < bench.runs; run += 1) {
      for (const [gallery, into] of [[bench.kiosk, ours] as const, [bench.bare, bare] as const]) {
        const { lcpMs, longestTaskMs } = await loadOnce(bench, gallery, throttle);
        into.lcp.push(lcpMs);
        into.task.push(longestTaskMs);
      }
    }
    const row = { row: 'ui-weight', op: '<=', peer: floor, runs: bench.runs } as const;
    rows.push(
      ratioRow({
        ...row,
        metric: `largest paint at ${throttle}×, ms ÷ floor`,
        goal: 2,
        ours: median(ours.lcp),
        against: median(bare.lcp),
      }),
    );
    if (throttle === 6) {
      // below 50 ms the browser does not call a task long
      const against = Math.max(50, median(bare.task));
      rows.push(
        ratioRow({
          ...row,
          metric: 'longest task at 6×, ms ÷ floor',
          goal: 3,
          ours: median(ours.task),
          against,
        }),
      );
    }
  }
  return rows;
}

async function loadOnce(bench: Bench, gallery: Gallery, throttle: number) {
  const page = await openThrottled(bench, gallery, throttle);
  await page.getByText('迎您回家').first().waitFor();
  await page.getByRole('button').first().waitFor();
  // the observers report when the page is at rest
  await page.evaluate('new Promise((done) => setTimeout(() => requestIdleCallback(done), 200))');
  const found: { lcpMs: number; longestTaskMs: number } = await page.evaluate(
    '({ lcpMs: probe.lcpMs, longestTaskMs: probe.longestTaskMs })',
  );
  await page.context().close();
  return found;
}

async function tapRows(bench: Bench): Promise<Row[]> {
  const taps: number[] = [];
  const screens: number[] = [];
  const boards: number[] = [];
  const bares: number[] = [];
  for (let run = 0; run < bench.runs; run += 1) {
    const page = await openThrottled(bench, bench.kiosk, 4);
    for (const [from, control, to] of journey) {
      const tapMs = await tapOnce(bench, page, showNamed(from), control, showNamed(to));
      screens.push(tapMs.drawn);
      if (tapMs.board !== undefined) boards.push(tapMs.board);
    }
    taps.push(...(await tapsOf(page)));
    await page.context().close();
    const bare = await openThrottled(bench, bench.bare, 4);
    await bare.getByRole('button', { name: 'Open' }).tap();
    bares.push(await bare.evaluate('probe.untilButtons(264)'));
    await bare.context().close();
  }
  const p95 = taps.toSorted((a, b) => a - b)[Math.floor(taps.length * 0.95)] ?? 0;
  const row = { row: 'ui-weight', op: '<=', goal: 1, peer: 'budget', runs: bench.runs } as const;
  return [
    ratioRow({ ...row, metric: 'tap → next paint at 4×, p95 ms ÷ budget', ours: p95, against: budget.tapMs }),
    ratioRow({
      ...row,
      metric: 'tap → next screen painted at 4×, median ms ÷ budget',
      ours: median(screens),
      against: budget.screenMs,
    }),
    ratioRow({
      ...row,
      metric: 'board of 264 complete at 4×, ms ÷ floor',
      goal: 2,
      ours: median(boards),
      against: median(bares),
      peer: floor,
    }),
  ];
}

/** What the browser told of every tap on this page; the observer reports when the page is at rest. */
async function tapsOf(page: Page): Promise<number[]> {
  await page.evaluate('new Promise((done) => setTimeout(() => requestIdleCallback(done), 200))');
  return await page.evaluate('[...probe.tapMs.values()]');
}

/** @returns ms from the tap until the answer is painted; for the board also until all its homes are */
async function tapOnce(bench: Bench, page: Page, before: Show, control: string | RegExp, after: Show) {
  bench.kiosk.show(before);
  await page.evaluate(`probe.untilRevision('${before.revision}')`);
  bench.kiosk.answer(after);
  await page.getByRole('button', { name: control }).first().tap();
  const drawn: number = await page.evaluate(`probe.untilRevision('${after.revision}')`);
  const board: number | undefined =
    after.screen.kind === 'board' ? await page.evaluate('probe.untilButtons(264)') : undefined;
  return { drawn, board };
}

async function openThrottled(bench: Bench, gallery: Gallery, throttle: number): Promise<Page> {
  const context = await bench.browser.newContext({ viewport: sizes.portrait, hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(bench.probe);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.goto(gallery.url);
  return page;
}

const shows = { zh: showsIn('zh'), en: showsIn('en') };

function showNamed(name: string, language: 'zh' | 'en' = 'en'): Show {
  const show = shows[language][name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
}
