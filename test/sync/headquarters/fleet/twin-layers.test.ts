// Layers of the twin at headquarters: who wins, who is told that another was faster, what is refused before it is kept.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TwinLayer, type TwinValues, twinLayers } from '../../../../sync/contract/twin.ts';
import { type Layer, Layers, subjectOf } from '../../../../sync/headquarters/fleet/layer-fold.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { bringDevices } from './fleet-devices.ts';

const anna = { account: 'anna' };
const bert = { account: 'bert' };
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

describe.each(storeKinds)('layers on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    await bringDevices(world, [
      { id: 'h01', ring: 'lab' },
      { id: 'h02', site: 'binhu', project: 'lake' },
      { id: 'h03', site: 'binhu', state: 'revoked' },
    ]);
  });
  afterEach(() => world.remove());

  const write = (layer: TwinLayer, subject: string, values: TwinValues, baseRev = 0, actor = anna) =>
    world.twinLayers.write(actor, { layer, subject, values, baseRev });
  const effective = async (device: string) =>
    Object.fromEntries(
      [...((await world.store.transaction((tx) => world.twins.effective(tx, device))) ?? [])].map(
        ([path, { value, layer, by }]) => [path, [value, layer, by]],
      ),
    );

  it('shows for every value which layer set it and who; the most special one wins and falls back when it is gone', async () => {
    await write('default', '', { 'settings.idleSeconds': 40, desktop: true });
    await write('site', 'binhu', { 'settings.idleSeconds': 60 }, 0, bert);
    expect(await write('device', 'h02', { 'settings.idleSeconds': 90 })).toEqual({
      kind: 'written',
      rev: 1,
      devices: ['h02'],
    });
    expect(await effective('h01')).toEqual({
      'settings.idleSeconds': [40, 'default', 'anna'],
      desktop: [true, 'default', 'anna'],
    });
    expect((await effective('h02'))['settings.idleSeconds']).toEqual([90, 'device', 'anna']);
    await write('device', 'h02', {}, 1);
    expect((await effective('h02'))['settings.idleSeconds']).toEqual([60, 'site', 'bert']);
    expect(await effective('nobody')).toEqual({});
  });

  it('raises the revision of the twins that change and of no other, and leaves revoked devices alone', async () => {
    await write('default', '', { 'settings.idleSeconds': 40 });
    await write('site', 'binhu', { 'settings.idleSeconds': 60 });
    const revs = async () => (await world.twins.states()).map(({ device, rev }) => [device, rev]);
    expect(await revs()).toEqual([
      ['h01', 1],
      ['h02', 2],
    ]);
    // the same value once more changes nobody's twin
    await write('device', 'h02', { 'settings.idleSeconds': 60 });
    expect(await revs()).toEqual([
      ['h01', 1],
      ['h02', 2],
    ]);
  });

  it('refuses a write that did not see the last one, and names both revisions', async () => {
    await write('site', 'binhu', { 'settings.idleSeconds': 60 });
    expect(await write('site', 'binhu', { 'settings.idleSeconds': 70 }, 0, bert)).toEqual({
      kind: 'moved',
      rev: 1,
      baseRev: 0,
    });
    expect((await world.twinLayers.read({ layer: 'site', subject: 'binhu' })).values).toEqual({
      'settings.idleSeconds': 60,
    });
  });

  it('refuses unknown keys, wrong values, the release, unknown secrets and unknown subjects before a byte is kept', async () => {
    const wrong: readonly [TwinLayer, string, TwinValues, string][] = [
      ['default', '', { 'settings.colour': 'red' }, 'settings.colour'],
      ['default', '', { 'settings.idleSeconds': 'soon' }, 'settings.idleSeconds'],
      ['ring', 'lab', { release: { seq: 9, version: '9', manifests: {} } }, 'release'],
      ['default', '', { 'maintenance.pin': 'secret:site-pin' }, 'maintenance.pin'],
      ['default', '', { 'maintenance.pin': '123456' }, 'maintenance.pin'],
    ];
    for (const [layer, subject, values, path] of wrong) {
      expect(await write(layer, subject, values)).toMatchObject({ kind: 'wrong', faults: [{ path }] });
    }
    // 3,400 letters of three bytes each: six of such layers would not fit one message
    const site = { zh: '厅'.repeat(3_400), en: '' };
    expect(await write('default', '', { 'site.name': site })).toMatchObject({
      kind: 'wrong',
      faults: [{ path: '' }],
    });
    const fine = { 'settings.idleSeconds': 60 };
    expect(await write('default', 'binhu', fine)).toEqual({ kind: 'unknown' });
    expect(await write('ring', 'moon', fine)).toEqual({ kind: 'unknown' });
    expect(await write('device', 'h99', fine)).toEqual({ kind: 'unknown' });
    expect(await write('site', '', fine)).toEqual({ kind: 'unknown' });
    expect(await world.twinLayers.list()).toEqual([]);
    expect(await world.audit.list({ limit: 9, about: 'default' })).toEqual([]);
  });

  it('plans what would change on which devices, value by value, and writes nothing', async () => {
    await write('default', '', { 'settings.idleSeconds': 40, desktop: true });
    await write('device', 'h01', { 'settings.idleSeconds': 50 });
    const before = await world.twins.states();
    expect(
      await world.twinLayers.plan({ layer: 'default', subject: '', values: { 'settings.idleSeconds': 45 } }),
    ).toEqual({
      kind: 'plan',
      devices: [
        { device: 'h01', changes: [{ path: 'desktop', from: true, to: undefined }] },
        {
          device: 'h02',
          changes: [
            { path: 'desktop', from: true, to: undefined },
            { path: 'settings.idleSeconds', from: 40, to: 45 },
          ],
        },
      ],
    });
    expect(await world.twins.states()).toEqual(before);
    expect((await world.twinLayers.read({ layer: 'default', subject: '' })).rev).toBe(1);
  });

  it('goes back to an earlier revision by a new one, and S24: each deed is one line of the audit', async () => {
    await write('site', 'binhu', { 'settings.idleSeconds': 60 });
    await write('site', 'binhu', { 'settings.idleSeconds': 70 }, 1, bert);
    const back = { layer: 'site', subject: 'binhu', baseRev: 2, to: 1 } as const;
    expect(await world.twinLayers.rollback(anna, back)).toMatchObject({ kind: 'written', rev: 3 });
    expect(await world.twinLayers.rollback(anna, back)).toMatchObject({ kind: 'moved', rev: 3 });
    expect(await world.twinLayers.rollback(anna, { ...back, baseRev: 3, to: 9 })).toEqual({
      kind: 'unknown',
    });
    const history = await world.twinLayers.history({ layer: 'site', subject: 'binhu' }, 10);
    expect(history.map(({ rev, values, by }) => [rev, values['settings.idleSeconds'], by])).toEqual([
      [3, 60, 'anna'],
      [2, 70, 'bert'],
      [1, 60, 'anna'],
    ]);
    const lines = await world.audit.list({ limit: 9, about: 'site/binhu' });
    expect(lines.map(({ actor, what, detail }) => [actor, what, detail['rev'], detail['paths']])).toEqual([
      ['anna', 'layer-rolled-back', 3, 'settings.idleSeconds'],
      ['bert', 'layer-written', 2, 'settings.idleSeconds'],
      ['anna', 'layer-written', 1, 'settings.idleSeconds'],
    ]);
    expect(await world.audit.check()).toMatchObject({ kind: 'whole' });
  });

  it(`writers in any order and at once: every write is kept or refused, none is lost unseen (seed ${seed})`, async () => {
    const writer = fc.array(fc.record({ to: fc.integer({ min: 10, max: 3600 }), sees: fc.boolean() }), {
      minLength: 2,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 4 }), async (writers) => {
        const name = { layer: 'site', subject: 'race' } as const;
        const begin = (await world.twinLayers.read(name)).rev;
        const kept: number[] = [];
        await Promise.all(
          writers.map(async (writes) => {
            let seen = begin;
            for (const { to, sees } of writes) {
              if (sees) seen = (await world.twinLayers.read(name)).rev;
              const done = await write('site', 'race', { 'settings.idleSeconds': to }, seen);
              if (done.kind !== 'written') continue;
              expect(done.rev).toBe(seen + 1);
              kept[done.rev] = to;
              seen = done.rev;
            }
          }),
        );
        const history = await world.twinLayers.history(name, 500);
        const since = history.filter(({ rev }) => rev > begin);
        expect(since.map(({ rev, values }) => [rev, values['settings.idleSeconds']])).toEqual(
          [...kept.entries()].filter(([, to]) => to !== undefined).reverse(),
        );
        expect(since).toHaveLength((await world.twinLayers.read(name)).rev - begin);
      }),
      { numRuns: 12, seed },
    );
  });
});

