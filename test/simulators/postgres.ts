// A real PostgreSQL server of Debian's on a folder and port of its own, killable and restartable.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root: `nobody` and `nogroup` of Debian. */
const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface Postgres {
  /** a second server that follows this one; its `close` comes first */
  startStandby(): Promise<{ close(): Promise<void> }>;
  /** the `postgres://…` of a new, empty database */
  freshDatabase(): Promise<string>;
  /** of a new database with everything that another one has; nobody may be connected to that one */
  copyOf(url: string): Promise<string>;
  /** as if the power had gone: nothing is written any more; SIGKILL takes the postmaster alone, and the others notice */
  kill(signal?: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** on the same port and folder, when it was killed */
  start(): Promise<void>;
  close(): Promise<void>;
}

const mostTries = 100;

/** No server outlives the program that started it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGQUIT');
});

/**
 * @param settings of postgresql.conf; a commit is on disk unless they say otherwise
 * @throws when PostgreSQL is not installed, with the command that installs it
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const programs = programFolder();
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-postgres-'));
  if (ordinary.uid !== undefined) chownSync(folder, ordinary.uid, ordinary.gid);
  const data = join(folder, 'data');
  const making = ['--no-locale', '--encoding=UTF8', '--auth=trust', '--username=postgres', '--no-sync'];
  await run(join(programs, 'initdb'), [...making, '-D', data], { ...ordinary, cwd: '/' });
  const port = await freePort();
  const urlOf = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  const options = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    shared_buffers: '32MB',
    max_connections: '50',
    // deadlocks are found at once, not after a second
    deadlock_timeout: '50ms',
    ...settings,
  };
  const server = serverProcess(join(programs, 'postgres'), data, options);
  const create = async (ending: string): Promise<string> => {
    const name = `hq_${randomBytes(6).toString('hex')}`;
    await ask(urlOf('postgres'), `create database ${name} ${ending}`);
    return urlOf(name);
  };
  const postgres: Postgres = {
    freshDatabase: () => create('template template0'),
    copyOf: (url) => create(`template ${new URL(url).pathname.slice(1)}`),
    async startStandby() {
      const copy = join(folder, 'standby');
      const from = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
      const how = ['--write-recovery-conf', '--wal-method=stream', '--checkpoint=fast', '--no-sync'];
      await run(join(programs, 'pg_basebackup'), [...from, ...how, '-D', copy], { ...ordinary, cwd: '/' });
      const standby = serverProcess(join(programs, 'postgres'), copy, {
        ...options,
        port: String(await freePort()),
      });
      await standby.start();
      return { close: () => standby.stop('SIGINT') };
    },
    kill: (signal = 'SIGQUIT') => server.stop(signal),
    start: () => server.start(),
    async close() {
      await server.stop('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await postgres.start();
  return postgres;
}

interface ServerProcess {
  start(): Promise<void>;
  stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
}

function serverProcess(
  program: string,
  data: string,
  options: Readonly<Record<string, string>>,
): ServerProcess {
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;
  return {
    async start() {
      for (let tries = 1; ; tries += 1) {
        const started = spawn(program, ['-D', data, ...args], { ...ordinary, cwd: '/', stdio: 'ignore' });
        server = started;
        alive.add(started);
        started.once('exit', () => alive.delete(started));
        if (await itAnswers(`postgres://postgres@127.0.0.1:${options['port']}/postgres`, started)) return;
        // what a killed postmaster left behind has not noticed yet, and keeps the folder
        if (tries >= mostTries) throw new Error('PostgreSQL did not start');
        await setTimeout(50);
      }
    },
    async stop(signal) {
      const dying = server;
      server = undefined;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill(signal);
      await gone;
    },
  };
}

function programFolder(): string {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort() : [];
  const folder = versions.map((version) => join(debianFolder, version, 'bin')).findLast(existsSync);
  if (folder === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql-15');
  return folder;
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** @returns false when it ended instead */
async function itAnswers(url: string, server: ChildProcess): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    try {
      await ask(url, 'select 1');
      return true;
    } catch {
      await setTimeout(20);
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
