// Owns the orders that this terminal was given: each carried out once, whatever crash lies between (rules OR2–OR4, OR6).
import * as v from 'valibot';
import type { Fact } from './contract/facts.ts';
import type { BatchId, OrderId } from './contract/ids.ts';
import {
  maxOpenOrders,
  type OrderContent,
  type OrderDetail,
  type OrderKind,
  type OrderStep,
  orderContentSchema,
  orderKinds,
  orderMemoryMs,
  type WireOrder,
} from './contract/orders.ts';
import type { Database, Migration, SqlRow } from './database.ts';
import type { Outbox } from './outbox.ts';
import { SyncError } from './sync-error.ts';

export const orderBookMigrations: readonly Migration[] = [
  {
    name: 'order-book-1',
    sql: `
      CREATE TABLE given_order(
        id TEXT PRIMARY KEY, batch TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL, expires_at TEXT NOT NULL,
        state TEXT NOT NULL, run TEXT) STRICT, WITHOUT ROWID;
      CREATE INDEX given_order_open ON given_order(at) WHERE state IN ('received', 'running');`,
  },
  {
    name: 'add-order-number-1',
    sql: 'CREATE TABLE order_number(one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;',
  },
];

/** An order whose content was understood. */
export type Order<K extends OrderKind = OrderKind> = Extract<OrderContent, { kind: K }> & {
  readonly id: OrderId;
  readonly batch: BatchId;
  /** ISO 8601, by headquarters' clock */
  readonly at: string;
  /** this process began it */
  readonly isOfThisRun: boolean;
  /** it was begun since the machine was started */
  readonly isOfThisBoot: boolean;
};

/** `code` says why: `[a-z0-9-]`, at most 40 characters. */
export type OrderEnd =
  | { readonly state: 'done'; readonly detail?: OrderDetail }
  | { readonly state: 'failed'; readonly code: string };

/** How orders of one kind are carried out. */
export interface OrderWork<K extends OrderKind = OrderKind> {
  /** does one that was running when the terminal died go on? Otherwise it is told as failed: `interrupted` */
  readonly isRepeatable: boolean;
  /** may one begin now? One that may not is asked about again until it expires. */
  canBegin?(order: Order<K>): boolean;
  /**
   * What is to survive a crash; inside the transaction that says `running`.
   * @param running the fact that says so
   */
  begin(order: Order<K>, running: Fact): OrderEnd | 'running';
  /** What does not survive a crash: after that transaction, and again in a new run while it is not at its end. */
  carryOn?(order: Order<K>): void;
  /** Is it at its end? Asked whenever something may have changed. */
  look?(order: Order<K>): OrderEnd | undefined;
}
export type OrderWorks = { readonly [K in OrderKind]: OrderWork<K> };

export interface OrderBookOptions {
  /** opened with `orderBookMigrations` */
  readonly db: Database;
  readonly outbox: Outbox;
  readonly works: OrderWorks;
  /** headquarters' time; null while it is not known: nothing is begun then */
  readonly headquartersNow: () => Date | null;
  /** names this run of the process */
  readonly run: string;
  /** names this start of the machine, without a blank */
  readonly boot?: string;
  /** facts were recorded: send them when you can */
  readonly onRecorded: () => void;
}

interface Given extends SqlRow {
  readonly id: string;
  readonly batch: string;
  readonly kind: string;
  readonly body: string;
  readonly at: string;
  readonly expires_at: string;
  readonly state: string;
  readonly run: string | null;
}

export class OrderBook {
  readonly #options: OrderBookOptions;
  /** running orders that this process has in hand */
  readonly #inHand = new Set<string>();

  constructor(options: OrderBookOptions) {
    this.#options = options;
  }

