// Values that twins name and only a terminal may have: kept sealed, told to a terminal whose twin names them and to nobody else.
import type { Opener, Sealer } from '../../contract/seal.ts';
import type { TwinValues } from '../../contract/twin.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store } from '../store/store.ts';
import { readLayers } from './layer-rows.ts';

export interface SecretItem {
  readonly name: string;
  readonly by: string;
  readonly at: string;
}
export interface FleetSecretsOptions {
  readonly store: Store;
  readonly audit: Audit;
  /** to headquarters' own key */
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly now: () => Date;
}
type Who = { readonly account: string };

const reference = /^secret:([a-z0-9-]{1,40})$/;

/** @returns name by path */
export function secretNamesIn(values: TwinValues): Map<string, string> {
  return new Map(
    Object.entries(values).flatMap(([path, value]) => {
      const name = typeof value === 'string' ? reference.exec(value)?.[1] : undefined;
      return name === undefined ? [] : [[path, name] as const];
    }),
  );
}

export class FleetSecrets {
  readonly #options: FleetSecretsOptions;

  constructor(options: FleetSecretsOptions) {
    this.#options = options;
  }

  /** @returns names alone */
  async list(): Promise<SecretItem[]> {
    return await this.#options.store.db
      .selectFrom('fleet_secret')
      .select(['name', 'by', 'at'])
      .orderBy('name')
      .execute();
  }

  /** A name means one value for ever: what is changed gets a new name, so that every terminal hears of it. */
  async keep(actor: Who, name: string, value: string): Promise<'kept' | 'name-taken'> {
    const { store, audit, sealer, now } = this.#options;
    const sealed = sealer.seal(value, bondOf(name));
    return await store.transaction(async (tx) => {
      const written = await store.insert(
        tx,
        'fleet_secret',
        [{ name, sealed, by: actor.account, at: now().toISOString() }],
        { onConflict: 'skip', returning: ['name'] },
      );
      if (written.length === 0) return 'name-taken';
      await audit.note(tx, actor, 'secret-kept', name);
      return 'kept';
    });
  }

  async remove(actor: Who, name: string): Promise<'removed' | 'unknown' | 'in-use'> {
    const { store, audit } = this.#options;
    return await store.transaction(async (tx) => {
      const layers = await readLayers(tx);
      if (layers.some(({ values }) => [...secretNamesIn(values).values()].includes(name))) return 'in-use';
      const gone = await tx.deleteFrom('fleet_secret').where('name', '=', name).executeTakeFirst();
      if (Number(gone.numDeletedRows) === 0) return 'unknown';
      await audit.note(tx, actor, 'secret-removed', name);
      return 'removed';
    });
  }

  /**
   * For the terminal's own TLS line alone.
   * @returns undefined when its twin does not name it
   */
  async forTerminal(terminal: string, name: string): Promise<string | undefined> {
    const { store, opener } = this.#options;
    const twin = await store.db
      .selectFrom('twin as t')
      .innerJoin('device as d', 'd.id', 't.device')
      .select('t.body')
      .where('t.device', '=', terminal)
      .where('d.state', '=', 'enrolled')
      .executeTakeFirst();
    const named = twin && secretNamesIn(JSON.parse(twin.body) as TwinValues);
    if (!named || ![...named.values()].includes(name)) return undefined;
    const row = await store.db
      .selectFrom('fleet_secret')
      .select('sealed')
      .where('name', '=', name)
      .executeTakeFirst();
    return row && opener.open(row.sealed, bondOf(name));
  }
}

function bondOf(name: string): string {
  return `fleet-secret|${name}`;
}
