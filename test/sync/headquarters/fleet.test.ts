// What the console is told about a terminal stays true while its facts come.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { storeKinds } from './store-kinds.ts';
import { makeWorld, type World } from './world.ts';

const hall = 'hall-1' as TerminalId;

describe.each(storeKinds)('PR1 a terminal that comes with waiting facts, on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  const waiting = async () => (await world.fleet.list())[0]?.waiting;
  const come = (count: number) =>
    world.fleet.receivePresence(
      hall,
      encodeFrame({ v: 1, online: true, version: '1', at: null, waiting: count }),
      false,
    );

  it('has fewer with each that is applied, and none at last', async () => {
    await come(5);
    await world.fleet.noteSeen(hall, 3);
    expect(await waiting()).toBe(2);
    // also the one that happened after it came
    await world.fleet.noteSeen(hall, 3);
    expect(await waiting()).toBe(0);
  });

  it('has as many as it says when it comes again', async () => {
    await come(5);
    await world.fleet.noteSeen(hall, 5);
    await come(2);
    await world.fleet.noteSeen(hall);
    expect(await waiting()).toBe(2);
  });
});
