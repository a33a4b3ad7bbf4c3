// Who the terminal says it is to the broker, read anew for each connection: renewal replaces the files while it serves.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readBoard } from '../device/board.ts';
import type { Presence } from '../sync/contract/facts.ts';
import type { LinkTls } from '../sync/link.ts';
import type { Config } from './config.ts';

export interface LineIdentity {
  /** @throws when a file cannot be read: that connection fails, and the next one looks again */
  readonly tls: () => LinkTls;
  /** of the certificate that was read last */
  readonly birth: () => Pick<Presence, 'serial' | 'certificate'>;
}

export function lineIdentity(
  { rootFile, certificateFile, keyFile }: NonNullable<Config['broker']['tls']>,
  onFault: (cause: unknown) => void,
): LineIdentity {
  const { serial } = readBoard();
  let certificate: string | undefined;
  return {
    tls() {
      try {
        const ca = readFileSync(rootFile, 'utf8');
        const cert = readFileSync(certificateFile, 'utf8');
        // one file is read once: between two reads it may be replaced
        const key = keyFile === certificateFile ? cert : readFileSync(keyFile, 'utf8');
        certificate = serialOf(cert);
        return { ca, cert, key };
      } catch (cause) {
        onFault(cause);
        throw cause;
      }
    },
    birth: () => ({
      ...(serial === '' ? {} : { serial }),
      ...(certificate === undefined ? {} : { certificate }),
    }),
  };
}

/** The first certificate of a file that may begin with its key. */
function serialOf(pem: string): string {
  const at = pem.indexOf('-----BEGIN CERTIFICATE-----');
  return new X509Certificate(pem.slice(Math.max(0, at))).serialNumber.toLowerCase();
}
