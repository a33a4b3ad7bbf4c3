// The approved pictures: where they lie, how one is compared, and what is left in dist/looks for the eye.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Darkroom } from './darkroom.ts';
import { rootFolder } from './gallery-server.ts';
import { differenceOf, type Spot } from './look-difference.ts';

export const approvedFolder = join(rootFolder, 'test/ui/approved');
const seenFolder = join(rootFolder, 'dist/looks');

export const approvalCommand = 'npm run -s build && node dist/test/ui/approve-looks.js';

/** A quarter of the panel: enough to see what moved, small enough to keep. */
const shrunk = 4;
const quality = 0.4;

export const pictureOf = (name: string): string => join(approvedFolder, `${name}.webp`);

/** @param screenshot PNG of the whole panel. @returns what would be kept of it */
export const keepsake = (darkroom: Darkroom, screenshot: Buffer): Promise<Buffer> =>
  darkroom.webp(screenshot, shrunk, quality);

/**
 * @param taken as `keepsake` makes it
 * @returns what looks different, in pixels of the panel; undefined when nothing was approved yet
 */
export async function compareWithApproved(
  darkroom: Darkroom,
  name: string,
  taken: Buffer,
): Promise<Spot[] | undefined> {
  if (!existsSync(pictureOf(name))) return undefined;
  const approved = readFileSync(pictureOf(name));
  const spots = differenceOf(await darkroom.pixels(approved), await darkroom.pixels(taken));
  return spots.map(({ x, y, size }) => ({ x: x * shrunk, y: y * shrunk, size: size * shrunk }));
}

/** Approved, taken, and taken with what differs marked, side by side. @returns the file */
export async function leaveForTheEye(
  darkroom: Darkroom,
  name: string,
  taken: Buffer,
  spots: readonly Spot[] = [],
): Promise<string> {
  mkdirSync(seenFolder, { recursive: true });
  const image = (webp: Buffer): string => `<img src="data:image/webp;base64,${webp.toString('base64')}">`;
  const marks = spots.map(({ x, y, size }) => {
    const [left, top, side] = [x, y, size].map((length) => length / shrunk);
    return `<b style="left:${left}px;top:${top}px;width:${side}px;height:${side}px"></b>`;
  });
  const approved = existsSync(pictureOf(name)) ? image(readFileSync(pictureOf(name))) : '';
  const sheet = await darkroom.print(
    `<style>body{margin:0;display:inline-flex;gap:12px;background:#fff}div{position:relative}b{position:absolute;background:#f0f8}</style>
    ${approved}${image(taken)}<div>${image(taken)}${marks.join('')}</div>`,
  );
  const file = join(seenFolder, `${name}.png`);
  writeFileSync(file, sheet);
  return file;
}
