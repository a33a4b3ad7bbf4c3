// What headquarters ordered of its terminals, and how far each order is by their own word (rules OR1–OR6).
import { sql } from 'kysely';
import type { Fact, FactContent } from '../contract/facts.ts';
import type { BatchId, OrderId, TerminalId } from '../contract/ids.ts';
import {
  maxOpenOrders,
  type OrderContent,
  type OrderDetail,
  orderMemoryMs,
  type WireOrder,
} from '../contract/orders.ts';
import { factIdMaker } from '../fact-id.ts';
import type { Audit } from './accounts/audit.ts';
import type { BatchItem, OrderItem, OrderState } from './api.ts';
import { applied, type Effects, refused } from './outcome.ts';
import type { Store, Tx } from './store/store.ts';
import type { Tables } from './store/tables.ts';

export type ProgressFact = Fact & Extract<FactContent, { kind: 'order-progressed' }>;

export type RefusalFact = Fact & Extract<FactContent, { kind: 'order-refused' }>;

const openStates = ['queued', 'received', 'running'] as const;

export interface Wanted {
  readonly terminals: readonly TerminalId[] | 'all';
  readonly content: OrderContent;
  readonly expiresInMs: number;
  /** who ordered it */
  readonly by: { readonly account: string };
}
/** `refused`: the terminals that it was not ordered of, and why. */
export interface Given {
  readonly batch: BatchId;
  readonly given: number;
  readonly refused: {
    readonly terminal: TerminalId;
    readonly code: 'unknown-terminal' | 'too-many-orders';
  }[];
}

interface NewOrder extends Omit<Wanted, 'terminals'> {
  readonly batch: BatchId;
  readonly terminal: string;
  readonly now: Date;
}

const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;
/** What is ordered of so many is one line of the audit each; of more, one line for all. */
const auditedEach = 20;
/** An order that is at its end can be looked at for this long. */
const keptMs = 3 * orderMemoryMs;

export class Orders {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #now: () => Date;
  readonly #makeId = factIdMaker();

  constructor(store: Store, audit: Audit, now: () => Date) {
    this.#store = store;
    this.#audit = audit;
    this.#now = now;
  }

