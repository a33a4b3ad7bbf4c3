// An MQTT broker inside this process: restartable on the same port, forgetting everything each time.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesOptions } from 'aedes';

export interface AedesBrokerOptions {
  /** any free one unless given */
  readonly port?: number;
  /** clients must know these */
  readonly login?: { readonly username: string; readonly password: string };
}

export interface AedesBroker {
  readonly url: string;
  readonly port: number;
  /** cuts every connection and forgets everything */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
  /** from now on it takes, grants and answers all, and delivers nothing */
  deafen(): void;
}

export async function startAedesBroker(options: AedesBrokerOptions = {}): Promise<AedesBroker> {
  let port = options.port ?? 0;
  let isDeaf = false;
  let running: { readonly aedes: Aedes; readonly server: Server; readonly sockets: Set<Socket> } | undefined;
  const broker: AedesBroker = {
    get url() {
      return `mqtt://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    async start() {
      if (running) return;
      const aedes = await Aedes.createBroker({
        authenticate: authenticator(options),
        authorizeForward: (_client, packet) => (isDeaf ? null : packet),
      });
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        // without it every small packet waits for the peer's delayed acknowledgement
        socket.setNoDelay(true);
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        aedes.handle(socket);
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      port = (server.address() as AddressInfo).port;
      running = { aedes, server, sockets };
    },
    async kill() {
      const dying = running;
      running = undefined;
      if (!dying) return;
      const closed = new Promise((resolve) => dying.server.close(resolve));
      for (const socket of dying.sockets) socket.destroy();
      await closed;
      await new Promise<void>((resolve) => dying.aedes.close(resolve));
    },
    close: () => broker.kill(),
    deafen: () => {
      isDeaf = true;
    },
  };
  await broker.start();
  return broker;
}

function authenticator({ login }: AedesBrokerOptions): NonNullable<AedesOptions['authenticate']> {
  return (_client, username, password, done) => {
    const isKnown = !login || (username === login.username && password?.toString() === login.password);
    // an error without a return code would read as "server unavailable"; 5 is "not authorised"
    if (isKnown) done(null, true);
    else done(Object.assign(new Error('not authorised'), { returnCode: 5 }), null);
  };
}
