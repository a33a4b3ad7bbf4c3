// A real mosquitto as a child process on a port of its own, killable and restartable on the same port.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MosquittoOptions {
  /** keeps its queues and retained messages on disk between kills; off unless asked for */
  readonly persistence?: boolean;
  /** clients must know these */
  readonly login?: { readonly username: string; readonly password: string };
  /** more of them, each with a password of its own */
  readonly users?: Readonly<Record<string, string>>;
  /** what an access list says; without one everybody may do everything */
  readonly accessList?: string;
  /** further lines of its config */
  readonly config?: readonly string[];
}

export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  readonly pid: number | undefined;
  /** SIGKILL, and wait until it is gone */
  kill(): Promise<void>;
  /** on the same port, when it was killed */
  start(): Promise<void>;
  /** forgets all that it had on disk; only while it is killed */
  wipe(): void;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** No broker outlives the program that started it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** @throws when mosquitto is not installed, with the command that installs it */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-mosquitto-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, await settings(folder, port, options));
  let child: ChildProcess | undefined;
  const broker: Mosquitto = {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    get pid() {
      return child?.pid;
    },
    async kill() {
      const dying = child;
      child = undefined;
      if (!dying) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
    },
    async start() {
      if (child) return;
      child = await spawnMosquitto(config);
      await untilListening(port, child);
    },
    wipe: () => rmSync(join(folder, 'mosquitto.db'), { force: true }),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async close() {
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

/** A port that was free a moment ago, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function settings(
  folder: string,
  port: number,
  { persistence, login, users = {}, accessList, config = [] }: MosquittoOptions,
): Promise<string> {
  const known = { ...users, ...(login ? { [login.username]: login.password } : {}) };
  const isGuarded = Object.keys(known).length > 0;
  const lines = [
    `listener ${port} 127.0.0.1`,
    ...(config.some((line) => line.startsWith('set_tcp_nodelay')) ? [] : ['set_tcp_nodelay true']),
    'log_type error',
    // its default of 1,000 drops what is over it without a word
    'max_queued_messages 0',
    // Debian's mosquitto gives up root for a user that may not read the folder
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    `allow_anonymous ${isGuarded ? 'false' : 'true'}`,
    ...(persistence
      ? ['persistence true', `persistence_location ${folder}/`, 'autosave_interval 1']
      : ['persistence false']),
    ...config,
  ];
  if (isGuarded) {
    const file = join(folder, 'passwords');
    writeFileSync(file, '');
    for (const [username, password] of Object.entries(known)) {
      await run('mosquitto_passwd', ['-b', file, username, password]);
    }
    lines.push(`password_file ${file}`);
  }
  if (accessList !== undefined) {
    const file = join(folder, 'access');
    writeFileSync(file, accessList);
    lines.push(`acl_file ${file}`);
  }
  return `${lines.join('\n')}\n`;
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore' });
    child.once('error', (cause) => reject(missing(command, cause)));
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

/** Debian keeps the broker in /usr/sbin, which a user's PATH need not hold. */
export function spawnMosquitto(config: string): Promise<ChildProcess> {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };
  return new Promise((resolve, reject) => {
    const child = spawn('mosquitto', ['-c', config], { stdio: 'ignore', env });
    child.once('error', (cause) => reject(missing('mosquitto', cause)));
    child.once('spawn', () => resolve(child));
    child.once('exit', () => alive.delete(child));
    alive.add(child);
  });
}

function missing(command: string, cause: Error): Error {
  return new Error(`${command} is not installed: apt-get install -y mosquitto`, { cause });
}

export async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`mosquitto ended with ${child.exitCode} instead of listening on ${port}`);
}