it(`effective is the fold of the layers, whatever they are (seed ${seed})`, () => {
  const paths = ['a', 'b', 'c', 'd'];
  const values = fc.dictionary(fc.constantFrom(...paths), fc.integer({ min: 0, max: 9 }));
  const someLayer = fc.record({
    layer: fc.constantFrom(...twinLayers),
    subject: fc.constantFrom('', 'm1', 'p1', 's1', 'lab', 'rest', 'd1'),
    values,
  });
  const device = fc.record({
    id: fc.constantFrom('d1', 'd2'),
    model: fc.constantFrom('m1', 'm2'),
    project: fc.constantFrom('p1', null),
    site: fc.constantFrom('s1', 's2'),
    ring: fc.constantFrom('lab', 'rest'),
  });
  fc.assert(
    fc.property(fc.array(someLayer, { maxLength: 20 }), device, (some, placed) => {
      const layers = some.map((each): Layer => ({ ...each, rev: 1, by: 'x', at: '' }));
      const folded = new Layers(layers).fold(placed);
      for (const path of paths) {
        // by hand: from the most special layer down, the first that says something; of the same name the last counts
        const found = [...twinLayers]
          .reverse()
          .map((layer) =>
            layers.filter((one) => one.layer === layer && one.subject === subjectOf(placed, layer)).at(-1),
          )
          .find((one) => one && path in one.values);
        expect([folded.get(path)?.value, folded.get(path)?.layer]).toEqual([
          found?.values[path],
          found?.layer,
        ]);
      }
    }),
    { seed, numRuns: 500 },
  );
});
