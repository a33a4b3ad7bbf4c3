// Whoever reads facts by their numbers misses none, whichever of two workers commits first.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeKinds } from './store-kinds.ts';
import { epoch, fact, makeWorld, send, type World } from './world.ts';

let world: World;

describe.each(storeKinds)('facts by their numbers on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  /** As a page that is open does it. */
  const reader = () => {
    const seen: string[] = [];
    let last = 0;
    return {
      seen,
      look: async () => {
        for (const { n, terminal } of await world.desk.factsAfter(last, 100)) {
          seen.push(terminal);
          last = n;
        }
      },
    };
  };

  it.runIf(kind === 'postgres')(
    'one committed after a higher number is shown, once, and in its place',
    async () => {
      const page = reader();
      await send(world, [fact(1)], 'hall-1');
      await page.look();
      // another worker: it has its number, and is slow to commit
      let commit = (): void => {};
      let slow: Promise<void> = Promise.resolve();
      await new Promise<void>((isWritten) => {
        slow = world.store.transaction(async (tx) => {
          await world.store.insert(tx, 'fact', [rowOf('hall-2')]);
          isWritten();
          await new Promise<void>((resolve) => {
            commit = resolve;
          });
        });
      });
      try {
        await send(world, [fact(1)], 'hall-3');
        await page.look();
        expect(page.seen).toEqual(['hall-1']);
        expect(await world.desk.factsBefore(Number.MAX_SAFE_INTEGER, 9)).toHaveLength(1);
      } finally {
        commit();
        await slow;
      }
      await page.look();
      expect(page.seen).toEqual(['hall-1', 'hall-2', 'hall-3']);
    },
  );

  it('a transaction that is rolled back leaves a gap, and nobody waits for it', async () => {
    const page = reader();
    const failed = world.store.transaction(async (tx) => {
      await world.store.insert(tx, 'fact', [rowOf('hall-2')]);
      throw new Error('changed our mind');
    });
    await expect(failed).rejects.toThrow('changed our mind');
    await send(world, [fact(1)], 'hall-3');
    await page.look();
    expect(page.seen).toEqual(['hall-3']);
  });
});

function rowOf(terminal: string) {
  return {
    terminal,
    epoch,
    seq: 1,
    id: '01890000-0000-7000-8000-00000000000a',
    kind: 'person-proven',
    at: '2025-11-21T07:00:00.000Z',
    boot: 'boot-1',
    mono_ms: 10,
    clock: 'synced',
    received_at: '2025-11-21T08:00:00.000Z',
    hash: 'x',
    body: '{}',
  };
}
