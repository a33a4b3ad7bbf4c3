// Row `service`: the clock wheel of the ladder over 100,000 open requests, against the least that a store must do for it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../sync/headquarters/parts.ts';
import { LadderKeeper } from '../../sync/headquarters/service/ladder-keeper.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Tables } from '../../sync/headquarters/store/tables.ts';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { someOpener, someSealer } from '../sync/some-keys.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const filedAt = '2026-11-21T06:00:00.000Z';
const dueEveryMs = 1_000;

/** Each look finds what became due in a second of simulated time; the floor writes as many rows by their keys. */
export async function serviceRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const open = isQuick ? 5_000 : 100_000;
  const runs = isQuick ? 3 : 9;
  const perRun = isQuick ? 200 : 1_000;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'headquarters.sqlite')}`);
  try {
    const world = buildParts({
      store,
      opener: someOpener,
      sealer: someSealer,
      fleetKey: Buffer.alloc(32, 7),
      now: () => new Date(filedAt),
      limits: { undoMs: 30_000, keptFrames: 3 },
      onChange: () => {},
    });
    const developer = parseDeveloper(smallDeveloper(), 'bench');
    await importDeveloper({ ...world, fleetKey: Buffer.alloc(32, 7), cardWidth: 'all' }, developer);
    progress(`filing ${open} requests`);
    await fill(world, open);
    let clock = Date.parse(filedAt);
    const ladder = new LadderKeeper({
      ...world,
      now: () => new Date(clock),
      changeOf: (ids) => world.service.changeOf(ids),
    });
    const [climbs, writes, looks]: [number[], number[], number[]] = [[], [], []];
    for (let run = -1; run < runs; run += 1) {
      progress(`climbing ${perRun} of ${open}, run ${run + 1} of ${runs}`);
      clock += perRun * dueEveryMs;
      const climbed = await timed(async () => {
        if ((await ladder.climbDue()) !== perRun) throw new Error('not all climbed');
      });
      const look = await timed(async () => void (await ladder.climbDue()));
      const written = await timed(() => touch(world, perRun));
      if (run < 0) continue;
      climbs.push((perRun * 1_000) / climbed);
      writes.push((perRun * 1_000) / written);
      looks.push(look);
    }
    const shared = { row: 'service', runs } as const;
    return [
      ratioRow({
        ...shared,
        metric: `climbs/s of ${open} open ÷ rows written`,
        op: '>=',
        goal: 0.02,
        ours: median(climbs),
        against: median(writes),
        peer: 'one update each by its key',
      }),
      ratioRow({
        ...shared,
        metric: 'ms of a look when nothing is due ÷ the second between two',
        op: '<=',
        goal: 0.01,
        ours: median(looks),
        against: dueEveryMs,
        peer: 'the second that passes',
      }),
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function touch({ store }: Parts, rows: number): Promise<void> {
  await store.transaction(async (tx) => {
    for (let n = 0; n < rows; n += 1) {
      await tx.updateTable('request').set({ reopened: 0 }).where('id', '=', idOf(n)).execute();
    }
  });
}

/** One falls due each second. */
async function fill({ store }: Parts, open: number): Promise<void> {
  const at = Date.parse(filedAt);
  await store.transaction(async (tx) => {
    for (let from = 0; from < open; from += 1_000) {
      const ids = Array.from({ length: 1_000 }, (_, n) => from + n);
      await store.insert(
        tx,
        'request',
        ids.map((n) => requestRecord(n, new Date(at + (n + 1) * dueEveryMs).toISOString())),
      );
      await store.insert(tx, 'task', ids.map(taskRecord));
    }
  });
}

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function requestRecord(n: number, replyBy: string): Tables['request'] {
  return {
    id: idOf(n),
    number: `B${n}`,
    kind: 'repair',
    member: 'm1',
    phone: null,
    terminal: 'hall-1',
    project: 'siji',
    unit: 'milan-301',
    step: 'received',
    state: 'filed',
    filed_at: filedAt,
    reply_by: replyBy,
    on_site_by: null,
    replied_at: null,
    on_site_at: null,
    level: 'ordinary',
    level_since: filedAt,
    climbs_at: replyBy,
    paused_at: null,
    pause_reason: null,
    paused_ms: 0,
    valid: null,
    outcome: null,
    closed_at: null,
    consent: 0,
    called_back: 0,
    rated: 0,
    reopened: 0,
    library_version: 1,
    text: null,
    topic: null,
    answer: null,
    may_publish: 0,
    cost: null,
    photo_key: null,
  };
}

function taskRecord(n: number): Tables['task'] {
  return {
    id: `${idOf(n)}/1`,
    request: idOf(n),
    n: 1,
    place: null,
    element: null,
    problem: null,
    phrase: null,
    label: '{"zh":"渗漏","en":"leak"}',
    text: null,
    port: 'engineering',
    step: 'filed',
    person: null,
    followers: '[]',
    deadline: null,
    supplier: null,
    cause: null,
    created_at: filedAt,
    closed_at: null,
    outcome: null,
  };
}
