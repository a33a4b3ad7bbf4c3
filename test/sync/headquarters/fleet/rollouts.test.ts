// Rollouts: ring after ring when all is well, stopped within three devices when it is not, never without the second person.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ringOf } from '../../../../sync/headquarters/fleet/rings.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, now, type World } from '../world.ts';
import { setOnline } from './fleet-devices.ts';
import { badTakings, RolloutWorld } from './rollout-world.ts';

const anna = { account: 'anna' };
const bert = { account: 'bert' };
const fleetOf = (count: number, lab = 3) =>
  Array.from({ length: count }, (_, n) => ({ id: `t${n}`, ring: n < lab ? 'lab' : '' }));
const idsOf = (count: number) => Array.from({ length: count }, (_, n) => `t${n}`);

describe.each(storeKinds)('rollouts on %s', (kind) => {
  let world: World;
  let fleet: RolloutWorld;
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    fleet = new RolloutWorld(world, now().getTime());
    await fleet.list(7);
  });
  afterEach(() => world.remove());

  async function start(seq = 7, actor = anna): Promise<string> {
    const done = await fleet.rollouts.start(actor, seq);
    if (done.kind !== 'done') throw new Error(done.code);
    return done.id;
  }
  const current = async () => (await fleet.rollouts.list(1))[0];
  const deeds = async (about: string) =>
    (await world.audit.list({ limit: 50, about }))
      .map(({ actor, what, detail }) => [actor, what, detail] as const)
      .reverse();

  it('reaches the whole fleet ring by ring, each after its soak, and is done; restarts of headquarters change nothing', async () => {
    await fleet.bring(fleetOf(200));
    await start();
    await fleet.pass(9);
    expect([await current(), fleet.reachedBy(7)]).toMatchObject([{ state: 'running', ring: 'lab' }, 3]);
    fleet.restart();
    await fleet.pass(4);
    expect((await current())?.ring).toBe('canary');
    for (let n = 0; n < 40; n += 1) {
      fleet.restart();
      await fleet.pass(1);
    }
    expect(await current()).toMatchObject({ state: 'done', counts: { ok: 200, waiting: 0 } });
    expect(fleet.serving(7)).toBe(200);
    const id = (await current())?.id ?? '';
    expect((await deeds(id)).map(([actor, what]) => `${actor} ${what}`)).toEqual([
      'anna rollout-started',
      'clock rollout-ring-begun',
      'clock rollout-ring-begun',
      'clock rollout-ring-begun',
      'clock rollout-done',
    ]);
  });

  it('S22: a bad release of any kind reaches at most 3 of 1,000, stops itself, and all go back', async () => {
    await fleet.bring(fleetOf(1_000));
    for (const [n, how] of badTakings.entries()) {
      const seq = 8 + n;
      await fleet.list(seq);
      const id = await start(seq);
      await fleet.pass(40, () => how);
      expect([how, fleet.reachedBy(seq)]).toEqual([how, 3]);
      expect(await current()).toMatchObject({ id, state: 'halted', code: 'too-many-failures' });
      // nobody is to have it any more, and the reason stands where people look
      const given = await world.store.db.selectFrom('device_release').select('device').execute();
      expect(given).toEqual([]);
      const notice = await world.store.db
        .selectFrom('notice')
        .select('text')
        .where('about', '=', id)
        .execute();
      expect(notice).toHaveLength(1);
      await setOnline(world, idsOf(1_000), true);
      await fleet.pass(1);
    }
  });

  it('S22: without a lab, and with its first devices away, a bad release still reaches 3 at most', async () => {
    await fleet.bring(fleetOf(300, 0), false);
    const canaries = idsOf(300).filter((id) => ringOf(id, '') === 'canary');
    await setOnline(
      world,
      idsOf(300).filter((id) => !canaries.includes(id)),
      true,
    );
    const id = await start();
    await fleet.pass(30, () => 'crash');
    // its first ring is away: nobody is tried, until a person says that it must not wait
    expect([fleet.reachedBy(7), (await current())?.ring]).toEqual([0, 'canary']);
    expect(await fleet.rollouts.promote(anna, id)).toMatchObject({ kind: 'done' });
    await fleet.pass(30, () => 'crash');
    expect([fleet.reachedBy(7), (await current())?.state]).toEqual([3, 'halted']);
  });

  it('S22: two processes that go on at the same time are one: a bad release still reaches 3, a good one all, told once', async () => {
    await fleet.bring(fleetOf(60));
    await fleet.list(8);
    const both = async (taking: () => 'serves' | 'crash', rounds: number): Promise<void> => {
      const others = [fleet.restart().rounds, fleet.restart().rounds];
      for (let n = 0; n < rounds; n += 1) {
        await Promise.all(others.map((each) => each.go()));
        await fleet.terminalsAct(taking);
        fleet.ms += 60_000;
      }
    };
    const bad = await start(7);
    await both(() => 'crash', 20);
    expect([fleet.reachedBy(7), (await current())?.state]).toEqual([3, 'halted']);
    const notices = await world.store.db
      .selectFrom('notice')
      .select('key')
      .where('about', '=', bad)
      .execute();
    expect(notices).toHaveLength(1);
    expect((await deeds(bad)).map(([, what]) => what)).toEqual(['rollout-started', 'rollout-halted']);
    await start(8);
    await both(() => 'serves', 60);
    expect([fleet.serving(8), (await current())?.state]).toEqual([60, 'done']);
  });

  it('S24: what needs a second person is offered to nobody before, by no way round; each deed and refusal is on the audit', async () => {
    fleet = new RolloutWorld(world, fleet.ms, true);
    await fleet.bring(fleetOf(20));
    const id = await start();
    await fleet.pass(30);
    expect(await fleet.rollouts.promote(bert, id)).toMatchObject({ code: 'not-approved' });
    expect(await fleet.rollouts.resume(bert, id)).toMatchObject({ code: 'not-approved' });
    expect(await fleet.rollouts.approve(anna, id)).toMatchObject({ code: 'same-person' });
    await fleet.pass(30);
    expect([fleet.reachedBy(7), (await current())?.state]).toEqual([0, 'proposed']);
    expect(await world.store.db.selectFrom('device_release').select('device').execute()).toEqual([]);
    expect(await fleet.rollouts.approve(bert, id)).toMatchObject({ kind: 'done' });
    await fleet.pass(2);
    expect(await current()).toMatchObject({ state: 'running', begun_by: 'anna', approved_by: 'bert' });
    expect(fleet.reachedBy(7)).toBe(3);
    expect(await deeds(id)).toEqual([
      ['anna', 'rollout-proposed', { seq: 7 }],
      ['bert', 'rollout-refused', { what: 'rollout-promoted', code: 'not-approved' }],
      ['bert', 'rollout-refused', { what: 'rollout-resumed', code: 'not-approved' }],
      ['anna', 'rollout-refused', { what: 'rollout-approved', code: 'same-person' }],
      ['bert', 'rollout-approved', { seq: 7, ring: 'lab' }],
    ]);
  });

  it('those that are away wait and are offered it when they come; newcomers too, never in front of their ring', async () => {
    await fleet.bring(fleetOf(30));
    await setOnline(world, ['t1', 't20'], false);
    await start();
    await fleet.pass(60);
    expect(await current()).toMatchObject({ state: 'done', counts: { ok: 28, waiting: 2 } });
    await setOnline(world, ['t1', 't20'], true);
    await fleet.bring([{ id: 'late' }]);
    await fleet.pass(2);
    expect(await current()).toMatchObject({ state: 'done', counts: { ok: 31, waiting: 0 } });
    expect(fleet.serving(7)).toBe(31);
  });

  it('one of another architecture is not offered what it cannot run; one that has a later release is left alone', async () => {
    await fleet.bring([
      { id: 't0', ring: 'lab' },
      { id: 'pi', ring: 'lab', architecture: 'arm64' },
    ]);
    await start();
    await fleet.pass(20);
    const rows = await fleet.rollouts.devices((await current())?.id ?? '');
    expect(rows.map(({ device, state }) => [device, state])).toEqual([['t0', 'ok']]);
    await fleet.list(5);
    await start(5);
    await fleet.pass(20);
    expect(fleet.reachedBy(5)).toBe(0);
  });

  it('who is away for the night is not a failure when it came late; who was there at the start is, after three heartbeats', async () => {
    await fleet.bring([
      { id: 't0', ring: 'lab' },
      { id: 't1', ring: 'lab' },
      { id: 't2', ring: 'lab' },
    ]);
    await setOnline(world, ['t1'], false);
    const id = await start();
    await fleet.pass(1, (device) => (device === 't0' ? 'dead' : 'serves'));
    await setOnline(world, ['t1'], true);
    await fleet.pass(1, () => 'dead');
    const states = async () =>
      (await fleet.rollouts.devices(id)).map(({ device, state, code }) => [device, state, code]);
    await fleet.pass(2);
    expect(await states()).toEqual([
      ['t0', 'silent', 'gone'],
      ['t1', 'waiting', null],
      ['t2', 'ok', null],
    ]);
    expect((await current())?.state).toBe('halted');
  });

  it('while nobody at all is heard, nobody is missed', async () => {
    await fleet.bring(fleetOf(5));
    const id = await start();
    await fleet.rounds.go();
    await setOnline(world, idsOf(5), false);
    await fleet.pass(30);
    expect(await fleet.rollouts.devices(id)).toMatchObject([
      { state: 'offered' },
      { state: 'offered' },
      { state: 'offered' },
      {},
      {},
    ]);
    await setOnline(world, idsOf(5), true);
    await fleet.pass(40);
    expect(await current()).toMatchObject({ state: 'done', counts: { ok: 5 } });
  });

  it('halt takes it from those that do not serve with it yet; resume goes on; rollback brings all back', async () => {
    await fleet.list(8);
    await fleet.bring(fleetOf(40));
    await start(7);
    await fleet.pass(60);
    expect(fleet.serving(7)).toBe(40);
    const id = await start(8);
    expect(await fleet.rollouts.start(anna, 8)).toEqual({ kind: 'refused', code: 'rollout-open' });
    await fleet.rounds.go();
    expect(await fleet.rollouts.halt(bert, id)).toEqual({ kind: 'done', id, staying: 0 });
    await fleet.pass(30);
    expect([fleet.serving(8), (await current())?.code]).toEqual([0, 'halted-by-hand']);
    expect(await fleet.rollouts.resume(bert, id)).toMatchObject({ kind: 'done' });
    await fleet.pass(60);
    expect([fleet.serving(8), (await current())?.state]).toEqual([40, 'done']);
    expect(await fleet.rollouts.rollback(bert, id)).toEqual({ kind: 'done', id, staying: 0 });
    await fleet.pass(2);
    expect([fleet.serving(8), fleet.serving(7), (await current())?.state]).toEqual([0, 40, 'rolled-back']);
    expect(await fleet.rollouts.resume(bert, id)).toEqual({ kind: 'refused', code: 'wrong-state' });
  });

  it('S20: an expired release is not started, and one that expires on the way stops', async () => {
    await fleet.list(8, { expires_at: new Date(fleet.ms).toISOString() });
    expect(await fleet.rollouts.start(anna, 8)).toEqual({ kind: 'refused', code: 'release-expired' });
    expect(await fleet.rollouts.start(anna, 99)).toEqual({ kind: 'refused', code: 'unknown-release' });
    await fleet.list(9, { expires_at: new Date(fleet.ms + 300_000).toISOString() });
    await fleet.bring(fleetOf(40));
    await start(9);
    await fleet.pass(20);
    expect(await current()).toMatchObject({ state: 'halted', code: 'release-expired', ring: 'lab' });
    expect(fleet.reachedBy(9)).toBe(3);
  });

  it('a set-up refused for another value, and a terminal that waits for a quiet moment, say nothing of the release', async () => {
    await fleet.bring(fleetOf(3));
    const id = await start();
    await fleet.rounds.go();
    const report = (device: string, change: object) =>
      world.store.db.updateTable('twin').set(change).where('device', '=', device).execute();
    const at = new Date(fleet.ms).toISOString();
    const said = { reported_rev: 9, reported_release: 0, reported_code: 'x', reported_at: at };
    await report('t0', { ...said, reported_state: 'rejected', reported_path: 'settings.idleSeconds' });
    await report('t1', { ...said, reported_state: 'waiting' });
    await report('t2', { ...said, reported_state: 'rejected', reported_path: 'release' });
    fleet.ms += 60_000;
    await fleet.rounds.go();
    expect((await fleet.rollouts.devices(id)).map(({ state }) => state)).toEqual([
      'offered',
      'offered',
      'failed',
    ]);
    fleet.ms += 3_600_000;
    await fleet.rounds.go();
    expect((await fleet.rollouts.devices(id)).map(({ state, code }) => [state, code])).toEqual([
      ['silent', 'no-answer'],
      ['waiting', null],
      ['failed', 'x'],
    ]);
  });
});
