// Headquarters' connection to its broker: an ordinary client that the broker need remember nothing about.
import { connect, type MqttClient } from 'mqtt';
import { HeadquartersError } from './headquarters-error.ts';

export interface BrokerLinkOptions {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly subscribe: string;
  readonly connectTimeoutMs: number;
  readonly reconnectMs: number;
  /** subscribed: messages can come; also after every reconnect */
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
}

export interface BrokerLink {
  readonly isUp: boolean;
  /**
   * Resolves when the broker has it.
   * @throws HeadquartersError hq-link-lost; nothing is queued while the link is down
   */
  publish(topic: string, payload: Uint8Array, options?: { readonly retain?: boolean }): Promise<void>;
  /** Waits for the first connection. */
  untilUp(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export function openBrokerLink(options: BrokerLinkOptions): BrokerLink {
  let isUp = false;
  const waiting = new Set<() => void>();
  const client: MqttClient = connect(options.url, {
    clean: true,
    clientId: `headquarters-${process.pid}-${Date.now().toString(36)}`,
    connectTimeout: options.connectTimeoutMs,
    reconnectPeriod: options.reconnectMs,
    // by default one "server unavailable" would end the client for ever
    reconnectOnConnackError: true,
    resubscribe: false,
    queueQoSZero: false,
    keepalive: 30,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
  });
  client.on('connect', () => {
    const stream = client.stream as { setNoDelay?: (on: boolean) => void };
    stream.setNoDelay?.(true);
    client.subscribe(options.subscribe, { qos: 1 }, (error) => {
      if (error) return;
      isUp = true;
      for (const resolve of waiting) resolve();
      options.onUp();
    });
  });
  client.on('close', () => {
    if (!isUp) return;
    isUp = false;
    options.onDown();
  });
  client.on('message', (topic, payload) => options.onMessage(topic, payload));
  // refused and lost connections end here; `close` tells of them and the client tries again
  client.on('error', () => {});

  return {
    get isUp() {
      return isUp;
    },
    publish: async (topic, payload, { retain = false } = {}) => {
      if (!isUp) throw new HeadquartersError('hq-link-lost', 'the broker is not reached');
      try {
        await client.publishAsync(topic, Buffer.from(payload), { qos: 1, retain });
      } catch (cause) {
        throw new HeadquartersError('hq-link-lost', 'the broker was lost while sending', { cause });
      }
    },
    untilUp: async (timeoutMs) => {
      if (isUp) return true;
      return await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => finish(false), timeoutMs);
        const finish = (result: boolean): void => {
          clearTimeout(timer);
          waiting.delete(onUp);
          resolve(result);
        };
        const onUp = (): void => finish(true);
        waiting.add(onUp);
      });
    },
    close: async () => {
      await client.endAsync(true);
    },
  };
}
