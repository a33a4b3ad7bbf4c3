// Whether two pictures of a screen look alike: blind to how glyphs are rastered, not to what moved, changed or went.
import type { Pixels } from './darkroom.ts';

/** A square of the picture, in its own pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

const size = 10;
/** of 0–255, after softening and after looking one pixel around */
const visible = 20;
/** of a spot's pixels */
const share = 0.15;

/** @returns the spots that look different; of pictures of different sizes the whole */
export function differenceOf(approved: Pixels, taken: Pixels): Spot[] {
  const { width, height } = approved;
  if (taken.width !== width || taken.height !== height)
    return [{ x: 0, y: 0, size: Math.max(width, height) }];
  const [a, b] = [soften(approved), soften(taken)];
  const spots: Spot[] = [];
  for (let y = 0; y < height; y += size)
    for (let x = 0; x < width; x += size) {
      let seen = 0;
      for (let dy = 0; dy < size && y + dy < height; dy += 1)
        for (let dx = 0; dx < size && x + dx < width; dx += 1)
          if (isSeen(a, b, x + dx, y + dy) || isSeen(b, a, x + dx, y + dy)) seen += 1;
      if (seen > share * size * size) spots.push({ x, y, size });
    }
  return spots;
}

/** Nothing at this place or beside it in `there` is like what is here. */
function isSeen(here: Pixels, there: Pixels, x: number, y: number): boolean {
  const at = 4 * (y * here.width + x);
  for (let ny = Math.max(0, y - 1); ny <= Math.min(here.height - 1, y + 1); ny += 1)
    for (let nx = Math.max(0, x - 1); nx <= Math.min(here.width - 1, x + 1); nx += 1)
      if (distance(here.rgba, at, there.rgba, 4 * (ny * here.width + nx)) <= visible) return false;
  return true;
}

function distance(a: Uint8Array, at: number, b: Uint8Array, bt: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1)
    most = Math.max(most, Math.abs((a[at + channel] ?? 0) - (b[bt + channel] ?? 0)));
  return most;
}

/** Each pixel the mean of itself and its eight neighbours: hinting and smoothing of glyphs go, shapes stay. */
function soften({ width, height, rgba }: Pixels): Pixels {
  const soft = new Uint8Array(rgba.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        let [sum, count] = [0, 0];
        for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1)
          for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
            sum += rgba[4 * (ny * width + nx) + channel] ?? 0;
            count += 1;
          }
        soft[4 * (y * width + x) + channel] = sum / count;
      }
  return { width, height, rgba: soft };
}
