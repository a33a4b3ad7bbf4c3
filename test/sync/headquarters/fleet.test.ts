// What the console is told about a terminal stays true while its facts come.

import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { answers } from '../../../sync/headquarters/api.ts';
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
  const come = (count: number, oldest?: string, online = true) =>
    world.fleet.receivePresence(
      hall,
      encodeFrame({ v: 1, online, version: '1', at: null, waiting: count, oldest }),
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

  it('tells since when the oldest waits, also when it is gone again, and of none when all came', async () => {
    const since = '2025-11-20T08:00:00.000Z';
    const told = async () => {
      const [item] = v.parse(answers.terminals, { terminals: await world.fleet.list() }).terminals;
      return [item?.waiting, item?.oldestWaitingAt];
    };
    await come(5, since);
    expect(await told()).toEqual([5, since]);
    // its last will was written before any of it happened
    await come(5, undefined, false);
    expect(await told()).toEqual([5, since]);
    await come(5, since);
    await world.fleet.noteSeen(hall, 4);
    expect(await told()).toEqual([1, since]);
    await world.fleet.noteSeen(hall, 1);
    expect(await told()).toEqual([0, null]);
  });

  it('has as many as it says when it comes again', async () => {
    await come(5);
    await world.fleet.noteSeen(hall, 5);
    await come(2);
    await world.fleet.noteSeen(hall);
    expect(await waiting()).toBe(2);
  });
});
