// How a terminal's line stands, for whoever looks after hundreds: one word, one tone.
import type { TerminalItem } from '../../../sync/headquarters/api.ts';

export type TerminalState = 'alarm' | 'lost' | 'offline' | 'online';

/** the tag's look: a diamond, a triangle, a dot */
export const terminalTones = { alarm: 'bad', lost: 'bad', offline: 'warn', online: 'good' } as const;

/** A hall that is closed overnight is not silent for a whole day. */
export const lostAfterMs = 24 * 3_600_000;

export function terminalState(
  { alarm, online, lastSeen }: Pick<TerminalItem, 'alarm' | 'online' | 'lastSeen'>,
  nowMs: number,
): TerminalState {
  if (alarm !== null) return 'alarm';
  if (online) return 'online';
  return nowMs - Date.parse(lastSeen) >= lostAfterMs ? 'lost' : 'offline';
}
