// Row `fleet`, part 2: the broker of 1,000 terminals starts again; each comes back with its certificate, and nothing that it had to say is lost.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { TenantId } from '../../sync/contract/ids.ts';
import type { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { openAuthority } from '../../sync/headquarters/fleet/open-authority.ts';
import { keysText } from '../../sync/headquarters/keys.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import { type Child, childProgram } from '../faults/child.ts';
import { enrolDevices } from '../simulators/fleet-device.ts';
import { type FleetMosquitto, startFleetMosquitto } from '../simulators/fleet-mosquitto.ts';
import { type FleetIdentity, fleetIdentity } from '../simulators/fleet-terminal.ts';
import { freePort } from '../simulators/mosquitto.ts';
import { someKeys } from '../sync/some-keys.ts';
import { BenchTerminal } from './fleet-line.ts';
import { type Row, type RowOptions, ratioRow } from './row.ts';

const tenant = 'bench' as TenantId;
const goals = { seconds: 30, megabytes: 256 };
const opensAtOnce = 25;
const patienceMs = 300_000;

interface Hall {
  readonly headquarters: Child;
  /** of terminals */
  readonly url: string;
  /** of so many terminals, as `sync/brokers.md` says */
  readonly reconnectMinMs: (count: number) => number;
  /** Resolves when whoever was enrolled may come. */
  prepared(count: number): Promise<void>;
  stopBroker(): Promise<void>;
  startBroker(): Promise<void>;
  close(): Promise<void>;
}

interface Storm {
  /** until whoever was enrolled may come, from headquarters' start */
  readonly grantedSeconds: number;
  /** from the moment when the broker listens */
  readonly backSeconds: number;
  readonly settledSeconds: number;
  readonly said: number;
  readonly applied: number;
  readonly residentMegabytes: number;
}

export async function fleetSessions({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const count = isQuick ? 100 : 1_000;
  const rows: Row[] = [];
  for (const [name, openHall] of Object.entries(halls)) {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-sessions-'));
    try {
      progress(`fleet: ${count} certificates for ${name}`);
      const { authority, identities } = await prepare(folder, count);
      const hall = await openHall(folder, authority);
      try {
        const result = await storm(hall, { folder, authority, identities, progress });
        progress(`fleet: all were back after ${result.backSeconds.toFixed(1)} s`);
        rows.push(...rowsOf(name, count, result));
      } finally {
        await hall.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

function rowsOf(name: string, count: number, result: Storm): Row[] {
  const { grantedSeconds, backSeconds, settledSeconds, said, applied, residentMegabytes } = result;
  const row = (metric: string, ours: number, against: number, peer: string, more: Partial<Row> = {}): Row =>
    ratioRow({ row: 'fleet', metric, op: '<=', goal: 1, ours, against, peer, runs: 1, ...more });
  const { seconds, megabytes } = goals;
  const due = (seconds * count) / 1_000;
  const peer = `${seconds} s for 1,000 on 2 cores`;
  return [
    row(`s until ${name} takes 1,000 that were enrolled ÷ goal`, grantedSeconds, due, peer),
    row(`s for 1,000 sessions after ${name} started again ÷ goal`, backSeconds, due, peer, {
      note: `all that they had to say was acknowledged after ${settledSeconds.toFixed(1)} s`,
    }),
    row(`facts lost meanwhile, ${name}`, said - applied, 1, `none of ${said}`, { goal: 0 }),
    row(`resident MB of headquarters on ${name} ÷ goal`, residentMegabytes, megabytes, `${megabytes} MB`),
  ];
}

interface Crowd {
  readonly folder: string;
  readonly authority: CertificateAuthority;
  readonly identities: readonly FleetIdentity[];
  readonly progress: (line: string) => void;
}

async function storm(hall: Hall, { folder, authority, identities, progress }: Crowd): Promise<Storm> {
  const count = identities.length;
  const preparedMs = performance.now();
  await hall.prepared(count);
  const grantedSeconds = (performance.now() - preparedMs) / 1_000;
  const address = {
    url: hall.url,
    tenant,
    root: authority.root,
    reconnectMinMs: hall.reconnectMinMs(count),
  };
  const terminals: BenchTerminal[] = [];
  const areUp = (): boolean => terminals.every(({ upAtMs }) => upAtMs !== null);
  const areSettled = (): boolean => terminals.every(({ isSettled }) => isSettled);
  try {
    progress(`fleet: ${count} terminals come`);
    for (const identity of identities) {
      terminals.push(new BenchTerminal(identity, address));
      if (terminals.length % opensAtOnce === 0) await until(areUp);
    }
    for (const terminal of terminals) terminal.append();
    await until(() => areUp() && areSettled());
    progress('fleet: the broker starts again');
    // half of them are on their way when it goes
    for (const terminal of terminals) terminal.append();
    await hall.stopBroker();
    for (const terminal of terminals) terminal.append();
    await until(() => terminals.every(({ upAtMs }) => upAtMs === null));
    await hall.startBroker();
    const startMs = performance.now();
    await until(areUp);
    const backSeconds = (performance.now() - startMs) / 1_000;
    await until(areSettled);
    const settledSeconds = (performance.now() - startMs) / 1_000;
    const residentMegabytes = residentOf(hall.headquarters);
    await hall.headquarters.stop();
    const applied = await appliedIn(folder);
    return { grantedSeconds, backSeconds, settledSeconds, said: 3 * count, applied, residentMegabytes };
  } finally {
    await Promise.all(terminals.map((terminal) => terminal.close()));
  }
}

async function prepare(
  folder: string,
  count: number,
): Promise<{ readonly authority: CertificateAuthority; readonly identities: readonly FleetIdentity[] }> {
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
  writeFileSync(join(folder, 'headquarters.keys'), keysText(someKeys), { mode: 0o600 });
  const authority = await openAuthority(join(folder, 'fleet-root.pem'), tenant, new Date());
  const identities: FleetIdentity[] = [];
  while (identities.length < count) {
    const names = Array.from({ length: opensAtOnce }, (_, n) => `t${identities.length + n}`);
    identities.push(...(await Promise.all(names.map((name) => fleetIdentity(authority, name)))));
  }
  const store = await openStore(`sqlite:${storeFile(folder)}`);
  await enrolDevices(store, identities);
  await store.close();
  return { authority, identities };
}

const storeFile = (folder: string): string => join(folder, 'headquarters.sqlite');

const halls: Readonly<Record<string, (folder: string, authority: CertificateAuthority) => Promise<Hall>>> = {
  mosquitto: async (folder, authority) => {
    const broker = await startFleetMosquitto(authority, tenant);
    const headquarters = headquartersIn(folder, broker.headquartersConfig);
    return {
      headquarters,
      url: broker.tlsUrl,
      // connections with mutual TLS that it bears when terminals share its two cores
      reconnectMinMs: (count) => (count * 1_000) / 150,
      prepared: async (count) => {
        await headquarters.start();
        await granted(broker, count);
      },
      stopBroker: () => broker.kill(),
      startBroker: () => broker.start(),
      close: async () => {
        await headquarters.stop();
        await broker.close();
      },
    };
  },
  "headquarters' own broker": async (folder) => {
    const port = await freePort();
    const tls = { host: '127.0.0.1', port, names: ['localhost'] };
    const headquarters = headquartersIn(folder, { kind: 'embedded', port: 0, tls });
    return {
      headquarters,
      url: `mqtts://localhost:${port}`,
      // the preset: it takes by itself no more than it can
      reconnectMinMs: () => 1_000,
      prepared: () => headquarters.start(),
      stopBroker: () => headquarters.kill(),
      startBroker: () => headquarters.start(),
      close: () => headquarters.stop(),
    };
  },
};

function headquartersIn(folder: string, broker: object): Child {
  const config = join(folder, 'headquarters.json');
  const keys = { fleetKeyFile: 'fleet.key', apiTokenFile: 'api.token', keysFile: 'headquarters.keys' };
  writeFileSync(config, JSON.stringify({ v: 1, tenant, dataDir: '.', http: { port: 0 }, broker, ...keys }));
  return childProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL('../../sync/headquarters/main.js', import.meta.url)), '--config', config],
    isReady: (line) => line.includes('"ready":true'),
    readyTimeoutMs: patienceMs,
  });
}

/** Headquarters tells the broker of one after the other. */
async function granted(broker: FleetMosquitto, count: number): Promise<void> {
  const access = broker.openAccess();
  try {
    await until(async () => (await access.list()).length >= count);
  } finally {
    await access.close();
  }
}

/** @returns how many facts of terminals stand in the store */
async function appliedIn(folder: string): Promise<number> {
  const store = await openStore(`sqlite:${storeFile(folder)}`);
  try {
    const all = store.db.selectFrom('fact').select(({ fn }) => fn.countAll().as('count'));
    return Number(v.parse(v.object({ count: v.unknown() }), await all.executeTakeFirstOrThrow()).count);
  } finally {
    await store.close();
  }
}

function residentOf({ pid }: Child): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1_000_000;
}

/** @throws when it does not come about */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error('the terminals did not all come within five minutes');
    await delay(50);
  }
}
