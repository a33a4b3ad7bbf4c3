// Row `online-load`: a fleet that is online tells each fact by itself; one worker with leases on PostgreSQL, against bare inserts.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { FactKind } from '../../sync/contract/facts.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { FactId, TerminalId } from '../../sync/contract/ids.ts';
import { makeOpener, makeSealer, makeSealKeys, type Sealer, sealBond } from '../../sync/contract/seal.ts';
import { factIdMaker } from '../../sync/fact-id.ts';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../sync/headquarters/parts.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../sync/headquarters/store/store.ts';
import { LeaseTable } from '../../sync/headquarters/workers/lease-table.ts';
import { LeasedShards } from '../../sync/headquarters/workers/leased-shards.ts';
import { startPostgres } from '../simulators/postgres.ts';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const terminals = 64;
const factsPerTerminal = 15;
const leaseMs = 60_000;
/** A visit takes a dozen statements; a check-in books points and gives two datasets a new version. */
const goals = [
  ['visits that change nothing published', 0.15],
  ['check-ins, each published', 0.03],
] as const;

/** What one fact costs: seconds of processor in the worker and in the database. */
interface Load {
  readonly perSecond: number;
  readonly workerCpuMs: number;
  readonly databaseCpuMs: number;
}

export async function onlineLoadRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 1 : 5;
  const postgres = await startPostgres();
  try {
    const rows: Row[] = [];
    for (const [what, goal] of goals) {
      progress(`online-load: ${what}`);
      const urls = [await postgres.freshDatabase(), await postgres.freshDatabase()] as const;
      rows.push(await measure(what, goal, urls, runs, progress));
    }
    return rows;
  } finally {
    await postgres.close();
  }
}

async function measure(
  what: string,
  goal: number,
  [url, floorUrl]: readonly [string, string],
  runs: number,
  progress: RowOptions['progress'],
): Promise<Row> {
  const [store, floor] = [await openStore(url), await openStore(floorUrl)];
  const keys = makeSealKeys();
  const shards = new LeasedShards({
    table: new LeaseTable(store, 'bench', leaseMs),
    leaseMs,
    onFault: () => {},
  });
  try {
    const parts = buildParts({
      store,
      opener: makeOpener([keys.privateKey]),
      sealer: makeSealer(keys.publicKey),
      fleetKey: randomBytes(32),
      shards,
      now: () => new Date(),
      limits: { undoMs: 1, keptFrames: 1 },
      onChange: () => {},
    });
    await bringCrowd(parts, (runs + 1) * terminals * factsPerTerminal);
    await shards.start(
      async () => {},
      () => true,
    );
    const isCheckIn = what.startsWith('check-ins');
    const sealer = makeSealer(keys.publicKey);
    const loads: { ours: Load[]; floor: Load[] } = { ours: [], floor: [] };
    for (let run = 0; run <= runs; run += 1) {
      const frames = framesOf(run, isCheckIn, sealer);
      const ours = await loadOf(store, async (terminal, n) => {
        const { applied } = await parts.intake.receive(
          nameOf(terminal),
          frames[terminal]?.[n] ?? Buffer.alloc(0),
        );
        if (applied !== 1) throw new Error('a fact was not applied');
      });
      const bare = await loadOf(floor, (terminal, n) => insertBare(floor, run, terminal, n));
      // the first run warms up
      if (run === 0) continue;
      loads.ours.push(ours);
      loads.floor.push(bare);
    }
    const middle = (pick: (load: Load) => number): string => median(loads.ours.map(pick)).toFixed(2);
    progress(
      `  a fact costs ${middle((load) => load.workerCpuMs)} ms of processor in the worker and ${middle((load) => load.databaseCpuMs)} ms in the database`,
    );
    return ratioRow({
      row: 'online-load',
      metric: `facts/s one by one, ${what} ÷ bare insert`,
      op: '>=',
      goal,
      ours: median(loads.ours.map(({ perSecond }) => perSecond)),
      against: median(loads.floor.map(({ perSecond }) => perSecond)),
      peer: `one row, one transaction, ${terminals} at once`,
      runs,
    });
  } finally {
    await shards.close();
    await store.close();
    await floor.close();
  }
}

