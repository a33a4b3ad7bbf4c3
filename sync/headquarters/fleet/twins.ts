// What each device shall be: worked out from the layers and its rollout, kept with a revision that only rises.
import { type TwinValues, twinFaults, twinHash } from '../../contract/twin.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type Layer, Layers, type Placed, type SetValue, valuesFor } from './layer-fold.ts';
import { readLayers } from './layer-rows.ts';
import { readOrders } from './release-orders.ts';

/** What is changed at a device: `undefined` = nothing stands there. */
export interface ValueChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}
export interface DevicePlan {
  readonly device: string;
  readonly changes: readonly ValueChange[];
}

/** A terminal that never said what it knows is told what all know. */
const leastSchema = 1;
const lockName = 'twins';

export class Twins {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** Held until commit: nobody works out twins from layers that another is changing. */
  async lock(tx: Tx): Promise<void> {
    await tx
      .insertInto('mark')
      .values({ name: lockName, value: '' })
      .onConflict((it) => it.column('name').doNothing())
      .execute();
    await this.#store
      .locked(tx.selectFrom('mark').select('value').where('name', '=', lockName))
      .executeTakeFirstOrThrow();
  }

  /** @returns every value of the device's twin with who set it; undefined = there is no such device */
  async effective(tx: Tx, device: string): Promise<Map<string, SetValue> | undefined> {
    const [found] = await this.#devices(tx, [device]);
    if (!found) return undefined;
    const fleet = await this.#fleet(tx);
    return fleet.valuesOf(found);
  }

  /** What would become of the fleet if this layer were so; nothing is written. @returns devices that change, by name */
  async plan(tx: Tx, changed: Layer): Promise<DevicePlan[]> {
    const fleet = await this.#fleet(tx);
    const then = { ...fleet, layers: fleet.layers.with(changed) };
    const devices = await this.#devices(tx, 'all');
    return devices.flatMap((device) => {
      const changes = changesOf(fleet.layers.fold(device), then.layers.fold(device));
      return changes.length === 0 ? [] : [{ device: device.id, changes }];
    });
  }

  /**
   * Works out the twins of these devices anew. One that holds what must not be sent is left as it was.
   * @returns the devices whose twin changed
   */
  async refresh(tx: Tx, devices: readonly string[] | 'all'): Promise<string[]> {
    await this.lock(tx);
    const fleet = await this.#fleet(tx);
    const at = this.#now().toISOString();
    const rows = (await this.#devices(tx, devices)).flatMap((device) => {
      const values = valuesFor(device.reported_schema ?? leastSchema, fleet.valuesOf(device));
      const hash = twinHash(values);
      if (hash === device.hash || twinFaults(values).length > 0) return [];
      const rev = Math.max(device.rev ?? 0, device.reported_rev ?? 0) + 1;
      return [
        { device: device.id, rev, hash, body: JSON.stringify(values), at, sent_at: null, next_at: null },
      ];
    });
    await this.#store.insert(tx, 'twin', rows, { onConflict: { keys: ['device'] } });
    return rows.map(({ device }) => device);
  }

  /** How a device's twin stands: what it shall be and what it said last. */
  async state(device: string): Promise<Tables['twin'] | undefined> {
    return await this.#store.db
      .selectFrom('twin')
      .selectAll()
      .where('device', '=', device)
      .executeTakeFirst();
  }

  /** @returns by device, all of them */
  async states(): Promise<Omit<Tables['twin'], 'body'>[]> {
    return await this.#store.db
      .selectFrom('twin')
      .select(['device', 'rev', 'hash', 'at', 'sent_at', 'next_at', 'drift_since', 'drift_told_at'])
      .select(['reported_rev', 'reported_hash', 'reported_state', 'reported_code', 'reported_path'])
      .select(['reported_schema', 'reported_release', 'reported_at'])
      .orderBy('device')
      .execute();
  }

  async #fleet(tx: Tx): Promise<{ layers: Layers; valuesOf: (device: Placed) => Map<string, SetValue> }> {
    const layers = new Layers(await readLayers(tx));
    const orders = await readOrders(tx);
    const given = new Map(
      (await tx.selectFrom('device_release').selectAll().execute()).map((row) => [row.device, row]),
    );
    return {
      layers,
      valuesOf: (device) => {
        const folded = layers.fold(device);
        const row = given.get(device.id);
        const order = row && orders.get(row.seq);
        if (order) {
          const { rollout, at } = row;
          folded.set('release', {
            value: order,
            layer: 'device',
            subject: device.id,
            by: `rollout/${rollout}`,
            at,
          });
        }
        return folded;
      },
    };
  }

  async #devices(tx: Tx, devices: readonly string[] | 'all') {
    const query = tx
      .selectFrom('device as d')
      .leftJoin('twin as t', 't.device', 'd.id')
      .select(['d.id', 'd.model', 'd.project', 'd.site', 'd.ring'])
      .select(['t.rev', 't.hash', 't.reported_rev', 't.reported_schema'])
      .where('d.state', 'in', ['expected', 'enrolled'])
      .orderBy('d.id');
    return await (devices === 'all' ? query : query.where(this.#store.among('d.id', devices))).execute();
  }
}

function changesOf(
  before: ReadonlyMap<string, SetValue>,
  after: ReadonlyMap<string, SetValue>,
): ValueChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [from, to] = [before.get(path)?.value, after.get(path)?.value];
    return isSame(from, to) ? [] : [{ path, from, to }];
  });
}

function isSame(a: unknown, b: unknown): boolean {
  const [one, other]: TwinValues[] = [{ a }, { a: b }];
  return twinHash(one ?? {}) === twinHash(other ?? {});
}
