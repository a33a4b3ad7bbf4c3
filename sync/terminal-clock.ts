// The machine's clocks: wall time, which may be wrong or step, and the time since its boot, which does neither.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** systemd-timesyncd makes it when the clock was set from the network in this boot. */
const timesyncMark = '/run/systemd/timesync/synchronized';

export interface TerminalClock {
  /** wall clock; may be wrong or step */
  now(): Date;
  /** is `now` known to be right? */
  isSynced(): boolean;
  /** milliseconds since `boot`, never back */
  monoMs(): number;
  /** names this boot of the machine, at most 40 characters */
  readonly boot: string;
}

/** The machine's clocks; without Linux' boot id, this process counts as the boot. */
export function systemClock(): TerminalClock {
  const hrMs = (): number => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1_000 + Math.floor(nanoseconds / 1e6);
  };
  let boot: string;
  let bootMs = 0;
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    boot = randomBytes(16).toString('hex');
    bootMs = hrMs();
  }
  const monoMs = (): number => hrMs() - bootMs;
  let isSynced = false;
  let lookAgainMs = 0;
  return {
    boot,
    now: () => new Date(),
    isSynced: () => {
      const nowMs = monoMs();
      if (!isSynced && nowMs >= lookAgainMs) {
        // once set in a boot it stays so; until then a look a second is enough
        isSynced = existsSync(timesyncMark);
        lookAgainMs = nowMs + 1_000;
      }
      return isSynced;
    },
    monoMs,
  };
}
