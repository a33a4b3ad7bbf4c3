// Who may say and hear what on a broker, as topic filters: the one place where it is said, for every kind of broker.
import type { TenantId } from './contract/ids.ts';

export interface BrokerRights {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/**
 * @param terminal its id, or what stands for it in a broker's patterns: `%u`, `${username}`
 * @param shard two digits, or `+` where it is not known
 */
export function terminalRights(tenant: TenantId, terminal: string, shard = '+'): BrokerRights {
  const root = `yingbin/v1/${tenant}`;
  return {
    writes: [`${root}/up/${shard}/${terminal}/#`],
    reads: [`${root}/down/${terminal}/#`, `${root}/all/#`],
  };
}

export function headquartersRights(tenant: TenantId): BrokerRights {
  const root = `yingbin/v1/${tenant}`;
  const echo = `${root}/up/+/headquarters/echo`;
  return { writes: [`${root}/down/#`, `${root}/all/#`, echo], reads: [`${root}/up/#`] };
}

/**
 * Names on the broker that are nobody's terminal: the dot is in no terminal's id, so none can be enrolled as one.
 * `headquarters` speaks with terminals, `access` says who may.
 */
export function brokerUsers(tenant: TenantId): { readonly headquarters: string; readonly access: string } {
  return { headquarters: `headquarters.${tenant}`, access: `access.${tenant}` };
}
