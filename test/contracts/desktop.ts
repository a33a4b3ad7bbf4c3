// What every Desktop must do that can do everything, whatever shows the pictures.
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Desktop,
  type DesktopArea,
  type DesktopOutcome,
  desktopCapabilities,
  maskAll,
} from '../../device/desktop.ts';

/** A desktop that is white all over. */
export interface DesktopBench {
  readonly width: number;
  readonly height: number;
  open(): Desktop;
  /** where the pointer is */
  findPointer(): Promise<{ readonly x: number; readonly y: number }>;
  /** helpers that run now, and what they started */
  countHelpers(): number;
  close(): Promise<void>;
}

export function describeDesktop(name: string, makeBench: () => Promise<DesktopBench>): void {
  describe(`Desktop contract: ${name}`, () => {
    let bench: DesktopBench;
    let desktop: Desktop;
    beforeEach(async () => {
      bench = await makeBench();
      desktop = bench.open();
      await vi.waitFor(() => expect([...desktop.capabilities]).toEqual(desktopCapabilities), {
        timeout: 10_000,
      });
    });
    afterEach(async () => {
      await desktop.close();
      await bench.close();
    });

    const shoot = async (masked: readonly DesktopArea[]) => {
      const { width, height, data } = PNG.sync.read(
        Buffer.from(doneBy(await desktop.takeScreenshot(masked))),
      );
      expect({ width, height }).toEqual({ width: bench.width, height: bench.height });
      return data;
    };
    /** every pixel black where `isMasked`, white elsewhere */
    const expectMasked = (data: Buffer, isMasked: (x: number, y: number) => boolean) => {
      const wrong: string[] = [];
      for (let y = 0; y < bench.height; y += 1) {
        for (let x = 0; x < bench.width; x += 1) {
          const at = 4 * (y * bench.width + x);
          const wanted = isMasked(x, y) ? '000000ff' : 'ffffffff';
          if (data.toString('hex', at, at + 4) !== wanted) wrong.push(`${x},${y}`);
        }
      }
      expect(wrong.slice(0, 5)).toEqual([]);
    };

    it('takes a picture, and masks exactly what is to be masked', async () => {
      expectMasked(await shoot([]), () => false);
      const areas = [
        { x: 10, y: 20, width: 30, height: 5 },
        { x: bench.width - 7, y: bench.height - 9, width: 1_000, height: 1_000 },
        { x: -5, y: -5, width: 8, height: 8 },
        { x: 100.5, y: 50.5, width: 2, height: 2 },
        { x: 60, y: 60, width: 0, height: 40 },
      ];
      expectMasked(
        await shoot(areas),
        (x, y) =>
          (x >= 10 && x < 40 && y >= 20 && y < 25) ||
          (x >= bench.width - 7 && y >= bench.height - 9) ||
          (x < 3 && y < 3) ||
          (x >= 100 && x < 103 && y >= 50 && y < 53),
      );
    });

    it('masks everything when it is to, or when an area is none', async () => {
      expectMasked(await shoot(maskAll), () => true);
      expectMasked(await shoot([{ x: 1, y: 1, width: Number.NaN, height: 1 }]), () => true);
      expectMasked(await shoot([{ x: 5, y: 5, width: -1, height: 3 }]), () => true);
    });

    it('parks the pointer in the corner, and waking leaves it there', async () => {
      doneBy(await desktop.parkPointer());
      const corner = { x: bench.width - 1, y: bench.height - 1 };
      expect(await bench.findPointer()).toEqual(corner);
      doneBy(await desktop.wake());
      expect(await bench.findPointer()).toEqual(corner);
    });

    it('does one thing after the other, and refuses more than a few that wait', async () => {
      const all = await Promise.all(Array.from({ length: 6 }, () => desktop.parkPointer()));
      expect(all.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done', 'failed', 'failed']);
      expect(all.at(-1)).toEqual({ kind: 'failed', code: 'desktop-timeout' });
      doneBy(await desktop.wake());
    });

    it('leaves no process behind, is closed twice, and is unavailable then', async () => {
      const taking = desktop.takeScreenshot([]);
      await vi.waitFor(() => expect(bench.countHelpers()).toBeGreaterThan(0));
      await Promise.all([desktop.close(), desktop.close()]);
      expect(bench.countHelpers()).toBe(0);
      expect((await taking).kind).toBe('failed');
      expect(await desktop.wake()).toEqual({ kind: 'failed', code: 'desktop-unavailable' });
      expect(bench.countHelpers()).toBe(0);
    });
  });
}

function doneBy<T>(outcome: DesktopOutcome<T>): T {
  if (outcome.kind === 'failed') throw new Error(outcome.code);
  return outcome.value;
}
