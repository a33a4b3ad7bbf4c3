// What stands between terminals and headquarters: who was put out is not heard here, and the broker is told of it.
import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Complaints } from '../complaints.ts';
import type { HeadquartersConfig } from '../config.ts';
import type { Notices } from '../notices/notices.ts';
import type { Store } from '../store/store.ts';
import { type Duty, repeated } from '../workers/leader-duties.ts';
import { AccessKeeper } from './access-keeper.ts';
import type { BrokerAccess } from './broker-access/broker-access.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { DenyList } from './deny-list.ts';
import type { Devices } from './devices.ts';
import { RevocationList } from './revocation-list.ts';

export interface BrokerGateOptions {
  readonly config: HeadquartersConfig;
  readonly parts: {
    readonly store: Store;
    readonly audit: Audit;
    readonly notices: Notices;
    readonly devices: Devices;
    readonly denyList: DenyList;
  };
  /** undefined = the broker is told by hand */
  readonly access: BrokerAccess | undefined;
  readonly authority?: CertificateAuthority | undefined;
  readonly now: () => Date;
  readonly complaints: Complaints;
  /** waits for what is being done with the words of a terminal: nothing of it is done after its revocation */
  readonly settled: (terminal: TerminalId) => Promise<void>;
  /** the store did not answer */
  readonly onFault: () => void;
}

export class BrokerGate {
  readonly keeper: AccessKeeper | undefined;
  readonly #options: BrokerGateOptions;
  /** what another process decided */
  readonly #looking: Duty;

  constructor(options: BrokerGateOptions) {
    const { config, parts, access, authority, now, complaints, settled, onFault } = options;
    this.#options = options;
    const everyMs = config.limits.ordersEveryMs;
    this.#looking = repeated(everyMs, () => parts.denyList.refresh().catch(onFault));
    const list = authority && new RevocationList({ ...parts, authority, now });
    this.keeper = access && list && new AccessKeeper({ ...parts, access, list, now, complaints, everyMs });
    parts.devices.onGateChange(async (terminal, change) => {
      await parts.denyList.refresh();
      void this.keeper?.work();
      // a quarantine is found while a message of this very terminal is dealt with
      if (change === 'revoked' || change === 'retired') await settled(terminal);
    });
  }

  /** Of whoever leads. */
  get duties(): readonly Duty[] {
    return this.keeper ? [this.keeper] : [];
  }

  /** Before anybody is heard. */
  async open(): Promise<void> {
    await this.#options.parts.denyList.refresh();
    // who is refused because nobody was told yet of anybody would come back late
    if (this.#options.access?.isForgetful) await this.keeper?.work();
    this.#looking.start();
  }

  async grant(terminal: TerminalId, serial: string): Promise<void> {
    await this.keeper?.grantNow(terminal, serial);
  }

  async close(): Promise<void> {
    await this.#looking.stop();
    await this.#options.access?.close();
  }
}
