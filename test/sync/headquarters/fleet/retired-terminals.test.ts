// S60: whoever told that it wiped itself is nobody at headquarters within seconds; one that was only told to is still somebody.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { regularDuties } from '../../../../sync/headquarters/duties.ts';
import { LeaderDuties } from '../../../../sync/headquarters/workers/leader-duties.ts';
import { enrolDevices } from '../../../simulators/fleet-device.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const [gone, told] = ['h01', 'h02'] as readonly string[] as readonly [TerminalId, TerminalId];

describe.each(storeKinds)('terminals that retired themselves, on %s', (kind) => {
  let world: World;
  let duties: LeaderDuties;
  const problems: object[] = [];
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    problems.length = 0;
    const note = (line: object): void => void problems.push(line);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    duties = new LeaderDuties(regularDuties(world, { info: note, warn: note, error: note }));
  });
  afterEach(async () => {
    await duties.lead(false);
    vi.useRealTimers();
    await world.remove();
  });
  const line = async () => (await world.audit.list({ limit: 1, about: gone }))[0];

  it('S60 are void within five seconds, in the name of who ordered it', async () => {
    const made = [gone, told].map((terminal) => ({
      terminal,
      publicKey: `key of ${terminal}`,
      privateKey: '',
      serial: `0${terminal.at(-1)}`,
      notAfter: new Date('2026-01-01T00:00:00.000Z'),
      certificate: '',
    }));
    await enrolDevices(world.store, made);
    await world.fleet.noteSeen(gone);
    await world.fleet.noteSeen(told);
    const { batch } = await world.orders.give({
      terminals: [gone, told],
      content: { kind: 'retire', body: {} },
      expiresInMs: 60_000,
      by: { account: 'chen' },
    });
    const state = (terminal: TerminalId, to: string) =>
      world.store.db
        .updateTable('given_order')
        .set({ state: to })
        .where('batch', '=', batch)
        .where('terminal', '=', terminal)
        .execute();
    await state(gone, 'done');
    await state(told, 'running');
    await duties.lead(true);
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(async () => expect((await world.devices.show(gone))?.state).toBe('retired'), 60_000);
    expect((await world.devices.show(gone))?.certificates).toMatchObject([{ reason: 'retired' }]);
    expect(await line()).toMatchObject({ actor: 'chen', what: 'terminal-retired' });
    expect((await world.devices.show(told))?.state).toBe('enrolled');
    expect(problems).toEqual([]);
  });
});
