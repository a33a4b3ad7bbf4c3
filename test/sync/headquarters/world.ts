// A headquarters' tables in a folder of its own, with a small developer in them, for tests.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ack, Fact } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import { type DeveloperFile, parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/headquarters.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import type { IntakeResult } from '../../../sync/headquarters/intake.ts';
import { headquartersMigrations } from '../../../sync/headquarters/schema.ts';

export const fleetKey = Buffer.alloc(32, 7);
const w = (zh: string) => ({ zh, en: zh });

/** One project, building and layout, four units, three members, one session with two of them listed. */
export function smallDeveloper(): DeveloperFile {
  const unit = (number: string, state: string) => ({
    kind: 'unit' as const,
    id: `milan-${number}`,
    project: 'siji',
    building: 'milan',
    floor: 3,
    column: Number(number.slice(-2)),
    number,
    layout: 'a',
    state,
    facing: w('南'),
    area: 8_900,
    pricePerM2: 3_000_000,
    price: 267_000_000,
  });
  const member = (id: string, name: string, number: string) => ({
    id,
    name,
    phone: '13812341234',
    pin: null,
    cards: [{ technology: 'em4100', number, state: 'active' as const }],
    homes: [
      { unit: 'milan-301', project: 'siji', label: w('四季花城米兰苑301'), warrantyUntil: '2030-01-01' },
    ],
    ledger: [{ id: `open-${id}`, at: '2025-01-01T00:00:00.000Z', points: 190, reason: w('入会') }],
  });
  const level = (code: string, from: number) => ({
    kind: 'level' as const,
    code,
    name: w(code),
    from,
    benefit: w(''),
  });
  const state = (code: string, order: number) => ({
    kind: 'state' as const,
    code,
    name: w(code),
    colour: '#112233',
    pattern: 'plain' as const,
    order,
    open: code === 'available',
  });
  return {
    v: 1,
    board: [
      state('available', 0),
      state('sold', 1),
      {
        kind: 'project',
        id: 'siji',
        name: w('四季花城'),
        district: w(''),
        address: w(''),
        phone: '',
        highlights: [],
        adverse: [],
      },
      {
        kind: 'building',
        id: 'milan',
        project: 'siji',
        name: w('米兰苑'),
        floors: 18,
        columns: 4,
        licence: '',
      },
      {
        kind: 'layout',
        id: 'a',
        project: 'siji',
        name: w('A'),
        bedrooms: 3,
        halls: 2,
        baths: 2,
        area: 8_900,
        plan: [],
      },
      unit('301', 'sold'),
      unit('302', 'available'),
      unit('303', 'available'),
      unit('304', 'available'),
    ],
    library: [{ kind: 'port', id: 'engineering', name: w('工程') }],
    levels: [level('basic', 0), level('silver', 200)],
    members: [
      member('m1', '张晓明', '0100000001'),
      member('m2', '欧阳修', '0100000002'),
      member('m3', '李芳', '0100000003'),
    ],
    events: [{ kind: 'event', id: 'open', name: w('开放日'), place: w('会所'), project: 'siji' }],
    sessions: [
      {
        kind: 'session',
        id: 'open-1',
        event: 'open',
        name: w('全天场'),
        opensAt: '2025-11-20T16:00:00.000Z',
        endsAt: '2025-11-21T16:00:00.000Z',
        points: 20,
      },
    ],
    rosters: ['m1', 'm2'].map((id) => ({ session: 'open-1', member: id, treatment: null })),
  };
}

export interface World extends Parts {
  readonly folder: string;
  /** closes and opens the same file again, as after a crash between commit and ack */
  reopen(): World;
  remove(): void;
}

export const now = (): Date => new Date('2025-11-21T08:00:00.000Z');

export async function makeWorld(developer: DeveloperFile = smallDeveloper()): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  const world = openWorld(folder);
  await importDeveloper({ ...world, fleetKey }, parseDeveloper(developer, 'test'));
  return world;
}

function openWorld(folder: string): World {
  const db = Database.open(join(folder, 'headquarters.sqlite'), headquartersMigrations);
  return {
    ...buildParts(db, now, { undoMs: 30_000, keptFrames: 3 }, () => {}),
    folder,
    reopen: () => {
      db.close();
      return openWorld(folder);
    },
    remove: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const epoch = '0123456789abcdef0123456789abcdef';

/** A fact as a terminal would send it, with what the test cares about. */
export function fact(seq: number, content: Partial<Fact> | object = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    seq,
    at: '2025-11-21T07:00:00.000Z',
    boot: 'boot-1',
    monoMs: seq * 10,
    kind: 'points-viewed',
    body: { member: 'm1' },
    ...content,
  };
}

export const checkIn = (member: string, session = 'open-1') => ({
  kind: 'check-in-recorded',
  body: { member, card: 'c'.repeat(22), event: 'open', session, points: 20 },
});

export const filing = (member = 'm1') => ({
  kind: 'request-filed',
  body: {
    number: 'H01-0001',
    request: 'repair',
    member,
    unit: 'milan-301',
    libraryVersion: 1,
    tasks: [
      {
        place: 'bathroom',
        element: 'ceiling',
        problem: 'leak',
        phrase: null,
        text: null,
        port: 'engineering',
        label: '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏',
      },
    ],
    replyBy: '2025-11-21T07:10:00.000Z',
    onSiteBy: '2025-11-21T08:00:00.000Z',
  },
});

/** Sends facts as one batch of a terminal. */
export function send(
  world: Parts,
  facts: readonly unknown[],
  terminal = 'hall-1',
  stream = epoch,
): IntakeResult {
  const frame = encodeFrame({ v: 1, terminal, epoch: stream, facts });
  return world.intake.receive(terminal as TerminalId, frame);
}

export function ackOf(result: IntakeResult): Ack {
  if (!result.ack) throw new Error('there is no ack');
  return result.ack;
}
