// Makes small pictures of screenshots and reads them back, in a Chromium that is there anyway.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { rootFolder } from './gallery-server.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** four bytes a pixel, row by row */
  readonly rgba: Uint8Array;
}

export interface Darkroom {
  /** @param shrunk times smaller in width and height. @param quality 0–1. @returns a WebP */
  webp(picture: Buffer, shrunk?: number, quality?: number): Promise<Buffer>;
  pixels(picture: Buffer): Promise<Pixels>;
  /** @param html without script. @returns a PNG of its body, which is as wide as it likes */
  print(html: string): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openDarkroom(browser: Browser): Promise<Darkroom> {
  const page = await browser.newPage();
  const source = readFileSync(join(rootFolder, 'test/ui/page/darkroom.ts'), 'utf8');
  const { code } = await transformWithOxc(source, 'darkroom.ts');
  const call = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    page.evaluate(
      `(() => { ${code.replaceAll('export ', '')}; return ${name}(...${JSON.stringify(args)}); })()`,
    );
  return {
    async webp(picture, shrunk = 1, quality = 0.8) {
      const made = await call('asWebp', picture.toString('base64'), shrunk, quality);
      return Buffer.from(String(made), 'base64');
    },
    async pixels(picture) {
      const read = (await call('asPixels', picture.toString('base64'))) as Pixels & { rgba: string };
      return { ...read, rgba: Buffer.from(read.rgba, 'base64') };
    },
    async print(html) {
      await page.setContent(html);
      return page.locator('body').screenshot();
    },
    close: () => page.close(),
  };
}
