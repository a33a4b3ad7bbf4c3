// `headquarters --workers N` as IT starts it: one ready line, every process started again, all ended together.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Mosquitto, startMosquitto } from '../../../simulators/mosquitto.ts';
import { lastMonth, smallDeveloper } from '../small-developer.ts';
import { freshStore } from '../store-kinds.ts';

const command = fileURLToPath(new URL('../../../../dist/provisioning/yingbin.js', import.meta.url));
const patience = { timeout: 40_000, interval: 100 };
let folder: string;
let broker: Mosquitto;
let child: ChildProcess | undefined;
beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(() => broker.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

function config(change: object = {}): string {
  const file = join(folder, 'headquarters.json');
  const right = {
    v: 1,
    tenant: 'test',
    dataDir: 'data',
    http: { port: 0 },
    broker: { kind: 'external', url: broker.url },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
    limits: { leaseMs: 1_500, changesEveryMs: 50 },
  };
  writeFileSync(file, JSON.stringify({ ...right, ...change }));
  return file;
}

interface Line {
  readonly event?: string;
  readonly code?: string;
  readonly process?: string;
  readonly pid?: number;
  readonly msg?: string;
}

function run(args: readonly string[], store?: string) {
  const started = spawn(process.execPath, [command, 'headquarters', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(store === undefined ? {} : { YINGBIN_STORE: store }) },
  });
  child = started;
  let out = '';
  let log = '';
  started.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  started.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const lines = (): Line[] =>
    log.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Line] : []));
  return {
    lines,
    pidsOf: (name: string) =>
      lines().flatMap((line) => (line.process === name && line.pid !== undefined ? [line.pid] : [])),
    ended: once(started, 'close').then(() => started.exitCode),
    ready: () =>
      vi.waitFor(() => {
        expect(out).toContain('\n');
        return JSON.parse(out) as { ready: boolean; http: string; mqtt: string; workers: number };
      }, patience),
    signal: (name: NodeJS.Signals) => started.kill(name),
  };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The command runs headquarters as its only child. */
function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}

describe('several processes', () => {
  it('IN14 import, serve, come back after a kill, and end together', async () => {
    const { url } = await freshStore('postgres');
    const file = join(folder, 'developer.json');
    writeFileSync(file, JSON.stringify(smallDeveloper(lastMonth())));
    const program = run(['--config', config(), '--import', file, '--workers', '2'], url);
    const ready = await program.ready();
    expect(ready).toMatchObject({ ready: true, workers: 2, mqtt: broker.url });
    const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
    const health = async () => {
      const response = await fetch(`${ready.http}/api/health`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return (await response.json()) as {
        status: string;
        versions: Record<string, number>;
        workers: { shards: number; isLeader: boolean }[];
      };
    };
    const sharesAre = (shares: readonly number[]) =>
      vi.waitFor(async () => {
        const { status, workers } = await health();
        expect(status).toBe('ok');
        expect(workers.map(({ shards }) => shards)).toEqual(shares);
        expect(workers.filter(({ isLeader }) => isLeader)).toHaveLength(1);
      }, patience);
    await sharesAre([32, 32]);
    expect((await health()).versions['members']).toBeGreaterThan(0);
    const [first] = program.pidsOf('worker-1');
    process.kill(first ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(program.pidsOf('worker-1')).toHaveLength(2), patience);
    await sharesAre([32, 32]);
    expect(program.lines()).toContainEqual(
      expect.objectContaining({ event: 'process-ended', process: 'worker-1' }),
    );
    program.signal('SIGTERM');
    expect(await program.ended).toBe(0);
    const pids = ['desk', 'worker-1', 'worker-2'].flatMap((name) => program.pidsOf(name));
    expect(pids.filter(isAlive)).toEqual([]);
    expect(JSON.stringify(program.lines())).not.toContain('张');
  }, 120_000);

  it('IN14 when whoever supervises is killed, the workers end by themselves', async () => {
    const { url } = await freshStore('postgres');
    const program = run(['--config', config(), '--workers', '1'], url);
    await program.ready();
    const pids = ['desk', 'worker-1'].flatMap((name) => program.pidsOf(name));
    process.kill(childOf(child?.pid ?? 0), 'SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), patience);
    await program.ended;
  }, 60_000);

  it.each([
    ['SQLite', () => config(), '2', 'PostgreSQL'],
    ['a number that is none', () => config(), 'many', '1 to 64'],
    [
      'a broker of its own',
      () => config({ broker: { kind: 'embedded', port: 0 }, store: { kind: 'postgres', urlFile: 'x' } }),
      '2',
      'broker',
    ],
  ])('refuses several workers with %s', async (_what, file, workers, words) => {
    const program = run(['--config', file(), '--workers', workers]);
    expect(await program.ended).toBe(2);
    expect(program.lines()).toMatchObject([
      { code: 'hq-workers-wrong', msg: expect.stringContaining(words) },
    ]);
  });
});
