// Keeps headquarters' root and its key in one file, and makes them when there are none. Terminals know no other: worth a backup.
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolderOf } from '../../durable-file.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { readSecret } from '../secrets.ts';
import { CertificateAuthority, type KeptRoot } from './certificate-authority.ts';

/** Beside the keys: `keysFile` is kept apart from the data already. */
export const rootFileOf = (keysFile: string): string => join(dirname(keysFile), 'fleet-root.pem');

/**
 * @param file mode 0600: the root certificate and its key, as PEM
 * @param tenant stands in the root's name when it is made
 * @throws HeadquartersError hq-secret-unreadable
 */
export async function openAuthority(file: string, tenant: string, now: Date): Promise<CertificateAuthority> {
  if (!existsSync(file)) await make(file, tenant, now);
  const text = readSecret(file, 'the fleet root');
  try {
    return await CertificateAuthority.open(readRoot(text));
  } catch (cause) {
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `${file} does not hold the root of a fleet and its key; bring it back from the backup, terminals know no other.`,
      { cause },
    );
  }
}

/** Whoever comes second finds the first one's: it is linked into place whole, and never over another. */
async function make(file: string, tenant: string, now: Date): Promise<void> {
  const { certificate, privateKey } = await CertificateAuthority.make(tenant, now);
  const part = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const handle = openSync(part, 'wx', 0o600);
    try {
      writeSync(handle, `${certificate}${privateKey}`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    linkSync(part, file);
    syncFolderOf(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new HeadquartersError(
      'hq-secret-unreadable',
      `${file} cannot be made; give this user the right to write there.`,
      { cause },
    );
  } finally {
    rmSync(part, { force: true });
  }
}

function readRoot(text: string): KeptRoot {
  const part = (name: string): string =>
    new RegExp(`-----BEGIN ${name}-----[^-]+-----END ${name}-----`).exec(text)?.[0] ?? '';
  return { certificate: part('CERTIFICATE'), privateKey: part('PRIVATE KEY') };
}
