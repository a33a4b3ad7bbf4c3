// The screens look as they were approved: some thirty pictures, compared with a tolerance for fonts and none for layout.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approvalCommand,
  approvedFolder,
  compareWithApproved,
  keepsake,
  leaveForTheEye,
} from './approved-looks.ts';
import { type Darkroom, openDarkroom, type Pixels } from './darkroom.ts';
import { openBrowser } from './kiosk-page.ts';
import { differenceOf } from './look-difference.ts';
import { type Look, looks } from './looks.ts';
import { takeLook } from './take-look.ts';

/** the board is the densest; most are half of it */
const maxBytes = 20 * 1024;
const maxBytesTogether = 400 * 1024;

let browser: Browser;
let darkroom: Darkroom;
beforeAll(async () => {
  browser = await openBrowser();
  darkroom = await openDarkroom(browser);
});
afterAll(() => browser?.close());

describe('U27 U32 looks as approved', () => {
  it.each(Object.entries(looks))('%s', async (name, look) => {
    const taken = await keepsake(darkroom, await takeLook(browser, look));
    const spots = await compareWithApproved(darkroom, name, taken);
    if (spots?.length === 0) return;
    const file = await leaveForTheEye(darkroom, name, taken, spots);
    const what = spots ? `differs in ${spots.length} places` : 'was never approved';
    expect.fail(`${name} ${what}: look at ${file}; if it is meant: ${approvalCommand} ${name}`);
  });

  it('the pictures are small, and none is left over', () => {
    const files = readdirSync(approvedFolder);
    const bytes = files.map((file) => statSync(join(approvedFolder, file)).size);
    expect(new Set(files)).toEqual(new Set(Object.keys(looks).map((name) => `${name}.webp`)));
    expect(Math.max(...bytes)).toBeLessThanOrEqual(maxBytes);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(maxBytesTogether);
  });
});

describe('the comparison', () => {
  const home = looks['home'] as Look;
  let plain: Pixels;
  beforeAll(async () => {
    plain = await kept(await takeLook(browser, home));
  });
  const kept = async (screenshot: Buffer): Promise<Pixels> =>
    darkroom.pixels(await keepsake(darkroom, screenshot));

  it.each([
    ['a button moved by 24 px', '.ease{translate:-24px 0}'],
    ['another colour', ':host{--seal:#2a4ab5}'],
    ['larger text', 'h1{font-size:3rem}'],
    ['a word that went', 'h1{visibility:hidden}'],
    ['a rule that went', 'k-bar{visibility:hidden}'],
  ])('sees %s', async (_what, css) => {
    expect(differenceOf(plain, await kept(await takeLook(browser, home, css)))).not.toEqual([]);
  });

  it('does not see another smoothing of glyphs', async () => {
    const other = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text', '--disable-font-subpixel-positioning'],
    });
    try {
      for (const look of [home, looks['unit'] as Look]) {
        const [ours, theirs] = [await takeLook(browser, look), await takeLook(other, look)];
        expect(theirs.equals(ours)).toBe(false);
        expect(differenceOf(await kept(ours), await kept(theirs))).toEqual([]);
      }
    } finally {
      await other.close();
    }
  });

  it('does not see glyphs drawn a trace heavier', async () => {
    const heavier = await takeLook(browser, home, '*{-webkit-text-stroke:0.2px}');
    expect(differenceOf(plain, await kept(heavier))).toEqual([]);
  });
});
