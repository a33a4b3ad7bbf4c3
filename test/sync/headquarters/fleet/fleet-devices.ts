// Devices of a fleet as an import would leave them, for tests.
import type { Parts } from '../../../../sync/headquarters/parts.ts';

export interface SomeDevice {
  readonly id: string;
  readonly site?: string;
  readonly project?: string | null;
  readonly model?: string;
  readonly ring?: string;
  readonly state?: string;
  readonly architecture?: string;
}

const at = '2026-11-22T08:00:00.000Z';

export async function bringDevices(
  { store }: Pick<Parts, 'store'>,
  devices: readonly SomeDevice[],
): Promise<void> {
  const rows = devices.map(
    ({
      id,
      site = 'jinshang',
      project = null,
      model = 'pi5-21',
      ring = '',
      state = 'enrolled',
      architecture = 'x64',
    }) => ({
      id,
      code: id.toUpperCase(),
      site,
      project,
      model,
      ring,
      expected_serial: null,
      state,
      serial: `board-${id}`,
      board: JSON.stringify({ model, serial: `board-${id}`, architecture }),
      public_key: null,
      enrolled_at: at,
      imported_at: at,
      note: '',
    }),
  );
  await store.transaction((tx) => store.insert(tx, 'device', rows));
}

/** As their births or last wills would leave them. */
export async function setOnline(
  { store }: Pick<Parts, 'store'>,
  ids: readonly string[],
  isOnline: boolean,
  seenAt = at,
): Promise<void> {
  const rows = ids.map((terminal) => ({
    terminal,
    shard: '00',
    online: isOnline ? 1 : 0,
    version: '1',
    waiting: 0,
    first_seen: at,
    last_seen: seenAt,
  }));
  await store.transaction((tx) => store.insert(tx, 'terminal', rows, { onConflict: { keys: ['terminal'] } }));
}
