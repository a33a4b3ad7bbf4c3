// Plays the tour's story at the running product and keeps what was seen as one moving picture.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../demo/demo.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import type { Darkroom } from '../ui/darkroom.ts';
import { animatedWebp, animationMs } from './animated-webp.ts';
import { atRest } from './at-rest.ts';
import { byDay } from './by-day.ts';
import { pictureFolder, tourFile } from './picture-folder.ts';
import { openStage, type Stage, stageSize } from './tour-stage.ts';
import { type Guide, tellTour } from './tour-story.ts';

export async function takeTour(browser: Browser, darkroom: Darkroom, demo: Demo): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1080, height: 1920 },
    reducedMotion: 'reduce',
    hasTouch: true,
  });
  page.setDefaultTimeout(15_000);
  await byDay(page);
  await page.goto(demo.kiosk);
  await page.getByText('轻触屏幕，开始使用').waitFor();
  const stage = await openStage(browser, darkroom);
  await stage.screen(await atRest(page));
  await tellTour(guideOf(page, stage, demo));
  const tour = animatedWebp(stageSize, stage.frames);
  writeFileSync(join(pictureFolder, tourFile), tour);
  console.log(`${tourFile} ${tour.length}, ${stage.frames.length} frames, ${animationMs(tour) / 1_000} s`);
}

function guideOf(page: Page, stage: Stage, { lab }: Demo): Guide {
  const see = async (text: string | RegExp): Promise<void> => {
    await page.getByText(text).first().waitFor({ timeout: 15_000 });
    await stage.screen(await atRest(page));
  };
  const cards = async (): Promise<LabCard[]> => (await (await fetch(`${lab}/api/cards`)).json()) as LabCard[];
  return {
    say: stage.say,
    hold: stage.hold,
    async tap(name, until) {
      const exact = typeof name === 'string';
      const button = page.getByRole('button', { name, exact }).first();
      const box = await button.boundingBox();
      if (!box) throw new Error(`tour: ${name} cannot be touched`);
      await stage.touch(box.x + box.width / 2, box.y + box.height / 2);
      await button.click();
      await see(until);
    },
    async swipe(card, until) {
      stage.paper('card');
      await stage.hold(1_400);
      await fetch(`${lab}/api/cards/${card}/swipe`, { method: 'POST' });
      await see(until);
    },
    async pin(card, until) {
      const pin = (await cards()).find(({ name }) => name === card)?.pin ?? '';
      for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
      await page.getByRole('button', { name: '确认' }).click();
      await see(until);
    },
    async takeSlip() {
      const slips = (await (await fetch(`${lab}/api/slips`)).json()) as { png: string }[];
      const newest = slips.at(-1);
      if (!newest) throw new Error('tour: no slip came out');
      stage.paper(Buffer.from(await (await fetch(new URL(newest.png, lab))).arrayBuffer()));
    },
    leaveSlip: () => stage.paper(undefined),
  };
}
