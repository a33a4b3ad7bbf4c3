// What staff and IT may ask of a running terminal, gathered from those who know it.
import type { TerminalClock } from '../sync/terminal-clock.ts';
import { clockDoubt } from './clock-doubt.ts';
import type { Health } from './health.ts';
import type { Inspection } from './inspection.ts';
import type { UpkeepKnowledge } from './knowledge.ts';
import type { MaintenanceDeeds } from './maintenance-deeds.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import type { SupportPictures } from './support-pictures.ts';

export function upkeepKnowledge(parts: {
  readonly version: string;
  readonly hasPin: boolean;
  readonly store: TerminalStore;
  readonly health: Health;
  readonly pictures: SupportPictures;
  readonly inspection: Inspection;
  readonly deeds: MaintenanceDeeds;
  /** the machine's own clock, and headquarters' time, null until it was heard */
  readonly clocks: { readonly machine: TerminalClock; readonly told: () => Date | null };
}): UpkeepKnowledge {
  const { version, hasPin, store, health, pictures, inspection, deeds, clocks } = parts;
  return {
    hasPin,
    version,
    waitingFacts: () => store.outbox.waiting(),
    pressure: () => store.pressure,
    devices: () => health.devices,
    clockDoubt: () =>
      clockDoubt({
        wall: clocks.machine.now(),
        isSynced: clocks.machine.isSynced(),
        asOf: store.replica.confirmedAt(),
        told: clocks.told(),
      }),
    canTakePicture: () => pictures.isPossible,
    inspection: (language) => inspection.report(language),
    deeds: (language) => deeds.report(language),
  };
}
