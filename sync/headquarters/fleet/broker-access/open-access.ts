// Opens the adapter that the config names, for a broker that is not inside headquarters.
import type { TenantId } from '../../../contract/ids.ts';
import { readSecret } from '../../secrets.ts';
import type { BrokerAccessConfig } from './access-config.ts';
import type { BrokerAccess } from './broker-access.ts';
import { EmqxAccess } from './emqx-access.ts';
import type { Nudge } from './list-file.ts';
import { MosquittoAccess } from './mosquitto-access.ts';

export interface AccessGround {
  readonly tenant: TenantId;
  /** of the listener that is headquarters' alone */
  readonly url: string;
  /** PEM */
  readonly root: string;
  /** resolves a path of the config */
  readonly at: (path: string) => string;
}

/** How long a broker may take for one answer: a revocation is done within five seconds. */
const patienceMs = 4_000;

/** @throws HeadquartersError hq-secret-unreadable */
export function openAccess(
  config: BrokerAccessConfig,
  { tenant, url, root, at }: AccessGround,
): BrokerAccess {
  const { username } = config;
  const password = readSecret(at(config.passwordFile), 'broker.access.passwordFile');
  switch (config.kind) {
    case 'mosquitto': {
      const { terminalsUrl, listFile, reload, restart } = config;
      const nudge = (each: Nudge): Nudge =>
        each.kind === 'pid-file' ? { ...each, file: at(each.file) } : each;
      return new MosquittoAccess({
        ...{ tenant, url, username, password, terminalsUrl, root, patienceMs },
        listFile: at(listFile),
        reload: nudge(reload),
        restart: restart && nudge(restart),
      });
    }
    case 'emqx':
      return new EmqxAccess({ tenant, api: config.api, username, password, patienceMs });
  }
}
