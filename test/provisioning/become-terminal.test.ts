// The shipped command makes a serving terminal of a blank folder: the page explains itself meanwhile, at one address.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../simulators/mosquitto.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { type FleetDoor, startFleetDoor } from './fleet-door.ts';

const program = fileURLToPath(new URL('../../dist/provisioning/yingbin.js', import.meta.url));
const patience = { timeout: 60_000, interval: 100 };
let browser: Browser;
let door: FleetDoor;
beforeAll(async () => {
  browser = await openBrowser();
  door = await startFleetDoor();
});
afterAll(async () => {
  await browser?.close();
  await door?.close();
});

function run(...args: readonly string[]): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  });
  return { child, said: () => text };
}

it('S36 S37 a blank terminal shows its code, is let in, and serves at the address where the page was', {
  timeout: 180_000,
}, async () => {
  const folder = scratchFolder();
  const config = join(folder, 'terminal', 'config.json');
  const claim = join(folder, 'claim.json');
  const port = await freePort();
  const paper = { v: 1, headquarters: door.headquarters, root: door.authority.rootHash };
  writeFileSync(claim, JSON.stringify(paper));
  const terminal = run('terminal', '--config', config, '--claim', claim, '--port', `${port}`);
  const addressFile = join(folder, 'terminal', 'data', 'run', 'screen-address');
  await vi.waitFor(() => expect(existsSync(addressFile)).toBe(true), patience);
  const address = readFileSync(addressFile, 'utf8').trim();
  expect(new URL(address).port).toBe(`${port}`);
  const stranger = await fetch(`http://127.0.0.1:${port}/`);
  expect(stranger.status).toBe(401);
  expect(stranger.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await browser.newPage();
  await page.goto(address);
  const shown = page.locator('enrolling-screen .code');
  await shown.waitFor({ timeout: 60_000 });
  const code = (await shown.textContent()) ?? '';
  expect(code).toMatch(/^[0-9A-Z]{6}$/);
  await door.approve(code, 'h21');
  // the same page, never loaded by hand, finds the terminal behind its address
  await page
    .locator('attract-screen')
    .waitFor({ timeout: 90_000 })
    .catch((cause: unknown) => {
      throw new Error(terminal.said(), { cause });
    });
  expect(JSON.parse(readFileSync(config, 'utf8')).terminal).toBe('h21');
  expect(readFileSync(addressFile, 'utf8').trim()).toBe(address);
  expect(terminal.child.exitCode).toBeNull();
  await page.close();
});

it('is set up by hand with the text of a label, and says each step', { timeout: 120_000 }, async () => {
  const config = join(scratchFolder(), 'config.json');
  const claim = await door.claimFor('h22');
  const { child, said } = run(
    'enrol',
    '--config',
    config,
    '--claim',
    JSON.stringify(claim),
    '--port',
    '18080',
    '--language',
    'en',
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(said()).toContain('✓ h22');
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(config, 'utf8')).screen).toEqual({ port: 18_080 });
  expect(said()).toContain('… 1/9 Network\n');
  expect(said()).toContain('✓ 7/9 Message line\n');
  expect(existsSync(join(config, '..', 'typed-claim.json'))).toBe(false);
  expect(said()).not.toContain(claim.claim);
});

it('takes no claim that cannot be one', { timeout: 60_000 }, async () => {
  const config = join(scratchFolder(), 'config.json');
  const claim = await door.claimFor('h23');
  const typed = claim.claim.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const by = ['--terminal', 'h23', '--headquarters', claim.headquarters, '--root', claim.root];
  const { child } = run('enrol', '--config', config, '--claim', typed, ...by);
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(2);
  expect(existsSync(config)).toBe(false);
});
