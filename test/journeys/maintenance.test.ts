// The shipped terminal in a real browser: staff hold the name of the site, give the PIN, look, export, set the volume and restart; the PIN is nowhere afterwards.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { TerminalProgram } from '../demo/terminal-program.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { someKeys } from '../sync/some-keys.ts';
import { openKioskBrowser } from './kiosk-browser.ts';

/** found nowhere else, in no time or size either */
const pin = '73915264';
const folder = mkdtempSync(join(tmpdir(), 'yingbin-maintenance-'));
const profile = mkdtempSync(join(tmpdir(), 'yingbin-profile-'));
const stick = join(folder, 'stick');
const patience = { timeout: 60_000 };

let reader: SimulatedReader;
let printer: SimulatedPrinter;
let terminal: TerminalProgram;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  mkdirSync(stick);
  reader = await SimulatedReader.start();
  printer = await SimulatedPrinter.start();
  terminal = new TerminalProgram({
    script: fileURLToPath(new URL('../../dist/kiosk/main.js', import.meta.url)),
    config: writeTerminal({
      folder: join(folder, 'terminal'),
      fleetKey: Buffer.alloc(32, 9),
      maintenancePin: pin,
      config: {
        v: 1,
        tenant: 'desk',
        terminal: 'hall-01',
        code: 'H01',
        site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
        dataDir: 'data',
        bundles: stick,
        screen: { port: 0 },
        broker: { url: 'mqtt://127.0.0.1:1' },
        headquarters: publicKeysOf(someKeys),
        reader: { kind: 'rdm6300', at: reader.address },
        printer: { kind: 'esc-pos', at: printer.address },
        panel: null,
        desktop: false,
      },
    }),
    dataDir: join(folder, 'terminal', 'data'),
    logFile: join(folder, 'terminal.log'),
  });
  // the terminal writes down all that it holds when it is asked to
  vi.stubEnv('NODE_OPTIONS', `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}`);
  await terminal.start();
  vi.unstubAllEnvs();
  browser = await openKioskBrowser(profile);
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(terminal.screenAddress());
  await see('轻触屏幕，开始使用');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await terminal?.stop();
  await Promise.all([reader?.close(), printer?.close()]);
  for (const each of [folder, profile]) rmSync(each, { recursive: true, force: true });
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const tap = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click();

async function holdTheName(): Promise<void> {
  const box = await page.locator('.site').boundingBox();
  if (!box) throw new Error('the site has no name');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await see('维护密码');
  await page.mouse.up();
}

async function type(digits: string): Promise<void> {
  for (const digit of digits) await tap(digit);
  await tap('确认');
}

/** All that can be reached in it, as JSON. */
async function heapOfTerminal(): Promise<string> {
  terminal.signal('SIGUSR2');
  return await vi.waitFor(() => {
    const file = readdirSync(folder).find((name) => name.endsWith('.heapsnapshot'));
    if (file === undefined) throw new Error('there is none yet');
    const text = readFileSync(join(folder, file), 'utf8');
    JSON.parse(text);
    return text;
  }, patience);
}

it('S39 holding the name alone gives nothing, and neither does a wrong PIN or a short one', async () => {
  await holdTheName();
  expect(await page.getByText('设备与维护').count()).toBe(0);
  for (const digit of '12345') await tap(digit);
  expect(await page.getByRole('button', { name: '确认' }).isDisabled()).toBe(true);
  await tap('6');
  await tap('确认');
  await see(/还可以?.*4|4 次/);
  expect(await page.getByText('设备与维护').count()).toBe(0);
}, 120_000);

it('the PIN opens it: all checks with what to do, the network, sound and the stick', async () => {
  await type(pin);
  await see('设备与维护');
  await tap('检查');
  await see(/有 \d+ 项需要处理/);
  // nobody is at the other end of this line
  await see('与总部的连接');
  expect(await page.locator('.chip').count()).toBeGreaterThanOrEqual(12);
  await tap('网络');
  await tap('重新检查');
  await see('消息服务器');
  await tap('音量亮度');
  await tap('小');
  await expect
    .poll(() => page.locator('[aria-pressed=true]').first().textContent(), patience)
    .toContain('小');
  await tap('系统');
  await tap('存到 U 盘');
  await see(/已存好/);
  const [file = ''] = readdirSync(stick);
  const text = readFileSync(join(stick, file), 'utf8');
  expect(text.length).toBeLessThan(2 * 1024 * 1024);
  const diagnosis = JSON.parse(text) as { checks: { check: string }[]; terminal: string };
  expect(diagnosis.terminal).toBe('hall-01');
  expect(diagnosis.checks.length).toBeGreaterThanOrEqual(18);
}, 180_000);

it('S40 after it is left the PIN is nowhere: not in the page, its memory, the terminal’s, a log, a file or what was exported', async () => {
  await tap('结束并清除');
  await see('轻触屏幕，开始使用');
  const cdp = await browser.newCDPSession(page);
  const heap: string[] = [];
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void heap.push(chunk));
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const snapshot = heap.join('');
  // a control: what is on the screen is found there
  expect(snapshot).toContain('hall-01');
  expect(snapshot.includes(pin)).toBe(false);
  const held = await heapOfTerminal();
  // the control: what it has to hold is found
  expect(held).toContain('hall-01');
  expect(held.includes(pin)).toBe(false);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const holding = files.filter((file) => {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
    const bytes = readFileSync(file);
    return bytes.includes(pin) || bytes.includes(pin, 0, 'utf16le');
  });
  expect(holding).toEqual([]);
  expect(readFileSync(join(folder, 'terminal', 'keys', 'maintenance.pin'), 'utf8')).toMatch(/^scrypt:/);
}, 180_000);

it('a restart of the program asks once more, and the page says what is going on', async () => {
  await holdTheName();
  await type(pin);
  await see('设备与维护');
  await tap('系统');
  await tap('重启程序');
  await see(/约十秒后恢复服务/);
  await tap('重启');
  await page.locator('k-lost').waitFor({ state: 'attached' });
  // what was set is kept
  expect(existsSync(join(folder, 'terminal', 'data', 'look.json'))).toBe(true);
  expect(readFileSync(join(folder, 'terminal', 'data', 'look.json'), 'utf8')).toContain('"volume":1');
}, 120_000);
