// Outbox, courier and replica over a real broker to a small headquarters, with everything in between cut and killed.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { presenceSchema } from '../../sync/contract/facts.ts';
import { decodeFrame, encodeFrame } from '../../sync/contract/frame.ts';
import { signFrame, signingKey, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { type CourierEvents, openCourier } from '../../sync/courier.ts';
import type { OpenPart } from '../../sync/courier-part.ts';
import { Database } from '../../sync/database.ts';
import { Edition } from '../../sync/edition.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import { SyncError, type SyncErrorCode } from '../../sync/sync-error.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { openSmallIntake } from '../faults/small-intake.ts';
import { type AedesBroker, startAedesBroker } from '../simulators/aedes-broker.ts';
import { type NetworkProxy, startNetworkProxy } from '../simulators/network-proxy.ts';
import { level, levelRows } from './dataset-changes.ts';
import { ackOf, scratchFolder, tenant, terminal, viewed } from './scratch.ts';
import { someKeys, someSealer } from './some-keys.ts';

const signKeys = {
  privateKey: signingKey(someKeys.sign.privateKey),
  publicKey: verifyingKey(someKeys.sign.publicKey),
};

interface World {
  readonly broker: AedesBroker;
  readonly proxy: NetworkProxy;
  readonly folder: string;
  readonly address: (port: number) => Parameters<typeof openCourier>[0]['link'];
}

async function world(): Promise<World> {
  const folder = scratchFolder();
  const broker = await startAedesBroker();
  const proxy = await startNetworkProxy(broker);
  onTestFinished(async () => {
    await proxy.close();
    await broker.close();
  });
  return {
    broker,
    proxy,
    folder,
    address: (port) => ({
      url: `mqtt://127.0.0.1:${port}`,
      keepAliveMs: 2_000,
      connectTimeoutMs: 2_000,
      reconnectMinMs: 10,
      reconnectMaxMs: 50,
    }),
  };
}

function intake({ broker, folder, address }: World, manifestEveryMs = 200) {
  const opened = openSmallIntake({
    tenant,
    file: join(folder, 'hq.db'),
    link: address(broker.port),
    manifestEveryMs,
    signKey: signKeys.privateKey,
  });
  onTestFinished(() => opened.close());
  return opened;
}

/** A terminal behind the proxy: its database, outbox and courier. */
function kiosk(
  { proxy, folder, address }: World,
  events: Partial<CourierEvents> = {},
  parts: readonly OpenPart[] = [],
) {
  const db = Database.open(join(folder, 'kiosk.db'), outboxMigrations);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock: systemClock() });
  const replica = Replica.open(join(folder, 'datasets'));
  const refused: SyncErrorCode[] = [];
  const courier = openCourier(
    {
      tenant,
      terminal,
      outbox,
      replica,
      link: address(proxy.port),
      headquartersKey: signKeys.publicKey,
      limits: { ackTimeoutMs: 300, factsPerBatch: 10, batchesInFlight: 3 },
      version: '0.1.0',
      clock: systemClock(),
      parts,
    },
    {
      onLink: () => {},
      onAck: () => {},
      onDataset: () => {},
      onStoreFault: () => {},
      onRefused: (code) => refused.push(code),
      ...events,
    },
  );
  const close = async () => {
    await courier.close();
    db.close();
  };
  const record = (n: number): string => {
    const { id } = db.transaction(() => outbox.append(viewed(n)));
    courier.kick();
    return id;
  };
  onTestFinished(close);
  return { db, outbox, replica, courier, refused, close, record };
}

/** Somebody else on the same broker. */
async function stranger({ broker, address }: World, subscriptions: readonly string[] = []) {
  const seen: { topic: string; payload: Uint8Array; isRetained: boolean }[] = [];
  const link = openMqttLink(
    { ...address(broker.port), clientId: 'stranger', subscriptions: ['nothing', ...subscriptions] },
    {
      onUp: () => {},
      onDown: () => {},
      onMessage: (topic, payload, isRetained) => seen.push({ topic, payload, isRetained }),
    },
  );
  onTestFinished(() => link.close());
  await vi.waitFor(() => expect(link.isUp).toBe(true));
  return { link, seen };
}

const soon = { timeout: 15_000, interval: 20 };

