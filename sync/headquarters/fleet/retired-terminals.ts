// Voids what a terminal leaves that retired itself: it has told that its keys and data go, so its certificate opens nothing any more (S60).
import type { TerminalId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';
import type { Devices } from './devices.ts';

/** @returns how many; whoever ordered it is who did it */
export async function voidRetired({
  store,
  devices,
}: {
  readonly store: Store;
  readonly devices: Pick<Devices, 'retire'>;
}): Promise<number> {
  const gone = await store.db
    .selectFrom('given_order as o')
    .innerJoin('device as d', 'd.id', 'o.terminal')
    .select(['o.terminal', 'o.ordered_by'])
    .where('o.kind', '=', 'retire')
    .where('o.state', '=', 'done')
    .where('d.state', '=', 'enrolled')
    .execute();
  for (const { terminal, ordered_by } of gone)
    await devices.retire({ account: ordered_by }, terminal as TerminalId);
  return gone.length;
}
