// The MQTT side of headquarters: broker, link, what comes up and what goes down.
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TerminalId } from '../contract/ids.ts';
import type { SigningKey } from '../contract/signed-frame.ts';
import { topics } from '../contract/topics.ts';
import type { LinkAdviceCode, LinkOptions } from '../link.ts';
import { openMqttLink } from '../mqtt-link.ts';
import type { Audit } from './accounts/audit.ts';
import { Complaints } from './complaints.ts';
import type { HeadquartersConfig } from './config.ts';
import { type EmbeddedBroker, headquartersUser, openEmbeddedBroker } from './embedded-broker.ts';
import type { BrokerAccess } from './fleet/broker-access/broker-access.ts';
import { EmbeddedAccess } from './fleet/broker-access/embedded-access.ts';
import { embeddedDoor } from './fleet/broker-access/embedded-door.ts';
import { openAccess } from './fleet/broker-access/open-access.ts';
import { BrokerGate } from './fleet/broker-gate.ts';
import type { CertificateAuthority } from './fleet/certificate-authority.ts';
import type { DenyList } from './fleet/deny-list.ts';
import type { Devices } from './fleet/devices.ts';
import type { DueTwins } from './fleet/due-twins.ts';
import { noteProven } from './fleet/enrolment.ts';
import { TwinSender } from './fleet/twin-sender.ts';
import type { Fleet } from './fleet.ts';
import { HeadquartersError } from './headquarters-error.ts';
import type { Intake } from './intake.ts';
import type { LiveAnswers } from './live-answers.ts';
import type { Log } from './log.ts';
import type { Notices } from './notices/notices.ts';
import { OrderSender } from './order-sender.ts';
import type { Orders } from './orders.ts';
import type { Publication } from './publication.ts';
import { Publisher } from './publisher.ts';
import { readSecret } from './secrets.ts';
import { type Say, signedVoice } from './signed-voice.ts';
import type { Store } from './store/store.ts';
import { makeUpReceiver, type Senders } from './up-receiver.ts';
import { type Duty, repeated } from './workers/leader-duties.ts';
import type { ShardKeeper } from './workers/shards.ts';
import { Tenure } from './workers/tenure.ts';

