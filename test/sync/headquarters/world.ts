// A headquarters' tables in a store of its own, with a developer in them, for tests.
import { randomUUID } from 'node:crypto';
import type { Ack, Fact } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { type DeveloperFile, parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import type { IntakeResult } from '../../../sync/headquarters/intake.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { sealed, someOpener } from '../some-keys.ts';
import { smallDeveloper } from './small-developer.ts';
import { freshStore, type StoreKind, type StorePlace } from './store-kinds.ts';

export const fleetKey = Buffer.alloc(32, 7);
export interface World extends Parts {
  /** of its store */
  readonly url: string;
  /** closes and opens the same store again, as after a crash between commit and ack */
  reopen(between?: () => Promise<void>): Promise<World>;
  remove(): Promise<void>;
}

export const now = (): Date => new Date('2025-11-21T08:00:00.000Z');

export async function makeWorld(
  developer: DeveloperFile = smallDeveloper(),
  kind: StoreKind = 'sqlite',
): Promise<World> {
  const world = await openWorld(await freshStore(kind));
  await importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(developer, 'test'));
  return world;
}

/** On a database that is there, and stays when the world is removed. */
export async function openWorldAt(url: string): Promise<World> {
  return await openWorld({ url, remove: () => {} });
}

async function openWorld(place: StorePlace): Promise<World> {
  const store = await openStore(place.url);
  return {
    ...buildParts({
      store,
      opener: someOpener,
      fleetKey,
      now,
      limits: { undoMs: 30_000, keptFrames: 3 },
      onChange: () => {},
    }),
    url: place.url,
    reopen: async (between = async () => {}) => {
      await store.close();
      await between();
      return await openWorld(place);
    },
    remove: async () => {
      await store.close();
      place.remove();
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
    clock: 'synced',
    schema: 1,
    kind: 'person-proven',
    body: { member: 'm1', purpose: 'points' },
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
        label: { zh: '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏', en: 'leak' },
      },
    ],
    replyBy: '2025-11-21T07:10:00.000Z',
    onSiteBy: '2025-11-21T08:00:00.000Z',
  },
});

/** A batch as it would stand in a frame, sealed. @param facts may be wrong */
export function batchOf(
  facts: readonly unknown[],
  terminal = 'hall-1',
  stream = epoch,
  more: { readonly forgotten?: number; readonly prev?: unknown } = {},
): object {
  const words = facts.map((one) => sealed(one, terminal));
  return { v: 1, terminal, epoch: stream, forgotten: 0, prev: null, ...more, facts: words };
}

/** Sends facts as one batch of a terminal. */
export async function send(
  world: Parts,
  facts: readonly unknown[],
  terminal = 'hall-1',
  stream = epoch,
  more: { readonly forgotten?: number; readonly prev?: unknown } = {},
): Promise<IntakeResult> {
  const frame = encodeFrame(batchOf(facts, terminal, stream, more));
  return await world.intake.receive(terminal as TerminalId, frame);
}

export function ackOf(result: IntakeResult): Ack {
  if (!result.ack) throw new Error('there is no ack');
  return result.ack;
}
