// A small MQTT broker inside headquarters, for one site or a demo: loopback only, keeps nothing on disk.
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { maxFrameBytes } from '../contract/frame.ts';
import type { TenantId } from '../contract/ids.ts';
import { parseUpTopic, topics } from '../contract/topics.ts';
import { mqttFrameGuard } from '../mqtt-frame-guard.ts';
import { HeadquartersError } from './headquarters-error.ts';

export interface EmbeddedBroker {
  /** mqtt://127.0.0.1:port */
  readonly url: string;
  close(): Promise<void>;
}

/** The one user who may write downwards and read upwards. */
export const headquartersUser = 'headquarters';

/**
 * A client with a username is the terminal of that name and may write only its own `up/` tree and read only its
 * own `down/` tree; one without may speak for any terminal, which loopback alone makes bearable.
 * @param password of `headquartersUser`
 * @throws HeadquartersError hq-port-in-use | hq-port-refused
 */
export async function openEmbeddedBroker(
  port: number,
  tenant: TenantId,
  password: string,
): Promise<EmbeddedBroker> {
  const broker = await Aedes.createBroker({
    concurrency: 100,
    queueLimit: 1_000,
    maxClientsIdLength: 80,
    // a frozen client must not hold up the others
    drainTimeout: 10_000,
    connectTimeout: 10_000,
    authenticate: (client, username, given, done) => {
      if (username === headquartersUser && given?.toString() !== password) {
        done(Object.assign(new Error('wrong password'), { returnCode: 4 }), false);
        return;
      }
      users.set(client, username);
      done(null, true);
    },
    authorizePublish: (client, packet, done) => {
      const isFine =
        client === null || mayPublish(tenant, users.get(client), packet.topic, packet.payload.length);
      done(isFine ? null : new Error('not allowed'));
    },
    authorizeSubscribe: (client, subscription, done) => {
      done(null, maySubscribe(tenant, users.get(client), subscription.topic) ? subscription : null);
    },
  });
  const users = new WeakMap<object, string | undefined>();
  const sockets = new Set<Socket>();
  // Nagle's algorithm would hold back every ack by up to 40 ms
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // a packet may announce 256 MB, and the broker would collect them all before anybody asks whether it may
    const isWithinLimits = mqttFrameGuard(maxFrameBytes);
    socket.on('data', (chunk: Buffer) => {
      if (!isWithinLimits(chunk)) socket.destroy();
    });
    broker.handle(socket);
  });
  try {
    await listen(server, port);
  } catch (error) {
    // its timers would keep a program alive that has nothing left to do
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    throw error;
  }
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `mqtt://127.0.0.1:${actual}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function mayPublish(tenant: TenantId, user: string | undefined, topic: string, bytes: number): boolean {
  if (bytes > maxFrameBytes) return false;
  if (user === headquartersUser) return true;
  const owner = ownerOf(tenant, topic);
  return owner !== undefined && (user === undefined || user === owner);
}

/** The terminal whose `up/` tree this topic stands in, also on channels that nobody listens to. */
function ownerOf(tenant: TenantId, topic: string): string | undefined {
  const channel = /\/[a-z]+$/.exec(topic)?.[0];
  return channel === undefined
    ? undefined
    : parseUpTopic(tenant, `${topic.slice(0, -channel.length)}/ask`)?.terminal;
}

function maySubscribe(tenant: TenantId, user: string | undefined, filter: string): boolean {
  if (user === headquartersUser || filter === topics.manifest(tenant)) return true;
  const down = `yingbin/v1/${tenant}/down/`;
  if (!filter.startsWith(down)) return false;
  return user === undefined || filter.startsWith(`${down}${user}/`);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, 'broker.port')));
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
}

/** One sentence for a port that cannot be listened on. */
export function listenError(error: NodeJS.ErrnoException, port: number, key: string): HeadquartersError {
  return error.code === 'EADDRINUSE'
    ? new HeadquartersError(
        'hq-port-in-use',
        `${key} ${port} is in use by another program; stop it or choose another port.`,
        { cause: error },
      )
    : new HeadquartersError(
        'hq-port-refused',
        `${key} ${port} cannot be listened on (${error.code ?? 'unknown'}); choose a port from 1024 up.`,
        { cause: error },
      );
}
