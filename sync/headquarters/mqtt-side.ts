// The MQTT side of headquarters: broker, link, what comes up and what goes down.
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { datasetAskSchema } from '../contract/datasets.ts';
import { decodeFrame, encodeFrame } from '../contract/frame.ts';
import { parseUpTopic, topics } from '../contract/topics.ts';
import type { Database } from '../database.ts';
import type { Link } from '../link.ts';
import { openMqttLink } from '../mqtt-link.ts';
import { SyncError } from '../sync-error.ts';
import { Complaints } from './complaints.ts';
import type { HeadquartersConfig } from './config.ts';
import { type EmbeddedBroker, headquartersUser, openEmbeddedBroker } from './embedded-broker.ts';
import type { Fleet } from './fleet.ts';
import { HeadquartersError } from './headquarters-error.ts';
import type { Intake } from './intake.ts';
import type { Log } from './log.ts';
import type { Publication } from './publication.ts';
import { Publisher } from './publisher.ts';
import { readSecret } from './secrets.ts';

export interface MqttSideOptions {
  readonly config: HeadquartersConfig;
  /** resolves a path of the config */
  readonly at: (path: string) => string;
  readonly parts: {
    readonly db: Database;
    readonly publication: Publication;
    readonly intake: Intake;
    readonly fleet: Fleet;
  };
  readonly now: () => Date;
  readonly log: Log;
}
export interface MqttSide {
  /** of a cluster all addresses, with blanks between them */
  readonly url: string;
  isUp(): boolean;
  /** Published rows changed. */
  noteChange(): void;
  close(): Promise<void>;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused | hq-broker-unreachable | hq-secret-unreadable */
export async function openMqttSide({ config, at, parts, now, log }: MqttSideOptions): Promise<MqttSide> {
  const { limits, tenant } = config;
  const { url, broker, username, password } = await openBroker(config, at);
  const publisher = new Publisher({
    db: parts.db,
    publication: parts.publication,
    output: {
      sendManifest: (frame) => link.publish(topics.manifest(tenant), frame, { isRetained: true }),
      sendPart: (terminal, frame) => link.publish(topics.dataset(tenant, terminal), frame),
    },
    now,
    delayMs: limits.manifestDelayMs,
    everyMs: limits.manifestEveryMs,
  });
  let isFirstUp = (): void => {};
  const firstUp = new Promise<true>((resolve) => {
    isFirstUp = () => resolve(true);
  });
  const link = openMqttLink(
    {
      url,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      clientId: `headquarters-${randomBytes(6).toString('hex')}`,
      subscriptions: [topics.allUp(tenant)],
      keepAliveMs: limits.keepAliveMs,
      connectTimeoutMs: limits.connectTimeoutMs,
      reconnectMinMs: limits.reconnectMinMs,
      reconnectMaxMs: limits.reconnectMaxMs,
    },
    {
      onUp: () => {
        log.info({ event: 'broker-up' }, 'broker reached');
        isFirstUp();
        publisher.sendManifest();
      },
      onDown: (code) => {
        log.warn({ event: 'broker-down', code }, 'broker not reached');
        parts.fleet.forgetPresence();
      },
      onAdvice: (code) => {
        // a terminal that is away is no news
        if (code === 'sync-broker-nobody-listens') return;
        log.warn({ event: 'broker-advice', code }, 'the broker does not take all that headquarters says');
      },
      onMessage: (topic, payload, isRetained) => receive(topic, payload, isRetained),
    },
  );
  const receive = makeReceiver(config, parts, publisher, link, log);
  const close = async (): Promise<void> => {
    publisher.stop();
    await link.close();
    await broker?.close();
  };
  const timer = new AbortController();
  const isUp = await Promise.race([
    firstUp,
    setTimeout(limits.connectTimeoutMs, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  // an external broker may come later; our own must be there
  if (!isUp && broker) {
    await close();
    throw new HeadquartersError('hq-broker-unreachable', 'the embedded broker does not answer; start again.');
  }
  publisher.start();
  return {
    url: [url].flat().join(' '),
    isUp: () => link.isUp,
    noteChange: () => publisher.noteChange(),
    close,
  };
}

function makeReceiver(
  { tenant }: HeadquartersConfig,
  { intake, fleet }: MqttSideOptions['parts'],
  publisher: Publisher,
  link: Link,
  log: Log,
): (topic: string, payload: Uint8Array, isRetained: boolean) => void {
  const complaints = new Complaints(log);
  return (topic, payload, isRetained) => {
    const up = parseUpTopic(tenant, topic);
    if (!up) return;
    const { terminal, channel } = up;
    const onError = (error: unknown): void => {
      const code = error instanceof SyncError ? error.code : 'hq-fault';
      complaints.say(
        `${terminal}/${channel}/${code}`,
        { event: 'message-failed', terminal, channel, code },
        error instanceof SyncError
          ? 'a message of a wrong shape was ignored: check who else publishes on this broker'
          : 'a message could not be applied and will come again: check disk space and the disk itself',
      );
    };
    try {
      switch (channel) {
        case 'facts': {
          const { ack, deadLetters } = intake.receive(terminal, payload);
          for (const reason of deadLetters) {
            complaints.say(
              `${terminal}/${reason}`,
              { event: 'dead-letter', terminal, reason },
              'what a terminal sent was set aside: look at it under /api/dead-letters',
            );
          }
          // nonsense on a terminal's topic is no sign of that terminal
          if (!ack) return;
          fleet.noteSeen(terminal);
          void link.publish(topics.ack(tenant, terminal), encodeFrame(ack));
          return;
        }
        case 'ask': {
          const ask = decodeFrame(datasetAskSchema, payload);
          fleet.noteSeen(terminal);
          publisher.receiveAsk(terminal, ask).catch(onError);
          // whoever asks has just come: the manifest tells them at once that we are here, also when nothing is new
          publisher.noteChange();
          return;
        }
        case 'presence':
          fleet.receivePresence(terminal, payload, isRetained);
          return;
      }
    } catch (error) {
      onError(error);
    }
  };
}

async function openBroker(
  { broker, tenant }: HeadquartersConfig,
  at: (path: string) => string,
): Promise<{
  url: string | readonly string[];
  broker: EmbeddedBroker | undefined;
  username: string | undefined;
  password: string | undefined;
}> {
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
