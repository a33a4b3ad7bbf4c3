// Rollouts and their devices as they are kept.
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { readOrders } from './release-orders.ts';
import { type Ring, ringOf } from './rings.ts';
import type { Member, MemberState, Standing } from './rollout-step.ts';
import type { Twins } from './twins.ts';

export type RolloutRow = Tables['rollout'];

/** The newest: no other one goes on. */
export async function newestRollout(tx: Tx): Promise<RolloutRow | undefined> {
  return await tx
    .selectFrom('rollout')
    .selectAll()
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** @param since when each device was first seen to be there, or away, as it is now */
export async function readStanding(
  tx: Tx,
  { id, ring, ring_since: ringSince }: RolloutRow,
  since: ReadonlyMap<string, number>,
): Promise<Standing> {
  const rows = await tx
    .selectFrom('rollout_device as r')
    .leftJoin('terminal as p', 'p.terminal', 'r.device')
    .leftJoin('twin as t', 't.device', 'r.device')
    .selectAll('r')
    .select(['p.online', 't.reported_rev', 't.reported_state', 't.reported_code', 't.reported_path'])
    .select(['t.reported_release', 't.reported_at'])
    .where('r.rollout', '=', id)
    .orderBy('r.device')
    .execute();
  const members = rows.map(
    (row): Member => ({
      device: row.device,
      ring: row.ring as Ring,
      state: row.state as MemberState,
      wasOnline: row.was_online === 1,
      isOnline: row.online === 1,
      offeredAt: row.offered_at,
      offeredRev: row.offered_rev,
      endedAt: row.ended_at,
      sinceMs: since.get(row.device) ?? null,
      reported:
        row.reported_rev === null
          ? null
          : {
              rev: row.reported_rev,
              state: row.reported_state ?? '',
              code: row.reported_code,
              path: row.reported_path,
              release: row.reported_release ?? 0,
              at: row.reported_at ?? '',
            },
    }),
  );
  return { ring: ring as Ring, ringSince, members };
}

/** Takes in devices that are not in it yet and could have it; lets go of those that are none any more. */
export async function takeIn(store: Store, tx: Tx, { id, seq }: RolloutRow): Promise<void> {
  const manifests = (await readOrders(tx)).get(seq)?.manifests ?? {};
  const rows = await tx
    .selectFrom('device as d')
    .leftJoin('rollout_device as r', (join) => join.onRef('r.device', '=', 'd.id').on('r.rollout', '=', id))
    .leftJoin('twin as t', 't.device', 'd.id')
    .leftJoin('device_release as g', 'g.device', 'd.id')
    .select([
      'd.id',
      'd.ring',
      'd.board',
      'd.state',
      'r.state as member',
      't.reported_release',
      'g.seq as from_seq',
    ])
    .orderBy('d.id')
    .execute();
  const fresh = rows.filter(
    ({ state, member, board, reported_release }) =>
      state === 'enrolled' && member === null && (reported_release ?? 0) <= seq && isFor(board, manifests),
  );
  await store.insert(
    tx,
    'rollout_device',
    fresh.map(({ id: device, ring, from_seq }) => ({
      ...{ rollout: id, device, ring: ringOf(device, ring), offered_at: null, was_online: 0 },
      ...{ state: 'waiting', code: null, ended_at: null, offered_rev: null, from_seq },
    })),
  );
  const left = rows.filter(
    ({ state, member }) => state !== 'enrolled' && (member === 'waiting' || member === 'offered'),
  );
  if (left.length === 0) return;
  await tx
    .deleteFrom('rollout_device')
    .where('rollout', '=', id)
    .where(
      store.among(
        'device',
        left.map(({ id: device }) => device),
      ),
    )
    .execute();
}

/** From now on who of its ring is there is known: their silence counts. */
export async function beginRing(tx: Tx, id: string, ring: Ring, at: string): Promise<void> {
  await tx.updateTable('rollout').set({ ring, ring_since: at }).where('id', '=', id).execute();
  await tx
    .updateTable('rollout_device')
    .set({ was_online: 1 })
    .where('rollout', '=', id)
    .where('ring', '=', ring)
    .where('device', 'in', (from) => from.selectFrom('terminal').select('terminal').where('online', '=', 1))
    .execute();
}

/** These devices shall have it from now on. */
export async function offer(
  store: Store,
  tx: Tx,
  twins: Twins,
  { id, seq }: Pick<RolloutRow, 'id' | 'seq'>,
  devices: readonly string[],
  at: string,
): Promise<void> {
  if (devices.length === 0) return;
  await store.insert(
    tx,
    'device_release',
    devices.map((device) => ({ device, seq, rollout: id, at })),
    { onConflict: { keys: ['device'] } },
  );
  await twins.refresh(tx, devices);
  const revs = await tx
    .selectFrom('twin')
    .select(['device', 'rev'])
    .where(store.among('device', devices))
    .execute();
  for (const { device, rev } of revs) {
    await tx
      .updateTable('rollout_device')
      .set({ state: 'offered', offered_at: at, offered_rev: rev, code: null, ended_at: null })
      .where('rollout', '=', id)
      .where('device', '=', device)
      .execute();
  }
}

/**
 * These devices shall have again what they were to have before.
 * @returns how many of them had none of ours, and so keep what they serve with
 */
export async function withdraw(
  store: Store,
  tx: Tx,
  twins: Twins,
  id: string,
  devices: readonly string[],
  at: string,
): Promise<number> {
  if (devices.length === 0) return 0;
  const rows = await tx
    .selectFrom('rollout_device')
    .select(['device', 'from_seq'])
    .where('rollout', '=', id)
    .where(store.among('device', devices))
    .execute();
  await tx.deleteFrom('device_release').where(store.among('device', devices)).execute();
  const back = rows.flatMap(({ device, from_seq: seq }) =>
    seq === null ? [] : [{ device, seq, rollout: id, at }],
  );
  await store.insert(tx, 'device_release', back);
  await twins.refresh(tx, devices);
  return rows.length - back.length;
}

function isFor(board: string | null, manifests: object): boolean {
  const { architecture } = JSON.parse(board ?? '{}') as { readonly architecture?: string };
  return architecture !== undefined && architecture in manifests;
}