  /**
   * Notes an order; on disk, and its first fact with it, when this returns. One that is known, however it ended, or
   * that is long over does nothing.
   * @param order for this terminal, with headquarters' signature checked
   * @throws SyncError sync-order-replayed: this frame came before, or a later one did; sync-order-surplus: too many are
   * open, headquarters sends it again
   */
  take(order: WireOrder): void {
    const { db } = this.#options;
    const now = this.#options.headquartersNow();
    if (order.no <= (db.get<{ last: number }>('SELECT last FROM order_number')?.last ?? 0)) {
      throw new SyncError('sync-order-replayed', 'this order came before, or a later one did');
    }
    if (db.get('SELECT 1 AS yes FROM given_order WHERE id = ?', order.id)) {
      db.transaction(() => this.#noteNumber(order.no));
      return;
    }
    if (now && Date.parse(order.expiresAt) + orderMemoryMs <= now.getTime()) return;
    if (this.#open().length >= maxOpenOrders) {
      throw new SyncError('sync-order-surplus', `${maxOpenOrders} orders are open already`);
    }
    db.transaction(() => {
      if (now) this.#forget(now);
      this.#noteNumber(order.no);
      db.run(
        `INSERT INTO given_order(id, batch, kind, body, at, expires_at, state) VALUES (?, ?, ?, ?, ?, ?, 'received')`,
        order.id,
        order.batch,
        order.kind,
        JSON.stringify(order.body ?? null),
        new Date(order.at).toISOString(),
        new Date(order.expiresAt).toISOString(),
      );
      this.#tell(order.id, 'received');
    });
    this.#options.onRecorded();
  }

  /**
   * Brings every open order as far as it can go, oldest first. Cheap when there is none; to be called now and then.
   * @throws the first fault, after all were tried: what stands still is tried again by the next call
   */
  work(): void {
    const faults: unknown[] = [];
    for (const given of this.#open()) {
      try {
        if (given.state === 'received') this.#begin(given);
        else this.#pursue(given);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  /** Orders that are not at their end. */
  get openCount(): number {
    return this.#open().length;
  }

  #begin(given: Given): void {
    const { db, headquartersNow, onRecorded } = this.#options;
    const run = this.#runMark;
    const now = headquartersNow();
    if (!now) return;
    if (Date.parse(given.expires_at) <= now.getTime()) {
      this.#end(given.id, 'expired');
      return;
    }
    const order = this.#understand({ ...given, run });
    if (!order) {
      const isKind = orderKinds.some((kind) => kind === given.kind);
      this.#end(given.id, 'failed', { code: isKind ? 'bad-order' : 'unknown-order' });
      return;
    }
    const work = this.#workOf(order);
    if (work.canBegin && !work.canBegin(order)) return;
    const begun = db.transaction(() => {
      const running = this.#tell(given.id, 'running');
      const result = work.begin(order, running);
      this.#mark(given.id, 'running', run);
      if (result === 'running') return true;
      this.#tell(given.id, result.state, tellingOf(result));
      this.#mark(given.id, result.state, run);
      return false;
    });
    onRecorded();
    if (!begun) return;
    this.#inHand.add(given.id);
    work.carryOn?.(order);
  }

  #pursue(given: Given): void {
    const order = this.#understand(given);
    // an older version of the program than the one that began it
    if (!order) {
      this.#end(given.id, 'failed', { code: 'unknown-order' });
      return;
    }
    const work = this.#workOf(order);
    const isInHand = this.#inHand.has(given.id);
    if (!isInHand && !work.isRepeatable) {
      this.#end(given.id, 'failed', { code: 'interrupted' });
      return;
    }
    const end = work.look?.(order);
    if (end) {
      this.#end(given.id, end.state, tellingOf(end));
      return;
    }
    if (isInHand) return;
    this.#inHand.add(given.id);
    work.carryOn?.(order);
  }

  #understand({ id, batch, kind, body, at, run }: Given): Order | undefined {
    const content = v.safeParse(orderContentSchema, { kind, body: JSON.parse(body) });
    if (!content.success) return undefined;
    const isOfThisRun = run === this.#runMark;
    const isOfThisBoot = run?.split(' ')[0] === (this.#options.boot ?? '');
    return { ...content.output, id: id as OrderId, batch: batch as BatchId, at, isOfThisRun, isOfThisBoot };
  }

  #workOf({ kind }: Order): OrderWork {
    // the compiler cannot see that kind and content go together
    return this.#options.works[kind] as OrderWork;
  }

  #open(): Given[] {
    return this.#options.db.all<Given>(
      `SELECT * FROM given_order WHERE state IN ('received', 'running') ORDER BY at, id`,
    );
  }

  #end(id: string, state: OrderStep, telling: Telling = {}): void {
    this.#options.db.transaction(() => {
      this.#tell(id, state, telling);
      this.#mark(id, state, null);
    });
    this.#inHand.delete(id);
    this.#options.onRecorded();
  }

  #tell(order: string, state: OrderStep, { code = null, detail }: Telling = {}): Fact {
    return this.#options.outbox.append({
      kind: 'order-progressed',
      body: { order: order as OrderId, state, code, ...(detail && { detail }) },
    });
  }

  get #runMark(): string {
    const { boot = '', run } = this.#options;
    return `${boot} ${run}`;
  }

  #noteNumber(no: number): void {
    this.#options.db.run(
      'INSERT INTO order_number(one, last) VALUES (1, ?) ON CONFLICT(one) DO UPDATE SET last = excluded.last',
      no,
    );
  }

  #mark(id: string, state: OrderStep, run: string | null): void {
    this.#options.db.run('UPDATE given_order SET state = ?, run = ? WHERE id = ?', state, run, id);
  }

  #forget(now: Date): void {
    const before = new Date(now.getTime() - orderMemoryMs).toISOString();
    this.#options.db.run(
      `DELETE FROM given_order WHERE expires_at < ? AND state NOT IN ('received', 'running')`,
      before,
    );
  }
}

interface Telling {
  readonly code?: string | null;
  readonly detail?: OrderDetail;
}

function tellingOf(end: OrderEnd): Telling {
  if (end.state === 'failed') return { code: end.code };
  return end.detail ? { detail: end.detail } : {};
}