export interface MqttSideOptions {
  readonly config: HeadquartersConfig;
  /** every terminal of the fleet knows its public half */
  readonly signKey: SigningKey;
  /** resolves a path of the config */
  readonly at: (path: string) => string;
  /** the fleet's root; undefined = nobody comes with a certificate of ours */
  readonly authority?: CertificateAuthority | undefined;
  readonly parts: {
    readonly store: Store;
    readonly audit: Audit;
    readonly notices: Notices;
    readonly devices: Devices;
    readonly denyList: DenyList;
    readonly publication: Publication;
    readonly intake: Intake;
    readonly fleet: Fleet;
    readonly orders: Orders;
    readonly dueTwins: DueTwins;
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
  /** where terminals come; of a cluster all addresses, with blanks between them */
  readonly url: string;
  isUp(): boolean;
  /** Published rows changed. */
  noteChange(): void;
  /** An order was given. */
  noteOrder(): void;
  /** A terminal was enrolled: it may come from now on. */
  grant(terminal: TerminalId, serial: string): Promise<void>;
  /** A twin changed. */
  noteTwin(): void;
  close(): Promise<void>;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused | hq-broker-unreachable | hq-secret-unreadable */
export async function openMqttSide(options: MqttSideOptions): Promise<MqttSide> {
  const { config, parts, shards, log } = options;
  const { limits, tenant } = config;
  const complaints = new Complaints(log);
  const storeFault = (): void => complaints.say('store-failed', ...storeFailed);
  const settled = (terminal: TerminalId): Promise<void> => receiver.settled(terminal);
  const { broker, gate, ...address } = await openGate(options, complaints, storeFault, settled);
  await gate.open();
  const say = signedVoice((...message) => link.publish(...message), options.signKey);
  const senders = makeSenders(options, say, storeFault);
  const { publisher, sender, twinSender } = senders;
  const others = [...gate.duties, ...options.duties];
  const tenure = new Tenure({
    tenant,
    link: () => link,
    duties: [...tellChanges(options, publisher, storeFault), sender, twinSender, ...others],
    onMore: () => publisher.sendManifest(),
    log,
  });
  const { firstUp, isFirstUp } = watchFirstUp();
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
  const receiver = makeUpReceiver(config, { ...parts, shards }, senders, say, complaints);
  const close = async (): Promise<void> => {
    await shards.close();
    await tenure.end();
    publisher.stop();
    await link.close();
    await receiver.drained();
    await gate.close();
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
    url: broker?.tlsUrl ?? [address.url].flat().join(' '),
    isUp: () => link.isUp,
    noteChange: () => {
      // one voice is enough: the leader looks every moment what others published
      if (tenure.isLeader) publisher.noteChange();
    },
    noteOrder: () => sender.kick(),
    grant: (terminal, serial) => gate.grant(terminal, serial),
    noteTwin: () => twinSender.kick(),
    close,
  };
}

/** The broker, and who is let through to it. */
async function openGate(
  options: MqttSideOptions,
  complaints: Complaints,
  onFault: () => void,
  settled: (terminal: TerminalId) => Promise<void>,
) {
  const { parts, now } = options;
  const { access, ...opened } = await openBroker(options, (terminal, serial) => {
    noteProven(parts.store, now(), terminal, serial).then((isNews) => {
      // who looked through all records for each that comes back would be busy with nothing else
      if (isNews) void gate.keeper?.work();
    }, onFault);
  });
  const gate = new BrokerGate({ ...options, access, complaints, settled, onFault });
  return { ...opened, gate };
}

/** Manifests; and what other processes published, for what this one does is told at once. */
function tellChanges(
  { config: { limits }, parts }: Pick<MqttSideOptions, 'config' | 'parts'>,
  publisher: Publisher,
  onFault: () => void,
): readonly Duty[] {
  const manifests = { start: () => publisher.start(), stop: () => publisher.rest() };
  if (!parts.store.isShared) return [manifests];
  let known = '';
  const look = async (): Promise<void> => {
    const versions = JSON.stringify(await parts.publication.versions());
    if (versions !== known) publisher.noteChange();
    known = versions;
  };
  return [manifests, repeated(limits.changesEveryMs, () => look().catch(onFault))];
}

/** What is told to terminals, each in its own time. */
function makeSenders(
  options: Pick<MqttSideOptions, 'config' | 'parts' | 'now'>,
  say: Say,
  onFault: () => void,
): Senders {
  return {
    publisher: makePublisher(options, say, onFault),
    sender: makeSender(options, say, onFault),
    twinSender: makeTwinSender(options, say, onFault),
  };
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

function makeTwinSender(
  { config: { tenant, limits }, parts }: Pick<MqttSideOptions, 'config' | 'parts'>,
  say: Say,
  onFault: () => void,
): TwinSender {
  return new TwinSender({
    due: parts.dueTwins,
    send: (terminal, frame) => say(topics.twin(tenant, terminal), frame),
    everyMs: limits.ordersEveryMs,
    onFault,
  });
}

const storeFailed = [
  { event: 'store-failed', code: 'hq-fault' },
  'the store did not answer: check the disk, or the database server',
] as const;

function watchFirstUp(): { readonly firstUp: Promise<true>; readonly isFirstUp: () => void } {
  let isFirstUp = (): void => {};
  const firstUp = new Promise<true>((resolve) => {
    isFirstUp = () => resolve(true);
  });
  return { firstUp, isFirstUp: () => isFirstUp() };
}

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
    echoTopicOf: topics.echo,
    keepAliveMs: limits.keepAliveMs,
    connectTimeoutMs: limits.connectTimeoutMs,
    reconnectMinMs: limits.reconnectMinMs,
    reconnectMaxMs: limits.reconnectMaxMs,
  };
}

async function openBroker(
  { config: { broker, tenant }, at, authority, now }: MqttSideOptions,
  onCame: (terminal: TerminalId, serial: string) => void,
): Promise<
  BrokerAddress & { readonly broker: EmbeddedBroker | undefined; readonly access: BrokerAccess | undefined }
> {
  if (broker.kind === 'embedded') {
    const password = randomBytes(24).toString('base64url');
    const access = broker.tls && authority ? new EmbeddedAccess() : undefined;
    const door = broker.tls && authority && access && { ...broker.tls, authority, access, onCame, now };
    const opened = await openEmbeddedBroker(broker.port, tenant, password, door && embeddedDoor(door));
    return { url: opened.url, broker: opened, access, username: headquartersUser, password };
  }
  const { url, username, passwordFile } = broker;
  const [first = ''] = [url].flat();
  return {
    url,
    username,
    password: passwordFile === undefined ? undefined : readSecret(at(passwordFile), 'broker.passwordFile'),
    broker: undefined,
    access:
      broker.access &&
      authority &&
      openAccess(broker.access, { tenant, url: first, root: authority.root, at }),
  };
}
