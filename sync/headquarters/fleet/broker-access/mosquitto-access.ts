// Who may speak on a mosquitto: dynamic security holds each terminal's rights, a revocation list ends certificates.
// A client is deleted, never disabled: who shows a certificate is not asked whether it is disabled.
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { brokerUsers, terminalRights } from '../../../broker-rights.ts';
import { type TenantId, type TerminalId, terminalIdSchema } from '../../../contract/ids.ts';
import { shardOf } from '../../../contract/topics.ts';
import {
  type BrokerAccess,
  BrokerAccessError,
  type EndReason,
  type RevocationListInForce,
} from './broker-access.ts';
import {
  type DynsecAddress,
  type DynsecAnswer,
  DynsecChannel,
  type DynsecCommand,
} from './dynsec-channel.ts';
import { type Nudge, nudge, writeList } from './list-file.ts';
import { type ProbeResult, probeBroker } from './list-probe.ts';

export interface MosquittoAccessOptions extends DynsecAddress {
  readonly tenant: TenantId;
  /** the listener of terminals, mqtts://host:port: where the list is tried */
  readonly terminalsUrl: string;
  /** PEM, of the certificate of that listener */
  readonly root: string;
  readonly listFile: string;
  readonly reload: Nudge;
  /** what helps when a reload locks everybody out, as some versions do */
  readonly restart?: Nudge | undefined;
}

const clientsSchema = v.object({ clients: v.array(v.string()) });
/** Names of this many fit into one packet. */
const pageSize = 500;
/** The plugin has no codes, only these sentences. */
const isThere = /already exists/i;
const isGone = /not found/i;
const probePauseMs = 50;

export class MosquittoAccess implements BrokerAccess {
  readonly #options: MosquittoAccessOptions;
  readonly #channel: DynsecChannel;

  constructor(options: MosquittoAccessOptions) {
    this.#options = options;
    this.#channel = new DynsecChannel(options);
  }

  async grant(terminal: TerminalId): Promise<void> {
    const rolename = roleOf(terminal);
    const acls = aclsOf(this.#options.tenant, terminal);
    const roles = [{ rolename }];
    // the plugin writes all that it knows to disk with each command: the fewest are two
    const [role, client] = await this.#tell(
      [
        { command: 'createRole', rolename, acls },
        { command: 'createClient', username: terminal, roles },
      ],
      isThere,
    );
    // what it was before does not count
    const again: DynsecCommand[] = [];
    if (role?.error !== undefined) again.push({ command: 'modifyRole', rolename, acls });
    if (client?.error !== undefined) {
      again.push({ command: 'modifyClient', username: terminal, roles });
      again.push({ command: 'enableClient', username: terminal });
    }
    if (again.length > 0) await this.#tell(again);
  }

  async revoke(terminal: TerminalId, _serials: readonly string[], why: EndReason): Promise<void> {
    // one certificate of several is the list's affair
    if (why === 'superseded') return;
    // only a client that there is can be deleted, and only that ends the session of one that shows a certificate
    await this.#tell([{ command: 'createClient', username: terminal }], isThere);
    await this.#tell([{ command: 'deleteClient', username: terminal }], isGone);
    await this.#tell([{ command: 'deleteRole', rolename: roleOf(terminal) }], isGone);
  }

  async kick(terminal: TerminalId): Promise<void> {
    const username = terminal;
    const [kicked] = await this.#tell([{ command: 'disableClient', username }], isGone);
    if (kicked?.error === undefined) await this.#tell([{ command: 'enableClient', username }], isGone);
  }

  async list(): Promise<readonly TerminalId[]> {
    const all: TerminalId[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const [answer] = await this.#tell([
        { command: 'listClients', verbose: false, count: pageSize, offset },
      ]);
      const { clients } = v.parse(clientsSchema, answer?.data);
      // users of ours have a dot in their names, which a terminal has not
      all.push(...clients.filter((name): name is TerminalId => v.is(terminalIdSchema, name)));
      if (clients.length < pageSize) return all;
    }
  }

  async takeList({ pem, probes }: RevocationListInForce): Promise<void> {
    const { listFile, reload, restart, patienceMs } = this.#options;
    writeList(listFile, pem);
    await nudge(reload, patienceMs);
    if (await this.#tellsApart(probes)) return;
    if (!restart) throw lockedOut();
    await nudge(restart, patienceMs);
    if (!(await this.#tellsApart(probes))) throw lockedOut();
  }

  async close(): Promise<void> {
    await this.#channel.close();
  }

  /**
   * @returns false when nobody is taken any more
   * @throws BrokerAccessError broker-access-unreachable | revocation-list-ignored
   */
  async #tellsApart({ refused, taken }: RevocationListInForce['probes']): Promise<boolean> {
    const { terminalsUrl, root, patienceMs } = this.#options;
    const probe = (identity: typeof refused): Promise<ProbeResult> =>
      probeBroker(terminalsUrl, root, identity, patienceMs);
    const until = performance.now() + patienceMs;
    let last: ProbeResult;
    do {
      last = await probe(refused);
      if (last === 'refused') return (await probe(taken)) === 'taken';
      // it reads the list a moment after it was told to
      await wait(probePauseMs);
    } while (performance.now() < until);
    if (last === 'unreachable') {
      throw new BrokerAccessError(
        'broker-access-unreachable',
        `nothing answers at ${terminalsUrl}, where terminals find mosquitto; look whether it runs.`,
      );
    }
    throw new BrokerAccessError(
      'revocation-list-ignored',
      `mosquitto still takes a certificate that is on its revocation list; look whether crlfile of its listener is ${this.#options.listFile}, and restart it.`,
    );
  }

  /** @param isFine errors that say that it was so already */
  async #tell(commands: readonly DynsecCommand[], isFine?: RegExp): Promise<readonly DynsecAnswer[]> {
    const answers = await this.#channel.ask(commands);
    for (const { command, error } of answers) {
      if (error === undefined || isFine?.test(error)) continue;
      throw new BrokerAccessError(
        'broker-access-refused',
        `mosquitto refused ${command}: ${error}; look whether user ${brokerUsers(this.#options.tenant).access} has role admin.`,
      );
    }
    return answers;
  }
}

function lockedOut(): BrokerAccessError {
  return new BrokerAccessError(
    'revocation-list-locks-out',
    'since mosquitto read its new revocation list it takes nobody, as some versions do: restart it, and name the command in broker.access.restart.',
  );
}

function roleOf(terminal: TerminalId): string {
  return `terminal-${terminal}`;
}

function aclsOf(tenant: TenantId, terminal: TerminalId): readonly object[] {
  const { writes, reads } = terminalRights(tenant, terminal, shardOf(terminal));
  const acl = (acltype: string) => (topic: string) => ({ acltype, topic, priority: 0, allow: true });
  return [
    ...writes.map(acl('publishClientSend')),
    ...reads.map(acl('publishClientReceive')),
    ...reads.map(acl('subscribePattern')),
    ...reads.map(acl('unsubscribePattern')),
  ];
}
