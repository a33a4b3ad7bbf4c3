// Row `board`: the sales board and the map of a project as the kiosk draws them, against the same cells in a bare page.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, transformWithOxc } from 'vite';
import type { ScreenOf, Show } from '../../kiosk/screen.ts';
import { grown } from '../ui/board-edge-shows.ts';
import { overviewIn } from '../ui/board-shows.ts';
import { type Gallery, openGallery, rootFolder } from '../ui/gallery-server.ts';
import { openBrowser, sizes } from '../ui/kiosk-page.ts';
import { sayIn } from '../ui/show-frame.ts';
import { showsIn } from '../ui/shows.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const throttle = 4;
const peer = 'bare page: fetches the cells, plain buttons, six floors a frame, one attribute filters';
const shows = showsIn('en');

interface Bench {
  readonly browser: Browser;
  readonly kiosk: Gallery;
  readonly bare: Gallery;
  readonly bareFolder: string;
  readonly probe: string;
}
interface Times {
  readonly open: number;
  readonly filter: number;
}

/** Medians of interleaved runs, ms from the tap until everything is painted. */
export async function boardRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-bare-board-'));
  await build({
    root: join(rootFolder, 'test/ui/page/bare-board'),
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
    bareFolder: folder,
    probe: (await transformWithOxc(source, 'probe.ts')).code,
  };
  const runs = isQuick ? 1 : 5;
  try {
    const rows: Row[] = [];
    for (const [floors, columns] of [
      [33, 8],
      [40, 25],
    ] as const) {
      const show = boardOf(floors, columns);
      progress(`board of ${floors * columns}`);
      rows.push(
        ...(await measured(`board of ${floors * columns}`, runs, {
          ours: () => kioskBoard(bench, show),
          bare: () => bareBoard(bench, show),
        })),
      );
    }
    progress('overview of 5,000');
    const show = overviewShow();
    rows.push(
      ...(await measured('overview of 5,000', runs, {
        ours: () => kioskOverview(bench, show),
        bare: () => bareOverview(bench, show),
      })),
    );
    return rows;
  } finally {
    await bench.browser.close();
    await bench.kiosk.close();
    await bench.bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  what: string,
  runs: number,
  contenders: { readonly ours: () => Promise<Times>; readonly bare: () => Promise<Times> },
): Promise<Row[]> {
  const ours: Times[] = [];
  const bare: Times[] = [];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await contenders.ours());
    bare.push(await contenders.bare());
  }
  return (['open', 'filter'] as const).map((which) =>
    ratioRow({
      row: 'board',
      metric: `${what}, ${which} at ${throttle}×, ms ÷ bare page`,
      op: '<=',
      goal: 1.2,
      ours: median(ours.map((each) => each[which])),
      against: median(bare.map((each) => each[which])),
      peer,
      runs,
    }),
  );
}

async function kioskBoard(bench: Bench, show: Show & { readonly screen: ScreenOf<'board'> }): Promise<Times> {
  const page = await openThrottled(bench, bench.kiosk, named('buildings'));
  bench.kiosk.answer(show);
  await page.getByRole('button', { name: /^Tower 3/ }).tap();
  const open: number = await page.evaluate(`probe.untilButtons(${show.screen.cells.length})`);
  await page
    .getByRole('button', { name: /^Available \d/ })
    .first()
    .tap();
  const filter: number = await page.evaluate('probe.untilPainted()');
  await page.context().close();
  return { open, filter };
}

async function bareBoard(
  bench: Bench,
  { screen }: Show & { readonly screen: ScreenOf<'board'> },
): Promise<Times> {
  const cells = screen.cells
    .toSorted((a, b) => b.floor - a.floor)
    .map(({ floor, number, state }) => {
      const at = screen.legend.findIndex(({ code }) => code === state);
      return { floor, number, state: at, label: screen.legend[at]?.name ?? '' };
    });
  return bareTimes(bench, { columns: screen.building.columns, cells }, `probe.untilButtons(${cells.length})`);
}

/** @param data what the page asks its server for once it is tapped, as the kiosk's page does */
async function bareTimes(bench: Bench, data: object, isOpen: string): Promise<Times> {
  writeFileSync(join(bench.bareFolder, 'data.json'), JSON.stringify(data));
  const page = await openThrottled(bench, bench.bare);
  await page.getByRole('button', { name: 'Open' }).tap();
  const open: number = await page.evaluate(isOpen);
  await page.getByRole('button', { name: 'Filter' }).tap();
  const filter: number = await page.evaluate('probe.untilPainted()');
  await page.context().close();
  return { open, filter };
}

async function kioskOverview(bench: Bench, show: Show): Promise<Times> {
  const page = await openThrottled(bench, bench.kiosk, named('projects'));
  bench.kiosk.answer(show);
  await page.getByRole('button', { name: /^Jinshang Garden/ }).tap();
  const open: number = await page.evaluate(`probe.untilRevision('${show.revision}')`);
  await page
    .getByRole('button', { name: /^Available \d/ })
    .first()
    .tap();
  const filter: number = await page.evaluate('probe.untilPainted()');
  await page.context().close();
  return { open, filter };
}

async function bareOverview(bench: Bench, { screen }: Show): Promise<Times> {
  if (screen.kind !== 'buildings' || !screen.overview) throw new Error('no overview');
  const letters = screen.overview.buildings.map(({ cells }) => cells).join('');
  const states = Array.from(letters, (letter) => letter.charCodeAt(0) - 'a'.charCodeAt(0));
  const buildings = screen.buildings.map(({ name }) => name);
  return bareTimes(bench, { states, buildings }, `probe.untilButtons(${buildings.length})`);
}

async function openThrottled(bench: Bench, gallery: Gallery, first?: Show): Promise<Page> {
  const context = await bench.browser.newContext({ viewport: sizes.portrait, hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(bench.probe);
  const session = await context.newCDPSession(page);
  if (first) gallery.show(first);
  await page.goto(gallery.url);
  if (first) await page.evaluate(`probe.untilRevision('${first.revision}')`);
  // what follows has been fetched while nobody waited
  await page.evaluate('new Promise((done) => setTimeout(() => requestIdleCallback(done), 300))');
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  return page;
}

function named(name: string): Show {
  const show = shows[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
}

/** The gallery's tower, grown to this size. */
function boardOf(floors: number, columns: number): Show & { readonly screen: ScreenOf<'board'> } {
  const show = named('board');
  if (show.screen.kind !== 'board') throw new Error('no board');
  return { ...show, screen: grown(show.screen, floors, columns) };
}

function overviewShow(): Show {
  const show = named('buildings');
  if (show.screen.kind !== 'buildings') throw new Error('no buildings');
  const overview = overviewIn(
    sayIn('en'),
    Array.from({ length: 20 }, () => [25, 10] as const),
  );
  const buildings = overview.buildings.map((_, n) => ({
    id: `b${n}`,
    name: `T${n + 1}`,
    floors: 25,
    open: 40,
    total: 250,
  }));
  return { ...show, screen: { ...show.screen, buildings, overview } };
}
