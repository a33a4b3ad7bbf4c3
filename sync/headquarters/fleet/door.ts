// The one door of headquarters that terminals outside knock at: HTTPS with a certificate of our own root, made anew before it ends.
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { listenError } from '../listen.ts';
import type { Store } from '../store/store.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { doorApp } from './door-app.ts';
import { DoorCallers, Pace } from './door-callers.ts';
import type { Enrolment } from './enrolment.ts';
import type { FleetSecrets } from './fleet-secrets.ts';
import type { ReleaseFiles } from './release-files.ts';
import type { Uploads } from './uploads.ts';

export interface DoorOptions {
  readonly listen: { readonly host: string; readonly port: number };
  /** DNS names and IP addresses of the server's certificate */
  readonly names: readonly string[];
  readonly requestsPerMinute: number;
  readonly store: Store;
  readonly authority: CertificateAuthority;
  readonly enrolment: Pick<Enrolment, 'ask' | 'renew'>;
  readonly uploads: Uploads;
  readonly releases?: ReleaseFiles | undefined;
  readonly secrets?: Pick<FleetSecrets, 'forTerminal'> | undefined;
  readonly now: () => Date;
  /** how long a small body may take to come; 10 s unless given */
  readonly bodyMs?: number;
  readonly onFault: (error: Error) => void;
}
export interface Door {
  readonly port: number;
  /** Makes the server's next certificate when it is time; by itself every hour. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const serverLifeMs = 90 * 24 * 3_600_000;
const lookMs = 3_600_000;
const mostConnections = 2_000;
const mostPerAddress = 200;
const allAddresses = 20;

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { store, authority, now, requestsPerMinute } = options;
  const make = async () => await authority.makeServer(options.names, now(), serverLifeMs);
  let leaf = await make();
  const pace = (all: number): Pace => new Pace(requestsPerMinute, all, () => performance.now());
  const app = doorApp({
    ...options,
    releases: options.releases,
    secrets: options.secrets,
    root: authority.root,
    callers: new DoorCallers(store, now),
    addresses: pace(requestsPerMinute * allAddresses),
    terminals: pace(Number.POSITIVE_INFINITY),
    bodyMs: options.bodyMs ?? 10_000,
  });
  const listener = getRequestListener(app.fetch);
  const tls = () => ({
    cert: leaf.certificate,
    key: leaf.privateKey,
    ca: authority.root,
    minVersion: 'TLSv1.2' as const,
  });
  const server = createServer(
    {
      ...tls(),
      // asked for, and judged by us: a blank terminal has none yet, and one that is late may still renew
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: 10_000,
      headersTimeout: 10_000,
      // an upload of 4 MB over a thin line
      requestTimeout: 180_000,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => void listener(request, response),
  );
  server.maxConnections = mostConnections;
  // nothing said and nothing taken for so long: the line is cut
  server.setTimeout(60_000);
  const lines = watchLines(server);
  const port = await listen(server, options.listen);
  const refresh = async (): Promise<void> => {
    if (leaf.notAfter.getTime() - now().getTime() > serverLifeMs / 3) return;
    leaf = await make();
    server.setSecureContext(tls());
  };
  const timer = setInterval(() => void refresh().catch(options.onFault), lookMs);
  return {
    port,
    refresh,
    close: async () => {
      clearInterval(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // also those that are still shaking hands
      for (const line of lines) line.destroy();
      await closed;
    },
  };
}

/** One address cannot take all lines. @returns those that are open */
function watchLines(server: Server): ReadonlySet<Socket> {
  const lines = new Set<Socket>();
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (counts.get(from) ?? 0) + 1;
    counts.set(from, count);
    lines.add(socket);
    socket.once('close', () => {
      lines.delete(socket);
      const left = (counts.get(from) ?? 1) - 1;
      if (left > 0) counts.set(from, left);
      else counts.delete(from);
    });
    if (count > mostPerAddress) socket.destroy();
  });
  return lines;
}

async function listen(server: Server, at: DoorOptions['listen']): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenError(error, at.port, 'fleet.listen.port')),
    );
    server.listen(at, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : at.port;
}
