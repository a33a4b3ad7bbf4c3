// Keeps the desktop out of the visitor's way: the pointer parked, the display awake when somebody comes.
import type { Desktop } from '../device/desktop.ts';
import type { Health } from './health.ts';

export interface WatchedDesktop {
  /** Somebody came: lights a sleeping display, where that can be done. */
  wake(): void;
  close(): Promise<void>;
}

/** @param desktop null when the config wants none */
export function watchDesktop(
  desktop: Desktop | null,
  health: Pick<Health, 'noteDesktop'>,
): WatchedDesktop | null {
  if (!desktop) return null;
  let isParked = false;
  const park = async (): Promise<void> => {
    isParked = (await desktop.parkPointer()).kind === 'done';
    // the probe has ended with the first answer
    health.noteDesktop(desktop.capabilities.size > 0 ? 'ready' : 'unavailable');
  };
  void park();
  return {
    wake: () => {
      // The display may have come after us; whoever asks lets it be looked for again, now and then.
      if (!isParked) void park();
      void desktop.wake();
    },
    close: () => desktop.close(),
  };
}
