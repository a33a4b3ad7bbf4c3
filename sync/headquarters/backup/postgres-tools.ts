// PostgreSQL's own backup programs, run so that no password stands in the list of processes.
import { spawn } from 'node:child_process';
import { HeadquartersError } from '../headquarters-error.ts';

/** Where Debian keeps them when they are not in the PATH. */
const debianFolder = '/usr/lib/postgresql/15/bin';

/**
 * @param url of the database, `postgres://…`
 * @throws HeadquartersError hq-backup-tool-missing | hq-backup-failed
 */
export async function runPostgresTool(
  tool: 'pg_dump' | 'pg_restore',
  args: readonly string[],
  url: string,
): Promise<void> {
  const path = `${process.env['PATH'] ?? ''}:${debianFolder}`;
  const env = { ...process.env, ...connectionOf(url), PATH: path };
  const child = spawn(tool, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000);
  });
  const command = `${tool} ${args.join(' ')}`;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new HeadquartersError(
          'hq-backup-tool-missing',
          `${tool} is not on this machine: install postgresql-client-15, or run "${command}" where it is.`,
          { cause },
        ),
      ),
    );
    child.once('close', resolve);
  });
  if (code === 0) return;
  throw new HeadquartersError(
    'hq-backup-failed',
    `"${command}" ended with ${code}; run it by hand to see why.`,
    {
      cause: said,
    },
  );
}

/** Programs of PostgreSQL take these from the environment. */
function connectionOf(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const env: Record<string, string> = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
  if (port) env['PGPORT'] = port;
  if (username) env['PGUSER'] = decodeURIComponent(username);
  if (password) env['PGPASSWORD'] = decodeURIComponent(password);
  const sslMode = searchParams.get('sslmode');
  if (sslMode) env['PGSSLMODE'] = sslMode;
  return env;
}
