// Several intake workers as programs on one PostgreSQL and one broker, and terminals that tell them facts without pause.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { writePrivate } from '../../../provisioning/write-terminal.ts';
import type { TenantId } from '../../../sync/contract/ids.ts';
import { shardCount } from '../../../sync/contract/topics.ts';
import { readOrMakeKeys } from '../../../sync/headquarters/keys.ts';
import { type Postgres, startPostgres } from '../../simulators/postgres.ts';
import { type Child, childProgram } from '../child.ts';
import { type KillableBroker, startBroker } from '../killable-broker.ts';
import { judge } from '../oracle.ts';
import type { BrokerName } from '../world.ts';
import { openSomeTerminals, type SomeTerminals } from './some-terminals.ts';

export const tenant = 'proof' as TenantId;
/** Short, so that a takeover is soon; no shorter than a busy machine can renew. */
export const leaseMs = 1_500;

/** `naive` believes its clock: no fence, and what it knows of a terminal it keeps in memory. */
export type WorkerDesign = 'ours' | 'naive';

export interface WorkerVerdict {
  readonly accepted: number;
  readonly applied: number;
  readonly lost: number;
  readonly doubled: number;
  /** facts of one terminal that were applied in another order than it confirmed them */
  readonly disordered: number;
  /** terminals whose mark is not the number of their facts */
  readonly wrongMarks: number;
  /** set aside */
  readonly refused: number;
}

export interface LogLine {
  readonly event?: string;
  readonly code?: string;
  readonly worker?: string;
  readonly shards?: number;
}

export interface WorkerWorld {
  readonly workers: readonly Child[];
  readonly database: Postgres;
  readonly broker: KillableBroker;
  readonly terminals: SomeTerminals;
  /** what the workers said on stderr, as JSON lines */
  log(): readonly LogLine[];
  /** runs a query on their database */
  ask(text: string): Promise<Record<string, unknown>[]>;
  verdict(): Promise<WorkerVerdict>;
  close(): Promise<void>;
}

export interface WorkerWorldOptions {
  readonly design: WorkerDesign;
  readonly broker: BrokerName;
  readonly workers: number;
  readonly terminals: number;
}

export async function openWorkerWorld(options: WorkerWorldOptions): Promise<WorkerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-workers-'));
  const database = await startPostgres();
  const store = await database.freshDatabase();
  const broker = await startBroker(options.broker, { isPersistent: false, isWhole: false });
  const keys = readOrMakeKeys(join(folder, 'headquarters.keys'));
  const config = writeConfig(folder, broker.url);
  let log = '';
  const workers = Array.from({ length: options.workers }, () =>
    childProgram({
      command: process.execPath,
      args: workerArgs[options.design](config),
      env: { YINGBIN_STORE: store },
      isReady: (line) => line.includes('"ready":true'),
      onStderr: (text) => {
        log += text;
      },
    }),
  );
  for (const worker of workers) await worker.start();
  const ask = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: store });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  await untilShared(ask, options.workers);
  const terminals = openSomeTerminals(tenant, folder, broker.url, keys, options.terminals);
  return {
    workers,
    database,
    broker,
    terminals,
    log: () => log.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as LogLine] : [])),
    ask,
    verdict: () => judgeAll(terminals, ask, options.design),
    close: async () => {
      await terminals.close();
      await Promise.all(workers.map((worker) => worker.kill()));
      await broker.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns when each holds about its share */
async function untilShared(ask: WorkerWorld['ask'], workers: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const rows = await ask(`select count(*)::int as n from shard_lease
      where worker is not null and shard <> 'leader' group by worker`);
    const least = Math.min(...rows.map(({ n }) => Number(n)));
    if (rows.length === workers && least >= Math.floor(shardCount / workers / 2)) return;
    if (tries > 300) throw new Error('the workers do not share');
    await sleep(100);
  }
}

const programs = fileURLToPath(new URL('../../../', import.meta.url));
const workerArgs = {
  ours: (config: string) => [
    join(compiled(programs), 'sync/headquarters/main.js'),
    '--config',
    config,
    '--part',
    'worker',
  ],
  naive: (config: string) => [join(compiled(programs), 'test/faults/workers/naive-worker.js'), config],
} as const;

/** A test runs as TypeScript; what it starts is compiled. */
function compiled(root: string): string {
  return root.includes('/dist/') ? root : join(root, 'dist');
}

function writeConfig(folder: string, url: string | readonly string[]): string {
  const file = join(folder, 'headquarters.json');
  writePrivate(join(folder, 'fleet.key'), '09'.repeat(32));
  const config = {
    v: 1,
    tenant,
    dataDir: 'headquarters',
    http: { port: 0 },
    broker: { kind: 'external', url },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
    // patient with the broker: who is frozen is to find what came meanwhile when it wakes
    limits: { leaseMs, keepAliveMs: 30_000, reconnectMinMs: 20, reconnectMaxMs: 200, manifestEveryMs: 500 },
  };
  writePrivate(file, JSON.stringify(config));
  return file;
}

async function judgeAll(
  { accepted }: SomeTerminals,
  ask: WorkerWorld['ask'],
  design: WorkerDesign,
): Promise<WorkerVerdict> {
  const [facts, marks, letters] =
    design === 'ours' ? ['fact', 'stream', 'dead_letter'] : ['naive_fact', 'naive_mark', 'dead_letter'];
  const rows = await ask(`select terminal, id from ${facts} order by n`);
  const applied = await ask(`select terminal, sum(applied)::int as applied from ${marks} group by terminal`);
  const [aside] = await ask(`select count(*)::int as n from ${letters}`);
  const total = { accepted: 0, applied: 0, lost: 0, doubled: 0, disordered: 0, wrongMarks: 0 };
  for (const [terminal, ids] of accepted) {
    const arrived = rows.filter((row) => row['terminal'] === terminal).map(({ id }) => String(id));
    const verdict = judge(ids, arrived);
    for (const key of ['accepted', 'applied', 'lost', 'doubled', 'disordered'] as const) {
      total[key] += verdict[key];
    }
    const mark = applied.find((row) => row['terminal'] === terminal)?.['applied'];
    if (mark !== verdict.applied) total.wrongMarks += 1;
  }
  return { ...total, refused: Number(aside?.['n'] ?? 0) };
}
