// The guides' pictures of the terminal, out of the gallery: no device, no network, always the same day.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Darkroom } from '../ui/darkroom.ts';
import { takeLook } from '../ui/take-look.ts';
import { guideScreens } from './guide-screens.ts';
import { pictureFolder } from './picture-folder.ts';

export async function takeGuideScreens(browser: Browser, darkroom: Darkroom): Promise<void> {
  for (const [name, look] of Object.entries(guideScreens)) {
    const picture = await darkroom.webp(await takeLook(browser, look), 2.5, 0.72);
    writeFileSync(join(pictureFolder, `${name}.webp`), picture);
    console.log(`${name}.webp ${picture.length}`);
  }
}
