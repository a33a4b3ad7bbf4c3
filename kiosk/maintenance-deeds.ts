// PORT: what staff and IT may have done to this machine, and what they are told of it. None of it throws or is waited for.

import type { DeskTouch } from './maintenance-touches.ts';
import type { Manner } from './manner.ts';
import type { Language, ScreenOf } from './screen.ts';

/** What is shown of it, in words. */
export type DeedsReport = Pick<
  ScreenOf<'maintenance'>,
  'checks' | 'network' | 'enrolment' | 'look' | 'system'
>;

export interface MaintenanceDeeds {
  /** can this be done here and now? */
  can(touch: Exclude<DeskTouch, { kind: 'take-picture' }>): boolean;
  look(what: 'checks' | 'network' | 'wifi'): void;
  /** @param key as somebody typed it: null where none is asked for */
  joinWifi(ssid: string, key: string | null): void;
  setVolume(volume: Manner['volume']): void;
  setBrightness(percent: number): void;
  exportDiagnosis(): void;
  /** the session ends with it */
  restart(what: 'program' | 'machine'): void;
  enrolAnew(): void;
  updateNow(): void;
  report(language: Language): DeedsReport;
}

/** Where nothing of it can be done. */
export const noDeeds: DeedsReport = {
  checks: null,
  network: null,
  enrolment: null,
  look: null,
  system: null,
};
