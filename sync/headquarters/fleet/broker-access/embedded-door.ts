// Where terminals come to the broker inside headquarters: mutual TLS, and a certificate of our own root or nothing.
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { TerminalId } from '../../../contract/ids.ts';
import { listen, portOf } from '../../listen.ts';
import type { CertificateAuthority } from '../certificate-authority.ts';
import type { EmbeddedAccess } from './embedded-access.ts';
import { type HandshakeLimits, HandshakeQueue } from './handshake-queue.ts';

export interface EmbeddedDoor {
  /** by which terminals reach it */
  readonly name: string;
  readonly host: string;
  /** 0 = any free one */
  readonly port: number;
  /** PEM: whose leaves terminals show */
  readonly root: string;
  /** of this server, PEM; asked again every day, so that it never runs out */
  readonly identity: () => Promise<{ readonly certificate: string; readonly privateKey: string }>;
  readonly access: EmbeddedAccess;
  /** left out = those that suit two cores */
  readonly handshakes?: HandshakeLimits;
  /** a terminal came in with this certificate */
  readonly onCame?: (terminal: TerminalId, serial: string) => void;
}

/** As headquarters' config has it, with certificates of its own root. */
export function embeddedDoor({
  names,
  authority,
  now,
  ...rest
}: Pick<EmbeddedDoor, 'host' | 'port' | 'access' | 'onCame'> & {
  readonly names: readonly string[];
  readonly authority: CertificateAuthority;
  readonly now: () => Date;
}): EmbeddedDoor {
  return {
    ...rest,
    name: names[0] ?? 'localhost',
    root: authority.root,
    identity: () => authority.makeServer(names, now(), serverLifeMs),
  };
}

/** What a certificate says: whose it is, and its number in hex, lower case. */
export interface Shown {
  readonly terminal: TerminalId;
  readonly serial: string;
}

const renewEveryMs = 24 * 3_600_000;
const serverLifeMs = 90 * renewEveryMs;
/** Of a thousand that come at once each begins when those before it are through: begun together, all would end too late. */
const usualHandshakes: HandshakeLimits = {
  atOnce: 32,
  atOncePerAddress: 24,
  waiting: 512,
  // a terminal's patience is 10 s (`limits.connectTimeoutMs`)
  waitMs: 6_000,
  handshakeMs: 10_000,
};

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openEmbeddedDoor(
  { name, host, port, root, identity, handshakes = usualHandshakes }: EmbeddedDoor,
  comes: (socket: TLSSocket, shown: Shown) => void,
): Promise<{ readonly url: string; close(): void }> {
  const context = async () => {
    const { certificate, privateKey } = await identity();
    return { ca: root, cert: certificate, key: privateKey, minVersion: 'TLSv1.2' as const };
  };
  // it listens nowhere: it is handed the connections whose turn it is
  const shaker = createTlsServer({
    ...(await context()),
    requestCert: true,
    rejectUnauthorized: true,
    handshakeTimeout: handshakes.handshakeMs,
  });
  const raw = new Map<string, Socket>();
  const queue = new HandshakeQueue(handshakes, (socket) => {
    const end = endOf(socket);
    raw.set(end, socket);
    socket.once('close', () => raw.delete(end));
    shaker.emit('connection', socket);
  });
  shaker.on('secureConnection', (socket) => {
    // a TLS socket does not tell which connection it was made of
    const below = raw.get(endOf(socket));
    if (below) queue.ended(below);
    const { subject, serialNumber } = socket.getPeerCertificate();
    comes(socket, { terminal: subject.CN as TerminalId, serial: serialNumber.toLowerCase() });
  });
  // Nagle's algorithm would hold back every ack by up to 40 ms
  const server = createServer({ noDelay: true }, (socket) => queue.take(socket));
  await listen(server, port, host, 'broker.tls.port');
  const renewal = setInterval(() => {
    // the old one is good for long yet
    context().then(
      (fresh) => shaker.setSecureContext(fresh),
      () => {},
    );
  }, renewEveryMs);
  renewal.unref();
  return {
    url: `mqtts://${name}:${portOf(server)}`,
    close: () => {
      clearInterval(renewal);
      server.close();
      queue.close();
    },
  };
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