  /** Each terminal gets an order of its own, under one batch. */
  async give({ terminals, content, expiresInMs, by }: Wanted): Promise<Given> {
    const now = this.#now();
    const batch = this.#id<BatchId>(now);
    return await this.#store.transaction(async (tx) => {
      await this.#forgetOld(tx, now);
      const known = await this.#known(tx, terminals);
      const wanted = terminals === 'all' ? [...known] : [...new Set(terminals)];
      const open = await this.#openCounts(tx);
      const verdicts = wanted.map((terminal) => ({
        terminal,
        code: !known.has(terminal)
          ? ('unknown-terminal' as const)
          : (open.get(terminal) ?? 0) >= maxOpenOrders
            ? ('too-many-orders' as const)
            : null,
      }));
      const rows = verdicts
        .filter(({ code }) => code === null)
        .map(({ terminal }) => this.#row({ batch, terminal, content, now, expiresInMs, by }));
      await this.#store.insert(tx, 'given_order', rows);
      await this.#note(tx, by, content.kind, rows);
      return {
        batch,
        given: rows.length,
        refused: verdicts.flatMap(({ terminal, code }) => (code === null ? [] : [{ terminal, code }])),
      };
    });
  }

  /** Takes back what no terminal has told to have received. @returns how many */
  async cancel(batch: string, by: { readonly account: string }): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const result = await tx
        .updateTable('given_order')
        .set({ state: 'cancelled', ended_at: this.#now().toISOString() })
        .where('batch', '=', batch)
        .where('state', '=', 'queued')
        .executeTakeFirst();
      const count = Number(result.numUpdatedRows);
      if (count > 0) await this.#audit.note(tx, by, 'orders-cancelled', batch, { count });
      return count;
    });
  }

  /** OR2: what a terminal tells comes once and in order, so its last word is the state. */
  async applyProgress(tx: Tx, terminal: TerminalId, facts: readonly ProgressFact[]): Promise<Effects> {
    const ids = [...new Set(facts.map(({ body }) => body.order))];
    const found = await tx
      .selectFrom('given_order')
      .select('id')
      .where('terminal', '=', terminal)
      .where(this.#store.among('id', ids))
      .execute();
    const known = new Set<string>(found.map(({ id }) => id));
    const changes = new Map<OrderId, Partial<Tables['given_order']>>();
    for (const { at, body } of facts) {
      if (known.has(body.order)) {
        changes.set(body.order, { ...changes.get(body.order), ...stepOf(body, this.#notAhead(at)) });
      }
    }
    for (const [id, change] of changes) {
      await tx.updateTable('given_order').set(change).where('id', '=', id).execute();
    }
    return {
      outcomes: facts.map(({ body }) => (known.has(body.order) ? applied : refused('unknown-order'))),
      changes: [],
    };
  }

  /** S16: what came to a terminal as an order and was none. */
  async noteRefusals(tx: Tx, terminal: TerminalId, facts: readonly RefusalFact[]): Promise<void> {
    for (const { body } of facts)
      await this.#audit.note(tx, { account: terminal }, 'order-refused', terminal, { reason: body.reason });
  }

  /** OR4: what no terminal has begun by its expiry is expired, until a terminal tells otherwise. */
  async expire(): Promise<void> {
    const now = this.#now().toISOString();
    await this.#store.db
      .updateTable('given_order')
      .set({ state: 'expired', ended_at: now })
      .where('state', 'in', ['queued', 'received'])
      .where('expires_at', '<=', now)
      .execute();
  }

  /**
   * Takes what is to be sent now, oldest first, and plans when each is sent again.
   * @param cameNow this terminal just came: everything of it that waits, whenever it was sent before
   */
  async takeDue(limit: number, cameNow?: TerminalId): Promise<WireOrder[]> {
    const now = this.#now();
    const at = now.toISOString();
    return await this.#store.transaction(async (tx) => {
      let query = tx
        .selectFrom('given_order as o')
        .innerJoin('terminal as t', 't.terminal', 'o.terminal')
        .selectAll('o')
        .select('t.order_no')
        .where('o.state', '=', 'queued')
        .where('o.expires_at', '>', at)
        .where('t.online', '=', 1)
        .orderBy('o.id')
        .limit(limit);
      query = cameNow ? query.where('o.terminal', '=', cameNow) : query.where('o.next_at', '<=', at);
      const rows = await query.execute();
      const numbers = new Map<string, number>();
      const wires: WireOrder[] = [];
      for (const row of rows) {
        const { id, terminal, sends } = row;
        // never less than before, and after a backup was put back never what was said already
        const no = Math.max((numbers.get(terminal) ?? row.order_no ?? 0) + 1, now.getTime());
        numbers.set(terminal, no);
        wires.push(toWire(row, no));
        const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(sends, 10));
        const next_at = new Date(now.getTime() + waitMs).toISOString();
        await tx
          .updateTable('given_order')
          .set({ sends: sends + 1, sent_at: at, next_at })
          .where('id', '=', id)
          .execute();
      }
      for (const [terminal, order_no] of numbers)
        await tx.updateTable('terminal').set({ order_no }).where('terminal', '=', terminal).execute();
      return wires;
    });
  }

  /** @returns newest first */
  async batches(limit: number, only?: string): Promise<BatchItem[]> {
    const newest = this.#store.db
      .selectFrom('given_order')
      .select('batch')
      .distinct()
      .orderBy('batch', 'desc')
      .limit(limit);
    const rows = await this.#store.db
      .selectFrom('given_order')
      .select(['batch', 'state'])
      .select(({ fn }) => [
        fn.min('kind').as('kind'),
        fn.min('body').as('body'),
        fn.min('at').as('at'),
        fn.min('expires_at').as('expiresAt'),
        fn.min('ordered_by').as('orderedBy'),
        sql<number>`count(*)`.as('count'),
      ])
      .where('batch', 'in', only === undefined ? newest : [only])
      .groupBy(['batch', 'state'])
      .execute();
    const batches = new Map<string, BatchItem>();
    for (const { state, count, body, ...row } of rows) {
      const batch = batches.get(row.batch) ?? { ...row, body: JSON.parse(body), counts: noCounts() };
      batch.counts[state as OrderState] = Number(count);
      batches.set(row.batch, batch);
    }
    return [...batches.values()].sort((a, b) => (a.batch < b.batch ? 1 : -1));
  }

  /** @returns by terminal */
  async ofBatch(batch: string): Promise<OrderItem[]> {
    const rows = await this.#store.db
      .selectFrom('given_order')
      .select(['id', 'terminal', 'state', 'code', 'sends', 'detail'])
      .select(['upload_type', 'upload_bytes', 'uploaded_at'])
      .select([
        'sent_at as sentAt',
        'received_at as receivedAt',
        'begun_at as begunAt',
        'ended_at as endedAt',
      ])
      .where('batch', '=', batch)
      .orderBy('terminal')
      .execute();
    return rows.map(({ state, detail, upload_type, upload_bytes, uploaded_at, ...row }) => ({
      ...row,
      state: state as OrderState,
      detail: detail === null ? null : (JSON.parse(detail) as OrderDetail),
      upload:
        upload_type === null || upload_bytes === null || uploaded_at === null
          ? null
          : { type: upload_type, bytes: upload_bytes, at: uploaded_at },
    }));
  }

  async #note(
    tx: Tx,
    by: Wanted['by'],
    kind: string,
    rows: readonly Pick<Tables['given_order'], 'batch' | 'terminal'>[],
  ): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const { batch } = first;
    if (rows.length <= auditedEach) {
      for (const { terminal } of rows)
        await this.#audit.note(tx, by, 'order-given', terminal, { kind, batch });
    } else await this.#audit.note(tx, by, 'orders-given', batch, { kind, terminals: rows.length });
  }

  #row({ batch, terminal, content, now, expiresInMs, by }: NewOrder): Tables['given_order'] {
    const { kind, body } = content;
    const at = now.toISOString();
    return {
      id: this.#id<OrderId>(now),
      batch,
      terminal,
      kind,
      body: JSON.stringify(body),
      at,
      expires_at: new Date(now.getTime() + expiresInMs).toISOString(),
      state: 'queued',
      code: null,
      sends: 0,
      next_at: at,
      sent_at: null,
      received_at: null,
      begun_at: null,
      ended_at: null,
      ordered_by: by.account,
      detail: null,
      upload_type: null,
      upload_bytes: null,
      uploaded_at: null,
    };
  }

  async #known(tx: Tx, terminals: readonly TerminalId[] | 'all'): Promise<Set<TerminalId>> {
    const all = tx.selectFrom('terminal').select('terminal').orderBy('terminal');
    const rows = await (terminals === 'all'
      ? all
      : all.where(this.#store.among('terminal', terminals))
    ).execute();
    return new Set(rows.map(({ terminal }) => terminal as TerminalId));
  }

  async #openCounts(tx: Tx): Promise<Map<string, number>> {
    const rows = await tx
      .selectFrom('given_order')
      .select('terminal')
      .select(sql<number>`count(*)`.as('open'))
      .where('state', 'in', openStates)
      .groupBy('terminal')
      .execute();
    return new Map(rows.map(({ terminal, open }) => [terminal, Number(open)]));
  }

  async #forgetOld(tx: Tx, now: Date): Promise<void> {
    await tx
      .deleteFrom('given_order')
      .where('state', 'not in', openStates)
      .where('expires_at', '<', new Date(now.getTime() - keptMs).toISOString())
      .execute();
  }

  #id<Id extends string>(now: Date): Id {
    return this.#makeId(now.getTime()) as string as Id;
  }

  /** A terminal whose clock runs ahead must not date its steps into the future. */
  #notAhead(at: string): string {
    return new Date(Math.min(Date.parse(at), this.#now().getTime())).toISOString();
  }
}

function stepOf(
  { state, code, detail: said }: ProgressFact['body'],
  at: string,
): Partial<Tables['given_order']> {
  const detail = said === undefined ? null : JSON.stringify(said);
  switch (state) {
    case 'received':
      return { state, code, received_at: at, begun_at: null, ended_at: null };
    case 'running':
      return { state, code, begun_at: at, ended_at: null };
    case 'done':
    case 'failed':
    case 'expired':
      return { state, code, detail, ended_at: at };
  }
}

function toWire(row: Tables['given_order'], no: number): WireOrder {
  return {
    v: 1,
    id: row.id as OrderId,
    batch: row.batch as BatchId,
    terminal: row.terminal as TerminalId,
    no,
    at: row.at,
    expiresAt: row.expires_at,
    kind: row.kind,
    body: JSON.parse(row.body) as unknown,
  };
}

function noCounts(): Record<OrderState, number> {
  return { queued: 0, received: 0, running: 0, done: 0, failed: 0, expired: 0, cancelled: 0 };
}
