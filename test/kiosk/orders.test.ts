// What each order does at a terminal, over its real store, with crashes in between.

import { describe, expect, it } from 'vitest';
import { orderWorks } from '../../kiosk/orders.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId } from '../../sync/contract/ids.ts';
import type { OrderKind, WireOrder } from '../../sync/contract/orders.ts';
import { OrderBook } from '../../sync/order-book.ts';
import { bring, level, levelRows, PublishedRows } from '../sync/dataset-changes.ts';
import { handClock, scratchFolder, terminal } from '../sync/scratch.ts';
import { someSealer } from '../sync/some-keys.ts';
import { sentAgain, someOrder, toldSteps } from '../sync/some-orders.ts';
import { benchSite } from './kiosk-bench.ts';
import { someRemote } from './remote/some-remote.ts';

const startMs = Date.UTC(2026, 10, 21, 6);
const day = 86_400_000;
const words = { zh: '今晚停水', en: 'No water tonight' };

const order = (kind: OrderKind, body: object = {}, atMs = startMs) => someOrder(kind, body, atMs);

function open(folder = scratchFolder(), run = 'run-1', hasPrinter = true) {
  const clock = handClock(startMs);
  const store = TerminalStore.open(`${folder}/terminal.db`, { terminal, sealer: someSealer, clock });
  const did: string[] = [];
  const state = { isIdle: true };
  const book: OrderBook = new OrderBook({
    db: store.database,
    outbox: store.outbox,
    works: orderWorks({
      store,
      site: benchSite,
      language: 'zh',
      now: () => clock.now(),
      hasPrinter,
      waitingSlips: 2,
      isIdle: () => state.isIdle,
      restart: () => void did.push('restart'),
      sendAgain: () => void did.push('send again'),
      beginEpoch: () => store.outbox.beginEpoch('asked'),
      onSlipQueued: () => void did.push('slip queued'),
      remote: someRemote({ onEnd: () => book.work() }),
    }),
    headquartersNow: () => clock.now(),
    run,
    onRecorded: () => undefined,
  });
  return {
    book,
    store,
    clock,
    did,
    state,
    give(...given: WireOrder[]) {
      for (const each of given) book.take(sentAgain(each));
      book.work();
    },
    told: () => toldSteps(store.outbox),
    notice: () => store.notices.current(clock.now()),
  };
}

describe('orders at a terminal', () => {
  it('OR2: a notice stands with its fact, until its time, over a restart', () => {
    const folder = scratchFolder();
    const first = open(folder);
    const until = new Date(startMs + 3_600_000).toISOString();
    first.give(order('show-notice', { words, until }));
    expect(first.told()).toEqual(['received', 'running', 'done']);
    expect(first.notice()).toEqual(words);
    first.store.close();
    const second = open(folder, 'run-2');
    expect(second.notice()).toEqual(words);
    second.clock.advance(3_600_000);
    expect(second.notice()).toBeNull();
    second.store.close();
  });

  it('OR2: the newest notice is shown, and each can be taken down, or all', () => {
    const it = open();
    const until = new Date(startMs + day).toISOString();
    const notices = ['a', 'b', 'c'].map((text, n) =>
      order('show-notice', { words: { zh: text, en: text }, until }, startMs + n),
    );
    it.give(...notices);
    expect(it.notice()?.zh).toBe('c');
    it.give(order('forget-notice', { notice: notices[2]?.batch }, startMs + 5));
    expect(it.notice()?.zh).toBe('b');
    it.give(order('forget-notice', { notice: null }, startMs + 6));
    expect(it.notice()).toBeNull();
    it.store.close();
  });

  it('OR2: a test page is done when it is on paper, also when the terminal died in between', () => {
    const folder = scratchFolder();
    const page = order('print-test-page');
    const first = open(folder);
    first.give(page);
    first.book.work();
    expect(first.told()).toEqual(['received', 'running']);
    expect(first.did).toEqual(['slip queued']);
    first.store.close();
    const second = open(folder, 'run-2');
    second.give(page);
    expect(second.store.printJobs.waiting()).toBe(1);
    second.store.printJobs.mark(page.id as string as FactId, 'printed');
    second.book.work();
    expect(second.told()).toEqual(['received', 'running', 'done']);
    second.store.close();
  });

  it('OR2: a test page says why it failed: no printer, too many slips, no paper', () => {
    const none = open(undefined, 'run-1', false);
    none.give(order('print-test-page'));
    expect(none.told().at(-1)).toBe('failed:no-printer');
    none.store.close();
    const it = open();
    const pages = [1, 2, 3].map((n) => order('print-test-page', {}, startMs + n));
    it.give(...pages);
    expect(it.told().at(-1)).toBe('failed:too-many-slips');
    it.store.printJobs.mark(pages[0]?.id as string as FactId, 'expired');
    it.book.work();
    expect(it.told().at(-1)).toBe('failed:slip-expired');
    it.store.close();
  });

  it('OR3: a restart waits until nobody is served, happens once, and is done in the new run', () => {
    const folder = scratchFolder();
    const restart = order('restart-terminal');
    const first = open(folder);
    first.state.isIdle = false;
    first.give(restart);
    expect(first.told()).toEqual(['received']);
    first.state.isIdle = true;
    first.book.work();
    first.book.work();
    expect(first.did).toEqual(['restart']);
    expect(first.told()).toEqual(['received', 'running']);
    first.store.close();
    const second = open(folder, 'run-2');
    second.give(restart);
    expect(second.did).toEqual([]);
    expect(second.told()).toEqual(['received', 'running', 'done']);
    second.store.close();
  });

  it('OR3: facts are sent again, also when the terminal died before they were', () => {
    const folder = scratchFolder();
    const again = order('re-send-facts');
    const first = open(folder);
    first.give(again);
    expect(first.did).toEqual(['send again']);
    first.store.close();
    const second = open(folder, 'run-2');
    second.give(again);
    expect(second.did).toEqual(['send again']);
    second.book.work();
    second.book.work();
    expect(second.did).toEqual(['send again']);
    expect(second.told()).toEqual(['received', 'running', 'done']);
    second.store.close();
  });

  it('OR3: datasets are taken anew, and the rows that are here serve until then, also over a restart', async () => {
    const folder = scratchFolder();
    const taken = order('take-datasets', { datasets: ['members', 'board'] });
    const members = { dataset: 'members', from: 0, to: 4 } as const;
    const first = open(folder);
    bring(first.store.replica, new PublishedRows(levelRows(['a'])).change(members));
    first.give(taken);
    first.book.work();
    expect(first.told()).toEqual(['received', 'running']);
    first.store.close();
    const second = open(folder, 'run-2');
    const { replica } = second.store;
    second.give(taken);
    expect(replica.head('members').version).toBe(0);
    expect(replica.list('members', 'level/')).toEqual([level('a')]);
    bring(replica, new PublishedRows(levelRows(['b'])).change(members));
    second.book.work();
    expect(replica.list('members', 'level/')).toEqual([level('b')]);
    expect(second.told()).toEqual(['received', 'running', 'done']);
    second.store.close();
  });

  it('OR3: a new epoch is begun, and the order’s own steps go along into it', () => {
    const it = open();
    const before = it.store.outbox.epoch;
    it.give(order('begin-epoch'));
    it.book.work();
    expect(it.store.outbox.epoch).not.toBe(before);
    expect(it.store.outbox.read(0, 10, 100_000).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
      '1 order-progressed',
      '2 order-progressed',
      '3 epoch-begun',
      '4 order-progressed',
    ]);
    it.store.close();
  });
});
