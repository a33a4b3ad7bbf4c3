// What a terminal does from afar: each deed over a real order book, its end told as a fact, its results at a door of the test's own.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CardNumber } from '../../../device/card-number.ts';
import { cardsOf } from '../../../kiosk/cards.ts';
import { LogRing } from '../../../kiosk/log-ring.ts';
import { MachineOrders } from '../../../kiosk/machine-orders.ts';
import { orderWorks } from '../../../kiosk/orders.ts';
import type { Upload } from '../../../kiosk/remote/door-uploads.ts';
import type { RemoteTools } from '../../../kiosk/remote/remote-works.ts';
import { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import { Summons } from '../../../kiosk/summons.ts';
import type { Fact } from '../../../sync/contract/facts.ts';
import type { OrderKind } from '../../../sync/contract/orders.ts';
import { OrderBook } from '../../../sync/order-book.ts';
import { handClock, scratchFolder, terminal } from '../../sync/scratch.ts';
import { opened, someSealer } from '../../sync/some-keys.ts';
import { someOrder, toldSteps } from '../../sync/some-orders.ts';
import { benchSite } from '../kiosk-bench.ts';
import { someRemote } from './some-remote.ts';

const startMs = Date.UTC(2026, 10, 21, 6);
const key = `ssh-ed25519 ${'A'.repeat(68)}`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(change: Partial<RemoteTools> = {}, { folder = scratchFolder(), boot = 'boot-1' } = {}) {
  const clock = handClock(startMs);
  const store = TerminalStore.open(`${folder}/terminal.db`, { terminal, sealer: someSealer, clock });
  const remote = someRemote({ onEnd: () => book.work(), ...change });
  const book: OrderBook = new OrderBook({
    db: store.database,
    outbox: store.outbox,
    works: orderWorks({
      store,
      site: benchSite,
      language: 'zh',
      now: () => clock.now(),
      hasPrinter: false,
      waitingSlips: 2,
      isIdle: () => remote.isIdle(),
      restart: () => undefined,
      sendAgain: () => undefined,
      beginEpoch: () => undefined,
      onSlipQueued: () => undefined,
      remote,
    }),
    headquartersNow: () => clock.now(),
    run: `run in ${boot}`,
    boot,
    onRecorded: () => undefined,
  });
  return {
    book,
    store,
    order(kind: OrderKind, body: object = {}) {
      book.take(someOrder(kind, body, startMs));
      book.work();
    },
    told: () => toldSteps(store.outbox),
    detail: () => {
      const facts = store.outbox.read(0, 500, 1_000_000).map((fact) => opened(fact, terminal));
      const last = facts.at(-1)?.body as Extract<Fact, { kind: 'order-progressed' }>['body'] | undefined;
      return last?.detail;
    },
  };
}

/** A door that keeps what it is brought, in pieces too. */
function someDoor() {
  const brought: { type: string; text: string }[] = [];
  let kept = Buffer.alloc(0);
  const upload: Upload = async (_order, type, bytes, from) => {
    if (from !== undefined && from !== kept.length) return { kind: 'taken', bytes: kept.length };
    kept = Buffer.concat([from === undefined ? Buffer.alloc(0) : kept, bytes]);
    brought.push({ type, text: Buffer.from(bytes).toString() });
    return { kind: 'taken', bytes: kept.length };
  };
  return { brought, upload, text: () => kept.toString() };
}

describe('orders from afar', () => {
  it('identify: shown for 30 s, with a sound, and done then; a finger ends it', async () => {
    const summons = new Summons(() => undefined);
    let buzzes = 0;
    const buzz = (): void => {
      buzzes += 1;
    };
    const it = open({ summons, buzz });
    it.order('identify');
    expect(summons.shown).toMatchObject({ kind: 'identify', terminal: 'hall-1', code: 'H01' });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(it.told()).toEqual(['received', 'running']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([it.told().at(-1), buzzes > 3, summons.shown]).toEqual(['done', true, null]);
    it.order('identify');
    summons.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(it.detail()).toEqual({ closedAtScreen: true });
  });

  it('what disturbs waits until nobody is served, unless the order says so', async () => {
    let isServed = true;
    const summons = new Summons(() => undefined);
    const it = open({ summons, isIdle: () => !isServed });
    it.order('identify');
    expect([it.told(), summons.shown]).toEqual([['received'], null]);
    it.order('identify', { duringSession: true });
    expect(summons.shown?.kind).toBe('identify');
    summons.close();
    isServed = false;
    await vi.advanceTimersByTimeAsync(0);
    it.book.work();
    expect(summons.shown?.kind).toBe('identify');
  });

  it('S43 test-reader: tells kind, bits and tail alone; the card does nothing else; without a card it says so', async () => {
    const summons = new Summons(() => undefined);
    const swiped: unknown[] = [];
    const cards = cardsOf({ swipe: (read) => swiped.push(read), refuseCard: () => undefined }, summons);
    const it = open({ summons });
    it.order('test-reader');
    const number = new CardNumber(Buffer.from('0012345678'));
    cards.take({ technology: 'em4100', number, bits: 40 }, 'reader');
    await vi.advanceTimersByTimeAsync(0);
    expect(it.detail()).toEqual({ reader: 'reader', technology: 'em4100', bits: 40, tail: '••••5678' });
    expect(swiped).toEqual([]);
    it.order('test-reader');
    await vi.advanceTimersByTimeAsync(61_000);
    expect(it.told().at(-1)).toBe('failed:no-card');
    // control: nobody asked for one
    cards.take(
      { technology: 'em4100', number: new CardNumber(Buffer.from('0012345678')), bits: 40 },
      'reader',
    );
    expect(swiped).toHaveLength(1);
    const none = open({ hasReader: () => false });
    none.order('test-reader');
    await vi.advanceTimersByTimeAsync(0);
    expect(none.told().at(-1)).toBe('failed:no-reader');
  });

  it('take-screenshot: brings the picture with its mask told, and fails with a code where the screen is silent', async () => {
    const door = someDoor();
    const png = Buffer.from('png');
    const it = open({
      upload: door.upload,
      takePicture: async () => ({ kind: 'taken', png, isMasked: true }),
    });
    it.order('take-screenshot');
    await vi.advanceTimersByTimeAsync(0);
    expect([it.told().at(-1), it.detail()]).toEqual(['done', { bytes: 3, isMasked: true }]);
    expect(door.brought).toEqual([{ type: 'image/png', text: 'png' }]);
    const silent = open({
      upload: door.upload,
      takePicture: async () => ({ kind: 'failed', code: 'screen-not-masked' }),
    });
    silent.order('take-screenshot');
    await vi.advanceTimersByTimeAsync(0);
    expect([silent.told().at(-1), door.brought.length]).toEqual(['failed:screen-not-masked', 1]);
  });

  it('a door that is away is tried again, one that refuses is not', async () => {
    let tries = 0;
    const picture = async () => ({ kind: 'taken', png: Buffer.from('p'), isMasked: false }) as const;
    const away = open({
      takePicture: picture,
      upload: async () => {
        tries += 1;
        return tries < 4 ? { kind: 'away' } : { kind: 'taken', bytes: 1 };
      },
    });
    away.order('take-screenshot');
    await vi.advanceTimersByTimeAsync(0);
    expect([tries, away.told().at(-1)]).toEqual([4, 'done']);
    const refused = open({ takePicture: picture, upload: async () => ({ kind: 'refused' }) });
    refused.order('take-screenshot');
    await vi.advanceTimersByTimeAsync(0);
    expect(refused.told().at(-1)).toBe('failed:door-refused');
  });

  it('S43 send-log: what was said before, then each line, masked; ends itself, also when nobody reads', async () => {
    const log = LogRing.open(join(scratchFolder(), 'log', 'terminal.log'));
    log.write('{"msg":"before"}\n');
    const door = someDoor();
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const it = open({ log, upload: door.upload, wait });
    it.order('send-log', { minutes: 1 });
    await vi.advanceTimersByTimeAsync(1_500);
    log.write('{"msg":"during","card":"6222021234567890"}\n');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(it.told().at(-1)).toBe('running');
    await vi.advanceTimersByTimeAsync(32_000);
    log.write('{"msg":"after"}\n');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.told().at(-1)).toBe('done');
    expect(door.text()).toBe('{"msg":"before"}\n{"msg":"during","card":"62…90"}\n');
    expect(it.detail()).toMatchObject({ lostLines: 0 });
  });

  it('S30 open-ssh: two lines for the system, gone when it took them; where nobody listens it is told and nothing is left', async () => {
    const asks = scratchFolder();
    const it = open({ machineOrders: new MachineOrders(asks) });
    it.order('open-ssh', { minutes: 20, key });
    expect(readFileSync(join(asks, 'open-ssh'), 'utf8')).toBe(`20\n${key}\n`);
    rmSync(join(asks, 'open-ssh'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([it.told().at(-1), it.detail()]).toEqual(['done', { minutes: 20 }]);
    it.order('open-ssh', { minutes: 20, key });
    await vi.advanceTimersByTimeAsync(25_000);
    expect([it.told().at(-1), readdirSync(asks)]).toEqual(['failed:system-unheard', []]);
  });

  it('reboot: done in the next start of the machine, not in the next run of the program', async () => {
    const folder = scratchFolder();
    const asks = scratchFolder();
    const tools = { machineOrders: new MachineOrders(asks) };
    const first = open(tools, { folder });
    first.order('reboot');
    expect(readdirSync(asks)).toEqual(['reboot']);
    rmSync(join(asks, 'reboot'));
    first.store.close();
    const again = open(tools, { folder });
    again.book.work();
    expect(again.told()).toEqual(['received', 'running']);
    again.store.close();
    rmSync(join(asks, 'reboot'), { force: true });
    const next = open(tools, { folder, boot: 'boot-2' });
    next.book.work();
    expect([next.told(), readdirSync(asks)]).toEqual([['received', 'running', 'done'], []]);
    const nobody = open();
    nobody.order('reboot');
    expect(nobody.told().at(-1)).toBe('failed:system-unheard');
  });

  it('rotate-certificate: done when another one is in use; says so where nobody can', async () => {
    let serial = '01';
    const it = open({
      certificate: () => ({ serial, notAfter: '2027-01-01T00:00:00.000Z' }),
      keeper: () => ({
        renewCertificate: () => {
          serial = '02';
        },
        retire: () => undefined,
      }),
    });
    it.order('rotate-certificate');
    await vi.advanceTimersByTimeAsync(0);
    expect([it.told().at(-1), it.detail()]).toMatchObject(['done', { serial: '02' }]);
    const alone = open({ certificate: () => ({ serial: '01', notAfter: '' }) });
    alone.order('rotate-certificate');
    await vi.advanceTimersByTimeAsync(0);
    expect(alone.told().at(-1)).toBe('failed:no-keeper');
  });

  it('S60 retire: waits until all was told, is told as done only when the mark is on disk', async () => {
    let waiting = 3;
    let onMarked: () => void = () => undefined;
    const it = open({
      waitingFacts: () => waiting,
      keeper: () => ({
        renewCertificate: () => undefined,
        retire: (then) => {
          onMarked = then;
        },
      }),
    });
    it.order('retire');
    expect(it.told()).toEqual(['received']);
    waiting = 0;
    it.book.work();
    expect(it.told()).toEqual(['received', 'running']);
    onMarked();
    expect(it.told().at(-1)).toBe('done');
  });

  it('a deed that was cut off by a power cut is told as interrupted where it may not be done again', () => {
    const folder = scratchFolder();
    const asks = scratchFolder();
    mkdirSync(asks, { recursive: true });
    writeFileSync(join(asks, 'x'), '');
    const first = open({ machineOrders: new MachineOrders(asks) }, { folder });
    first.order('open-ssh', { minutes: 5, key });
    first.store.close();
    const second = open({}, { folder, boot: 'boot-2' });
    second.book.work();
    expect(second.told()).toEqual(['received', 'running', 'failed:interrupted']);
  });
});
