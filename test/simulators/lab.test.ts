// The lab over HTTP, and its page in a real Chromium, against the real simulators.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { benchCards, type LabBench, openLabBench, printSlip } from './lab-bench.ts';
import { rdm6300Frame } from './rdm6300-reader.ts';

let bench: LabBench;
beforeEach(async () => {
  bench = await openLabBench();
});
afterEach(async () => {
  await bench.close();
});

const frameOf = (index: number): string => rdm6300Frame(benchCards[index]?.number ?? '').toString('latin1');

describe('the lab over HTTP', () => {
  const post = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${bench.lab.address}/api/${path}`, { method: 'POST', headers });

  it('a swipe sends the card to whoever listens to the reader', async () => {
    expect((await post('cards/wang-fang/swipe')).status).toBe(200);
    await vi.waitFor(() => expect(bench.heard()).toContain(frameOf(0)));
  });

  it('an unknown card, switch or slip is not found', async () => {
    const codes = await Promise.all(
      ['cards/nobody/swipe', 'printer/explode', 'toaster/on'].map(async (path) => {
        const answer = await post(path);
        return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
      }),
    );
    expect(codes).toEqual([
      [404, 'unknown-card'],
      [404, 'unknown-switch'],
      [404, 'unknown-switch'],
    ]);
    expect((await fetch(`${bench.lab.address}/api/slips/7.png`)).status).toBe(404);
  });

  it('another host name or another page may not press switches', async () => {
    expect(await statusFor(bench.lab.address, 'lab.example')).toBe(403);
    expect(await statusFor(bench.lab.address, new URL(bench.lab.address).host)).toBe(200);
    expect((await post('printer/paper-out', { Origin: 'http://evil.example' })).status).toBe(403);
    expect(bench.printer.state.hasPaper).toBe(true);
  });

  it('a switch that fails says why', async () => {
    bench.terminal.cannotStart = true;
    const answer = await post('terminal/start');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      error: { code: 'lab-switch-failed', message: 'config-unreadable: the config file is not there.' },
    });
  });

  it('the page may load and call nothing but the lab', async () => {
    const page = await fetch(bench.lab.address);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';/,
    );
    expect(await page.text()).not.toMatch(/style=|<script>/);
  });

  it('slips come with their text and a picture', async () => {
    await printSlip(bench.printer.port, 'WELCOME');
    const slips = (await (await fetch(`${bench.lab.address}/api/slips`)).json()) as {
      text: string;
      png: string;
    }[];
    expect(slips).toMatchObject([{ text: expect.stringContaining('WELCOME'), png: '/api/slips/1.png' }]);
    const picture = await fetch(bench.lab.address + slips[0]?.png);
    expect(picture.headers.get('content-type')).toBe('image/png');
  });
});

describe('the lab in a browser', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
      ],
    });
  });
  afterAll(() => browser.close());

  const open = async (locale = 'en-GB', viewport = { width: 1280, height: 800 }): Promise<void> => {
    complaints.length = 0;
    const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(bench.lab.address);
    await page.locator('[data-card]').first().waitFor();
  };
  afterEach(() => page?.context().close());
  const press = (name: string): Promise<void> => page.locator(`[data-switch=${name}]`).click();

  it('a tapped card reaches the reader, and so does a card that is carried there', async () => {
    await open();
    await page.locator('[data-card=wang-fang]').click();
    await vi.waitFor(() => expect(bench.heard()).toContain(frameOf(0)));
    await page.locator('card-tray .away').waitFor({ state: 'detached' });

    const from = await page.locator('[data-card=blocked]').boundingBox();
    const to = await page.locator('lab-reader').boundingBox();
    if (!from || !to) throw new Error('card or reader is not drawn');
    await page.mouse.move(from.x + 30, from.y + 30);
    await page.mouse.down();
    await page.mouse.move(to.x + 90, to.y + 90, { steps: 6 });
    await page.mouse.up();
    await vi.waitFor(() => expect(bench.heard()).toContain(frameOf(2)));
    await page.locator('[data-experiment=blocked].done').waitFor();
    expect(complaints).toEqual([]);
  });

  it('a card that is let go elsewhere falls back into the tray', async () => {
    await open();
    await page.locator('[data-card=wang-fang]').hover();
    await page.mouse.down();
    await page.mouse.move(640, 20, { steps: 4 });
    await page.mouse.up();
    await page.locator('card-tray .away').waitFor({ state: 'detached' });
    await page.locator('[data-card=li-xiaoming]').press('Enter');
    await vi.waitFor(() => expect(bench.heard()).toContain(frameOf(1)));
    expect(bench.heard()).not.toContain(frameOf(0));
  });

  it('a printed slip comes out as a picture, opens large and has its text', async () => {
    await open();
    await page.locator('[data-card=wang-fang]').click();
    await vi.waitFor(() => expect(bench.heard()).toContain(frameOf(0)));
    await printSlip(bench.printer.port, 'FIRST');
    await printSlip(bench.printer.port, 'SECOND');
    await page.locator('[data-slip="2"]').waitFor();
    await page.locator('lab-printer img.out[src="/api/slips/2.png"]').waitFor();
    await page.locator('[data-experiment=swipe].done').waitFor();
    await page.locator('[data-slip="1"]').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Text', exact: true }).click();
    expect(await page.locator('dialog pre').textContent()).toContain('FIRST');
    await page.keyboard.press('ArrowRight');
    await vi.waitFor(async () => expect(await page.locator('dialog pre').textContent()).toContain('SECOND'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('switches change the devices, and what devices do changes the switches', async () => {
    await open();
    await press('paper-out');
    await vi.waitFor(() => expect(bench.printer.state.hasPaper).toBe(false));
    await press('paper-low');
    await vi.waitFor(() => expect(bench.printer.state).toMatchObject({ hasPaper: true, isPaperLow: true }));
    await press('paper-full');
    await vi.waitFor(() => expect(bench.printer.state.isPaperLow).toBe(false));
    await press('online');
    await vi.waitFor(() => expect(bench.printer.state.isOffline).toBe(true));
    await press('power');
    await vi.waitFor(() => expect(bench.terminal.isRunning).toBe(false));
    await page.getByRole('button', { name: 'Plug it in' }).waitFor();
    await press('network');
    await page.getByRole('button', { name: 'Mend the cable' }).waitFor();
    await press('presence');
    await press('housing');
    await page.locator('[data-switch=housing][aria-checked=true]').waitFor();
    await page.locator('[data-switch=presence][aria-checked=true]').waitFor();
    await press('help');
    await page.getByText('Help button was pressed').waitFor();
    bench.printer.openCover();
    await page.locator('[data-switch=cover][aria-checked=true]').waitFor();
    bench.terminal.isRunning = true;
    await page.getByRole('button', { name: 'Pull the plug' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('a device has a sheet: another one is fitted, faults are set, and the rest of the bench stays in reach', async () => {
    await open();
    await page.locator('[data-sheet=reader]').click();
    await page.locator('[data-model=magtek]').click();
    await page.locator('[data-model=magtek][aria-pressed=true]').waitFor();
    expect(bench.terminal.fitted?.reader.kind).toBe('magtek');
    await bench.listenAgain();
    await page.locator('[data-tab=faults]').click();
    await page.locator('[data-fault=bank-card]').waitFor();
    await page.locator('[data-fault=unplug]').click();
    await page.locator('lab-reader').getByText('unplugged').waitFor();
    await page.locator('lab-reader').getByText('1 fault').waitFor();
    await page.locator('[data-fault=unplug]').click();
    await page.locator('lab-reader').getByText('1 fault').waitFor({ state: 'detached' });
    await page.locator('[data-card=wang-fang]').click();
    await page.locator('card-tray .away').waitFor({ state: 'detached' });
    await page.locator('device-sheet section').press('Escape');
    await page.locator('device-sheet').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('an experiment that begins with a fault shows where that is', async () => {
    await open();
    await page.locator('[data-experiment=shortRoll] .there').click();
    await page.locator('[data-fault=next-slip-paper-out]').click();
    await page.locator('[data-fault=next-slip-paper-out][aria-checked=true]').waitFor();
    await page.locator('[data-experiment=shortRoll] .taken').first().waitFor({ state: 'attached' });
    await page.locator('[data-fault=proof-late]').click();
    await page.locator('[data-fault=proof-late][aria-pressed=true]').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['zh-CN', 'reader', 'shelf'],
    ['en-GB', 'reader', 'faults'],
    ['zh-CN', 'printer', 'faults'],
    ['en-GB', 'printer', 'shelf'],
    ['en-GB', 'panel', null],
  ])('in %s the sheet of the %s (%s) fits and has no barriers', async (locale, device, tab) => {
    await open(locale);
    await page.locator(`[data-sheet=${device}]`).click();
    if (tab) await page.locator(`[data-tab=${tab}]`).click();
    await page.locator('device-sheet section').waitFor();
    expect(await pageSize(page)).toEqual([1280, 800]);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await pageSize(page))[0]).toBe(390);
  });

  it('says why a switch failed, and when the lab is gone, until it is back', async () => {
    await open();
    await press('power');
    bench.terminal.cannotStart = true;
    await page.getByRole('button', { name: 'Plug it in' }).click();
    await page.getByText('That did not work: config-unreadable').waitFor();
    await bench.restartLab(() => page.getByText('The bench does not answer').waitFor());
    await page.getByText('The bench does not answer').waitFor({ state: 'detached' });
  });

  it.each([
    ['zh-CN', '打开终端屏幕'],
    ['en-GB', 'Open the screen'],
  ])('speaks the language of a %s browser, fits, and has no barriers', async (locale, words) => {
    await open(locale);
    await page.getByRole('link', { name: words }).waitFor();
    expect(await pageSize(page)).toEqual([1280, 800]);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await pageSize(page))[0]).toBe(390);
    await press('language');
    await page.getByRole('link', { name: words }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

function pageSize(page: Page): Promise<[number, number]> {
  return page.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]');
}

async function barriers(page: Page): Promise<unknown> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return page.evaluate(`(async () => {
    ${axe}
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 120) + failureSummary).join(' | '));
  })()`);
}

/** fetch() does not let one lie about the host. */
function statusFor(address: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${address}/api/state`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('error', reject);
    asking.end();
  });
}
