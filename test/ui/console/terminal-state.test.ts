// How a terminal's line stands: the word that it gets.
import { expect, it } from 'vitest';
import type { TerminalItem } from '../../../sync/headquarters/api.ts';
import { lostAfterMs, terminalState } from '../../../ui/console/fleet/terminal-state.ts';

const nowMs = Date.parse('2026-11-22T12:00:00.000Z');
const terminal = (name: string, change: Partial<TerminalItem> = {}): TerminalItem => ({
  terminal: name,
  online: true,
  version: '0.1.0',
  waiting: 0,
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: new Date(nowMs - 60_000).toISOString(),
  epoch: null,
  applied: 0,
  alarm: null,
  ...change,
});
const silentFor = (ms: number) => ({ online: false, lastSeen: new Date(nowMs - ms).toISOString() });

it.each([
  [{}, 'online'],
  [silentFor(60_000), 'offline'],
  [silentFor(lostAfterMs - 1), 'offline'],
  [silentFor(lostAfterMs), 'lost'],
  // two devices with one identity are worse than none
  [{ alarm: 'two devices' }, 'alarm'],
  [{ ...silentFor(lostAfterMs), alarm: 'two devices' }, 'alarm'],
] as const)('a terminal with %j is %s', (change, state) => {
  expect(terminalState(terminal('hall-1', change), nowMs)).toBe(state);
});
