// Speaks to mosquitto's dynamic security plugin over MQTT: a list of commands there, an answer for each back.
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Link } from '../../../link.ts';
import { openMqttLink } from '../../../mqtt-link.ts';
import { BrokerAccessError } from './broker-access.ts';

export interface DynsecAddress {
  /** the listener that is headquarters' alone */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly patienceMs: number;
}

/** As the plugin documents it: `{"command": "createClient", …}`. */
export type DynsecCommand = { readonly command: string } & Readonly<Record<string, unknown>>;

const answerSchema = v.object({
  command: v.string(),
  correlationData: v.optional(v.string()),
  error: v.optional(v.string()),
  data: v.optional(v.unknown()),
});
export type DynsecAnswer = v.InferOutput<typeof answerSchema>;
const answersSchema = v.object({ responses: v.array(answerSchema) });

const topic = '$CONTROL/dynamic-security/v1';
const reconnect = { reconnectMinMs: 100, reconnectMaxMs: 2_000 };

interface Asked {
  readonly answers: DynsecAnswer[];
  readonly count: number;
  readonly settle: (answers: readonly DynsecAnswer[] | BrokerAccessError) => void;
}

export class DynsecChannel {
  readonly #address: DynsecAddress;
  readonly #asked = new Map<string, Asked>();
  readonly #waiting = new Set<() => void>();
  #link: Link | undefined;
  #isRefused = false;

  /** Connects with the first word. */
  constructor(address: DynsecAddress) {
    this.#address = address;
  }

  /**
   * @returns one answer for each command, in order; `error` is the plugin's own sentence
   * @throws BrokerAccessError broker-access-unreachable | broker-access-refused
   */
  async ask(commands: readonly DynsecCommand[]): Promise<readonly DynsecAnswer[]> {
    const link = this.#open();
    const mark = randomBytes(9).toString('base64url');
    const said = { commands: commands.map((command) => ({ ...command, correlationData: mark })) };
    return await new Promise((resolve, reject) => {
      const settle: Asked['settle'] = (answers) => {
        clearTimeout(timer);
        this.#asked.delete(mark);
        this.#waiting.delete(send);
        if (answers instanceof Error) reject(answers);
        else resolve(answers);
      };
      const timer = setTimeout(() => settle(this.#silence()), this.#address.patienceMs);
      this.#asked.set(mark, { answers: [], count: commands.length, settle });
      const send = (): void => {
        this.#waiting.delete(send);
        void link.publish(topic, Buffer.from(JSON.stringify(said)));
      };
      if (link.isUp) send();
      else this.#waiting.add(send);
    });
  }

  async close(): Promise<void> {
    for (const { settle } of [...this.#asked.values()]) settle(this.#silence());
    await this.#link?.close();
    this.#link = undefined;
  }

  #open(): Link {
    const { url, username, password, patienceMs } = this.#address;
    this.#link ??= openMqttLink(
      {
        ...{ url, username, password, ...reconnect },
        clientId: `access-${randomBytes(6).toString('hex')}`,
        subscriptions: [`${topic}/response`],
        keepAliveMs: 30_000,
        connectTimeoutMs: patienceMs,
      },
      {
        onUp: () => {
          this.#isRefused = false;
          for (const send of [...this.#waiting]) send();
        },
        onDown: (code) => {
          this.#isRefused = code === 'sync-link-refused';
        },
        onMessage: (_, payload) => this.#hear(payload),
      },
    );
    return this.#link;
  }

  #hear(payload: Uint8Array): void {
    let responses: readonly DynsecAnswer[];
    try {
      ({ responses } = v.parse(answersSchema, JSON.parse(Buffer.from(payload).toString())));
    } catch {
      // whoever asked hears nothing, and says so
      return;
    }
    for (const answer of responses) {
      const asked = this.#asked.get(answer.correlationData ?? '');
      if (!asked) continue;
      asked.answers.push(answer);
      if (asked.answers.length === asked.count) asked.settle(asked.answers);
    }
  }

  #silence(): BrokerAccessError {
    const { url } = this.#address;
    return this.#isRefused
      ? new BrokerAccessError(
          'broker-access-refused',
          `mosquitto at ${url} does not take broker.access.username and its password, or does not let it speak to dynamic security; make its files anew with yingbin broker-config.`,
        )
      : new BrokerAccessError(
          'broker-access-unreachable',
          `mosquitto at ${url} does not answer on ${topic}; look whether it runs with plugin mosquitto_dynamic_security.so.`,
        );
  }
}
