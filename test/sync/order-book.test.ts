// Orders at the terminal: each carried out once, told step by step, whatever crash lies between.

import { copyFileSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maxOpenOrders, type OrderKind, orderKinds, type WireOrder } from '../../sync/contract/orders.ts';
import { Database } from '../../sync/database.ts';
import {
  OrderBook,
  type OrderEnd,
  type OrderWork,
  type OrderWorks,
  orderBookMigrations,
} from '../../sync/order-book.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { SyncError } from '../../sync/sync-error.ts';
import { handClock, scratchFolder, terminal } from './scratch.ts';
import { someSealer } from './some-keys.ts';
import { sentAgain, someOrder, toldSteps } from './some-orders.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 1);
const done: OrderEnd = { state: 'done' };

const order = (kind = 'print-test-page', body: unknown = {}, change: Partial<WireOrder> = {}) =>
  someOrder(kind, body, start, change);

interface Bench {
  readonly book: OrderBook;
  /** `kind:state` of every fact, in order */
  told(): string[];
  /** how often the effect of each order is on disk */
  effects(): number[];
  hqNow: Date | null;
  close(): void;
}

interface BenchOptions {
  readonly folder?: string;
  readonly run?: string;
  readonly work?: Partial<OrderWork>;
  /** called where a crash could come */
  readonly point?: (where: string) => void;
}

/** A real store with one effect table; every kind of order leaves one row there when it begins. */
function bench({
  folder = scratchFolder(),
  run = 'run-1',
  work = {},
  point = () => {},
}: BenchOptions = {}): Bench {
  const db = Database.open(`${folder}/terminal.db`, [
    ...outboxMigrations,
    ...orderBookMigrations,
    { name: 'effect-1', sql: 'CREATE TABLE effect(n INTEGER PRIMARY KEY, of_order TEXT NOT NULL)' },
  ]);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock: handClock() });
  const each: OrderWork = {
    isRepeatable: true,
    begin(given) {
      db.run('INSERT INTO effect(of_order) VALUES (?)', given.id);
      point('inside the transaction');
      return done;
    },
    ...work,
  };
  const works = Object.fromEntries(orderKinds.map((kind) => [kind, each])) as unknown as OrderWorks;
  const state: { hqNow: Date | null } = { hqNow: new Date(start + 1_000) };
  const book = new OrderBook({
    db,
    outbox,
    works,
    headquartersNow: () => state.hqNow,
    run,
    onRecorded: () => point('after a commit'),
  });
  return {
    book,
    told: () => toldSteps(outbox),
    effects: () =>
      db.all<{ n: number }>('SELECT count(*) AS n FROM effect GROUP BY of_order').map(({ n }) => n),
    get hqNow() {
      return state.hqNow;
    },
    set hqNow(to) {
      state.hqNow = to;
    },
    close: () => db.close(),
  };
}

