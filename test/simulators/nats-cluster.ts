// A real cluster of NATS JetStream nodes that speak MQTT 3.1.1, each killable, on ports of their own in one temporary folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './mosquitto.ts';

export interface NatsClusterOptions {
  /** 3 unless given */
  readonly nodes?: number;
  /** clients must know these */
  readonly login?: { readonly username: string; readonly password: string };
  /** further lines of each node's config */
  readonly config?: string;
}

export interface NatsNode {
  readonly url: string;
  readonly port: number;
  /** SIGKILL, and wait until it is gone */
  kill(): Promise<void>;
  /** on the same ports with what it had on disk; resolves when it has caught up with the others */
  start(): Promise<void>;
  /** forgets all that it had on disk; only while it is killed */
  wipe(): void;
  freeze(): void;
  thaw(): void;
}

export interface NatsCluster {
  readonly urls: readonly string[];
  readonly nodes: readonly NatsNode[];
  close(): Promise<void>;
}

interface Ports {
  readonly client: number;
  readonly route: number;
  readonly mqtt: number;
  readonly monitor: number;
}

const readyTimeoutMs = 60_000;
/** No node outlives the program that started it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** @throws when nats-server is not installed, with the command that installs it */
export async function startNatsCluster(options: NatsClusterOptions = {}): Promise<NatsCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-nats-'));
  const ports: Ports[] = [];
  for (let n = 0; n < (options.nodes ?? 3); n += 1) {
    ports.push({
      client: await freePort(),
      route: await freePort(),
      mqtt: await freePort(),
      monitor: await freePort(),
    });
  }
  const nodes = ports.map((_, n) => natsNode(folder, n, ports, options));
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { urls: nodes.map(({ url }) => url), nodes, close };
}

function natsNode(
  folder: string,
  n: number,
  ports: readonly Ports[],
  { login, config = '' }: NatsClusterOptions,
): NatsNode {
  const own = ports[n];
  if (!own) throw new Error(`there is no node ${n}`);
  const store = join(folder, `store-${n}`);
  const file = join(folder, `node-${n}.conf`);
  const routes = ports.map(({ route }) => `nats://127.0.0.1:${route}`).join(', ');
  const cluster = `cluster { name: yingbin, listen: "127.0.0.1:${own.route}", routes: [${routes}] }`;
  writeFileSync(
    file,
    `server_name: node-${n}
listen: "127.0.0.1:${own.client}"
http: "127.0.0.1:${own.monitor}"
jetstream { store_dir: "${store}", max_memory_store: 64MB, max_file_store: 512MB }
${ports.length > 1 ? cluster : ''}
mqtt { listen: "127.0.0.1:${own.mqtt}", stream_replicas: ${ports.length} }
${login ? `authorization { user: "${login.username}", password: "${login.password}" }` : ''}
${config}
`,
  );
  let child: ChildProcess | undefined;
  return {
    url: `mqtt://127.0.0.1:${own.mqtt}`,
    port: own.mqtt,
    async kill() {
      const dying = child;
      child = undefined;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
    },
    async start() {
      if (child) return;
      child = await spawnNats(file);
      await untilHealthy(own.monitor, child);
    },
    wipe: () => rmSync(store, { recursive: true, force: true }),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}

/** Debian keeps the server in /usr/sbin, which a user's PATH need not hold. */
function spawnNats(config: string): Promise<ChildProcess> {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };
  return new Promise((resolve, reject) => {
    const child = spawn('nats-server', ['-c', config], { stdio: 'ignore', env });
    child.once('error', (cause) =>
      reject(new Error('nats-server is not installed: apt-get install -y nats-server', { cause })),
    );
    child.once('spawn', () => resolve(child));
    child.once('exit', () => alive.delete(child));
    alive.add(child);
  });
}

/** JetStream runs, has a leader, and this node knows of all streams; `healthz` without the flag waits for consumers that ended meanwhile. */
async function untilHealthy(monitor: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + readyTimeoutMs;
  while (child.exitCode === null && child.signalCode === null) {
    const isHealthy = await fetch(`http://127.0.0.1:${monitor}/healthz?js-server-only=true`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    if (performance.now() > deadline) throw new Error('nats-server does not become healthy');
    await sleep(50);
  }
  // killed while it started: whoever did it knows
  if (child.signalCode === null) throw new Error(`nats-server ended with ${child.exitCode}`);
}
