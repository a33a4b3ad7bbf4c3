// The picture for support: a real one of a real display, of nobody, five at most, readable by its owner alone.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDesktop } from '../../device/desktop/open-desktop.ts';
import { type Desktop, type DesktopArea, maskAll } from '../../device/desktop.ts';
import { type PictureEnd, SupportPictures } from '../../kiosk/support-pictures.ts';
import { VirtualDisplay } from '../simulators/virtual-display.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { enterPin, kioskBench, maintenancePin } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

const helper = fileURLToPath(new URL('../../dist/device/desktop/desktop-helper.js', import.meta.url));

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

type Camera = Pick<Desktop, 'capabilities' | 'takeScreenshot'>;

/** A camera that is held until it is let go, and tells what it covered. */
function heldCamera() {
  const covered: (readonly DesktopArea[])[] = [];
  let letGo = (): void => {};
  const camera: Camera = {
    capabilities: new Set(['screenshot']),
    takeScreenshot: (areas) => {
      covered.push(areas);
      return new Promise((resolve) => {
        letGo = () => resolve({ kind: 'done', value: Buffer.from('png') });
      });
    },
  };
  return { camera, covered, letGo: () => letGo() };
}

async function inside(camera: Camera | null) {
  const store = await openSmallWorld();
  const folder = join(scratchFolder(), 'support');
  let clock = Date.parse('2026-11-21T06:35:00Z');
  const pictures = new SupportPictures(
    () => camera,
    folder,
    () => {
      clock += 1_000;
      return new Date(clock);
    },
  );
  const ends: Promise<PictureEnd>[] = [];
  const b = kioskBench(store, {
    pictures: {
      get isPossible() {
        return pictures.isPossible;
      },
      take: (...how) => {
        const end = pictures.take(...how);
        ends.push(end);
        return end;
      },
    },
  });
  open.push(store, b.kiosk);
  b.touch({ kind: 'open-maintenance' });
  await enterPin(b, maintenancePin);
  const take = async () => {
    b.touch({ kind: 'take-picture' });
    await vi.waitFor(() => expect(picture()?.kind).not.toBe('taking'), 10_000);
    return picture();
  };
  const picture = () => b.expect('maintenance').picture;
  return { b, folder, take, picture, ends };
}

describe('a picture for support', () => {
  it('is a picture of the display, kept for its owner, told where it lies, and a fact', async () => {
    const display = await VirtualDisplay.start();
    const desktop = openDesktop({ helper, arch: 'x64', env: { DISPLAY: display.name, PATH: '/usr/bin' } });
    open.push({ close: () => display.kill() }, desktop);
    await vi.waitFor(() => expect(desktop.capabilities.has('screenshot')).toBe(true), 10_000);
    const { b, folder, take, picture } = await inside(desktop);
    expect(picture()).toEqual({ kind: 'possible' });
    const saved = await take();
    if (saved?.kind !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
    expect(saved).toMatchObject({ isCovered: false });
    expect(saved.file.startsWith(`${folder}/`)).toBe(true);
    expect(statSync(saved.file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const png = PNG.sync.read(readFileSync(saved.file));
    expect([png.width, png.height]).toEqual([display.width, display.height]);
    expect(png.data.subarray(0, 4)).toEqual(Buffer.from([255, 255, 255, 255]));
    expect(b.facts().at(-1)).toEqual({ kind: 'maintenance-acted', body: { action: 'support-picture' } });
  });

  it('S43 is covered all over when a card was on the screen, and the card is gone from it', async () => {
    const { camera, covered, letGo } = heldCamera();
    const { b, picture } = await inside(camera);
    b.swipe(cards.listed);
    b.touch({ kind: 'take-picture' });
    expect(b.expect('maintenance').card).toBeNull();
    letGo();
    await vi.waitFor(() => expect(picture()).toMatchObject({ kind: 'saved', isCovered: true }));
    b.touch({ kind: 'take-picture' });
    letGo();
    await vi.waitFor(() => expect(picture()).toMatchObject({ kind: 'saved', isCovered: false }));
    expect(covered).toEqual([maskAll, []]);
  });

  it.each([
    ['a card was swiped', (b: ReturnType<typeof kioskBench>) => b.swipe(cards.listed)],
    ['somebody went home', (b: ReturnType<typeof kioskBench>) => b.touch({ kind: 'go-home' })],
  ])('is thrown away unseen when %s meanwhile', async (_, meanwhile) => {
    const { camera, letGo } = heldCamera();
    const { b, folder, ends } = await inside(camera);
    b.touch({ kind: 'take-picture' });
    meanwhile(b);
    const { kind } = b.screen;
    letGo();
    expect(await ends[0]).toEqual({ kind: 'failed', why: 'screen-changed' });
    expect(b.screen.kind).toBe(kind);
    expect(() => readdirSync(folder)).toThrow();
  });

  it('is one at a time, and five are kept, besides what is not ours', async () => {
    const { camera, covered, letGo } = heldCamera();
    const { b, folder, picture } = await inside(camera);
    mkdirSync(folder);
    writeFileSync(join(folder, 'notes.png'), '');
    const files: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      b.touch({ kind: 'take-picture' });
      b.touch({ kind: 'take-picture' });
      letGo();
      await vi.waitFor(() => expect(picture()?.kind).toBe('saved'));
      const saved = picture();
      if (saved?.kind === 'saved') files.push(basename(saved.file));
    }
    expect(covered).toHaveLength(7);
    expect(readdirSync(folder).sort()).toEqual(['notes.png', ...files.slice(-5)]);
  });

  it('that cannot be kept is said so', async () => {
    const { camera, letGo } = heldCamera();
    const { b, folder, picture } = await inside(camera);
    writeFileSync(folder, 'a file where the folder should be');
    b.touch({ kind: 'take-picture' });
    letGo();
    await vi.waitFor(() => expect(picture()).toEqual({ kind: 'failed', why: 'not-saved' }));
  });

  it('N01 is not offered where the machine cannot, and no touch takes one', async () => {
    const { b, picture } = await inside(null);
    const before = b.facts().length;
    b.touch({ kind: 'take-picture' });
    expect(picture()).toBeNull();
    expect(b.facts()).toHaveLength(before);
  });

  it('is for nobody who did not give the PIN', async () => {
    const { camera, covered } = heldCamera();
    const { b } = await inside(camera);
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'take-picture' });
    expect(covered).toEqual([]);
  });

  it('that comes after the end changes nothing any more', async () => {
    const { camera, letGo } = heldCamera();
    const { b, ends } = await inside(camera);
    b.touch({ kind: 'take-picture' });
    b.kiosk.close();
    const shown = b.events.length;
    letGo();
    await ends[0];
    await new Promise((resolve) => setImmediate(resolve));
    b.kiosk.refresh();
    expect(b.events).toHaveLength(shown);
  });
});