describe('order book', () => {
  it('OR2: tells received, running, done; one fact each, in order', () => {
    const it = bench();
    it.book.take(order());
    expect(it.told()).toEqual(['received']);
    it.book.work();
    it.book.work();
    expect(it.told()).toEqual(['received', 'running', 'done']);
    expect(it.effects()).toEqual([1]);
    expect(it.book.openCount).toBe(0);
    it.close();
  });

  it('OR3: the same order again does nothing: while it waits, while it runs, after its end, after a restart', () => {
    const folder = scratchFolder();
    const same = order();
    let end: OrderEnd | undefined;
    const first = bench({ folder, work: { begin: () => 'running', look: () => end } });
    for (const step of ['wait', 'begin', 'end']) {
      first.book.take(sentAgain(same));
      if (step !== 'wait') first.book.work();
      end = { state: 'done' };
    }
    first.book.work();
    first.book.take(sentAgain(same));
    first.close();
    const second = bench({ folder, run: 'run-2' });
    second.book.take(sentAgain(same));
    second.book.work();
    expect(second.told()).toEqual(['received', 'running', 'done']);
    second.close();
  });

  it('OR3: orders are begun in the order in which they were given', () => {
    const begun: string[] = [];
    const it = bench({
      work: {
        begin: ({ at }) => {
          begun.push(at);
          return done;
        },
      },
    });
    const late = new Date(start + 5).toISOString();
    const early = new Date(start + 2).toISOString();
    for (const at of [late, early]) it.book.take(order('print-test-page', {}, { at }));
    it.book.work();
    expect(begun).toEqual([early, late]);
    it.close();
  });

  it.each<{ name: string; work: (copy: () => void) => Partial<OrderWork> }>([
    { name: 'that is done at once', work: () => ({}) },
    {
      name: 'that goes on',
      work: (copy) => ({
        carryOn: copy,
        look: () => {
          copy();
          return { state: 'done' };
        },
      }),
    },
  ])('OR3: a crash at any point of an order $name: carried out once, each step told once', ({ work }) => {
    const folder = scratchFolder();
    const crashes: string[] = [];
    // what is on disk at a moment is what a process killed at that moment leaves behind
    const copy = (): void => {
      const to = scratchFolder();
      for (const file of ['terminal.db', 'terminal.db-wal']) {
        if (existsSync(`${folder}/${file}`)) copyFileSync(`${folder}/${file}`, `${to}/${file}`);
      }
      crashes.push(to);
    };
    const parts = work(copy);
    const begin: Partial<OrderWork> = parts.look
      ? {
          begin(given) {
            copy();
            void given;
            return 'running';
          },
        }
      : {};
    const same = order();
    const first = bench({ folder, point: copy, work: { ...begin, ...parts } });
    copy();
    first.book.take(sentAgain(same));
    first.book.work();
    first.book.work();
    expect(first.told()).toEqual(['received', 'running', 'done']);
    expect(crashes.length).toBeGreaterThanOrEqual(4);
    first.close();
    for (const crashed of crashes) {
      const second = bench({
        folder: crashed,
        run: 'run-2',
        work: parts.look ? { begin: () => 'running', look: () => ({ state: 'done' }) } : {},
      });
      // headquarters sends until it is told `received`
      second.book.take(sentAgain(same));
      second.book.work();
      second.book.work();
      expect(second.told()).toEqual(['received', 'running', 'done']);
      if (!parts.look) expect(second.effects()).toEqual([1]);
      second.close();
    }
  });

  it('OR3: one that was running when the terminal died goes on in the new run if that is safe', () => {
    const folder = scratchFolder();
    let carried = 0;
    let end: OrderEnd | undefined;
    const work: Partial<OrderWork> = {
      begin: () => 'running',
      carryOn: () => {
        carried += 1;
      },
      look: () => end,
    };
    const first = bench({ folder, work });
    first.book.take(order());
    first.book.work();
    first.book.work();
    expect(carried).toBe(1);
    first.close();
    const second = bench({ folder, run: 'run-2', work });
    second.book.work();
    second.book.work();
    expect(carried).toBe(2);
    end = { state: 'failed', code: 'no-paper' };
    second.book.work();
    expect(second.told()).toEqual(['received', 'running', 'failed:no-paper']);
    second.close();
  });

  it('OR3: … and is told as interrupted if not', () => {
    const folder = scratchFolder();
    const work: Partial<OrderWork> = { isRepeatable: false, begin: () => 'running' };
    const first = bench({ folder, work });
    first.book.take(order());
    first.book.work();
    first.book.work();
    expect(first.told()).toEqual(['received', 'running']);
    first.close();
    const second = bench({ folder, run: 'run-2', work });
    second.book.work();
    expect(second.told()).toEqual(['received', 'running', 'failed:interrupted']);
    second.close();
  });

  it('OR4: is not begun after its expiry by headquarters’ clock, and says so', () => {
    const it = bench();
    it.book.take(order());
    it.hqNow = new Date(start + day);
    it.book.work();
    it.book.work();
    expect(it.told()).toEqual(['received', 'expired']);
    expect(it.effects()).toEqual([]);
    it.close();
  });

  it('OR4: is not begun while headquarters’ time is not known', () => {
    const it = bench();
    it.hqNow = null;
    it.book.take(order());
    it.book.work();
    expect(it.told()).toEqual(['received']);
    it.hqNow = new Date(start + day - 1);
    it.book.work();
    expect(it.told()).toEqual(['received', 'running', 'done']);
    it.close();
  });

  it('OR4: one that may not begin yet waits, and expires if that never changes', () => {
    let isIdle = false;
    const it = bench({ work: { canBegin: () => isIdle } });
    it.book.take(order());
    it.book.work();
    expect(it.told()).toEqual(['received']);
    isIdle = true;
    it.book.work();
    isIdle = false;
    it.book.take(order());
    it.hqNow = new Date(start + day);
    it.book.work();
    expect(it.told()).toEqual(['received', 'running', 'done', 'received', 'expired']);
    it.close();
  });

  it('OR2: a kind that this version does not know fails as unknown-order, a wrong body as bad-order', () => {
    const it = bench();
    it.book.take(order('fly-away'));
    it.book.take(order('show-notice', { words: { zh: '', en: 'x' } }));
    it.book.take(order('print-test-page', { sudo: true }));
    it.book.work();
    expect(it.told().filter((step) => step !== 'received')).toEqual([
      'failed:unknown-order',
      'failed:bad-order',
      'failed:bad-order',
    ]);
    expect(it.effects()).toEqual([]);
    it.close();
  });

  it('OR6: the 101st open order is refused with a code and taken when there is room', () => {
    const it = bench();
    it.hqNow = null;
    for (let n = 0; n < maxOpenOrders; n += 1) it.book.take(order());
    const one = order();
    expect(() => it.book.take(one)).toThrowError(SyncError);
    expect(it.told()).toHaveLength(maxOpenOrders);
    it.hqNow = new Date(start + 1);
    it.book.work();
    it.book.take(one);
    expect(it.book.openCount).toBe(1);
    it.close();
  });

  it('OR3: an id is known for 30 days past its expiry; a replay after that does nothing either', () => {
    const it = bench();
    const old = order();
    it.book.take(sentAgain(old));
    it.book.work();
    const before = it.told();
    it.hqNow = new Date(start + 30 * day);
    it.book.take(sentAgain(old));
    // another order makes room by forgetting what is long over
    it.hqNow = new Date(start + 32 * day);
    const at = new Date(start + 32 * day).toISOString();
    it.book.take(order('print-test-page', {}, { at, expiresAt: new Date(start + 33 * day).toISOString() }));
    it.book.take(sentAgain(old));
    expect(it.told()).toEqual([...before, 'received']);
    it.close();
  });

  it('one that cannot be begun for now does not stand in the way of the others', () => {
    let isFull = true;
    const it = bench({
      work: {
        begin: ({ kind }) => {
          if (kind === ('restart-terminal' satisfies OrderKind) && isFull) throw new Error('disk full');
          return done;
        },
      },
    });
    it.book.take(order('restart-terminal'));
    it.book.take(order());
    expect(() => it.book.work()).toThrowError('disk full');
    expect(it.told()).toEqual(['received', 'received', 'running', 'done']);
    isFull = false;
    it.book.work();
    expect(it.told()).toEqual(['received', 'received', 'running', 'done', 'running', 'done']);
    it.close();
  });
});
