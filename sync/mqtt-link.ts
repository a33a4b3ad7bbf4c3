// The link over MQTT: QoS 1, clean sessions, one fresh client per connection, our own back-off, any node of a cluster.
// 3.1.1 is enough; what MQTT 5 adds is used where the broker speaks it. mqtt.js is used for packets only: its
// reconnection has no jitter, ends for ever after some refusals, and its store replays one message per round trip.
import type { IConnackPacket, MqttClient } from 'mqtt';
import { BackOff } from './back-off.ts';
import { BrokerAddresses, type MqttVersion } from './broker-addresses.ts';
import { EchoWatch } from './echo-watch.ts';
import type { Link, LinkAdviceCode, LinkDownCode, LinkEvents, LinkOptions, PublishOptions } from './link.ts';
import { openMqttClient, seconds } from './mqtt-client.ts';
import { SendWindow } from './send-window.ts';
import { type ConnectionEnd, TakeOverWatch } from './take-over-watch.ts';

const farewellMs = 500;
const takenOverPauseMs = 300_000;
const firstPauseMs = 40_000;
/** packet identifiers and memory end somewhere, whatever a broker allows */
const maxUnanswered = 1_000;
const maxWaiting = 10_000;
/** Reason codes of CONNACK, in 3.1.1 and in 5. */
const unknownVersion: readonly number[] = [1, 0x84];
const brokerIsBusy: readonly number[] = [3, 0x88, 0x89, 0x97];
const sessionTakenOver = 0x8e;
/** Reason codes of PUBACK and what they are a hint of. */
const adviceOf: Readonly<Record<number, LinkAdviceCode>> = {
  16: 'sync-broker-nobody-listens',
  135: 'sync-broker-forbids',
  144: 'sync-broker-forbids',
  149: 'sync-broker-packet-limit',
  151: 'sync-broker-over-quota',
};

export function openMqttLink(options: LinkOptions, events: LinkEvents): Link {
  const link = new MqttLink(options, events);
  link.open();
  return link;
}

/** One connection, from the attempt to its end. */
interface Connection {
  readonly client: MqttClient;
  readonly version: MqttVersion;
  readonly window: SendWindow;
  readonly advised: Set<LinkAdviceCode>;
  /** topic filters that the broker was asked for */
  readonly filters: Set<string>;
  /** largest packet that the broker takes */
  readonly maxPacketBytes: number;
}

class MqttLink implements Link {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  readonly #addresses: BrokerAddresses;
  readonly #backOff: BackOff;
  readonly #random: () => number;
  readonly #takeOver = new TakeOverWatch();
  readonly #echo: EchoWatch;
  #pauses = 0;
  readonly #unanswered = new Set<(isTaken: boolean) => void>();
  #filters: readonly string[];
  #listening: Promise<boolean> = Promise.resolve(true);
  #connection: Connection | undefined;
  /** the client of the connection or attempt that counts */
  #client: MqttClient | undefined;
  #timer: NodeJS.Timeout | undefined;
  #upSinceMs = 0;
  #isUp = false;
  #isClosed = false;

