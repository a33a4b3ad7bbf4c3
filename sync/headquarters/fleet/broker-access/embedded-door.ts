// Where terminals come to the broker inside headquarters: mutual TLS, and a certificate of our own root or nothing.
import { createServer, type TLSSocket } from 'node:tls';
import type { TerminalId } from '../../../contract/ids.ts';
import { listen, portOf } from '../../listen.ts';
import type { CertificateAuthority } from '../certificate-authority.ts';
import type { EmbeddedAccess } from './embedded-access.ts';

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
const handshakeMs = 10_000;

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openEmbeddedDoor(
  { name, host, port, root, identity }: EmbeddedDoor,
  comes: (socket: TLSSocket, shown: Shown) => void,
): Promise<{ readonly url: string; close(): void }> {
  const context = async () => {
    const { certificate, privateKey } = await identity();
    return { ca: root, cert: certificate, key: privateKey, minVersion: 'TLSv1.2' as const };
  };
  const server = createServer({
    ...(await context()),
    requestCert: true,
    rejectUnauthorized: true,
    handshakeTimeout: handshakeMs,
    noDelay: true,
  });
  server.on('secureConnection', (socket) => {
    const { subject, serialNumber } = socket.getPeerCertificate();
    comes(socket, { terminal: subject.CN as TerminalId, serial: serialNumber.toLowerCase() });
  });
  await listen(server, port, host, 'broker.tls.port');
  const renewal = setInterval(() => {
    // the old one is good for long yet
    context().then(
      (fresh) => server.setSecureContext(fresh),
      () => {},
    );
  }, renewEveryMs);
  renewal.unref();
  return {
    url: `mqtts://${name}:${portOf(server)}`,
    close: () => {
      clearInterval(renewal);
      server.close();
    },
  };
}