async function bringCrowd(parts: Parts, count: number): Promise<void> {
  const developer = smallDeveloper();
  const [sample] = developer.members;
  if (!sample) throw new Error('no member to copy');
  developer.members = Array.from({ length: count }, (_, n) => ({
    ...sample,
    id: memberId(n) as (typeof sample)['id'],
    cards: [],
    homes: [],
    pin: null,
    ledger: [],
  }));
  developer.rosters = [];
  const options = { ...parts, fleetKey: randomBytes(32), cardWidth: 'all' } as const;
  await importDeveloper(options, parseDeveloper(developer, 'crowd'));
}

const nameOf = (terminal: number): TerminalId => `hall-${terminal + 1}` as TerminalId;
const memberId = (visitor: number): string => `m-${String(visitor).padStart(6, '0')}`;

/** Of each terminal its frames of one fact, in their order. */
function framesOf(run: number, isCheckIn: boolean, sealer: Sealer): Buffer[][] {
  const nextId = factIdMaker();
  return Array.from({ length: terminals }, (_, terminal) => {
    let prev: FactId | null = null;
    return Array.from({ length: factsPerTerminal }, (__, n) => {
      const member = memberId((run * terminals + terminal) * factsPerTerminal + n);
      const { kind, body } = contentOf(isCheckIn, member);
      const id = nextId(Date.now()) as FactId;
      const fact = {
        id,
        seq: n + 1,
        at: new Date().toISOString(),
        boot: 'boot-1',
        monoMs: n * 1_000,
        clock: 'synced',
        schema: 1,
        kind,
        body: sealer.seal(JSON.stringify(body), sealBond(nameOf(terminal), { id, kind, schema: 1 })),
      };
      const epoch = String(run).padStart(32, '0');
      const frame = { v: 1, terminal: nameOf(terminal), epoch, forgotten: 0, prev, facts: [fact] };
      prev = id;
      return encodeFrame(frame);
    });
  });
}

function contentOf(isCheckIn: boolean, member: string): { kind: FactKind; body: object } {
  const card = 'A'.repeat(22);
  return isCheckIn
    ? { kind: 'check-in-recorded', body: { member, card, event: 'open', session: 'open-1', points: 20 } }
    : { kind: 'person-proven', body: { member, purpose: 'points' } };
}

async function insertBare(store: Store, run: number, terminal: number, n: number): Promise<void> {
  await store.transaction(async (tx) => {
    const seq = n + 1;
    const id = `${run}-${terminal}-${n}`;
    const words = 'x'.repeat(200);
    const at = new Date().toISOString();
    await store.insert(tx, 'fact', [
      {
        terminal: nameOf(terminal),
        epoch: String(run),
        seq,
        id,
        kind: 'person-proven',
        at,
        boot: 'boot-1',
        mono_ms: 0,
        clock: 'synced',
        received_at: at,
        hash: words.slice(0, 64),
        body: words,
      },
    ]);
  });
}

/** All terminals at once, each one fact after the other. */
async function loadOf(store: Store, tell: (terminal: number, n: number) => Promise<void>): Promise<Load> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
  const server = parentOf(rows[0]?.pid ?? 0);
  const [databaseBefore, workerBefore, start] = [cpuMsOf(server), process.cpuUsage(), performance.now()];
  await Promise.all(
    Array.from({ length: terminals }, async (_, terminal) => {
      for (let n = 0; n < factsPerTerminal; n += 1) await tell(terminal, n);
    }),
  );
  const facts = terminals * factsPerTerminal;
  const { user, system } = process.cpuUsage(workerBefore);
  return {
    perSecond: (facts * 1_000) / (performance.now() - start),
    workerCpuMs: (user + system) / 1_000 / facts,
    databaseCpuMs: (cpuMsOf(server) - databaseBefore) / facts,
  };
}

/** Fields of /proc/PID/stat after the program's name: parent is the 2nd, user and system time the 12th and 13th. */
function statOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

function parentOf(pid: number): number {
  return statOf(pid)[1] ?? 0;
}

/** Of the server and all processes it has now; 100 ticks a second. */
function cpuMsOf(server: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = statOf(Number(name));
      if (fields[1] === server || Number(name) === server) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
    } catch {
      // it ended meanwhile
    }
  }
  return ticks * 10;
}
