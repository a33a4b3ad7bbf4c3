// S10 S11 What the device records say becomes what the broker does, on a real mosquitto, through restarts of either side.
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { topics } from '../../../../sync/contract/topics.ts';
import { Complaints } from '../../../../sync/headquarters/complaints.ts';
import { AccessKeeper } from '../../../../sync/headquarters/fleet/access-keeper.ts';
import { MosquittoAccess } from '../../../../sync/headquarters/fleet/broker-access/mosquitto-access.ts';
import {
  CertificateAuthority,
  listLifeMs,
} from '../../../../sync/headquarters/fleet/certificate-authority.ts';
import { RevocationList } from '../../../../sync/headquarters/fleet/revocation-list.ts';
import { fleetTenant, lineOf, patient } from '../../../contracts/broker-access.ts';
import { enrolDevices } from '../../../simulators/fleet-device.ts';
import { type FleetMosquitto, startFleetMosquitto } from '../../../simulators/fleet-mosquitto.ts';
import {
  type FleetIdentity,
  fleetIdentity,
  openFleetLine,
  tlsOf,
} from '../../../simulators/fleet-terminal.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

const dayMs = 24 * 3_600_000;
const it1 = { account: 'it-1' };

describe.each(storeKinds)('the keeper of access on %s', (kind) => {
  let world: World;
  let authority: CertificateAuthority;
  let broker: FleetMosquitto;
  let clock: () => Date;
  const codes: string[] = [];

  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    clock = () => new Date();
    codes.length = 0;
    authority = await CertificateAuthority.open(await CertificateAuthority.make('fleet-test', new Date()));
    broker = await startFleetMosquitto(authority, fleetTenant);
  }, 120_000);
  afterEach(async () => {
    await broker.close();
    await world.remove();
  });

  /** One process of headquarters: what it knows beyond the tables ends with it. */
  function keeperOf(options: Partial<typeof broker.accessOptions> = {}): {
    readonly keeper: AccessKeeper;
    readonly list: RevocationList;
    readonly access: MosquittoAccess;
  } {
    const access = new MosquittoAccess({ ...broker.accessOptions, ...options });
    onTestFinished(() => access.close());
    const now = (): Date => clock();
    const list = new RevocationList({ ...world, authority, now });
    const note = (line: object): void => void codes.push((line as { code?: string }).code ?? '');
    const complaints = new Complaints({ info: note, warn: note, error: note });
    return {
      access,
      list,
      keeper: new AccessKeeper({ ...world, access, list, now, complaints, everyMs: dayMs }),
    };
  }

  const enrol = async (name: string): Promise<FleetIdentity> => {
    const identity = await fleetIdentity(authority, name);
    await enrolDevices(world.store, [identity]);
    return identity;
  };
  const connect = (who: FleetIdentity) =>
    openFleetLine(broker.tlsUrl, tlsOf(authority, who), { clientId: who.terminal });
  const cutOffs = async () =>
    (await world.audit.list({ limit: 100 })).filter(({ what }) => what === 'terminal-cut-off');

  it('S10 lets in who is enrolled, and cuts off who was revoked', async () => {
    const [h01, h02] = [await enrol('h01'), await enrol('h02')];
    const { keeper, access } = keeperOf();
    await keeper.work();
    expect((await access.list()).toSorted()).toEqual(['h01', 'h02']);
    const [thief, other] = [lineOf(await connect(h01)), lineOf(await connect(h02))];
    expect(await world.devices.revoke(it1, h01.terminal)).toBe('done');
    expect(await keeper.owed()).toBe(1);
    await keeper.work();
    await thief.ended;
    expect(await connect(h01)).toBe('refused');
    expect([other.isUp, await access.list(), await keeper.owed(), codes]).toEqual([true, ['h02'], 0, []]);
    expect(await cutOffs()).toMatchObject([
      { about: 'h01', actor: 'access-keeper', detail: { why: 'revoked' } },
    ]);
    await other.close();
  });

  it('S10 asked again and again while it waits it looks once, and sees what happened before', async () => {
    const { keeper, access } = keeperOf();
    const first = keeper.work();
    await enrol('h01');
    const asked = Array.from({ length: 100 }, () => keeper.work());
    await Promise.all([first, ...asked]);
    expect([new Set(asked).size, await access.list()]).toEqual([1, ['h01']]);
  });

  it('S10 a revocation outlives a restart of headquarters and a broker that is away', async () => {
    const h01 = await enrol('h01');
    await keeperOf().keeper.work();
    await broker.kill();
    await world.devices.revoke(it1, h01.terminal);
    const away = keeperOf({ patienceMs: 300 });
    await away.keeper.work();
    expect(codes).toContain('broker-access-unreachable');
    expect([await away.keeper.owed(), await cutOffs()]).toEqual([1, []]);
    await broker.start();
    // it has the list that was written while it was away; what it may do is in its own file still
    const { keeper, access } = keeperOf();
    expect(await keeper.owed()).toBe(1);
    await keeper.work();
    expect([await access.list(), await keeper.owed(), (await cutOffs()).length]).toEqual([[], 0, 1]);
    expect(await connect(h01)).toBe('refused');
  });

  it('S10 a list that nobody reads is no proof: the revocation stays owed, and the thief is out all the same', async () => {
    const h01 = await enrol('h01');
    await keeperOf().keeper.work();
    const thief = lineOf(await connect(h01));
    await world.devices.revoke(it1, h01.terminal);
    const deaf = keeperOf({ reload: { kind: 'command', command: ['true'] }, patienceMs: 1_000 });
    await deaf.keeper.work();
    await thief.ended;
    expect(codes).toContain('revocation-list-ignored');
    expect([await deaf.keeper.owed(), await cutOffs()]).toEqual([1, []]);
    await keeperOf().keeper.work();
    expect((await cutOffs()).length).toBe(1);
  });

  it('S12 who was quarantined and released comes back with the same certificate', async () => {
    const h01 = await enrol('h01');
    const { keeper } = keeperOf();
    await keeper.work();
    await world.devices.quarantine(h01.terminal, 'by-hand', it1);
    await keeper.work();
    expect(await connect(h01)).toBe('refused');
    await world.devices.release(it1, h01.terminal);
    await keeper.work();
    const line = lineOf(await connect(h01));
    expect(await line.say(topics.facts(fleetTenant, h01.terminal), 'back')).toBe(true);
    await line.close();
  });

  it('S10 a broker that was wiped is told everything again', async () => {
    const [h01, h02] = [await enrol('h01'), await enrol('h02')];
    const { keeper } = keeperOf();
    await keeper.work();
    await world.devices.revoke(it1, h02.terminal);
    await keeper.work();
    await broker.close();
    broker = await startFleetMosquitto(authority, fleetTenant);
    const after = keeperOf();
    await after.keeper.work();
    expect(await after.access.list()).toEqual(['h01']);
    const line = lineOf(await connect(h01));
    expect(await connect(h02)).toBe('refused');
    await line.close();
  });

  it('S11 a broker whose list ran out takes nobody, and is healed by a start of headquarters', async () => {
    const h01 = await enrol('h01');
    await broker.kill();
    const longAgo = new Date(Date.now() - listLifeMs - dayMs);
    writeFileSync(broker.listFile, await authority.revocationList([], longAgo));
    await broker.start();
    expect(await connect(h01)).toBe('refused');
    await keeperOf().keeper.work();
    const line = lineOf(await connect(h01));
    await line.close();
  });

  it('S11 the list is made anew every day, and IT is alarmed when it cannot be for three weeks', async () => {
    await enrol('h01');
    const { keeper, list } = keeperOf();
    await keeper.work();
    const first = await list.state();
    await keeper.work();
    expect(await list.state()).toEqual(first);
    const start = Date.now();
    clock = () => new Date(start + dayMs + 1);
    await keeper.work();
    expect((await list.state())?.madeAt).toBe(new Date(start + dayMs + 1).toISOString());
    await broker.kill();
    const deaf = keeperOf({ patienceMs: 100 });
    const alarms = async () =>
      (await world.store.db.selectFrom('notice').select('key').execute()).filter(({ key }) =>
        key.startsWith('revocation-list-old'),
      ).length;
    clock = () => new Date(start + dayMs + listLifeMs - 8 * dayMs);
    await deaf.keeper.work();
    expect(await alarms()).toBe(0);
    clock = () => new Date(start + dayMs + listLifeMs - 7 * dayMs + 1);
    await deaf.keeper.work();
    await deaf.keeper.work();
    expect(await alarms()).toBe(1);
    expect(codes).toContain('revocation-list-old');
  });

  it('S10 headquarters hears nothing more of a terminal from the moment it is revoked', async () => {
    const h01 = await enrol('h01');
    const { denyList, devices } = world;
    devices.onGateChange(() => denyList.refresh());
    expect(denyList.isDenied(h01.terminal)).toBe(false);
    await devices.revoke(it1, h01.terminal);
    expect(denyList.isDenied(h01.terminal)).toBe(true);
    expect(await devices.revoke(it1, h01.terminal)).toBe('wrong-state');
    expect(await devices.revoke(it1, 'h99' as TerminalId)).toBe('unknown-terminal');
    await vi.waitFor(async () => expect((await world.audit.check()).kind).toBe('whole'), patient);
  });
});
