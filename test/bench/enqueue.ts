// Row `enqueue`: how fast a fact is on disk, alone and in groups, against the queues that people use instead.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { JSONFilePreset } from 'lowdb/node';
import type { FactContent } from '../../sync/contract/facts.ts';
import type { CardToken, EventId, MemberId, SessionId, TerminalId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { someSealer } from '../sync/some-keys.ts';
import { loadPeer, peerLabel } from './peers.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

/** What is measured: puts `count` facts on disk. */
interface Contender {
  readonly facts: number;
  put(count: number): void | Promise<void>;
  close(): void | Promise<void>;
}

/** What mqtt.js asks of a store, as far as we use it. */
interface LevelStore {
  put(packet: object, done: (error?: Error | null) => void): void;
  close(done: () => void): void;
}

const content: FactContent = {
  kind: 'check-in-recorded',
  body: {
    member: 'm-000123' as MemberId,
    card: 'AAAAAAAAAAAAAAAAAAAAAA' as CardToken,
    event: 'spring-2026' as EventId,
    session: 'spring-2026-am' as SessionId,
    points: 20,
  },
};

/** Medians of interleaved runs, facts/s. */
export async function enqueueRow({ isQuick }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 2 : 7;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-enqueue-'));
  const contenders = {
    one: outbox(join(folder, 'one.db'), 1, 1_000),
    ten: outbox(join(folder, 'ten.db'), 10, 4_000),
    hundred: outbox(join(folder, 'hundred.db'), 100, 8_000),
    floor: bareInsert(join(folder, 'floor.db')),
    lowdb1k: await lowdbQueue(join(folder, 'queue-1k.json'), 1_000, 30),
    lowdb10k: await lowdbQueue(join(folder, 'queue-10k.json'), 10_000, 6),
    level: levelStore(join(folder, 'level')),
  } satisfies Record<string, Contender>;
  const bytes = bytesPerFact(join(folder, 'bytes.db'));
  const names = Object.keys(contenders) as (keyof typeof contenders)[];
  const speeds = new Map(names.map((name) => [name, [] as number[]]));
  try {
    for (let run = 0; run <= runs; run += 1) {
      for (const name of names) {
        const speed = await factsPerSecond(contenders[name]);
        // the first run warms up
        if (run > 0) speeds.get(name)?.push(speed);
      }
    }
  } finally {
    for (const name of names) await contenders[name].close();
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (name: keyof typeof contenders): number => median(speeds.get(name) ?? []);
  const writing = ratioRow({
    row: 'enqueue',
    metric: 'grouped by 10: bytes written a fact, checkpoint included ÷ 2,048',
    op: '<=',
    goal: 1,
    ours: bytes,
    against: 2_048,
    peer: 'rule OB15',
    runs: 1,
  });
  return [...rows(of, runs), writing];
}

const onceAFact = 'the queue is written once a fact, as people use it';
const floorNote =
  'waits for the disk once a fact, so it cannot be faster than the bare insert below; the queue does not wait at all';

function rows(
  of: (name: 'one' | 'ten' | 'hundred' | 'floor' | 'lowdb1k' | 'lowdb10k' | 'level') => number,
  runs: number,
): Row[] {
  const row = (
    metric: string,
    ours: number,
    against: number,
    goal: number,
    peer: string,
    note?: string,
  ): Row =>
    ratioRow({
      row: 'enqueue',
      metric,
      op: '>=',
      goal,
      ours,
      against,
      peer,
      runs,
      ...(note === undefined ? {} : { note }),
    });
  const [alone, ten, floor] = [of('one'), of('ten'), of('floor')];
  const lowdb = 'lowdb 7.0.1 (no fsync)';
  return [
    row('one a transaction: facts/s ÷ bare insert', alone, floor, 0.8, 'SQLite WAL, synchronous=FULL'),
    row('grouped by 10: facts/s ÷ one a transaction', ten, alone, 3.5, 'ours'),
    row('grouped by 100: facts/s ÷ one a transaction', of('hundred'), alone, 7, 'ours'),
    ...(
      [
        ['1,000', of('lowdb1k'), 30],
        ['10,000', of('lowdb10k'), 300],
      ] as const
    ).flatMap(([size, queue, goal]) => [
      row(`grouped by 10: facts/s ÷ lowdb queue of ${size}`, ten, queue, goal, lowdb, onceAFact),
      row(`one a transaction: facts/s ÷ lowdb queue of ${size}`, alone, queue, goal, lowdb, floorNote),
      // only shown: what the disk itself allows whoever waits for it once a fact
      row(`bare insert ÷ lowdb queue of ${size}`, floor, queue, 0, lowdb),
    ]),
    // only shown: it does not wait for the disk, so what it says it kept is gone after a power cut
    row('facts/s ÷ put', alone, of('level'), 0, `${peerLabel('mqtt-level-store')} (no fsync)`),
  ];
}

async function factsPerSecond({ facts, put }: Contender): Promise<number> {
  const start = performance.now();
  await put(facts);
  return (facts * 1_000) / (performance.now() - start);
}

function outbox(file: string, group: number, facts: number): Contender {
  const db = Database.open(file, outboxMigrations, { pageSize: 1024 });
  const box = Outbox.open(db, { terminal: 'bench' as TerminalId, sealer: someSealer, clock: systemClock() });
  return {
    facts,
    put: (count) => {
      for (let done = 0; done < count; done += group) {
        db.transaction(() => {
          for (let n = 0; n < group; n += 1) box.append(content);
        });
      }
    },
    close: () => db.close(),
  };
}

/** By the kernel's count; what a disk in memory does not count is taken from what was handed over. */
function bytesPerFact(file: string): number {
  const facts = 20_000;
  const written = (): number[] => {
    const io = readFileSync('/proc/self/io', 'utf8');
    return [/^write_bytes: (\d+)/m, /^wchar: (\d+)/m].map((count) => Number(count.exec(io)?.[1]));
  };
  const { put, close } = outbox(file, 10, facts);
  const before = written();
  void put(facts);
  void close();
  return Math.max(...written().map((after, which) => after - (before[which] ?? 0))) / facts;
}

function bareInsert(file: string): Contender {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE fact(seq INTEGER PRIMARY KEY, fact TEXT)',
  );
  const insert = db.prepare('INSERT INTO fact(fact) VALUES (?)');
  const json = exampleFact();
  return {
    facts: 1_000,
    put: (count) => {
      for (let n = 0; n < count; n += 1) insert.run(json);
    },
    close: () => db.close(),
  };
}

/** A queue in one JSON file, rewritten for every fact; each run starts at this size, as in a long outage. */
async function lowdbQueue(file: string, size: number, facts: number): Promise<Contender> {
  const fact = JSON.parse(exampleFact()) as object;
  const db = await JSONFilePreset(file, { queue: Array.from({ length: size }, () => fact) });
  return {
    facts,
    put: async (count) => {
      db.data.queue.length = size;
      for (let n = 0; n < count; n += 1) {
        db.data.queue.push({ ...fact });
        await db.write();
      }
    },
    close: () => {},
  };
}

function levelStore(folder: string): Contender {
  const makeStores = loadPeer('mqtt-level-store') as (path: string) => {
    outgoing: LevelStore;
    incoming: LevelStore;
  };
  const { outgoing } = makeStores(folder);
  const payload = exampleFact();
  let messageId = 0;
  return {
    facts: 1_000,
    put: async (count) => {
      for (let n = 0; n < count; n += 1) {
        messageId = (messageId % 65_535) + 1;
        const packet = {
          cmd: 'publish',
          topic: 'bench',
          payload,
          qos: 1,
          retain: false,
          dup: false,
          messageId,
        };
        await new Promise<void>((resolve, reject) => {
          outgoing.put(packet, (error) => (error ? reject(error) : resolve()));
        });
      }
    },
    close: () => new Promise<void>((resolve) => outgoing.close(resolve)),
  };
}

/** The same bytes as the outbox writes for one fact. */
function exampleFact(): string {
  const head = {
    id: '019c0000-0000-7000-8000-000000000000',
    seq: 123_456,
    at: '2026-03-01T00:00:00.000Z',
    boot: '00000000-0000-4000-8000-000000000000',
    monoMs: 123_456_789,
    clock: 'synced',
    schema: 1,
  };
  return JSON.stringify({ ...head, ...content });
}
