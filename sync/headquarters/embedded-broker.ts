// A small MQTT broker inside headquarters, for one site or a demo: keeps nothing on disk. Loopback only, unless it has a door.
import { createServer, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { headquartersRights, terminalRights } from '../broker-rights.ts';
import { maxFrameBytes } from '../contract/frame.ts';
import type { TenantId } from '../contract/ids.ts';
import { parseUpTopic } from '../contract/topics.ts';
import { mqttFrameGuard } from '../mqtt-frame-guard.ts';
import type { EmbeddedAccess } from './fleet/broker-access/embedded-access.ts';
import { type EmbeddedDoor, openEmbeddedDoor, type Shown } from './fleet/broker-access/embedded-door.ts';
import { listen, portOf } from './listen.ts';

export interface EmbeddedBroker {
  /** mqtt://127.0.0.1:port */
  readonly url: string;
  /** mqtts://host:port, when it has a door */
  readonly tlsUrl: string | undefined;
  close(): Promise<void>;
}

/** Who a connection is. `anybody` is one on loopback without a name. */
type Speaker =
  | { readonly kind: 'headquarters' }
  | { readonly kind: 'anybody' }
  | { readonly kind: 'terminal'; readonly name: string; readonly leave?: () => void };

/** The one user who may write downwards and read upwards. */
export const headquartersUser = 'headquarters';

/**
 * A client with a username is the terminal of that name and may write only its own `up/` tree and read only its
 * own `down/` tree; one without may speak for any terminal, which loopback alone makes bearable. With a door, terminals
 * come through it with their certificates, and loopback is headquarters' alone.
 * @param password of `headquartersUser`
 * @throws HeadquartersError hq-port-in-use | hq-port-refused
 */
export async function openEmbeddedBroker(
  port: number,
  tenant: TenantId,
  password: string,
  door?: EmbeddedDoor,
): Promise<EmbeddedBroker> {
  const identities = new WeakMap<object, Shown>();
  const broker = await makeBroker(tenant, password, identities, door);
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // a packet may announce 256 MB, and the broker would collect them all before anybody asks whether it may
    const isWithinLimits = mqttFrameGuard(maxFrameBytes);
    socket.on('data', (chunk: Buffer) => {
      if (!isWithinLimits(chunk)) socket.destroy();
    });
    broker.handle(socket);
  };
  // Nagle's algorithm would hold back every ack by up to 40 ms
  const server = createServer({ noDelay: true }, take);
  const closeBroker = (): Promise<void> => new Promise((resolve) => broker.close(() => resolve()));
  const comes = (socket: Socket, shown: Shown): void => {
    identities.set(socket, shown);
    take(socket);
  };
  try {
    await listen(server, port, '127.0.0.1', 'broker.port');
    const opened = door && (await openEmbeddedDoor(door, comes));
    const closed = new Promise<void>((resolve) => server.once('close', resolve));
    return {
      url: `mqtt://127.0.0.1:${portOf(server)}`,
      tlsUrl: opened?.url,
      close: async () => {
        server.close();
        opened?.close();
        await closeBroker();
        for (const socket of sockets) socket.destroy();
        await closed;
      },
    };
  } catch (error) {
    server.close();
    // its timers would keep a program alive that has nothing left to do
    await closeBroker();
    throw error;
  }
}

