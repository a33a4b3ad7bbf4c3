// IT's orders from afar, from the typed `yingbin` to the terminal and back: shipped headquarters with its door and broker, a shipped
// terminal under its keeper, a real browser in front of it, a simulated reader.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writePrivate } from '../../provisioning/write-terminal.ts';
import { diagnosisSchema } from '../../sync/contract/diagnosis.ts';
import { openDemoFolder } from '../demo/demo-folder.ts';
import { type FleetHeadquarters, startFleetHeadquarters } from '../demo/fleet/fleet-headquarters.ts';
import { type ShippedTerminal, startShippedTerminal } from '../demo/fleet/shipped-terminal.ts';
import { askDoor, type ClientPair } from '../simulators/blank-device.ts';
import { openFleetLine } from '../simulators/fleet-terminal.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { eventually } from './product.ts';

const programs = fileURLToPath(new URL('../../dist/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'yingbin-orders-'));
const place = join(folder, 'hall-01');
/** the folder that systemd would give it, and that its units would watch */
const asks = join(folder, 'run');
/** read by nobody before; found nowhere afterwards */
const tag = '00c0ffee42';
const patienceMs = 120_000;
const ending = new AbortController();

let headquarters: FleetHeadquarters;
let reader: SimulatedReader;
let terminal: ShippedTerminal;
let browser: Browser;
let page: Page;
let before: string | undefined;

beforeAll(async () => {
  before = process.env['RUNTIME_DIRECTORY'];
  for (const each of [place, asks, `${asks}-screenshot`]) mkdirSync(each, { mode: 0o700 });
  const demo = openDemoFolder(join(folder, 'demo'), true, new Date());
  headquarters = await startFleetHeadquarters(demo, { programs, port: 0, signal: ending.signal });
  reader = await SimulatedReader.start();
  const csv = join(folder, 'devices.csv');
  writeFileSync(csv, 'terminal,code,site,model,project,ring,serial\nhall-01,H01,riverside,pi5-21,,,\n');
  expect(await yingbin('import', csv)).toMatchObject({ code: 0 });
  const at = JSON.stringify({ kind: 'rdm6300', at: reader.address });
  expect(await yingbin('config', 'set', 'device:hall-01', `reader=${at}`)).toMatchObject({ code: 0 });
  const claims = join(folder, 'claims');
  expect(await yingbin('claim', 'hall-01', '--out', claims)).toMatchObject({ code: 0 });
  const claimFile = join(place, 'yingbin-claim.json');
  writePrivate(claimFile, readFileSync(join(claims, 'hall-01', 'yingbin-claim.json'), 'utf8'));
  process.env['RUNTIME_DIRECTORY'] = asks;
  terminal = await startShippedTerminal(
    { programs, folder: place, port: 0, signal: ending.signal },
    claimFile,
  );
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
  // its devices come with its set-up, for which it starts again
  await eventually(() => page.goto(terminal.screen).then(() => undefined), patienceMs);
  await eventually(async () => {
    const { devices } = JSON.parse((await yingbin('list', '--json')).out);
    expect(devices[0]).toMatchObject({ terminal: 'hall-01', online: true });
    expect(reader.clients).toBe(1);
  }, patienceMs);
  await eventually(
    () => page.waitForSelector('kiosk-app[revision]', { timeout: 5_000 }).then(() => undefined),
    patienceMs,
  );
}, 300_000);

afterAll(async () => {
  if (before === undefined) delete process.env['RUNTIME_DIRECTORY'];
  else process.env['RUNTIME_DIRECTORY'] = before;
  await browser?.close();
  await terminal?.close();
  await headquarters?.close();
  await reader?.close();
  ending.abort();
  rmSync(folder, { recursive: true, force: true });
}, patienceMs);

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** As IT types it. */
async function yingbin(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(programs, 'provisioning/yingbin.js'), ...args], {
    env: { ...process.env, ...headquarters.env, LANG: 'en_GB.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: ending.signal,
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

const jsonOf = async (running: Promise<Ran>) => {
  const { code, out, err } = await running;
  expect(err).toBe('');
  return { code, ...JSON.parse(out) };
};
/** what the screen says */
const sees = (words: RegExp) =>
  page.locator('k-summons').getByText(words).first().waitFor({ timeout: patienceMs });
const auditOf = async (...more: string[]) => (await yingbin('audit', '--json', ...more)).out;

it(
  'identify: the terminal says its name in large letters until somebody there has seen it',
  async () => {
    const running = jsonOf(yingbin('identify', 'hall-01', '--wait', '90', '--json'));
    await sees(/H01/);
    await page.locator('k-summons button').click();
    const { code, orders } = await running;
    expect([code, orders[0]]).toMatchObject([0, { state: 'done', detail: { closedAtScreen: true } }]);
  },
  patienceMs,
);

it(
  'run-diagnosis: the report comes to the door, is read by who may, and that it was read is written down',
  async () => {
    const out = join(folder, 'reports');
    const { reports, orders } = await jsonOf(yingbin('diagnose', 'hall-01', '--out', out, '--json'));
    expect(orders[0]).toMatchObject({ state: 'done', detail: { isBrought: true } });
    const report = v.parse(diagnosisSchema, reports[0]);
    expect(report.checks.length).toBeGreaterThanOrEqual(18);
    expect(report.tookMs).toBeLessThan(30_000);
    const stateOf = (name: string) => report.checks.find(({ check }) => check === name)?.state;
    expect(['headquarters', 'broker', 'certificate', 'reader', 'screen-paint'].map(stateOf)).not.toContain(
      'bad',
    );
    const file = join(out, 'hall-01.json');
    expect(v.is(diagnosisSchema, JSON.parse(readFileSync(file, 'utf8')))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await auditOf('--limit', '20')).toContain('upload-viewed');
  },
  patienceMs,
);

it(
  'take-screenshot: without a camera there is none and a code says so; with one it comes as it was taken',
  async () => {
    const none = await jsonOf(yingbin('screenshot', 'hall-01', '--json', '--out', folder));
    expect([none.code, none.files, none.orders[0]]).toMatchObject([
      1,
      [],
      { state: 'failed', code: 'no-camera' },
    ]);
    expect(readdirSync(asks)).toEqual([]);
    // whoever watches the folder
    const picture = await page.screenshot();
    const running = jsonOf(yingbin('screenshot', 'hall-01', '--json', '--out', folder));
    const order = join(asks, 'take-screenshot');
    await eventually(() => expect(existsSync(order)).toBe(true), patienceMs);
    const name = readFileSync(order, 'utf8').trim();
    expect(name).toMatch(/^[0-9a-f]{32}$/);
    rmSync(order);
    writeFileSync(join(folder, 'picture'), picture);
    writeFileSync(join(`${asks}-screenshot`, `${name}.png`), picture);
    const { code, files } = await running;
    expect([code, files.length]).toEqual([0, 1]);
    expect(readFileSync(files[0]).equals(picture)).toBe(true);
  },
  patienceMs,
);

it(
  'S43 test-reader: a swipe tells kind, bits and tail; nobody is checked in, and the number is nowhere',
  async () => {
    const running = jsonOf(yingbin('reader-test', 'hall-01', '--wait', '90', '--json'));
    await sees(/请刷一张卡/);
    reader.present(tag, 1_000);
    const { code, orders } = await running;
    expect([code, orders[0]]).toMatchObject([
      0,
      { state: 'done', detail: { reader: 'reader', technology: 'em4100' } },
    ]);
    expect(orders[0].detail.tail).toMatch(/^••••\w{4}$/);
    expect(orders[0].detail.bits).toBeGreaterThan(16);
    const { value } = await headquarters.client
      .get('/facts?after=0&limit=1000', v.object({ facts: v.array(v.object({ kind: v.string() })) }))
      .then(({ facts }) => ({ value: facts.map(({ kind }) => kind) }));
    expect(value).toContain('order-progressed');
    expect(value).not.toContain('check-in-recorded');
    expect(filesWith(tag.slice(2))).toEqual([]);
    // control: what is there is found
    expect(filesWith('hall-01').length).toBeGreaterThan(3);
  },
  patienceMs,
);

it(
  'rotate-certificate: another one is in use, and the terminal serves on with it',
  async () => {
    const old = pairNow();
    const { code, orders } = await jsonOf(yingbin('rotate', 'hall-01', '--wait', '90', '--json'));
    expect([code, orders[0]]).toMatchObject([0, { state: 'done' }]);
    expect(pairNow().certificate).not.toBe(old.certificate);
    expect(await jsonOf(yingbin('print-test', 'hall-01', '--wait', '60', '--json'))).toMatchObject({
      orders: [{ state: 'failed', code: 'no-printer' }],
    });
  },
  patienceMs,
);

it('send-log: -f shows lines as they come, and ends by itself', async () => {
  const running = yingbin('logs', 'hall-01', '-f', '--minutes', '1');
  // something to be logged meanwhile
  reader.unplug();
  const { code, out } = await running;
  const lines = out.trim().split('\n');
  expect([code, lines.length > 1]).toEqual([0, true]);
  expect(out).toMatch(/reader/);
  expect(out).not.toContain(tag.slice(2));
}, 180_000);

it(
  'reboot: the system is asked by a file; where nobody takes it the order fails and the file goes',
  async () => {
    const unheard = await jsonOf(yingbin('reboot', 'hall-01', '--wait', '60', '--json'));
    expect([unheard.code, unheard.orders[0]]).toMatchObject([1, { state: 'failed', code: 'system-unheard' }]);
    expect(readdirSync(asks)).toEqual([]);
    const running = jsonOf(yingbin('reboot', 'hall-01', '--wait', '10', '--json'));
    await eventually(() => expect(readdirSync(asks)).toEqual(['reboot']), patienceMs);
    rmSync(join(asks, 'reboot'));
    const { code, orders } = await running;
    // done only when the machine is up again, which this one never is
    expect([code, orders[0].state]).toEqual([1, 'running']);
  },
  patienceMs,
);

it('S60 retire: sends what waits, leaves nothing of itself, and its certificate opens nothing any more', async () => {
  const pair = pairNow();
  const { ca, url } = { ca: headquarters.door.root, url: brokerUrl() };
  const { devices } = await jsonOf(yingbin('retire', 'hall-01', '--json'));
  expect(devices[0]).toMatchObject({ terminal: 'hall-01', error: null, isOrdered: true });
  await eventually(() => expect(readdirSync(place)).not.toContain('config.json'), patienceMs);
  await eventually(async () => {
    expect((await jsonOf(yingbin('show', 'hall-01', '--json'))).device.state).toBe('retired');
  }, patienceMs);
  await eventually(
    () => expect(readdirSync(place).filter((name) => /key|identity|data|claim/.test(name))).toEqual([]),
    patienceMs,
  );
  expect(readFileSync(join(asks, 'wifi'), 'utf8')).toBe('forget\n');
  const line = await openFleetLine(url, { ca, cert: pair.certificate, key: pair.privateKey });
  expect(line).toBe('refused');
  expect((await askDoor(headquarters.door, '/releases/x', { pair })).status).toBeGreaterThanOrEqual(401);
  expect(await auditOf('--about', 'hall-01')).toMatch(/retire/);
}, 300_000);

function pairNow(): ClientPair {
  const current = readFileSync(pairFile(), 'utf8');
  const at = current.indexOf('-----BEGIN CERTIFICATE-----');
  return at < 0
    ? { certificate: '', privateKey: current }
    : { certificate: current.slice(at), privateKey: current.slice(0, at) || current };
}

const configNow = () =>
  JSON.parse(readFileSync(join(place, 'config.json'), 'utf8')) as {
    readonly broker: { readonly url: string[]; readonly tls: { readonly keyFile: string } };
  };
const pairFile = (): string => join(place, configNow().broker.tls.keyFile);
const brokerUrl = (): string => configNow().broker.url[0] ?? '';

/** Of both programs: everything that they keep. */
function filesWith(word: string, at = folder): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (entry.isDirectory()) return filesWith(word, path);
    return entry.isFile() && readFileSync(path).includes(word) ? [path] : [];
  });
}
