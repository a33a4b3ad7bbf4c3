// The picture of the screen as the shipped script takes it: a real compositor without a display, a real browser, grim.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HeadlessCompositor } from '../simulators/headless-compositor.ts';
import { scratchFolder } from '../sync/scratch.ts';

const script = fileURLToPath(new URL('../../provisioning/systemd/take-screenshot', import.meta.url));
const name = 'a'.repeat(32);
const green = [10, 125, 60];
const patience = { timeout: 60_000, interval: 250 };

const compositor = new HeadlessCompositor();
beforeAll(() => compositor.start(`data:text/html,<body style="margin:0;background:rgb(${green})">`));
afterAll(() => compositor.close());

/** @param order what the terminal wrote. @param screen where the compositor's socket is looked for */
function pictures(order: string, screen = compositor.folder, earlier: readonly string[] = []) {
  const folder = scratchFolder();
  for (const each of ['credentials', 'pictures']) mkdirSync(join(folder, each));
  writeFileSync(join(folder, 'credentials', 'order'), order);
  for (const each of earlier) writeFileSync(join(folder, 'pictures', each), '');
  const { status } = spawnSync('sh', ['-c', 'umask 027; exec "$0"', script], {
    env: {
      PATH: process.env['PATH'],
      CREDENTIALS_DIRECTORY: join(folder, 'credentials'),
      RUNTIME_DIRECTORY: join(folder, 'pictures'),
      YINGBIN_SCREEN_DIRECTORY: screen,
    },
  });
  const at = join(folder, 'pictures', `${name}.png`);
  return { status, left: readdirSync(join(folder, 'pictures')), at };
}

describe('a picture of the screen', () => {
  it('shows what the compositor shows, under the name that was asked for, and lets earlier ones go', async () => {
    await vi.waitFor(() => {
      expect(compositor.isUp).toBe(true);
      const { status, left, at } = pictures(`${name}\n`, undefined, ['old.png', 'torn.part']);
      expect([status, left]).toEqual([0, [`${name}.png`]]);
      const { width, height, data } = PNG.sync.read(readFileSync(at));
      expect([width > 500, height > 500]).toEqual([true, true]);
      expect([...data.subarray(0, 3)]).toEqual(green);
      // of its own user and the terminal's group
      expect(statSync(at).mode & 0o777).toBe(0o640);
    }, patience);
  }, 90_000);

  it.each([
    '',
    '../../etc/passwd',
    'A'.repeat(32),
    'a'.repeat(31),
    'a'.repeat(33),
    `${'a'.repeat(16)}\n${'b'.repeat(15)}`,
  ])('S21 is not taken under the name %j', (order) => {
    expect(pictures(order)).toMatchObject({ status: 1, left: [] });
  });

  it('is none where no compositor runs', () => {
    expect(pictures(`${name}\n`, scratchFolder())).toMatchObject({ status: 1, left: [] });
  });
});
