// How readers, printers and whatever else stands around a terminal are, as it said last.
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Store, Tx } from '../store/store.ts';

export type DeviceFact = Fact & Extract<FactContent, { kind: 'device-changed' }>;

/** @param facts in their order: the last word about each device counts */
export async function keepDeviceStates(
  store: Store,
  tx: Tx,
  terminal: TerminalId,
  facts: readonly DeviceFact[],
): Promise<void> {
  const rows = new Map(
    facts.map(({ at, body: { device, state } }) => [device, { terminal, device, state, at }]),
  );
  await store.insert(tx, 'device_state', [...rows.values()], {
    onConflict: { keys: ['terminal', 'device'] },
  });
}
