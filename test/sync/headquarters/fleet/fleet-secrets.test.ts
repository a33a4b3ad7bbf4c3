// Secrets of the fleet: sealed where they lie, told to a terminal whose twin names them, and to nobody else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeOpener, makeSealer } from '../../../../sync/contract/seal.ts';
import { FleetSecrets } from '../../../../sync/headquarters/fleet/fleet-secrets.ts';
import { someKeys } from '../../some-keys.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, now, type World } from '../world.ts';
import { bringDevices } from './fleet-devices.ts';

const anna = { account: 'anna' };

describe.each(storeKinds)('secrets of the fleet on %s', (kind) => {
  let world: World;
  let secrets: FleetSecrets;
  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    secrets = new FleetSecrets({
      ...world,
      sealer: makeSealer(someKeys.seal.publicKey),
      opener: makeOpener([someKeys.seal.privateKey]),
      now,
    });
    await bringDevices(world, [{ id: 'h01' }, { id: 'h02', site: 'binhu' }, { id: 'h03', state: 'revoked' }]);
  });
  afterEach(() => world.remove());
  const name = (values: object, baseRev = 0) =>
    world.twinLayers.write(anna, {
      layer: 'site',
      subject: 'jinshang',
      values: values as Record<string, unknown>,
      baseRev,
    });

  it('tells one to the terminals whose twin names it, as long as it does', async () => {
    expect(await secrets.keep(anna, 'site-pin', '471100')).toBe('kept');
    expect(await secrets.forTerminal('h01', 'site-pin')).toBeUndefined();
    await name({ 'maintenance.pin': 'secret:site-pin' });
    expect(await secrets.forTerminal('h01', 'site-pin')).toBe('471100');
    for (const [terminal, which] of [
      ['h02', 'site-pin'],
      ['h03', 'site-pin'],
      ['h99', 'site-pin'],
      ['h01', 'other'],
    ] as const) {
      expect(await secrets.forTerminal(terminal, which)).toBeUndefined();
    }
    await name({}, 1);
    expect(await secrets.forTerminal('h01', 'site-pin')).toBeUndefined();
  });

  it('keeps it sealed under its own name, so that no row can be passed off for another', async () => {
    await secrets.keep(anna, 'site-pin', '471100');
    await secrets.keep(anna, 'other-pin', '999999');
    const rows = await world.store.db.selectFrom('fleet_secret').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/471100|999999/);
    const other = rows.find((row) => row.name === 'other-pin');
    await world.store.db
      .updateTable('fleet_secret')
      .set({ sealed: other?.sealed ?? '' })
      .where('name', '=', 'site-pin')
      .execute();
    await name({ 'maintenance.pin': 'secret:site-pin' });
    expect(await secrets.forTerminal('h01', 'site-pin')).toBeUndefined();
    const lines = JSON.stringify(await world.audit.list({ limit: 20 }));
    expect(lines).toContain('secret-kept');
    expect(lines).not.toMatch(/471100|999999/);
  });

  it('a name keeps its value for ever, and stays while a layer names it', async () => {
    await secrets.keep(anna, 'site-pin', '471100');
    expect(await secrets.keep(anna, 'site-pin', '222222')).toBe('name-taken');
    await name({ 'maintenance.pin': 'secret:site-pin' });
    expect(await secrets.forTerminal('h01', 'site-pin')).toBe('471100');
    expect(await secrets.remove(anna, 'site-pin')).toBe('in-use');
    await name({}, 1);
    expect(await secrets.remove(anna, 'site-pin')).toBe('removed');
    expect(await secrets.remove(anna, 'site-pin')).toBe('unknown');
    expect(await secrets.list()).toEqual([]);
  });
});
