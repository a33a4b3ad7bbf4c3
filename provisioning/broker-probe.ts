// One connection that tries things on a broker and reports how it took them; every answer has a time limit.
import { randomBytes } from 'node:crypto';
import { MqttClient } from 'mqtt';
import type { LinkTls } from '../sync/link.ts';
import { openMqttSocket } from '../sync/mqtt-client.ts';

export interface BrokerLogin {
  readonly username?: string;
  readonly password?: string;
  readonly tls?: LinkTls;
}

export interface ProbeMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly isRetained: boolean;
}

export interface ProbeFailure {
  readonly kind: 'unreachable' | 'refused';
}

export class BrokerProbe {
  readonly #client: MqttClient;
  readonly #patienceMs: number;
  readonly #messages: ProbeMessage[] = [];
  readonly #watchers = new Set<() => void>();
  /** of the TCP connection: about one round trip */
  readonly dialMs: number;
  /** what the broker said it takes; only MQTT 5 tells */
  readonly maxPacketBytes: number | undefined;

  constructor(
    client: MqttClient,
    patienceMs: number,
    told: { readonly dialMs: number; readonly maxPacketBytes: number | undefined },
  ) {
    this.#client = client;
    this.#patienceMs = patienceMs;
    this.dialMs = told.dialMs;
    this.maxPacketBytes = told.maxPacketBytes;
    client.on('message', (topic, payload, { retain }) => {
      this.#messages.push({ topic, payload, isRetained: retain });
      for (const look of this.#watchers) look();
    });
  }

  /** @returns the granted QoS, or `refused`, also when the broker hangs up over it */
  subscribe(filter: string): Promise<number | 'refused'> {
    return this.#answer<number | 'refused'>('refused', (done) =>
      this.#client.subscribe(filter, { qos: 1 }, (error, granted) => {
        const qos = granted?.[0]?.qos ?? 128;
        done(error || qos > 2 ? 'refused' : qos);
      }),
    );
  }

  /** @returns whether the broker said that it took it */
  publish(topic: string, payload: Buffer, isRetained = false): Promise<boolean> {
    return this.#answer(false, (done) =>
      this.#client.publish(topic, payload, { qos: 1, retain: isRetained }, (error) => done(!error)),
    );
  }

  /** Waits for a message. @param payload only with these bytes */
  hears(isWanted: (message: ProbeMessage) => boolean, payload?: Buffer): Promise<boolean> {
    const isThere = () =>
      this.#messages.some((message) => isWanted(message) && (payload?.equals(message.payload) ?? true));
    if (isThere()) return Promise.resolve(true);
    return this.#answer(false, (done) => {
      const look = (): void => {
        if (!isThere()) return;
        this.#watchers.delete(look);
        done(true);
      };
      this.#watchers.add(look);
    });
  }

  /** Has come already. */
  heard(topic: string, payload: Buffer): boolean {
    return this.#messages.some((message) => message.topic === topic && message.payload.equals(payload));
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }

  /** @param otherwise when the connection ends or patience does */
  #answer<T>(otherwise: T, ask: (done: (answer: T) => void) => void): Promise<T> {
    if (!this.#client.connected) return Promise.resolve(otherwise);
    return new Promise((resolve) => {
      const done = (answer: T): void => {
        clearTimeout(timer);
        this.#client.off('close', onClose);
        resolve(answer);
      };
      const onClose = (): void => done(otherwise);
      const timer = setTimeout(onClose, this.#patienceMs);
      this.#client.once('close', onClose);
      ask(done);
    });
  }
}

export async function openProbe(
  url: string,
  { username, password, tls }: BrokerLogin,
  version: 4 | 5,
  patienceMs: number,
): Promise<BrokerProbe | ProbeFailure> {
  const startMs = performance.now();
  let dialMs: number | undefined;
  const onConnected = (): void => {
    dialMs = performance.now() - startMs;
  };
  const client = new MqttClient(() => openMqttSocket(url, tls, { onConnected }), {
    protocolId: 'MQTT',
    protocolVersion: version,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: patienceMs,
    // not the name of a terminal: its own connection must not end
    clientId: `check-${randomBytes(8).toString('hex')}`,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  });
  return new Promise((resolve) => {
    const fail = (): void => {
      client.end(true);
      // whoever lets us dial and then hangs up has refused us
      resolve({ kind: dialMs === undefined ? 'unreachable' : 'refused' });
    };
    client.once('connect', ({ properties }) => {
      client.off('close', fail);
      resolve(
        new BrokerProbe(client, patienceMs, {
          dialMs: dialMs ?? 0,
          maxPacketBytes: properties?.maximumPacketSize,
        }),
      );
    });
    // errors of a connection end it, and its end is what is looked at
    client.on('error', () => client.end(true));
    client.once('close', fail);
  });
}
