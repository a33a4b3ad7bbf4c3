// The MQTT side of headquarters: broker, link, what comes up and what goes down.
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SigningKey } from '../contract/signed-frame.ts';
import { topics } from '../contract/topics.ts';
import type { LinkAdviceCode, LinkOptions } from '../link.ts';
import { openMqttLink } from '../mqtt-link.ts';
import { Complaints } from './complaints.ts';
import type { HeadquartersConfig } from './config.ts';
import { type EmbeddedBroker, headquartersUser, openEmbeddedBroker } from './embedded-broker.ts';
import type { Fleet } from './fleet.ts';
import { HeadquartersError } from './headquarters-error.ts';
import type { Intake } from './intake.ts';
import type { LiveAnswers } from './live-answers.ts';
import type { Log } from './log.ts';
import { OrderSender } from './order-sender.ts';
import type { Orders } from './orders.ts';
import type { Publication } from './publication.ts';
import { Publisher } from './publisher.ts';
import { readSecret } from './secrets.ts';
import { type Say, signedVoice } from './signed-voice.ts';
import type { Store } from './store/store.ts';
import { makeUpReceiver } from './up-receiver.ts';
import { type Duty, repeated } from './workers/leader-duties.ts';
import type { ShardKeeper } from './workers/shards.ts';
import { Tenure } from './workers/tenure.ts';

