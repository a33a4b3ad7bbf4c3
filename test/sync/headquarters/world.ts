// A headquarters' tables in a store of its own, with a developer in them, for tests.
import type { Ack } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { type DeveloperFile, parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import type { IntakeResult } from '../../../sync/headquarters/intake.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { someOpener, someSealer } from '../some-keys.ts';
import { smallDeveloper } from './small-developer.ts';
import { batchOf, epoch } from './some-facts.ts';
import { freshStore, type StoreKind, type StorePlace } from './store-kinds.ts';

export { batchOf, checkIn, epoch, fact, filing } from './some-facts.ts';

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
      sealer: someSealer,
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
