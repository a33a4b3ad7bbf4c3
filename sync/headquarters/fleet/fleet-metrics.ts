// What a Prometheus learns of the fleet: numbers by device, site, ring and version, and never of a person.
import type { Store } from '../store/store.ts';
import { newestEnds } from './devices.ts';
import type { MetricFamily, MetricSample } from './metrics-text.ts';
import { ringOf } from './rings.ts';
import { type TallyName, tallyNames } from './tallies.ts';

export interface FleetMetricsOptions {
  readonly store: Store;
  readonly now: () => Date;
}

const dayMs = 24 * 3_600_000;
/** In any other state a device keeps a terminal from serving in full; a desktop may be a thing that this machine has not. */
const healthy: ReadonlySet<string> = new Set(['ready', 'paper-low', 'unavailable']);

const helps: Readonly<Record<TallyName, string>> = {
  sessions: 'Cards that were served.',
  'print-errors': 'Slips that did not come out, or of which nobody knows.',
  'read-errors': 'How often a reader stopped reading.',
  rollbacks: 'Set-ups and releases that did not serve and were taken back.',
};

interface Device {
  readonly id: string;
  readonly state: string;
  /** these four are null before it came for the first time, the last one also while all is well */
  readonly online: number | null;
  readonly last_seen: string | null;
  readonly waiting: number | null;
  readonly drift_since: string | null;
  readonly notAfter: string | undefined;
  readonly labels: Readonly<Record<'device' | 'site' | 'ring' | 'version', string>>;
}

export class FleetMetrics {
  readonly #options: FleetMetricsOptions;

  constructor(options: FleetMetricsOptions) {
    this.#options = options;
  }

  /** Of every device that was not retired; one that never came is down. */
  async families(): Promise<MetricFamily[]> {
    const nowMs = this.#options.now().getTime();
    const devices = await this.#devices();
    const troubled = await this.#troubled();
    const tallies = await this.#tallies();
    const all = (value: (device: Device) => number | undefined): MetricSample[] =>
      devices.flatMap((device) => {
        const found = value(device);
        return found === undefined ? [] : [{ labels: device.labels, value: found }];
      });
    const isUp = ({ online }: Device): boolean => online === 1;
    const gauge = (name: string, help: string, value: Parameters<typeof all>[0]): MetricFamily => ({
      name: `yingbin_terminal_${name}`,
      help,
      type: 'gauge',
      samples: all(value),
    });
    return [
      gauge('up', 'Is its line to headquarters open?', (device) => Number(isUp(device))),
      gauge('serving', 'Is it there, enrolled, and is everything around it ready?', (device) =>
        Number(isUp(device) && device.state === 'enrolled' && !troubled.has(device.id)),
      ),
      gauge('last_seen_seconds', 'When it was last heard, in seconds since 1970.', ({ last_seen: seen }) =>
        seen === null ? undefined : Math.round(Date.parse(seen) / 1000),
      ),
      gauge('outbox', 'Facts that it still has to bring.', ({ waiting }) => waiting ?? undefined),
      gauge('cert_days', 'Days until its newest certificate ends.', ({ notAfter }) =>
        notAfter === undefined ? undefined : Math.floor((Date.parse(notAfter) - nowMs) / dayMs),
      ),
      gauge('drift', 'Does it serve with another set-up than it should, for no known reason?', (device) =>
        Number(device.drift_since !== null),
      ),
      ...tallyNames.map(
        (tally): MetricFamily => ({
          name: `yingbin_terminal_${tally.replace('-', '_')}_total`,
          help: helps[tally],
          type: 'counter',
          samples: all(({ id }) => tallies.get(`${id} ${tally}`) ?? 0),
        }),
      ),
    ];
  }

  async #devices(): Promise<Device[]> {
    const { store } = this.#options;
    const rows = await store.db
      .selectFrom('device as d')
      .leftJoin('terminal as t', 't.terminal', 'd.id')
      .leftJoin('twin as w', 'w.device', 'd.id')
      .select(['d.id', 'd.site', 'd.ring', 'd.state'])
      .select(['t.online', 't.last_seen', 't.version', 't.waiting', 'w.drift_since'])
      .where('d.state', '!=', 'retired')
      .orderBy('d.id')
      .execute();
    const ends = await newestEnds(store, store.db);
    return rows.map((row) => ({
      ...row,
      notAfter: ends.get(row.id),
      labels: { device: row.id, site: row.site, ring: ringOf(row.id, row.ring), version: row.version ?? '' },
    }));
  }

  async #troubled(): Promise<ReadonlySet<string>> {
    const rows = await this.#options.store.db
      .selectFrom('device_state')
      .select(['terminal', 'state'])
      .execute();
    return new Set(rows.filter(({ state }) => !healthy.has(state)).map(({ terminal }) => terminal));
  }

  async #tallies(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#options.store.db.selectFrom('terminal_tally').selectAll().execute();
    return new Map(rows.map(({ terminal, name, n }) => [`${terminal} ${name}`, n]));
  }
}
