// How each terminal of the fleet stands, from its record, its line and its set-up: one state, and every cause that calls for somebody.

import { deviceFault } from '../../../kiosk/fault-table.ts';
import type { DeviceItem } from '../../../sync/headquarters/api/device-api.ts';
import type { TwinItem } from '../../../sync/headquarters/api/twin-api.ts';
import type { TerminalItem } from '../../../sync/headquarters/api.ts';
import { hasDrifted } from './set-up-state.ts';
import { terminalState } from './terminal-state.ts';

/** The worst first; `expected`: no terminal has come for the record yet. */
export const rowStates = [
  'alarm',
  'quarantined',
  'lost',
  'offline',
  'online',
  'expected',
  'revoked',
  'retired',
] as const;
export type RowState = (typeof rowStates)[number];
export const rowTones: Readonly<Record<RowState, 'good' | 'warn' | 'bad' | 'off'>> = {
  alarm: 'bad',
  quarantined: 'bad',
  lost: 'bad',
  offline: 'warn',
  online: 'good',
  expected: 'off',
  revoked: 'off',
  retired: 'off',
};

/** What is wrong with one that shall serve, the most urgent first. */
export const causes = [
  'identity',
  'silent',
  'reader',
  'printer',
  'certificate',
  'set-up',
  'drift',
  'outbox',
  'other-device',
] as const;
export type Cause = (typeof causes)[number];

export interface FleetRow {
  readonly terminal: string;
  readonly state: RowState;
  readonly causes: readonly Cause[];
  readonly device: DeviceItem | undefined;
  readonly seen: TerminalItem | undefined;
  readonly twin: TwinItem | undefined;
}

/** A certificate is renewed with a third of its ninety days left: with so few it was not. */
export const certificateDays = 14;
/** So many facts of one that is there are more than a moment's. */
const outboxFacts = 100;
/** and so is one that waits for so long, however few they are */
const oldestFactMs = 15 * 60_000;
const wrongTwins: ReadonlySet<string> = new Set(['rejected', 'rolled-back']);

export function fleetRows(
  devices: readonly DeviceItem[],
  terminals: readonly TerminalItem[],
  twins: readonly TwinItem[],
  nowMs: number,
): readonly FleetRow[] {
  const records = new Map(devices.map((each) => [each.terminal, each]));
  const lines = new Map(terminals.map((each) => [each.terminal, each]));
  const wishes = new Map(twins.map((each) => [each.device, each]));
  const names = new Set([...lines.keys(), ...records.keys()]);
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return [...names]
    .map((terminal): FleetRow => {
      const [device, seen, twin] = [records.get(terminal), lines.get(terminal), wishes.get(terminal)];
      const state = stateOf(device, seen, nowMs);
      return { terminal, state, causes: causesOf(state, { device, seen, twin }, nowMs), device, seen, twin };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || collator.compare(a.terminal, b.terminal));
}

/** What does not serve stands before what is merely away for the night; then what is well. */
function rankOf({ state, causes: [first] }: FleetRow): number {
  if (rowTones[state] === 'bad') return rowStates.indexOf(state);
  if (first !== undefined) return rowStates.length + causes.indexOf(first);
  return rowStates.length + causes.length + rowStates.indexOf(state);
}

function stateOf(device: DeviceItem | undefined, seen: TerminalItem | undefined, nowMs: number): RowState {
  if (device?.state === 'revoked' || device?.state === 'retired' || device?.state === 'quarantined')
    return device.state;
  if (seen) return terminalState(seen, nowMs);
  return device?.state === 'enrolled' ? 'offline' : 'expected';
}

function causesOf(
  state: RowState,
  { device, seen, twin }: Pick<FleetRow, 'device' | 'seen' | 'twin'>,
  nowMs: number,
): readonly Cause[] {
  if (rowTones[state] === 'off') return [];
  const found = new Set<Cause>();
  if (state === 'alarm' || state === 'quarantined') found.add('identity');
  if (state === 'lost') found.add('silent');
  for (const { device: role, state: how } of seen?.devices ?? [])
    if (how === 'paper-low' || deviceFault(how))
      found.add(role === 'reader' || role === 'printer' ? role : 'other-device');
  const days = device?.certDays ?? null;
  if (days !== null && days <= certificateDays) found.add('certificate');
  if (twin?.reported && wrongTwins.has(twin.reported.state)) found.add('set-up');
  if (twin && hasDrifted(twin, nowMs)) found.add('drift');
  const oldest = seen?.oldestWaitingAt ?? null;
  const isOld = oldest !== null && nowMs - Date.parse(oldest) >= oldestFactMs;
  if (seen?.online && (seen.waiting >= outboxFacts || isOld)) found.add('outbox');
  return causes.filter((cause) => found.has(cause));
}

/** What the printer says of itself; undefined = it has said nothing, or there is none. */
export function paperOf({ seen }: FleetRow): string | undefined {
  return seen?.devices?.find(({ device }) => device === 'printer')?.state;
}
