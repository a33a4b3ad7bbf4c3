// Row `club`: joinings with the check for second cards, against a bare insert of the very rows that they wrote.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityKey, plainId } from '../../sync/contract/identity-key.ts';
import type { CardToken, FactId, MemberId, TerminalId } from '../../sync/contract/ids.ts';
import { makeOpener, makeSealer, makeSealKeys } from '../../sync/contract/seal.ts';
import type { JoinedFact } from '../../sync/headquarters/club/joining.ts';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../sync/headquarters/parts.ts';
import { openStore } from '../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../sync/headquarters/store/store.ts';
import { type Application, crowdMembers, makeClubCrowd } from '../simulators/club-crowd.ts';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const terminal = 'hall-1' as TerminalId;
const joinsPerBatch = 50;
const batchesPerRun = 4;
const fleetKey = Buffer.alloc(32, 7);

/** Medians of interleaved runs; one in five of those who join is a member already. */
export async function joinsRow({ isQuick, progress }: RowOptions): Promise<Row> {
  const runs = isQuick ? 2 : 7;
  const memberCount = isQuick ? 1_000 : 10_000;
  const crowd = makeClubCrowd(20_261_122, Math.floor(memberCount * 2.7), memberCount);
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-joins-'));
  const [ours, floor] = [
    await openStore(`sqlite:${join(folder, 'ours.sqlite')}`),
    await openStore(`sqlite:${join(folder, 'floor.sqlite')}`),
  ];
  try {
    progress(`importing ${memberCount} members`);
    const developer = parseDeveloper(
      { ...smallDeveloper(), members: crowdMembers(crowd), rosters: [] },
      'crowd',
    );
    const parts = partsOn(ours);
    for (const each of [parts, partsOn(floor)]) {
      await importDeveloper({ ...each, fleetKey, cardWidth: 'all' }, developer);
    }
    const joiners = crowd.strangers.map((told, index) =>
      index % 5 === 0 ? (crowd.duplicates[index]?.told ?? told) : told,
    );
    const speeds: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
    for (let run = 0; run <= runs; run += 1) {
      progress(`joins, run ${run} of ${runs}`);
      const batches = Array.from({ length: batchesPerRun }, (_, batch) =>
        joiners
          .slice((run * batchesPerRun + batch) * joinsPerBatch)
          .slice(0, joinsPerBatch)
          .map(factOf),
      );
      const oursSpeed = await joinsPerSecond(batches, (facts) => joinAll(parts, facts));
      const written = await Promise.all(batches.map((facts) => rowsOf(ours, facts)));
      const floorSpeed = await joinsPerSecond(written, (rows) => insertBare(floor, rows));
      // the first run warms up
      if (run === 0) continue;
      speeds.ours.push(oursSpeed);
      speeds.floor.push(floorSpeed);
    }
    return ratioRow({
      row: 'club',
      metric: 'joins/s with duplicate check ÷ bare insert',
      op: '>=',
      goal: 0.03,
      ours: median(speeds.ours),
      against: median(speeds.floor),
      peer: `the same rows, one transaction of ${joinsPerBatch}`,
      runs,
      note: `${memberCount} members; one in five who join is one already`,
    });
  } finally {
    await ours.close();
    await floor.close();
    rmSync(folder, { recursive: true });
  }
}

function partsOn(store: Store): Parts {
  const { privateKey, publicKey } = makeSealKeys();
  return buildParts({
    store,
    opener: makeOpener([privateKey]),
    sealer: makeSealer(publicKey),
    fleetKey,
    now: () => new Date(),
    limits: { undoMs: 1, keptFrames: 1 },
    onChange: () => {},
  });
}

async function joinAll({ store, effects, publication }: Parts, facts: readonly JoinedFact[]): Promise<void> {
  await store.transaction(async (tx) => {
    const { changes } = await effects.apply(tx, terminal, facts, false);
    await publication.publish(tx, changes);
  });
}

async function rowsOf(store: Store, facts: readonly JoinedFact[]) {
  const { db } = store;
  const among = (column: string, values: readonly string[]) => store.among(column, values);
  const tokens = facts.flatMap(({ body }) => body.card ?? []);
  const members = facts.map(({ body }) => body.member);
  return {
    member: await db.selectFrom('member').selectAll().where(among('id', members)).execute(),
    identity: await db.selectFrom('identity').selectAll().where(among('member', members)).execute(),
    card_event: await db.selectFrom('card_event').selectAll().where(among('token', tokens)).execute(),
    card: await db.selectFrom('card').selectAll().where(among('token', tokens)).execute(),
    dataset_row: await db
      .selectFrom('dataset_row')
      .selectAll()
      .where(
        among('key', [...members.map((id) => `member/${id}`), ...tokens.map((token) => `card/${token}`)]),
      )
      .execute(),
  };
}

async function insertBare(store: Store, rows: Awaited<ReturnType<typeof rowsOf>>): Promise<void> {
  await store.transaction(async (tx) => {
    const skip = { onConflict: 'skip' } as const;
    // who was merged points at somebody who joined in another batch
    await store.insert(
      tx,
      'member',
      rows.member.map((row) => ({ ...row, merged_into: null })),
      skip,
    );
    await store.insert(tx, 'identity', rows.identity, skip);
    const known = new Set(rows.member.map(({ id }) => id));
    const own = <R extends { readonly member: string }>(all: readonly R[]): R[] =>
      all.filter(({ member }) => known.has(member) || member.startsWith('b'));
    await store.insert(tx, 'card_event', own(rows.card_event), skip);
    await store.insert(tx, 'card', own(rows.card), skip);
    await store.insert(tx, 'dataset_row', rows.dataset_row, { onConflict: { keys: ['dataset', 'key'] } });
  });
}

async function joinsPerSecond<Batch>(
  batches: readonly Batch[],
  work: (batch: Batch) => Promise<void>,
): Promise<number> {
  const startMs = performance.now();
  for (const batch of batches) await work(batch);
  return (batches.length * joinsPerBatch * 1_000) / (performance.now() - startMs);
}

function factOf({ name, phone, birthday, idNumber }: Application): JoinedFact {
  const at = new Date().toISOString();
  const id = randomUUID() as FactId;
  return {
    ...{ id, at, seq: 1, boot: 'boot-1', monoMs: 0, clock: 'synced', schema: 1, kind: 'member-joined' },
    body: {
      member: `m-${randomUUID().replaceAll('-', '')}` as MemberId,
      ...{ name: name.trim(), phone, birthday },
      idKey: idNumber === null ? null : identityKey(fleetKey, 'id', plainId(idNumber)),
      card: randomUUID().replaceAll('-', '').slice(0, 22) as CardToken,
      ...{
        pin: null,
        proof: 'staff-card',
        staff: null,
        channel: 'site',
        project: null,
        session: null,
        referrer: null,
      },
      consent: { version: 1, language: 'zh', at },
    },
  };
}
