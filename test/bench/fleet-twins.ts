// Row `fleet`, part 3: a value is set for 1,000 terminals that are there; each checks what it is told, and says that it serves with it.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync, type MqttClient } from 'mqtt';
import { decodeFrame, encodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { openSignedFrame, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { desiredSchema, twinHash } from '../../sync/contract/twin.ts';
import { keysText } from '../../sync/headquarters/keys.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import { type Child, childProgram } from '../faults/child.ts';
import { bringDevices } from '../sync/headquarters/fleet/fleet-devices.ts';
import { sealed, someKeys } from '../sync/some-keys.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

const tenant = 'bench' as TenantId;
const goalSeconds = 30;
const atOnce = 50;
const have = { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 };

/** Headquarters with its broker is a process of its own; all terminals share another, so that both cores are busy. */
export async function fleetTwins({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const count = isQuick ? 100 : 1_000;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-twins-'));
  const names = Array.from({ length: count }, (_, n) => `t${n}`);
  const headquarters = headquartersIn(folder);
  const terminals: Terminal[] = [];
  try {
    await prepare(folder, names);
    await headquarters.child.start();
    progress(`fleet: ${count} terminals come`);
    const waiting = names.values();
    const bring = async (): Promise<void> => {
      for (const name of waiting)
        terminals.push(await Terminal.open(headquarters.mqtt(), name as TerminalId));
    };
    await Promise.all(Array.from({ length: atOnce }, bring));
    await until(() => terminals.every(({ rev }) => rev === 1));
    const [took, seconds] = [[] as number[], [] as number[]];
    for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
      progress(`fleet: a value is set for all, run ${run + 1}`);
      const rev = run + 2;
      const startMs = performance.now();
      await headquarters.write(run, 40 + run);
      await until(
        async () => terminals.every((each) => each.rev === rev) && (await headquarters.told(rev)) === count,
      );
      seconds.push((performance.now() - startMs) / 1_000);
      took.push(...terminals.map(({ atMs }) => atMs - startMs));
    }
    return [
      ratioRow({
        row: 'fleet',
        metric: 's until 1,000 terminals serve with a value ÷ goal',
        op: '<=',
        goal: 1,
        ours: percentile(seconds, 50),
        against: (goalSeconds * count) / 1_000,
        peer: `${goalSeconds} s for 1,000 on 2 cores`,
        runs: seconds.length,
        note: `told: p50 ${percentile(took, 50).toFixed(0)} ms, p95 ${percentile(took, 95).toFixed(0)} ms`,
      }),
    ];
  } finally {
    for (const terminal of terminals) await terminal.close();
    await headquarters.child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A terminal that takes every set-up at once. */
class Terminal {
  rev = 0;
  /** when it heard of it */
  atMs = 0;
  readonly #client: MqttClient;
  readonly #name: TerminalId;
  readonly #epoch = randomBytes(16).toString('hex');
  #seq = 0;

  private constructor(client: MqttClient, name: TerminalId) {
    this.#client = client;
    this.#name = name;
  }

  static async open(url: string, name: TerminalId): Promise<Terminal> {
    const client = await connectAsync(url, { reconnectPeriod: 0, username: name });
    const terminal = new Terminal(client, name);
    const topic = topics.twin(tenant, name);
    const key = verifyingKey(someKeys.sign.publicKey);
    client.on('message', (_, payload) => {
      const { rev, hash, values } = decodeFrame(desiredSchema, openSignedFrame(topic, payload, key));
      if (rev <= terminal.rev || twinHash(values) !== hash) return;
      terminal.rev = rev;
      terminal.atMs = performance.now();
      terminal.#report(rev, hash);
    });
    await client.subscribeAsync(topic, { qos: 1 });
    terminal.#say('presence', { v: 1, online: true, version: '1', at: null, waiting: 0 });
    terminal.#say('ask', { v: 1, kind: 'changes', have });
    return terminal;
  }

  #report(rev: number, hash: string): void {
    const facts = (['applying', 'ok'] as const).map((state) => {
      this.#seq += 1;
      const body = { rev, hash, state, code: null, path: null, schema: 1, release: 0 };
      const said = { id: randomUUID(), seq: this.#seq, at: new Date().toISOString(), boot: 'boot-1' };
      const clock = { monoMs: Math.round(performance.now()), clock: 'synced', schema: 1 };
      return sealed({ ...said, ...clock, kind: 'twin-reported', body }, this.#name);
    });
    const batch = { v: 1, terminal: this.#name, epoch: this.#epoch, forgotten: 0, prev: null, facts };
    this.#say('facts', batch);
  }

  #say(channel: 'presence' | 'ask' | 'facts', message: object): void {
    this.#client.publish(topics[channel](tenant, this.#name), encodeFrame(message), { qos: 1 });
  }

  close(): Promise<void> {
    return this.#client.endAsync(true);
  }
}

interface BenchHeadquarters {
  readonly child: Child;
  mqtt(): string;
  write(baseRev: number, idleSeconds: number): Promise<void>;
  /** @returns how many terminals said that they serve with this revision */
  told(rev: number): Promise<number>;
}

async function prepare(folder: string, names: readonly string[]): Promise<void> {
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
  writeFileSync(join(folder, 'headquarters.keys'), keysText(someKeys), { mode: 0o600 });
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  const store = await openStore(`sqlite:${join(folder, 'data', 'headquarters.sqlite')}`);
  await bringDevices(
    { store },
    names.map((id, n) => ({ id, site: `site-${n % 50}` })),
  );
  await store.close();
}

function headquartersIn(folder: string): BenchHeadquarters {
  const config = join(folder, 'headquarters.json');
  const keys = { fleetKeyFile: 'fleet.key', apiTokenFile: 'api.token', keysFile: 'headquarters.keys' };
  const places = { dataDir: 'data', http: { port: 0 }, broker: { kind: 'embedded', port: 0 } };
  writeFileSync(config, JSON.stringify({ v: 1, tenant, ...places, ...keys }));
  const urls = { http: '', mqtt: '' };
  const child = childProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL('../../sync/headquarters/main.js', import.meta.url)), '--config', config],
    isReady: (line) => {
      for (const kind of ['http', 'mqtt'] as const) {
        urls[kind] = new RegExp(`"${kind}":"([^"]+)"`).exec(line)?.[1] ?? urls[kind];
      }
      return line.includes('"ready":true');
    },
  });
  const call = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
    const response = await fetch(`${urls.http}/api/fleet/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    child,
    mqtt: () => urls.mqtt,
    write: async (baseRev, idleSeconds) => {
      await call('layers/default', { baseRev, values: { 'settings.idleSeconds': idleSeconds } });
    },
    told: async (rev) => {
      const { twins } = (await call('twins')) as {
        twins: { reported: { rev: number; state: string } | null }[];
      };
      return twins.filter(({ reported }) => reported?.rev === rev && reported.state === 'ok').length;
    },
  };
}

/** @throws when it does not come about within two minutes */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error('the terminals did not converge within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
