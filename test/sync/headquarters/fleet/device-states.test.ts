// How readers and printers are is known at headquarters as each terminal said it last.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

const change = (seq: number, device: string, state: string) =>
  fact(seq, { kind: 'device-changed', body: { device, state }, at: `2025-11-21T07:00:0${seq}.000Z` });

describe.each(storeKinds)('the devices of a terminal, on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterEach(() => world.remove());

  const devices = async (terminal: string) => {
    await world.fleet.noteSeen(terminal as Parameters<typeof world.fleet.noteSeen>[0]);
    return (await world.fleet.list()).find((each) => each.terminal === terminal)?.devices;
  };

  it('S35 are as it said last, within a batch and after it, each terminal by itself', async () => {
    await send(world, [
      change(1, 'printer', 'ready'),
      change(2, 'reader', 'ready'),
      change(3, 'printer', 'printer-paper-out'),
    ]);
    await send(world, [change(1, 'printer', 'paper-low')], 'hall-2');
    expect(await devices('hall-1')).toEqual([
      { device: 'printer', state: 'printer-paper-out', at: '2025-11-21T07:00:03.000Z' },
      { device: 'reader', state: 'ready', at: '2025-11-21T07:00:02.000Z' },
    ]);
    await send(world, [change(4, 'printer', 'ready')]);
    expect(await devices('hall-1')).toMatchObject([
      { device: 'printer', state: 'ready' },
      { device: 'reader', state: 'ready' },
    ]);
    expect(await devices('hall-2')).toMatchObject([{ device: 'printer', state: 'paper-low' }]);
  });

  it('are none before it said anything', async () => {
    expect(await devices('hall-3')).toEqual([]);
  });
});
