// Makes the pictures of the README and of ui/guides: `npm run -s build && node dist/test/pictures/main.js [screens] [demo] [tour] [fleet]`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.ts';
import { openDarkroom } from '../ui/darkroom.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { pictureFolder } from './picture-folder.ts';
import { takeDesks, takeHero } from './take-demo-pictures.ts';
import { takeFleet } from './take-fleet-pictures.ts';
import { takeGuideScreens } from './take-guide-screens.ts';
import { takeTour } from './take-tour.ts';

const all = ['screens', 'demo', 'tour', 'fleet'] as const;
const named = process.argv.slice(2);
const wanted = named.length === 0 ? new Set<string>(all) : new Set(named);

mkdirSync(pictureFolder, { recursive: true });
const browser = await openBrowser();
try {
  const darkroom = await openDarkroom(browser);
  if (wanted.has('screens')) await takeGuideScreens(browser, darkroom);
  if (wanted.has('fleet')) await takeFleet(browser, darkroom);
  if (wanted.has('tour') || wanted.has('demo')) {
    await withDemo(async (demo) => {
      if (wanted.has('demo')) await takeHero(browser, darkroom, demo);
      // before the desks: what it files is what headquarters shows
      await takeTour(browser, darkroom, demo);
      if (wanted.has('demo')) await takeDesks(browser, darkroom, demo);
    });
  }
} finally {
  await browser.close();
}

async function withDemo(use: (demo: Awaited<ReturnType<typeof startDemo>>) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'yingbin-pictures-'));
  try {
    const demo = await startDemo({
      data: join(data, 'demo'),
      isFresh: true,
      ports: { kiosk: 0, lab: 0, headquarters: 0, mqtt: 0 },
      onProgress: (step) => console.log(step),
    });
    await use(demo).finally(() => demo.close());
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