export interface MqttSideOptions {
  readonly config: HeadquartersConfig;
  /** every terminal of the fleet knows its public half */
  readonly signKey: SigningKey;
  /** resolves a path of the config */
  readonly at: (path: string) => string;
  readonly parts: {
    readonly store: Store;
    readonly publication: Publication;
    readonly intake: Intake;
    readonly fleet: Fleet;
    readonly orders: Orders;
    readonly answers: LiveAnswers;
  };
  /** which terminals are ours */
  readonly shards: ShardKeeper;
  /** what the leader does besides sending manifests and orders */
  readonly duties: readonly Duty[];
  readonly now: () => Date;
  readonly log: Log;
}
export interface MqttSide {
  /** of a cluster all addresses, with blanks between them */
  readonly url: string;
  isUp(): boolean;
  /** Published rows changed. */
  noteChange(): void;
  /** An order was given. */
  noteOrder(): void;
  close(): Promise<void>;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused | hq-broker-unreachable | hq-secret-unreadable */
export async function openMqttSide(options: MqttSideOptions): Promise<MqttSide> {
  const { config, at, parts, shards, log } = options;
  const { limits, tenant } = config;
  const { broker, ...address } = await openBroker(config, at);
  const complaints = new Complaints(log);
  const storeFault = (): void => complaints.say('store-failed', ...storeFailed);
  const say = signedVoice((...message) => link.publish(...message), options.signKey);
  const publisher = makePublisher(options, say, storeFault);
  const sender = makeSender(options, say, storeFault);
  const manifests = { start: () => publisher.start(), stop: () => publisher.rest() };
  const watch = watchChanges(options, publisher, storeFault);
  const tenure = new Tenure({
    tenant,
    link: () => link,
    duties: [manifests, ...watch, sender, ...options.duties],
    onMore: () => publisher.sendManifest(),
    log,
  });
  let isFirstUp = (): void => {};
  const firstUp = new Promise<true>((resolve) => {
    isFirstUp = () => resolve(true);
  });
  const link = openMqttLink(linkOptions(address, limits), {
    onUp: () => {
      log.info({ event: 'broker-up' }, 'broker reached');
      isFirstUp();
      shards.check();
      if (!tenure.isEmpty) void publisher.sendManifest();
    },
    onDown: (code) => {
      log.warn({ event: 'broker-down', code }, 'broker not reached');
      parts.fleet.forgetPresence(tenure.shards).catch(storeFault);
    },
    onAdvice: (code) => noteAdvice(code, log),
    onMessage: (topic, payload, isRetained) => receiver.receive(topic, payload, isRetained),
  });
  const receiver = makeUpReceiver(config, { ...parts, shards }, { publisher, sender }, say, complaints);
  const close = async (): Promise<void> => {
    await shards.close();
    await tenure.end();
    publisher.stop();
    await link.close();
    await receiver.drained();
    await broker?.close();
  };
  const isUp = await isUpWithin(limits.connectTimeoutMs, firstUp);
  // an external broker may come later; our own must be there
  if (!isUp && broker) {
    await close();
    throw new HeadquartersError('hq-broker-unreachable', 'the embedded broker does not answer; start again.');
  }
  await shards.start(
    (holding) => tenure.hold(holding),
    () => link.isUp,
  );
  return {
    url: [address.url].flat().join(' '),
    isUp: () => link.isUp,
    noteChange: () => {
      // one voice is enough: the leader looks every moment what others published
      if (tenure.isLeader) publisher.noteChange();
    },
    noteOrder: () => sender.kick(),
    close,
  };
}

/** What other processes published; what this one does is told at once. */
function watchChanges(
  { config: { limits }, parts }: Pick<MqttSideOptions, 'config' | 'parts'>,
  publisher: Publisher,
  onFault: () => void,
): readonly Duty[] {
  if (!parts.store.isShared) return [];
  let known = '';
  const look = async (): Promise<void> => {
    const versions = JSON.stringify(await parts.publication.versions());
    if (versions !== known) publisher.noteChange();
    known = versions;
  };
  return [repeated(limits.changesEveryMs, () => look().catch(onFault))];
}

function makePublisher(
  { config: { tenant, limits }, parts, now }: Pick<MqttSideOptions, 'config' | 'parts' | 'now'>,
  say: Say,
  onFault: () => void,
): Publisher {
  return new Publisher({
    store: parts.store,
    publication: parts.publication,
    output: {
      sendManifest: (frame) => say(topics.manifest(tenant), frame, { isRetained: true }),
      sendChange: (terminal, frame) => say(topics.dataset(tenant, terminal), frame),
      sendChunk: (terminal, chunk) => say(topics.chunk(tenant, terminal), chunk),
    },
    now,
    delayMs: limits.manifestDelayMs,
    everyMs: limits.manifestEveryMs,
    bytesPerSecond: limits.chunkBytesPerSecond,
    onFault,
  });
}

function makeSender(
  { config: { tenant, limits }, parts }: Pick<MqttSideOptions, 'config' | 'parts'>,
  say: Say,
  onFault: () => void,
): OrderSender {
  return new OrderSender({
    orders: parts.orders,
    send: (terminal, frame) => say(topics.order(tenant, terminal), frame),
    everyMs: limits.ordersEveryMs,
    onFault,
  });
}

const storeFailed = [
  { event: 'store-failed', code: 'hq-fault' },
  'the store did not answer: check the disk, or the database server',
] as const;

async function isUpWithin(timeoutMs: number, firstUp: Promise<true>): Promise<boolean> {
  const timer = new AbortController();
  const isUp = await Promise.race([
    firstUp,
    setTimeout(timeoutMs, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  return isUp;
}

function noteAdvice(code: LinkAdviceCode, log: Log): void {
  // a terminal that is away is no news
  if (code === 'sync-broker-nobody-listens') return;
  log.warn({ event: 'broker-advice', code }, 'the broker does not take all that headquarters says');
}

interface BrokerAddress {
  readonly url: string | readonly string[];
  readonly username: string | undefined;
  readonly password: string | undefined;
}

function linkOptions(
  { url, username, password }: BrokerAddress,
  limits: HeadquartersConfig['limits'],
): LinkOptions {
  return {
    url,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    clientId: `headquarters-${randomBytes(6).toString('hex')}`,
    // what we listen to follows from what we hold
    subscriptions: [],
    keepAliveMs: limits.keepAliveMs,
    connectTimeoutMs: limits.connectTimeoutMs,
    reconnectMinMs: limits.reconnectMinMs,
    reconnectMaxMs: limits.reconnectMaxMs,
  };
}

async function openBroker(
  { broker, tenant }: HeadquartersConfig,
  at: (path: string) => string,
): Promise<BrokerAddress & { readonly broker: EmbeddedBroker | undefined }> {
  if (broker.kind === 'embedded') {
    const password = randomBytes(24).toString('base64url');
    const opened = await openEmbeddedBroker(broker.port, tenant, password);
    return { url: opened.url, broker: opened, username: headquartersUser, password };
  }
  return {
    url: broker.url,
    broker: undefined,
    username: broker.username,
    password:
      broker.passwordFile === undefined
        ? undefined
        : readSecret(at(broker.passwordFile), 'broker.passwordFile'),
  };
}
