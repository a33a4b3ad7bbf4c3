// Loads nut-js, in the helper only: with a display that died it takes the whole process with it.
import { createRequire } from 'node:module';

export interface Nut {
  readonly screen: {
    width(): Promise<number>;
    height(): Promise<number>;
    /** `data` 4 bytes a pixel, blue first */
    grab(): Promise<{
      readonly width: number;
      readonly height: number;
      readonly byteWidth: number;
      readonly data: Uint8Array;
    }>;
  };
  readonly mouse: {
    readonly config: { autoDelayMs: number };
    getPosition(): Promise<{ readonly x: number; readonly y: number }>;
    setPosition(point: object): Promise<unknown>;
  };
  readonly Point: new (x: number, y: number) => object;
}

/** @returns null when it is not installed, or not for this processor, or X11's libraries are missing */
export function loadNut(): Nut | null {
  try {
    const nut = createRequire(import.meta.url)('@nut-tree/nut-js') as Nut;
    nut.mouse.config.autoDelayMs = 0;
    return nut;
  } catch {
    return null;
  }
}
