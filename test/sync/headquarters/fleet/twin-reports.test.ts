// What terminals say of their twins, who is told again, and the alarm when one is not what it shall be.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { type Desired, desiredSchema, twinHash } from '../../../../sync/contract/twin.ts';
import { DriftWatch, driftAfterMs } from '../../../../sync/headquarters/fleet/drift-watch.ts';
import { DueTwins } from '../../../../sync/headquarters/fleet/due-twins.ts';
import { TwinSender } from '../../../../sync/headquarters/fleet/twin-sender.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, now, send, type World } from '../world.ts';
import { bringDevices, setOnline } from './fleet-devices.ts';

const h01 = 'h01' as TerminalId;
const anna = { account: 'anna' };
const first = { 'settings.idleSeconds': 60 };

describe.each(storeKinds)('twins told and reported, on %s', (kind) => {
  let world: World;
  let ms = 0;
  const seqs = new Map<string, number>();
  let due: DueTwins;
  let watch: DriftWatch;
  const clock = () => new Date(ms);
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    ms = now().getTime();
    seqs.clear();
    due = new DueTwins(world.store, world.twins, clock);
    watch = new DriftWatch({ ...world, now: clock });
    await bringDevices(world, [{ id: 'h01' }, { id: 'h02' }]);
    await setOnline(world, ['h01'], true);
    await world.twinLayers.write(anna, { layer: 'default', subject: '', values: first, baseRev: 0 });
  });
  afterEach(() => world.remove());

  async function report(rev: number, more: object = {}, terminal = 'h01'): Promise<void> {
    const seq = (seqs.get(terminal) ?? 0) + 1;
    seqs.set(terminal, seq);
    const body = {
      ...{ rev, hash: twinHash(first), state: 'ok', code: null, path: null, schema: 1, release: 0 },
      ...more,
    };
    const { deadLetters } = await send(world, [fact(seq, { kind: 'twin-reported', body })], terminal);
    expect(deadLetters).toEqual([]);
  }
  const stateOf = async (device = 'h01') => await world.twins.state(device);
  const waits = async (times: number): Promise<number[]> => {
    const found: number[] = [];
    const from = ms;
    for (; found.length < times && ms < from + 7_200_000; ms += 1_000) {
      if ((await due.take(10)).length > 0) found.push((ms - from) / 1_000);
    }
    return found;
  };
  const alarms = async () =>
    (await world.store.db.selectFrom('notice').select(['key', 'about']).orderBy('key').execute()).filter(
      ({ key }) => key.startsWith('drift'),
    );
  const lines = async () =>
    (await world.audit.list({ limit: 20, about: 'h01' }))
      .map(({ what, actor }) => `${actor} ${what}`)
      .reverse();

  it('tells a terminal that is there at once, again with longer waits, and not any more when it has it', async () => {
    expect(await due.take(10)).toEqual([
      { device: h01, rev: 1, hash: twinHash(first), at: now().toISOString(), body: JSON.stringify(first) },
    ]);
    expect(await due.take(10)).toEqual([]);
    expect(await waits(4)).toEqual([5, 10, 20, 40]);
    await report(1, { state: 'applying', hash: null });
    ms += 3_600_000;
    expect(await due.take(10)).toEqual([]);
    await world.twinLayers.write(anna, {
      layer: 'default',
      subject: '',
      values: { 'settings.idleSeconds': 70 },
      baseRev: 1,
    });
    expect(await due.take(10)).toMatchObject([{ device: h01, rev: 2 }]);
  });

  it('one that comes is told whatever it does not serve with, at once, also what it refused before', async () => {
    expect(await due.take(10, h01)).toMatchObject([{ rev: 1 }]);
    expect(await due.take(10, h01)).toMatchObject([{ rev: 1 }]);
    await report(1, { state: 'rejected', hash: null, code: 'unknown-path', path: 'settings.idleSeconds' });
    expect(await due.take(10)).toEqual([]);
    expect(await due.take(10, h01)).toMatchObject([{ rev: 1 }]);
    await report(1);
    expect(await due.take(10, h01)).toEqual([]);
    // one that says it serves with this revision, and yet with something else
    await report(1, { hash: 'f'.repeat(64) });
    ms += 3_600_000;
    expect(await due.take(10)).toMatchObject([{ rev: 1 }]);
  });

  it('works out the twin of a device that was let in a moment ago, and sends none to a revoked one', async () => {
    await bringDevices(world, [{ id: 'h03' }, { id: 'h04', state: 'revoked' }]);
    expect(await due.take(10, 'h03' as TerminalId)).toMatchObject([{ device: 'h03', rev: 1 }]);
    expect(await due.take(10, 'h04' as TerminalId)).toEqual([]);
    await world.store.db.updateTable('device').set({ state: 'revoked' }).where('id', '=', 'h01').execute();
    expect(await due.take(10, h01)).toEqual([]);
  });

  it('a terminal that had later revisions than headquarters remembers is told a later one still', async () => {
    await report(41, { hash: 'f'.repeat(64) });
    expect(await stateOf()).toMatchObject({ rev: 42, hash: twinHash(first) });
    expect(await due.take(10)).toMatchObject([{ rev: 42 }]);
  });

  it('sends nothing beyond what the terminal says it knows, and all of it once it knows more', async () => {
    await report(1, { schema: 0 });
    expect(await stateOf()).toMatchObject({ rev: 2, hash: twinHash({}), body: '{}' });
    await report(2, { schema: 1, hash: twinHash({}) });
    expect(await stateOf()).toMatchObject({ rev: 3, hash: twinHash(first), body: JSON.stringify(first) });
  });

  it('keeps the last word of a terminal, and only hears one that has no record', async () => {
    await report(1, { state: 'rolled-back', hash: null, code: 'not-painted', release: 7 });
    expect(await stateOf()).toMatchObject({
      reported_rev: 1,
      reported_state: 'rolled-back',
      reported_code: 'not-painted',
      reported_release: 7,
      reported_at: '2025-11-21T07:00:00.000Z',
    });
    await report(3, {}, 'stranger');
    expect(await stateOf('stranger')).toBeUndefined();
    // one that speaks before its first twin was worked out
    await bringDevices(world, [{ id: 'h05' }]);
    await report(0, { hash: null, state: 'waiting' }, 'h05');
    expect(await stateOf('h05')).toMatchObject({ rev: 1, hash: twinHash(first), reported_rev: 0 });
  });

  it('S35: a terminal that is there and not what it shall be is told of after a minute, once, and again when it is over', async () => {
    expect(await watch.look()).toBe(0);
    ms += driftAfterMs - 1_000;
    expect(await watch.look()).toBe(0);
    expect(await alarms()).toEqual([]);
    ms += 1_000;
    await watch.look();
    ms += 3_600_000;
    expect(await watch.look()).toBe(1);
    expect((await alarms()).map(({ about }) => about)).toEqual(['h01']);
    expect(await lines()).toEqual(['clock drift-begun']);
    await report(1);
    expect(await watch.look()).toBe(0);
    expect(await watch.look()).toBe(0);
    expect(await lines()).toEqual(['clock drift-begun', 'clock drift-ended']);
    expect(await alarms()).toHaveLength(2);
    // somebody changes its files: the hash of what it serves with is another
    await report(1, { hash: 'f'.repeat(64) });
    await watch.look();
    ms += driftAfterMs;
    await watch.look();
    expect(await alarms()).toHaveLength(3);
    expect(await lines()).toHaveLength(3);
  });

  it('S35: neither a terminal that is away nor one that waits for a quiet moment is called adrift', async () => {
    await setOnline(world, ['h01'], false);
    await watch.look();
    ms += 2 * driftAfterMs;
    expect(await watch.look()).toBe(0);
    await setOnline(world, ['h01'], true);
    await report(1, { state: 'waiting', hash: null });
    await watch.look();
    ms += 4 * 3_600_000;
    await watch.look();
    expect(await alarms()).toEqual([]);
    // one that tries for ever has got stuck
    await report(1, { state: 'applying', hash: null });
    await watch.look();
    ms += driftAfterMs;
    await watch.look();
    expect(await alarms()).toHaveLength(1);
    // it goes, told as it is; nobody is told twice when it comes back
    await setOnline(world, ['h01'], false);
    await watch.look();
    await setOnline(world, ['h01'], true);
    await watch.look();
    ms += 2 * driftAfterMs;
    await watch.look();
    expect(await alarms()).toHaveLength(1);
  });

  it('what is sent is the whole twin under its hash, in as many rounds as it takes', async () => {
    const names = Array.from({ length: 600 }, (_, n) => `t${n}`);
    await bringDevices(
      world,
      names.map((id) => ({ id })),
    );
    await setOnline(world, names, true);
    await world.store.transaction((tx) => world.twins.refresh(tx, 'all'));
    const told = new Map<string, Desired>();
    const faults: string[] = [];
    const sender = new TwinSender({
      due,
      send: async (terminal, frame) => {
        told.set(terminal, decodeFrame(desiredSchema, frame));
        return true;
      },
      everyMs: 60_000,
      onFault: () => faults.push('fault'),
    });
    sender.kick();
    await sender.stop();
    expect([told.size, faults]).toEqual([601, []]);
    for (const { rev, hash, values } of told.values()) {
      expect([rev, hash, twinHash(values)]).toEqual([1, twinHash(first), twinHash(first)]);
    }
  });
});
