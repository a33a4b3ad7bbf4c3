// Opens what headquarters can say to this terminal besides facts and datasets: orders, and answers to live questions.
import { randomUUID } from 'node:crypto';
import type { TenantId } from '../sync/contract/ids.ts';
import type { Desired } from '../sync/contract/twin.ts';
import type { OpenPart } from '../sync/courier-part.ts';
import type { HqClock } from '../sync/hq-clock.ts';
import { OrderBook } from '../sync/order-book.ts';
import { orderPart } from '../sync/order-part.ts';
import { Questions } from '../sync/questions.ts';
import { twinPart } from '../sync/twin-part.ts';
import type { Config } from './config.ts';
import type { Kiosk } from './kiosk.ts';
import { type OrderTools, orderWorks } from './orders.ts';
import type { Show } from './screen.ts';
import type { TerminalStore } from './store/terminal-store.ts';

export interface Orders {
  readonly parts: readonly OpenPart[];
  readonly questions: Questions;
  /**
   * Brings orders as far as they can go, and takes down a notice whose time is over. To be called now and then.
   * @throws when the store fails
   */
  work(): void;
}

export function openOrders(options: {
  readonly config: Config;
  readonly store: TerminalStore;
  readonly kiosk: Kiosk;
  readonly hqClock: HqClock;
  /** names this start of the machine */
  readonly boot: string;
  readonly tools: Omit<OrderTools, 'store' | 'isIdle' | 'hasPrinter' | 'waitingSlips'>;
  readonly isOnline: () => boolean;
  readonly onRecorded: () => void;
  /** headquarters wants this terminal to be set up otherwise */
  readonly onDesired: (desired: Desired) => void;
}): Orders {
  const { config, store, kiosk, hqClock, tools, isOnline, onRecorded, onDesired } = options;
  const { outbox } = store;
  const tenant = config.tenant as TenantId;
  const works = orderWorks({
    ...tools,
    store,
    hasPrinter: config.printer !== null || config.fallbackPrinter !== null,
    waitingSlips: config.limits.waitingSlips,
    isIdle: () => isAtRest(kiosk.show),
  });
  const book = new OrderBook({
    db: store.database,
    outbox,
    works,
    headquartersNow: () => hqClock.now(),
    run: randomUUID(),
    boot: options.boot,
    onRecorded: () => {
      onRecorded();
      kiosk.refresh();
    },
  });
  const questions = new Questions({ tenant, outbox, limitMs: config.limits.questionMs, isOnline });
  let notice = store.notices.current(tools.now());
  return {
    parts: [
      () => orderPart(book, { tenant, terminal: outbox.terminal }),
      (line) => questions.open(line),
      () => twinPart({ tenant, terminal: outbox.terminal }, onDesired),
    ],
    questions,
    work() {
      book.work();
      const before = notice;
      notice = store.notices.current(tools.now());
      if (notice !== before) kiosk.refresh();
    },
  };
}

/** Nobody is served. */
export function isAtRest({ screen }: Show): boolean {
  return screen.kind === 'attract' || screen.kind === 'out-of-service';
}