/** @param identities what the sockets showed that came through the door */
async function makeBroker(
  tenant: TenantId,
  password: string,
  identities: WeakMap<object, Shown>,
  door: EmbeddedDoor | undefined,
): Promise<Aedes> {
  const speakers = new WeakMap<object, Speaker>();
  const broker = await Aedes.createBroker({
    concurrency: 100,
    queueLimit: 1_000,
    maxClientsIdLength: 80,
    // a frozen client must not hold up the others
    drainTimeout: 10_000,
    connectTimeout: 10_000,
    preConnect: (client, packet, done) => {
      // whoever shows a certificate is who it says, whatever name it gives itself
      const shown = identities.get(client.conn);
      if (shown) packet.clientId = shown.terminal;
      done(null, true);
    },
    authenticate: (client, username, given, done) => {
      const shown = identities.get(client.conn);
      const speaker = shown
        ? comeIn(client, shown, door?.access, () => speakers.delete(client))
        : knownOnLoopback(username, given?.toString() === password, door !== undefined);
      if (speaker) speakers.set(client, speaker);
      done(speaker ? null : Object.assign(new Error('not let in'), { returnCode: 4 }), speaker !== undefined);
      if (speaker && shown) door?.onCame?.(shown.terminal, shown.serial);
    },
    authorizePublish: (client, packet, done) => {
      const isFine =
        client === null || mayPublish(tenant, speakers.get(client), packet.topic, packet.payload.length);
      done(isFine ? null : new Error('not allowed'));
    },
    authorizeSubscribe: (client, subscription, done) => {
      const isFine = maySubscribe(
        tenant,
        client === null ? undefined : speakers.get(client),
        subscription.topic,
      );
      done(null, isFine ? subscription : null);
    },
  });
  broker.on('clientDisconnect', (client) => {
    const speaker = speakers.get(client);
    if (speaker?.kind === 'terminal') speaker.leave?.();
  });
  return broker;
}

/** @returns undefined when its certificate is of no use (any more) */
function comeIn(
  client: Client,
  { terminal, serial }: Shown,
  access: EmbeddedAccess | undefined,
  silence: () => void,
): Speaker | undefined {
  if (!access?.mayEnter(terminal, serial)) return undefined;
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      // what it said before and nobody has looked at yet is not said either
      silence();
      leave();
      client.conn.destroy();
      client.close(() => resolve());
    });
  const leave = access.noteSession(terminal, { end });
  return { kind: 'terminal', name: terminal, leave };
}

function knownOnLoopback(
  username: string | undefined,
  hasPassword: boolean,
  isHeadquartersOnly: boolean,
): Speaker | undefined {
  if (username === headquartersUser) return hasPassword ? { kind: 'headquarters' } : undefined;
  if (isHeadquartersOnly) return undefined;
  return username === undefined ? { kind: 'anybody' } : { kind: 'terminal', name: username };
}

function mayPublish(tenant: TenantId, speaker: Speaker | undefined, topic: string, bytes: number): boolean {
  if (bytes > maxFrameBytes || !speaker) return false;
  if (speaker.kind === 'headquarters') return isBelow(topic, headquartersRights(tenant).writes);
  const owner = ownerOf(tenant, topic);
  return owner !== undefined && (speaker.kind === 'anybody' || speaker.name === owner);
}

/** The terminal whose `up/` tree this topic stands in, also on channels that nobody listens to. */
function ownerOf(tenant: TenantId, topic: string): string | undefined {
  const channel = /\/[a-z]+$/.exec(topic)?.[0];
  return channel === undefined
    ? undefined
    : parseUpTopic(tenant, `${topic.slice(0, -channel.length)}/ask`)?.terminal;
}

function maySubscribe(tenant: TenantId, speaker: Speaker | undefined, filter: string): boolean {
  if (!speaker) return false;
  if (speaker.kind === 'headquarters') return isBelow(filter, headquartersRights(tenant).reads);
  const { reads } = terminalRights(tenant, speaker.kind === 'anybody' ? '+' : speaker.name);
  if (isBelow(filter, reads)) return true;
  return speaker.kind === 'anybody' && filter.startsWith(`yingbin/v1/${tenant}/down/`);
}

/** Whether one of these filters covers all of this topic or filter. */
function isBelow(filter: string, trees: readonly string[]): boolean {
  const levels = filter.split('/');
  return trees.some((tree) => {
    const own = tree.split('/');
    const isOpen = own.at(-1) === '#';
    if (isOpen ? levels.length < own.length : levels.length !== own.length) return false;
    return own.every(
      (level, n) => level === '#' || level === levels[n] || (level === '+' && levels[n] !== '#'),
    );
  });
}
