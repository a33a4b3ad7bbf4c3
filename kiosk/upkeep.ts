// What is looked after every few seconds: room in the store, orders, paper that waits or that nobody will ask about.
import { faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';
import type { TerminalStore } from './store/terminal-store.ts';

const everyMs = 5_000;
const keepPrintedHours = 7 * 24;

/** Looks at once, and again until it is closed. */
export function startUpkeep(parts: {
  readonly store: TerminalStore;
  readonly log: KioskLog;
  readonly workOrders: () => void;
  readonly kickQueue: () => void;
  /** there is more or less room than before: show it */
  readonly onPressure: () => void;
  /** shows what changes with the time of day */
  readonly tendScreen: () => void;
  /** runs work that may fail with the store, and says so */
  readonly guarded: (work: () => void) => void;
}): { close(): void } {
  const { store, log, workOrders, kickQueue, onPressure, tendScreen, guarded } = parts;
  const tend = (): void => {
    const before = store.pressure;
    store.tend();
    if (store.pressure === 'none') log.cleared('sync-store-full');
    // the reserve was spent, or nearly all that may wait does: somebody should know before a check-in is refused
    else if (store.pressure !== 'compacting') log.fault('sync-store-full', faultText('sync-store-full'));
    if (store.pressure !== before) onPressure();
  };
  let forgottenAt = -1;
  const forget = (): void => {
    const { hoursServed } = store.outbox;
    if (hoursServed === forgottenAt) return;
    forgottenAt = hoursServed;
    store.forgetOwnRows(hoursServed - store.ownRowsDays * 24);
  };
  const look = (): void => {
    kickQueue();
    guarded(tend);
    guarded(workOrders);
    guarded(() => store.printJobs.forgetBefore(store.outbox.hoursServed - keepPrintedHours));
    guarded(forget);
    guarded(tendScreen);
  };
  look();
  const timer = setInterval(look, everyMs);
  return { close: () => clearInterval(timer) };
}
