// The guides are true to the screens: every picture is there and small, every name is said by a screen, the poster is one sheet.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../kiosk/config.ts';
import { printPage } from '../journeys/print-page.ts';
import { animationMs } from '../pictures/animated-webp.ts';
import {
  guidesFolder,
  maxFolderBytes,
  maxPictureBytes,
  maxTourBytes,
  pictureFolder,
  tourFile,
} from '../pictures/picture-folder.ts';
import { rootFolder } from './gallery-server.ts';
import { openBrowser } from './kiosk-page.ts';

const guides = readdirSync(guidesFolder).filter((file) => /\.(md|html)$/.test(file));
const textOf = (file: string): string => readFileSync(join(guidesFolder, file), 'utf8');
const pictures = readdirSync(pictureFolder);
/** used by the README of the whole */
const elsewhere = ['hero.webp', tourFile];

/** Every sentence of the screens and of the console, as it is written in their sources. */
const spoken = [join(rootFolder, 'ui'), join(rootFolder, 'kiosk')]
  .flatMap(sourcesIn)
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** `b` of the poster is a name in English only; its Chinese ones are headings */
function namesIn(file: string): string[] {
  const text = textOf(file);
  const found = file.endsWith('.md')
    ? text.matchAll(/「(.+?)」|\*\*(.+?)\*\*/g)
    : text.matchAll(/「(.+?)」|<p lang="en">[^<]*<b>(.+?)<\/b>/g);
  return [...found].map(([, zh, en]) => zh ?? en ?? '');
}

const unsaid = (names: readonly string[], source: string): string[] =>
  names.filter((name) => !["'", '"', '`'].some((quote) => source.includes(quote + name + quote)));

describe('the guides', () => {
  it.each(guides.filter((file) => file !== 'README.md'))('%s names only what a screen says', (file) => {
    const names = namesIn(file);
    expect(names.length).toBeGreaterThan(3);
    expect(unsaid(names, spoken)).toEqual([]);
  });

  it('show every picture there is, and no other', () => {
    const shown = guides.flatMap((file) =>
      [...textOf(file).matchAll(/pictures\/([\w-]+\.webp)/g)].map(([, name]) => name),
    );
    expect(new Set([...shown, ...elsewhere])).toEqual(new Set(pictures));
  });

  it('say what each picture shows', () => {
    const mute = guides.filter((file) => /!\[\s*\]|<img(?![^>]* alt="[^"])/.test(textOf(file)));
    expect(mute).toEqual([]);
  });

  it('have small pictures', () => {
    const bytes = (name: string): number => statSync(join(pictureFolder, name)).size;
    const stills = pictures.filter((name) => name !== tourFile);
    expect(stills.filter((name) => bytes(name) > maxPictureBytes)).toEqual([]);
    expect(stills.reduce((sum, name) => sum + bytes(name), 0)).toBeLessThanOrEqual(maxFolderBytes);
    expect(bytes(tourFile)).toBeLessThanOrEqual(maxTourBytes);
  });

  it('have a tour of about a minute', () => {
    const seconds = animationMs(readFileSync(join(pictureFolder, tourFile))) / 1_000;
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThan(70);
  });

  it('show IT a config with which a terminal starts', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(textOf('it.md')) ?? [];
    const key = Buffer.alloc(32, 1).toString('base64');
    expect(parseConfig(example.replaceAll('…', key), 'it.md').terminal).toBe('hall-01');
  });

  it('can be found wrong', () => {
    expect(unsaid(['呼叫帮助', '按这里'], spoken)).toEqual(['按这里']);
  });
});

describe('the poster', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('is one sheet of A3 with its pictures', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(guidesFolder, 'visitor-poster.html')).href);
    const missing = await page
      .locator('img')
      .evaluateAll((images) =>
        images
          .filter((image) => Reflect.get(image, 'naturalWidth') === 0)
          .map((image) => String(Reflect.get(image, 'src'))),
      );
    expect(missing).toEqual([]);
    const sheets = await printPage(page);
    expect(sheets).toHaveLength(1);
    expect(sheets[0]).toContain('轻触屏幕');
    expect(sheets[0]).toContain('Before you go');
    await page.close();
  });
});
