// Who may speak on an EMQX: rules of its built-in database, bans by name and kicks, over its REST API.
// EMQX knows a terminal by its name alone: a superseded certificate opens its own terminal's tree until it runs out.
import * as v from 'valibot';
import { terminalRights } from '../../../broker-rights.ts';
import { type TenantId, type TerminalId, terminalIdSchema } from '../../../contract/ids.ts';
import { shardOf } from '../../../contract/topics.ts';
import { type BrokerAccess, BrokerAccessError, type EndReason } from './broker-access.ts';

export interface EmqxAccessOptions {
  readonly tenant: TenantId;
  /** http://host:18083 */
  readonly api: string;
  /** an API key and its secret */
  readonly username: string;
  readonly password: string;
  readonly patienceMs: number;
}

const rulesPath = '/authorization/sources/built_in_database/rules/users';
const pageSchema = v.object({
  data: v.array(v.object({ username: v.string() })),
  meta: v.object({ hasnext: v.optional(v.boolean(), false) }),
});
const pageSize = 500;

export class EmqxAccess implements BrokerAccess {
  readonly #options: EmqxAccessOptions;

  constructor(options: EmqxAccessOptions) {
    this.#options = options;
  }

  async grant(terminal: TerminalId): Promise<void> {
    const { tenant } = this.#options;
    const { writes, reads } = terminalRights(tenant, terminal, shardOf(terminal));
    const rule = (action: string) => (topic: string) => ({ topic, permission: 'allow', action });
    const rules = [...writes.map(rule('publish')), ...reads.map(rule('subscribe'))];
    await this.#ask('DELETE', `/banned/username/${terminal}`, undefined, [404]);
    const isNew = await this.#ask('PUT', `${rulesPath}/${terminal}`, { username: terminal, rules }, [404]);
    if (isNew === 404) await this.#ask('POST', rulesPath, [{ username: terminal, rules }]);
  }

  async revoke(terminal: TerminalId, _serials: readonly string[], why: EndReason): Promise<void> {
    if (why === 'superseded') return;
    const ban = { as: 'username', who: terminal, by: 'headquarters', reason: why, until: 'infinity' };
    // who is banned already is refused as a wrong request
    await this.#ask('POST', '/banned', ban, [400]);
    await this.#ask('DELETE', `${rulesPath}/${terminal}`, undefined, [404]);
    await this.kick(terminal);
    const left = await this.#ask('GET', `/clients/${terminal}`, undefined, [404]);
    if (left === 404) return;
    throw new BrokerAccessError(
      'broker-access-refused',
      `EMQX still holds the session of ${terminal} after it was banned and kicked; kick it in its dashboard.`,
    );
  }

  async kick(terminal: TerminalId): Promise<void> {
    await this.#ask('DELETE', `/clients/${terminal}`, undefined, [404]);
  }

  async list(): Promise<readonly TerminalId[]> {
    const all: TerminalId[] = [];
    for (let page = 1; ; page += 1) {
      const { data, meta } = v.parse(
        pageSchema,
        await this.#ask('GET', `${rulesPath}?page=${page}&limit=${pageSize}`),
      );
      all.push(
        ...data
          .map(({ username }) => username)
          .filter((name): name is TerminalId => v.is(terminalIdSchema, name)),
      );
      if (!meta.hasnext) return all;
    }
  }

  /** It goes by bans alone: a list of certificates would need their distribution points. */
  async takeList(): Promise<void> {}

  async close(): Promise<void> {}

  /**
   * @param isFine statuses that are answers too
   * @returns the body as JSON, or the status when it was one of those
   */
  async #ask(method: string, way: string, body?: object, isFine: readonly number[] = []): Promise<unknown> {
    const { api, username, password, patienceMs } = this.#options;
    const login = Buffer.from(`${username}:${password}`).toString('base64');
    const answer = await fetch(`${api}/api/v5${way}`, {
      method,
      headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((cause: unknown) => {
      throw new BrokerAccessError(
        'broker-access-unreachable',
        `EMQX does not answer at ${api}; look whether it runs, and at broker.access.api.`,
        { cause },
      );
    });
    if (isFine.includes(answer.status)) return answer.status;
    if (answer.ok) return answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
    throw new BrokerAccessError(
      'broker-access-refused',
      `EMQX answered ${answer.status} to ${method} ${way.split('?')[0]}; look whether the API key of broker.access may do that.`,
    );
  }
}
