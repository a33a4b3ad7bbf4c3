// Row `drain`: how fast 100,000 waiting facts are at headquarters, nearby and over a line with a round trip of 100 ms.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, connectAsync, Store } from 'mqtt';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { CardToken, MemberId, TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { makeSealer, makeSealKeys } from '../../sync/contract/seal.ts';
import { verifyingKey } from '../../sync/contract/signed-frame.ts';
import { openCourier } from '../../sync/courier.ts';
import { Database } from '../../sync/database.ts';
import { readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { childProgram } from '../faults/child.ts';
import { type Mosquitto, startMosquitto } from '../simulators/mosquitto.ts';
import { startNetworkProxy } from '../simulators/network-proxy.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const tenant = 'bench' as TenantId;
const oneWayMs = 50;
/** mqtt.js sends one a round trip, so that a few tell as much as many */
const replayed = 60;

export async function drainRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const facts = isQuick ? 5_000 : 100_000;
  const runs = isQuick ? 1 : 3;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-drain-'));
  const broker = await startMosquitto();
  const proxy = await startNetworkProxy(broker);
  proxy.delayMs = oneWayMs;
  const headquarters = startHeadquarters(folder, broker);
  const speeds = { near: [] as number[], far: [] as number[], floor: [] as number[], replay: [] as number[] };
  try {
    await headquarters.start();
    for (let run = 0; run < runs; run += 1) {
      progress(`drain: run ${run + 1} of ${runs}`);
      speeds.near.push(await drain(folder, `near-${run}`, broker.port, facts));
      speeds.floor.push(await publishWindow(broker.port, Math.min(facts, 20_000)));
      speeds.far.push(await drain(folder, `far-${run}`, proxy.port, facts));
      speeds.replay.push(await replayStore(proxy.port, isQuick ? 10 : replayed));
    }
  } finally {
    await headquarters.stop();
    await proxy.close();
    await broker.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (metric: string, ours: number[], against: number[], goal: number, peer: string): Row =>
    ratioRow({
      row: 'drain',
      metric,
      op: '>=',
      goal,
      ours: median(ours),
      against: median(against),
      peer,
      runs,
    });
  return [
    row(
      `${facts} facts to headquarters' ack, loopback: facts/s ÷ PUBACKed messages/s`,
      speeds.near,
      speeds.floor,
      1,
      'mqtt.js 5.16.0, QoS 1, 100 in flight, the same bytes a fact',
    ),
    row(
      `${facts} facts to headquarters' ack, 100 ms round trip: facts/s ÷ messages/s`,
      speeds.far,
      speeds.replay,
      500,
      `mqtt.js 5.16.0, replay of its store (${replayed} messages)`,
    ),
  ];
}

/** The shipped headquarters, in a process of its own, on SQLite with `synchronous=FULL`. */
function startHeadquarters(folder: string, broker: Mosquitto) {
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
  const config = join(folder, 'headquarters.json');
  writeFileSync(
    config,
    JSON.stringify({
      v: 1,
      tenant,
      dataDir: 'headquarters',
      http: { port: 0 },
      broker: { kind: 'external', url: broker.url },
      fleetKeyFile: 'fleet.key',
      apiTokenFile: 'api.token',
      keysFile: 'headquarters.keys',
    }),
  );
  return childProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL('../../sync/headquarters/main.js', import.meta.url)), '--config', config],
    isReady: (line) => line.includes('"ready":true'),
  });
}

/** @returns facts/s from opening the courier to the ack of the last fact */
async function drain(folder: string, name: string, port: number, count: number): Promise<number> {
  const clock = systemClock();
  const keys = readOrMakeKeys(join(folder, 'headquarters.keys'));
  const db = Database.open(join(folder, `${name}.db`), outboxMigrations, {
    pageSize: 1024,
  });
  const outbox = Outbox.open(db, {
    terminal: name as TerminalId,
    clock,
    sealer: makeSealer(keys.seal.publicKey),
  });
  for (let done = 0; done < count; done += 500) {
    db.transaction(() => {
      for (let n = done; n < Math.min(count, done + 500); n += 1) outbox.append(content(n));
    });
  }
  const startMs = performance.now();
  await new Promise<void>((resolve, reject) => {
    const fail = (why: unknown): void => reject(new Error(`draining failed: ${why}`));
    const courier = openCourier(
      {
        tenant,
        terminal: name as TerminalId,
        outbox,
        replica: Replica.open(join(folder, `${name}-datasets`)),
        link: {
          url: `mqtt://127.0.0.1:${port}`,
          keepAliveMs: 30_000,
          connectTimeoutMs: 10_000,
          reconnectMinMs: 100,
          reconnectMaxMs: 1_000,
        },
        headquartersKey: verifyingKey(keys.sign.publicKey),
        limits: { ackTimeoutMs: 10_000, factsPerBatch: 500, batchesInFlight: 4 },
        version: 'bench',
        clock,
      },
      {
        onLink: () => {},
        onAck: () => {
          if (outbox.waiting() === 0) courier.close().then(resolve, fail);
        },
        onDataset: () => {},
        onRefused: fail,
        onStoreFault: fail,
        onLinkDown: fail,
      },
    );
  });
  const speed = (count * 1_000) / (performance.now() - startMs);
  db.close();
  return speed;
}

function content(n: number) {
  return {
    kind: 'visit-recorded' as const,
    body: { member: `m-${n % 50_000}` as MemberId, card: 'AAAAAAAAAAAAAAAAAAAAAA' as CardToken },
  };
}

/** The bytes of one fact on the wire, alone. */
function factBytes(): Buffer {
  const { kind, body } = content(1);
  const sealer = makeSealer(makeSealKeys().publicKey);
  return encodeFrame({
    id: '019c0000-0000-7000-8000-000000000000',
    seq: 123_456,
    at: '2026-03-01T00:00:00.000Z',
    boot: '00000000-0000-4000-8000-000000000000',
    monoMs: 123_456_789,
    clock: 'synced',
    schema: 1,
    kind,
    body: sealer.seal(JSON.stringify(body), 'bond'),
  });
}

/** The floor: nobody behind the broker, one message a fact, a hundred on their way. */
async function publishWindow(port: number, count: number): Promise<number> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: 'floor', protocolVersion: 4 });
  const payload = factBytes();
  const startMs = performance.now();
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await client.publishAsync('bench/floor', payload, { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: 100 }, worker));
  const speed = (count * 1_000) / (performance.now() - startMs);
  await client.endAsync();
  return speed;
}

/** What mqtt.js does by itself with messages that waited in its store: the next when the one before is acknowledged. */
async function replayStore(port: number, count: number): Promise<number> {
  const outgoingStore = new Store();
  const payload = factBytes();
  for (let messageId = 1; messageId <= count; messageId += 1) {
    const packet = {
      cmd: 'publish',
      topic: 'bench/replay',
      payload,
      qos: 1,
      retain: false,
      dup: false,
      messageId,
    } as const;
    outgoingStore.put(packet, () => {});
  }
  const client = connect(`mqtt://127.0.0.1:${port}`, {
    clientId: 'replay',
    clean: false,
    protocolVersion: 4,
    outgoingStore,
  });
  let startMs = 0;
  client.on('packetreceive', ({ cmd }) => {
    if (cmd === 'connack') startMs = performance.now();
  });
  // it says `connect` when its store is empty
  await new Promise<void>((resolve) => client.on('connect', () => resolve()));
  const speed = (count * 1_000) / (performance.now() - startMs);
  await client.endAsync();
  return speed;
}