describe('Courier', () => {
  it('CO1 IN2 every fact arrives once and in order, and leaves the outbox on the ack', async () => {
    const here = await world();
    const hq = intake(here);
    const { record, outbox } = kiosk(here);
    const ids = Array.from({ length: 95 }, (_, n) => record(n));
    await vi.waitFor(() => expect(outbox.waiting()).toBe(0), soon);
    expect(hq.applied().map(({ id }) => id)).toEqual(ids);
    expect(outbox.read(0, 500, 1e9)).toEqual([]);
  });

  it('CO2 CO6 a disk that is full for a while ends nothing: facts and datasets go through afterwards', async () => {
    const here = await world();
    const faults: unknown[] = [];
    const { record, outbox, replica, db } = kiosk(here, { onStoreFault: (cause) => void faults.push(cause) });
    db.run("CREATE TRIGGER full BEFORE UPDATE ON outbox_head BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    const fill = vi.spyOn(Edition.prototype, 'fill').mockImplementation(() => {
      throw new Error('disk full');
    });
    const hq = intake(here);
    hq.publishDataset('members', levelRows(['a', 'b']));
    record(1);
    await vi.waitFor(() => expect(faults.length).toBeGreaterThan(1), soon);
    expect(outbox.waiting()).toBe(1);
    db.run('DROP TRIGGER full');
    fill.mockRestore();
    await vi.waitFor(() => {
      expect(outbox.waiting()).toBe(0);
      expect(replica.versions().members).toBe(1);
    }, soon);
  });

  it("CO3 the broker's word frees nothing: without headquarters every fact stays", async () => {
    const here = await world();
    const { seen } = await stranger(here, [topics.allUp(tenant)]);
    const { record, outbox, courier } = kiosk(here);
    for (let n = 0; n < 5; n += 1) record(n);
    // sent, taken over by the broker, and sent again for want of an ack
    await vi.waitFor(
      () => expect(seen.filter(({ topic }) => topic.endsWith('/facts')).length).toBeGreaterThan(3),
      soon,
    );
    expect(outbox.waiting()).toBe(5);
    expect(courier.isOnline).toBe(false);
    const hq = intake(here);
    await vi.waitFor(() => expect(outbox.waiting()).toBe(0), soon);
    expect(hq.applied().length).toBe(5);
  });

  it('CO1 cuts, a wiped broker and restarts of both ends lose and double nothing', async () => {
    const here = await world();
    let hq = intake(here);
    let box = kiosk(here);
    const ids: string[] = [];
    const work = (count: number) => {
      for (let n = 0; n < count; n += 1) ids.push(box.record(ids.length));
    };
    for (let round = 0; round < 4; round += 1) {
      work(12);
      await vi.waitFor(() => expect(hq.applied().length).toBeGreaterThan(round * 40), soon);
      here.proxy.cut();
      work(9);
      here.proxy.restore();
      work(3);
      await here.broker.kill();
      work(4);
      await here.broker.start();
      await hq.close();
      work(5);
      hq = intake(here);
      await box.close();
      box = kiosk(here);
      work(7);
    }
    await vi.waitFor(() => expect(box.outbox.waiting()).toBe(0), soon);
    expect(hq.applied().map(({ id }) => id)).toEqual(ids);
  });

  it('CO8 foreign and garbled acks change nothing and are counted', async () => {
    const here = await world();
    const { link } = await stranger(here);
    const { record, outbox, refused, courier } = kiosk(here);
    for (let n = 0; n < 3; n += 1) record(n);
    const topic = topics.ack(tenant, terminal);
    const forged: Uint8Array[] = [
      Buffer.from('nonsense'),
      Buffer.from([0x01, 0x02, 0x03]),
      encodeFrame({ v: 1, epoch: outbox.epoch, applied: -1, safe: 0 }),
      encodeFrame(ackOf('0'.repeat(32) as typeof outbox.epoch, 3)),
      encodeFrame(ackOf(outbox.epoch, 4)),
      encodeFrame(ackOf(outbox.epoch, 2, 3)),
    ];
    await vi.waitFor(async () => {
      for (const payload of forged) {
        await link.publish(topic, signFrame(topic, payload, signKeys.privateKey));
      }
      expect(new Set(refused)).toEqual(
        new Set(['sync-frame-unreadable', 'sync-frame-shape', 'sync-ack-foreign']),
      );
    }, soon);
    expect(courier.refused).toBe(refused.length);
    expect(outbox.waiting()).toBe(3);
    expect(courier.isOnline).toBe(false);
  });

  it('CO5 a manifest that the broker had kept is no sign of life; a fresh one is', async () => {
    const here = await world();
    const hq = intake(here);
    await vi.waitFor(() => expect(hq.isUp).toBe(true), soon);
    const { seen } = await stranger(here, [topics.manifest(tenant)]);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), soon);
    await hq.close();
    const links: string[] = [];
    const box = kiosk(here, { onLink: (state) => links.push(state) });
    await vi.waitFor(() => expect(box.replica.confirmedAt()).not.toBeNull(), soon);
    expect([box.courier.isOnline, links]).toEqual([false, []]);
    intake(here);
    await vi.waitFor(() => expect(links).toEqual(['online']), soon);
    here.proxy.cut();
    await vi.waitFor(() => expect(links).toEqual(['online', 'offline']), soon);
  });

  it('CO6 DS1 datasets come by themselves, on connect and on news', async () => {
    const here = await world();
    const hq = intake(here);
    const many = Array.from({ length: 450 }, (_, n) =>
      String.fromCharCode(97 + (n % 26)).repeat(1 + Math.floor(n / 26)),
    );
    hq.publishDataset('members', levelRows(many));
    const changed: string[] = [];
    const { replica } = kiosk(here, { onDataset: (name) => changed.push(name) });
    await vi.waitFor(() => expect(replica.versions().members).toBe(1), soon);
    expect(replica.list('members', 'level/').length).toBe(450);
    hq.publishDataset('members', levelRows(['a'], 5));
    await vi.waitFor(() => expect(replica.list('members', '')).toEqual([level('a', 5)]), soon);
    expect(changed).toEqual(['members', 'members']);
    await vi.waitFor(() => expect(replica.confirmedAt()).not.toBeNull(), soon);
  });

  it('DS8 what came after its manifest is known to be current as of that manifest', async () => {
    const here = await world();
    const hq = intake(here, 3_600_000);
    const { replica } = kiosk(here);
    await vi.waitFor(() => expect(replica.confirmedAt()).not.toBeNull(), soon);
    const before = replica.confirmedAt();
    hq.publishDataset('members', levelRows(['a']));
    await vi.waitFor(() => expect(replica.versions().members).toBe(1), soon);
    expect(replica.confirmedAt()).not.toBe(before);
  });

  it('CO7 DS4 a change with a wrong hash is refused, and the right one taken when it comes', async () => {
    const here = await world();
    const hq = intake(here);
    hq.publishDataset('members', levelRows(['a']), (change) => ({ ...change, root: 'f'.repeat(64) }));
    const { replica, refused } = kiosk(here);
    await vi.waitFor(() => expect(refused).toContain('sync-dataset-mismatch'), soon);
    expect(replica.versions().members).toBe(0);
    hq.publishDataset('members', levelRows(['b']));
    await vi.waitFor(() => expect(replica.list('members', '')).toEqual([level('b')]), soon);
  });

  it('another conversation plugs in: it is subscribed, hears, speaks, and refuses with a code', async () => {
    const here = await world();
    const { link, seen } = await stranger(here, ['to-headquarters']);
    const heard: string[] = [];
    const { courier, refused } = kiosk(here, {}, [
      (line) => ({
        topics: ['to-terminal'],
        up: () => heard.push('up'),
        down: () => heard.push('down'),
        receive: (topic, frame, isRetained) => {
          if (Buffer.from(frame).toString() === 'no') throw new SyncError('sync-frame-shape', 'empty');
          heard.push(`${topic} ${Buffer.from(frame).toString()} ${isRetained}`);
          line.send('to-headquarters', { v: 1 });
        },
      }),
    ]);
    await vi.waitFor(() => expect(heard).toEqual(['up']), soon);
    const say = (text: string) =>
      link.publish('to-terminal', signFrame('to-terminal', Buffer.from(text), signKeys.privateKey));
    await say('hello');
    await say('no');
    await vi.waitFor(() => expect(refused).toEqual(['sync-frame-shape']), soon);
    await vi.waitFor(() => expect(seen.map(({ topic }) => topic)).toEqual(['to-headquarters']), soon);
    expect(courier.isOnline).toBe(true);
    here.proxy.cut();
    await vi.waitFor(() => expect(heard).toEqual(['up', 'to-terminal hello false', 'down']), soon);
  });

  it('PR1 PR2 presence is retained: online while there, offline after goodbye or by the last will', async () => {
    const here = await world();
    const topic = topics.presence(tenant, terminal);
    const { seen } = await stranger(here, [topic]);
    const states = () => seen.map(({ payload }) => decodeFrame(presenceSchema, payload));
    const first = kiosk(here);
    await vi.waitFor(() => expect(states()).toMatchObject([{ online: true, version: '0.1.0' }]), soon);
    await first.close();
    await vi.waitFor(() => expect(states().at(-1)).toMatchObject({ online: false }), soon);
    expect(states().at(-1)?.at).not.toBeNull();
    kiosk(here);
    await vi.waitFor(() => expect(states().at(-1)).toMatchObject({ online: true }), soon);
    here.proxy.cut();
    await vi.waitFor(() => expect(states().at(-1)).toMatchObject({ online: false, at: null }), soon);
  });
});
