// Little room: the ladder of what is kept, the reserve on a disk that is really full, and machine facts that wait for each other.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openLog } from '../../kiosk/log.ts';
import { TerminalStore, type TerminalStoreOptions } from '../../kiosk/store/terminal-store.ts';
import { storeFaultOf } from '../../kiosk/store-fault.ts';
import { startUpkeep } from '../../kiosk/upkeep.ts';
import type { FactContent } from '../../sync/contract/facts.ts';
import { ReserveFile } from '../../sync/reserve-file.ts';
import { ackOf, handClock, scratchFolder, terminal, viewed } from '../sync/scratch.ts';
import { opened, someSealer } from '../sync/some-keys.ts';
import { canMount } from './can-mount.ts';
import { kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

const changed: FactContent = { kind: 'device-changed', body: { device: 'printer', state: 'ready' } };
const person = (n: number) => ({ fact: viewed(n), effects: [] });
const never = (cause: unknown) => {
  throw cause;
};

function open(options: Partial<TerminalStoreOptions> = {}, folder = scratchFolder()) {
  const store = TerminalStore.open(join(folder, 'terminal.db'), {
    terminal,
    clock: handClock(),
    sealer: someSealer,
    reserveBytes: 65_536,
    ...options,
  });
  onTestFinished(() => store.close());
  const facts = () => store.outbox.read(0, 500, 1e9).map((fact) => opened(fact, terminal));
  return { store, facts };
}

describe('facts of machines', () => {
  it('OB14 wait for each other and share a transaction; a person’s fact is committed at once and takes them along', async () => {
    const { store, facts } = open();
    const told = vi.fn();
    const commits = vi.spyOn(store.database, 'transaction');
    for (let n = 0; n < 3; n += 1) store.recordSoon(changed, told, never);
    expect(facts()).toEqual([]);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(3));
    expect(commits).toHaveBeenCalledTimes(1);
    expect(facts()).toHaveLength(3);

    store.recordSoon(changed, told, never);
    store.record(person(1));
    expect(
      facts()
        .map(({ kind }) => kind)
        .slice(3),
    ).toEqual(['device-changed', 'person-proven']);
    expect(commits).toHaveBeenCalledTimes(2);
    expect(told).toHaveBeenCalledTimes(4);
  });

  it('OB14 that still wait when the terminal ends are on disk before it does', () => {
    const folder = scratchFolder();
    const first = open({}, folder);
    first.store.recordSoon(changed, () => {}, never);
    first.store.close();
    expect(open({}, folder).facts()).toMatchObject([changed]);
  });
});

