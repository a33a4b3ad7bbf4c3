// The link over MQTT 3.1.1: QoS 1, clean sessions, one fresh client per connection, our own back-off.
// mqtt.js is used for packets only: its reconnection has no jitter and its store replays one message per round trip.
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { MqttClient } from 'mqtt';
import { maxFrameBytes } from './contract/frame.ts';
import type { Link, LinkDownCode, LinkEvents, LinkOptions, PublishOptions } from './link.ts';
import { mqttFrameGuard } from './mqtt-frame-guard.ts';

/** A connection that lasted this long ends the back-off. */
const stableMs = 60_000;
const farewellMs = 500;

export function openMqttLink(options: LinkOptions, events: LinkEvents): Link {
  const link = new MqttLink(options, events);
  link.open();
  return link;
}

class MqttLink implements Link {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  readonly #unanswered = new Set<(isTaken: boolean) => void>();
  #client: MqttClient | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #upSinceMs = 0;
  #isUp = false;
  #isClosed = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  open(): void {
    const { clientId, username, password, will, keepAliveMs, connectTimeoutMs } = this.#options;
    let why: LinkDownCode = 'sync-link-unreachable';
    const client = new MqttClient(() => openSocket(this.#options, () => (why = 'sync-frame-too-large')), {
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      clientId,
      keepalive: Math.ceil(keepAliveMs / 1000),
      connectTimeout: connectTimeoutMs,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(will ? { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } } : {}),
    });
    this.#client = client;
    client.on('connect', () => {
      if (this.#client !== client) return;
      why = 'sync-link-lost';
      client.subscribe([...this.#options.subscriptions], { qos: 1 }, (error, granted) => {
        const isRefused = !error && granted?.some(({ qos }) => qos > 2);
        if (isRefused) this.#end(client, 'sync-link-refused');
        else if (!error) this.#up(client);
      });
    });
    client.on('message', (topic, payload, packet) => {
      // some brokers send what they retained before they confirm the subscription
      this.#up(client);
      if (this.#client === client) this.#events.onMessage(topic, payload, packet.retain);
    });
    client.on('error', (error) => {
      // a CONNACK that says no carries its number as code; a socket's code is a word
      if ('code' in error && typeof error.code === 'number') why = 'sync-link-refused';
      this.#end(client, why);
    });
    client.on('close', () => this.#end(client, why));
  }

  publish(topic: string, payload: Uint8Array, { isRetained = false }: PublishOptions = {}): Promise<boolean> {
    const client = this.#client;
    if (!this.#isUp || !client) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (isTaken: boolean): void => {
        this.#unanswered.delete(settle);
        resolve(isTaken);
      };
      this.#unanswered.add(settle);
      client.publish(topic, Buffer.from(payload), { qos: 1, retain: isRetained }, (error) => settle(!error));
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#isUp = false;
    this.#abandon();
    if (!client) return;
    await new Promise<void>((resolve) => {
      // a broker that does not answer the farewell must not hold us
      const force = setTimeout(() => {
        client.stream.destroy();
        resolve();
      }, farewellMs);
      client.end(!client.connected, {}, () => {
        clearTimeout(force);
        resolve();
      });
    });
  }

  #up(client: MqttClient): void {
    if (this.#client !== client || this.#isUp) return;
    this.#isUp = true;
    this.#upSinceMs = performance.now();
    this.#events.onUp();
  }

  /** Ends this client for good and plans the next; the first reason counts. */
  #end(client: MqttClient, why: LinkDownCode): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (this.#isUp && performance.now() - this.#upSinceMs >= stableMs) this.#attempt = 0;
    this.#isUp = false;
    client.end(true);
    this.#abandon();
    this.#events.onDown(why);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.open(), this.#nextWaitMs());
  }

  #abandon(): void {
    for (const settle of [...this.#unanswered]) settle(false);
  }

  /** Full jitter, so that a fleet does not come back in step after a broker's restart. */
  #nextWaitMs(): number {
    const { reconnectMinMs, reconnectMaxMs, random = Math.random } = this.#options;
    const ceiling = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.min(this.#attempt, 30));
    this.#attempt += 1;
    return random() * ceiling;
  }
}

function openSocket({ url, tls }: LinkOptions, onTooLarge: () => void) {
  const { protocol, hostname, port } = new URL(url);
  // an address in brackets is one for the URL only
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'mqtts:';
  const socket = isTls
    ? connectTls({ host, port: Number(port || 8883), servername: host, ...tls })
    : connectTcp({ host, port: Number(port || 1883) });
  // one small packet at a time and delayed acknowledgements would make every fact wait 40 ms
  socket.setNoDelay(true);
  const isWithinLimits = mqttFrameGuard(maxFrameBytes);
  socket.on('data', (chunk: Buffer) => {
    if (isWithinLimits(chunk)) return;
    onTooLarge();
    socket.destroy();
  });
  return socket;
}