  constructor(options: LinkOptions, events: LinkEvents) {
    const { url, random = Math.random, reconnectMinMs: minMs, reconnectMaxMs: maxMs } = options;
    this.#options = options;
    this.#events = events;
    this.#filters = options.subscriptions;
    this.#random = random;
    this.#addresses = new BrokerAddresses(
      typeof url === 'string' ? [url] : url,
      options.highestMqtt ?? 5,
      random,
    );
    this.#backOff = new BackOff({ minMs, maxMs }, random);
    this.#echo = new EchoWatch({
      topicOf: (filter) => options.echoTopicOf?.(filter),
      everyMs: options.keepAliveMs,
      filters: () => this.#filters,
      say: (topic, payload) => void this.publish(topic, payload),
      onDeaf: () => this.#client && this.#end(this.#client, 'sync-link-lost', 'broken'),
    });
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  open(): void {
    this.#attempt(this.#addresses.next());
  }

  publish(topic: string, payload: Uint8Array, options: PublishOptions = {}): Promise<boolean> {
    const connection = this.#connection;
    if (!this.#isUp || !connection) return Promise.resolve(false);
    if (payload.length + Buffer.byteLength(topic) + headBytes > connection.maxPacketBytes) {
      // it would end the connection, and the next, and the next
      this.#advise(connection, 'sync-broker-packet-limit');
      return Promise.resolve(false);
    }
    return this.#answered((settle) => {
      const send = (): void => this.#send(connection, topic, payload, options, settle);
      if (!connection.window.enter(send)) settle(false);
    });
  }

  listen(filters: readonly string[]): Promise<boolean> {
    this.#filters = filters;
    // one after the other: what an earlier call gives up, a later one may want
    this.#listening = this.#listening.then(() => this.#adjustFilters());
    return this.#listening;
  }

  async #adjustFilters(): Promise<boolean> {
    const connection = this.#connection;
    if (!connection) return false;
    const filters = this.#filters;
    const { client, filters: asked } = connection;
    const gone = [...asked].filter((filter) => !filters.includes(filter));
    const fresh = filters.filter((filter) => !asked.has(filter));
    for (const filter of gone) asked.delete(filter);
    for (const filter of fresh) asked.add(filter);
    // in this order: what both cover is heard all the time
    const isGranted =
      fresh.length === 0 || (await this.#answered((settle) => this.#subscribe(client, fresh, settle)));
    const isForgotten =
      gone.length === 0 || (await this.#answered((settle) => this.#unsubscribe(client, gone, settle)));
    return isGranted && isForgotten;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#connection = undefined;
    this.#isUp = false;
    this.#echo.end();
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

  #attempt(url: string): void {
    const version = this.#addresses.versionOf(url);
    let why: LinkDownCode = 'sync-link-unreachable';
    let how: ConnectionEnd = 'broken';
    let stage: 'dialling' | 'asking' | 'let-in' = 'dialling';
    const client = openMqttClient(url, version, this.#options, {
      onConnected: () => (stage = 'asking'),
      onTooLarge: () => (why = 'sync-frame-too-large'),
      onEnd: () => {
        if (how === 'broken') how = 'closed';
      },
    });
    this.#client = client;
    client.on('connect', (connack) => {
      if (this.#client !== client) return;
      stage = 'let-in';
      why = 'sync-link-lost';
      this.#addresses.noteAccepted(url, version);
      this.#takeOver.noteUp(performance.now());
      const filters = new Set(this.#filters);
      this.#connection = { ...connectionOf(client, version, connack), filters };
      if (filters.size === 0) this.#up(client);
      else this.#subscribe(client, [...filters], (isGranted) => isGranted && this.#up(client));
    });
    client.on('message', (topic, payload, packet) => {
      // some brokers send what they retained before they confirm the subscription
      this.#up(client);
      if (this.#client !== client || this.#echo.hears(topic, payload)) return;
      this.#events.onMessage(topic, payload, packet.retain);
    });
    client.on('packetreceive', (packet) => this.#noteAnswer(client, packet));
    client.on('disconnect', ({ reasonCode }) => {
      if (reasonCode === sessionTakenOver) how = 'said-taken-over';
    });
    client.on('error', (error) => {
      if (stage === 'dialling' && this.#client === client) this.#takeOver.noteFailed();
      const reason = stage === 'asking' ? reasonOf(error) : undefined;
      if (reason !== undefined && version === 5 && unknownVersion.includes(reason)) {
        this.#addresses.noteRefused(url);
        this.#again(client, url);
        return;
      }
      if (reason !== undefined && !brokerIsBusy.includes(reason)) why = 'sync-link-refused';
      // TLS 1.3 says only after the handshake what it thinks of our certificate
      if (stage === 'asking' && isTlsAlert(error)) why = 'sync-link-refused';
      this.#end(client, why, how);
    });
    client.on('close', () => {
      if (stage === 'asking' && this.#client === client) this.#addresses.noteSilent(url, version);
      this.#end(client, why, how);
    });
  }

  #subscribe(client: MqttClient, filters: string[], settle: (isGranted: boolean) => void): void {
    const patience = this.#patience(client);
    client.subscribe(filters, { qos: 1 }, (error, _granted, suback) => {
      clearTimeout(patience);
      // without a SUBACK nobody refused: the connection ended first
      const isRefused = error !== null && error !== undefined && suback !== undefined;
      // who stayed on would be let in, and deaf
      if (isRefused) this.#end(client, 'sync-link-refused', 'broken');
      settle(!isRefused && !error);
    });
  }

  #unsubscribe(client: MqttClient, filters: string[], settle: (isForgotten: boolean) => void): void {
    const patience = this.#patience(client);
    client.unsubscribe(filters, (error) => {
      clearTimeout(patience);
      settle(!error);
    });
  }

  /** A cluster that lost a node may answer every ping and yet one question never: then another node is asked. */
  #patience(client: MqttClient): NodeJS.Timeout {
    const end = (): void => this.#end(client, 'sync-link-lost', 'broken');
    return setTimeout(end, 1.5 * this.#options.keepAliveMs).unref();
  }

  /** Settled by the broker's answer, or by the end of the connection. */
  #answered(send: (settle: (isTaken: boolean) => void) => void): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isTaken: boolean): void => {
        this.#unanswered.delete(settle);
        resolve(isTaken);
      };
      this.#unanswered.add(settle);
      send(settle);
    });
  }

  #send(
    connection: Connection,
    topic: string,
    payload: Uint8Array,
    { isRetained = false, expiryMs }: PublishOptions,
    settle: (isTaken: boolean) => void,
  ): void {
    const { client, version, window } = connection;
    const hasExpiry = version === 5 && expiryMs !== undefined;
    const patience = this.#patience(client);
    client.publish(
      topic,
      Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
      {
        qos: 1,
        retain: isRetained,
        ...(hasExpiry ? { properties: { messageExpiryInterval: seconds(expiryMs) } } : {}),
      },
      (error) => {
        clearTimeout(patience);
        settle(!error);
        if (this.#connection === connection) window.release();
      },
    );
  }

  #noteAnswer(client: MqttClient, { cmd, reasonCode = 0 }: Answer): void {
    const connection = this.#connection;
    const advice = cmd === 'puback' ? adviceOf[reasonCode] : undefined;
    if (advice && connection?.client === client) this.#advise(connection, advice);
  }

  #advise({ advised }: Connection, code: LinkAdviceCode): void {
    if (advised.has(code)) return;
    advised.add(code);
    this.#events.onAdvice?.(code);
  }

  #up(client: MqttClient): void {
    if (this.#client !== client || this.#isUp) return;
    this.#isUp = true;
    this.#upSinceMs = performance.now();
    this.#echo.begin();
    this.#events.onUp();
  }

  /** The same broker at once in the language that it knows: no news for anyone. */
  #again(client: MqttClient, url: string): void {
    if (this.#client !== client) return;
    client.end(true);
    this.#attempt(url);
  }

  /** Ends this client for good and plans the next; the first reason counts. */
  #end(client: MqttClient, why: LinkDownCode, how: ConnectionEnd): void {
    if (this.#client !== client) return;
    const nowMs = performance.now();
    const wasLetIn = this.#connection !== undefined;
    this.#client = undefined;
    this.#connection = undefined;
    if (this.#isUp) this.#backOff.noteLasted(nowMs - this.#upSinceMs);
    this.#isUp = false;
    this.#echo.end();
    const isTakenOver = wasLetIn && this.#takeOver.noteEnd(nowMs, how);
    client.end(true);
    this.#abandon();
    this.#events.onDown(isTakenOver ? 'sync-link-taken-over' : why);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.open(), isTakenOver ? this.#pauseMs() : this.#backOff.nextMs());
  }

  /** Random, so that two with the same name do not come back together; soon the first time, to tell headquarters (S12). */
  #pauseMs(): number {
    this.#pauses += 1;
    const longest = this.#options.takenOverPauseMs ?? takenOverPauseMs;
    const most = this.#pauses === 1 ? Math.min(longest, firstPauseMs) : longest;
    return most * (0.5 + this.#random() / 2);
  }

  #abandon(): void {
    for (const settle of [...this.#unanswered]) settle(false);
  }
}

/** Fixed header, topic length, packet identifier and the properties that we send, generously. */
const headBytes = 64;

interface Answer {
  readonly cmd: string;
  readonly reasonCode?: number | undefined;
}

function connectionOf(
  client: MqttClient,
  version: MqttVersion,
  { properties }: IConnackPacket,
): Omit<Connection, 'filters'> {
  const size = Math.min(properties?.receiveMaximum ?? maxUnanswered, maxUnanswered);
  return {
    client,
    version,
    window: new SendWindow(size, maxWaiting),
    advised: new Set(),
    maxPacketBytes: properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
  };
}

function isTlsAlert(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code).startsWith('ERR_SSL_');
}

/** What the broker answered carries its number as code; a socket's code is a word. */
function reasonOf(error: unknown): number | undefined {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}