describe('a store that refuses for a while', () => {
  it('OB14 takes the facts of machines when it can, without waiting for the next one', async () => {
    const { store, facts } = open();
    const told = vi.fn();
    const onFault = vi.fn();
    store.database.run(
      "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    store.recordSoon(changed, told, onFault);
    await vi.waitFor(() => expect(onFault).toHaveBeenCalled());
    store.database.run('DROP TRIGGER full');
    store.tend();
    expect([facts().length, told.mock.calls.length]).toEqual([1, 1]);
  });

  it('OB11 says that there is no room, not that the disk is broken, for what may not cost the reserve', async () => {
    const { store } = open();
    const onFault = vi.fn();
    const pages = store.database.get('PRAGMA page_count')?.['page_count'];
    store.database.run(`PRAGMA max_page_count = ${pages}`);
    for (let n = 0; n < 50; n += 1) store.recordSoon(changed, () => {}, onFault);
    await vi.waitFor(() => expect(onFault).toHaveBeenCalled());
    expect(storeFaultOf(onFault.mock.calls[0]?.[0])).toBe('sync-store-full');
    store.database.run('PRAGMA max_page_count = 1000000');
  });

  it('OB12 knows how little room there is although nothing else can be looked after', () => {
    const { store } = open({ storeBytes: 1_000 });
    for (let n = 0; n < 10; n += 1) store.record(person(n));
    const tend = vi.spyOn(store.outbox, 'tend').mockImplementation(() => never(new Error('disk full')));
    expect(() => store.tend()).toThrow('disk full');
    expect(store.pressure).toBe('full');
    tend.mockRestore();
  });
});

describe('upkeep', () => {
  it('OB11 OB12 says once that there is little room, before anything was refused, and when there is again', () => {
    const { store } = open({ storeBytes: 10_000 });
    const said: unknown[] = [];
    const log = openLog('hall-1', { write: (line) => void said.push(JSON.parse(line)) });
    const look = () =>
      startUpkeep({
        store,
        log,
        workOrders: () => {},
        kickQueue: () => {},
        onPressure: () => {},
        tendScreen: () => undefined,
        guarded: (work) => work(),
      }).close();
    look();
    expect(said).toEqual([]);
    while (store.outbox.waitingBytes() < 9_600) store.record(person(1));
    look();
    look();
    expect([store.pressure, said.length]).toEqual(['sparing', 1]);
    expect(said[0]).toMatchObject({ level: 50, code: 'sync-store-full' });
    store.outbox.settle(ackOf(store.outbox.epoch, store.outbox.lastSeq));
    look();
    expect(said[1]).toMatchObject({ level: 30, code: 'sync-store-full' });
  });
});

describe('the ladder', () => {
  it('OB12 from 80 % machine facts are counted, from 95 % what is optional is refused, at 100 % nothing is accepted and nothing evicted', () => {
    const { store, facts } = open({ storeBytes: 100_000 });
    const each = () => store.outbox.waitingBytes() / Math.max(1, store.outbox.waiting());
    const fillTo = (share: number) => {
      while (store.outbox.waitingBytes() < share * 100_000) store.record(person(100));
      store.tend();
    };
    fillTo(0.79);
    expect(store.pressure).toBe('none');
    fillTo(0.8);
    expect(store.pressure).toBe('compacting');
    const before = store.outbox.waiting();
    for (let n = 0; n < 5; n += 1) store.recordSoon(changed, never as never, never);
    expect(store.outbox.waiting()).toBe(before);
    fillTo(0.95);
    expect(store.pressure).toBe('sparing');
    store.record(person(2));
    fillTo(1);
    const kept = store.outbox.waiting();
    expect(() => store.record(person(3))).toThrow(expect.objectContaining({ code: 'sync-store-full' }));
    expect([store.pressure, store.outbox.waiting(), each() > 0]).toEqual(['full', kept, true]);

    store.outbox.settle(ackOf(store.outbox.epoch, kept, kept));
    store.tend();
    expect(store.pressure).toBe('none');
    expect(opened(store.outbox.read(kept, 1, 1e6)[0] as never, terminal)).toMatchObject({
      kind: 'facts-compacted',
      body: { facts: [{ kind: 'device-changed', count: 5 }] },
    });
    store.tend();
    expect(store.outbox.waiting()).toBe(1);
    expect(facts()).toHaveLength(1);
  });

  it('OB12 is seen: optional slips are refused, check-ins go on, and a full store is said by its code', async () => {
    const store = await openSmallWorld();
    onTestFinished(() => store.close());
    const b = kioskBench(store);
    const pressure = vi.spyOn(store, 'pressure', 'get');
    pressure.mockReturnValue('sparing');
    b.swipe(cards.listed);
    expect(b.expect('checked-in').slip).not.toBe('none');
    expect(b.show.status.troubles).toMatchObject([
      { device: 'store', isOut: false, visitor: '签到、积分和报修照常，其他打印暂停。' },
    ]);
    pressure.mockReturnValue('full');
    b.swipe(cards.gold);
    expect(b.expect('out-of-service').code).toBe('sync-store-full');
    expect(b.show.status.troubles).toMatchObject([{ isOut: true }]);
  });
});

describe('the reserve', () => {
  it('OB11 is real bytes, laid in once, spent once, and laid in again', () => {
    const file = join(scratchFolder(), 'reserve');
    const reserve = new ReserveFile(file, 100_000);
    expect(reserve.isThere).toBe(false);
    expect([reserve.layIn(), reserve.layIn()]).toEqual([true, true]);
    const { size, blocks } = statSync(file);
    expect([size, blocks * 512 >= size]).toEqual([100_000, true]);
    reserve.spend();
    reserve.spend();
    expect(reserve.isThere).toBe(false);
    expect(existsSync(`${file}.tmp`)).toBe(false);
    expect(reserve.layIn()).toBe(true);
    // more than any disk has; and what a power cut left of an attempt takes no room from facts
    writeFileSync(`${file}-huge.tmp`, 'half of it');
    expect(new ReserveFile(`${file}-huge`, 2 ** 52).layIn()).toBe(false);
    expect(existsSync(`${file}-huge.tmp`)).toBe(false);
  });

  it.skipIf(!canMount)(
    'OB11 F9 a full disk costs the reserve: check-ins are kept, acks free space, and it comes back',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'yingbin-room-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'yingbin', folder]);
      onTestFinished(() => {
        execFileSync('umount', ['--lazy', folder]);
        rmSync(folder, { recursive: true, force: true });
      });
      const { store } = open({}, folder);
      store.tend();
      for (let n = 0; n < 50; n += 1) store.record(person(n));
      const ballast = join(folder, 'ballast');
      const accepted = recordUntilFull(store, ballast);
      expect(existsSync(join(folder, 'terminal.db.reserve'))).toBe(false);
      store.tend();
      expect(store.pressure).toBe('sparing');
      expect(store.outbox.lastSeq).toBe(accepted);
      expect(() => store.outbox.settle(ackOf(store.outbox.epoch, accepted, accepted))).not.toThrow();
      expect(store.outbox.waiting()).toBe(0);

      fill(ballast);
      let more = 0;
      expect(() => {
        for (; more < 100_000; more += 1) store.record(person(more));
      }).toThrow(expect.objectContaining({ code: 'sync-store-full' }));
      expect(store.outbox.lastSeq).toBe(accepted + more);
      rmSync(ballast);
      store.record(person(1));
      store.tend();
      expect([existsSync(join(folder, 'terminal.db.reserve')), store.pressure]).toEqual([true, 'none']);
    },
  );
});

/** Fills the disk, and goes on with check-ins until the reserve was needed. @returns how many facts there are */
function recordUntilFull(store: TerminalStore, ballast: string): number {
  fill(ballast);
  const reserve = `${store.database.file}.reserve`;
  for (let n = 0; existsSync(reserve) && n < 10_000; n += 1) store.record(person(n));
  return store.outbox.lastSeq;
}

function fill(file: string): void {
  for (let size = 65_536; size >= 1; size >>= 1) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // smaller pieces may still fit
    }
  }
}
