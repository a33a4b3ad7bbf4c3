// Judges whether a terminal serves as well as it did before: what a new set-up and a new release must pass.
import type { TerminalHealth } from '../kiosk/keeper-line.ts';
import type { DeviceRole } from '../sync/contract/facts.ts';

/** Why it does not. `path`: which device. */
export interface GateFault {
  readonly code:
    | 'kiosk-silent'
    | 'kiosk-http'
    | 'screen-white'
    | 'device-lost'
    | 'outbox-unreadable'
    | 'link-lost';
  readonly path: string | null;
}

/** Devices that somebody misses; a desktop is only a capability of the machine. */
const missed = ['reader', 'second-reader', 'printer', 'fallback-printer', 'panel'] as const;

/**
 * Nothing is asked for that was not there before: a terminal without a browser paints nothing, one without a network has
 * no line, a printer that had no paper has none now.
 * @param now null = it has not said that it serves
 * @param wanted devices that its config names
 * @param doesAnswer its page came with 200
 */
export function gateFault(parts: {
  readonly now: TerminalHealth | null;
  readonly before: TerminalHealth | null;
  readonly wanted: ReadonlySet<DeviceRole>;
  readonly doesAnswer: boolean;
}): GateFault | null {
  const { now, before, wanted, doesAnswer } = parts;
  if (!now) return { code: 'kiosk-silent', path: null };
  if (!doesAnswer) return { code: 'kiosk-http', path: null };
  if (now.waitingFacts === null) return { code: 'outbox-unreadable', path: null };
  if (!before) return null;
  const lost = missed.find(
    (role) => wanted.has(role) && before.devices[role] === 'ok' && now.devices[role] !== 'ok',
  );
  if (lost) return { code: 'device-lost', path: lost };
  if (before.isPainted && !now.isPainted) return { code: 'screen-white', path: null };
  if (before.isLinked && !now.isLinked) return { code: 'link-lost', path: null };
  return null;
}
