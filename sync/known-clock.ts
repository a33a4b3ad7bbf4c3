// The terminal's wall clock as it is best known: the machine's own, or headquarters' while the machine's is wrong (rules CK2, CK4).
import type { TerminalClock } from './terminal-clock.ts';

/** Less than this is delay on the line, not a wrong clock. */
const noticedMs = 2_000;

/** @param headquartersNow null until headquarters was heard live */
export function knownClock(machine: TerminalClock, headquartersNow: () => Date | null): TerminalClock {
  return {
    boot: machine.boot,
    monoMs: () => machine.monoMs(),
    isSynced: () => machine.isSynced() || headquartersNow() !== null,
    now: () => {
      const wall = machine.now();
      const told = machine.isSynced() ? null : headquartersNow();
      return told && Math.abs(wall.getTime() - told.getTime()) > noticedMs ? told : wall;
    },
  };
}
