// Headquarters' database: transactions, and what else differs between SQLite and PostgreSQL.
import { setTimeout } from 'node:timers/promises';
import {
  type Compilable,
  type Insertable,
  type Kysely,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely';
import { BulkInsert, type BulkOptions } from './bulk-insert.ts';
import { jsonOf, type PreparedQuery, prepareQuery } from './prepared-query.ts';
import type { StoreKind, Tables } from './tables.ts';

export type { StoreKind } from './tables.ts';
/** Where one may read: the database itself, or a transaction. */
export type Reader = Kysely<Tables>;
/** What must be committed together takes one of these. */
export type Tx = Transaction<Tables>;

/** What a database can say about its own errors. */
export interface StoreFaults {
  /** two transactions were in each other's way; the same one may succeed now */
  isConflict(error: unknown): boolean;
  /** the values broke a rule of the tables: the database itself is well */
  isRefusal(error: unknown): boolean;
}

export interface StoreLimits {
  /** a shared database ends the transaction of a process that is silent in the midst of it for so long; 10 s unless given */
  readonly frozenMs?: number;
}

const maxTries = 10;
/** waits grow up to this many doublings */
const maxDoublings = 6;

export class Store {
  readonly kind: StoreKind;
  readonly db: Reader;
  readonly #faults: StoreFaults;
  readonly #hooks = new WeakMap<Tx, Set<() => void>>();
  readonly #bulk: BulkInsert;

  constructor(kind: StoreKind, db: Reader, faults: StoreFaults) {
    this.kind = kind;
    this.db = db;
    this.#faults = faults;
    this.#bulk = new BulkInsert(kind);
  }

  /** Other processes may use it at the same time. */
  get isShared(): boolean {
    return this.kind === 'postgres';
  }

  /**
   * Commits what `work` did when it is done, or nothing. `work` is done again after a conflict with another
   * transaction, so it must not change anything but `tx`; inside it use `tx` only: SQLite has one connection.
   * @throws what `work` threw, or the database's own error
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      let hooks: ReadonlySet<() => void> | undefined;
      try {
        const result = await this.db.transaction().execute(async (tx) => {
          const done = await work(tx);
          hooks = this.#hooks.get(tx);
          return done;
        });
        for (const hook of hooks ?? []) hook();
        return result;
      } catch (error) {
        if (attempt >= maxTries || !this.#faults.isConflict(error)) throw error;
        await setTimeout(Math.random() * 10 * 2 ** Math.min(attempt, maxDoublings));
      }
    }
  }

  /** This transaction may be silent for long between its statements: it has much to work out. */
  async allowSilence(tx: Tx): Promise<void> {
    if (this.isShared) await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  }

  /** Several reads of one state of the database. */
  async snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const transaction = this.db.transaction();
    return await (this.kind === 'sqlite'
      ? transaction
      : transaction.setIsolationLevel('repeatable read').setAccessMode('read only')
    ).execute(work);
  }

  /** Runs `hook` once, after the commit of this transaction, and not at all when it is rolled back. */
  afterCommit(tx: Tx, hook: () => void): void {
    const hooks = this.#hooks.get(tx);
    if (hooks) hooks.add(hook);
    else this.#hooks.set(tx, new Set([hook]));
  }

  /**
   * @param rows all with the same columns
   * @returns the columns asked for, of each row that was written, in no order
   */
  async insert<Name extends keyof Tables & string>(
    tx: Tx,
    table: Name,
    rows: readonly Insertable<Tables[Name]>[],
    options: BulkOptions<Tables[Name]> = {},
  ): Promise<Readonly<Record<string, unknown>>[]> {
    return await this.#bulk.insert(tx, table, rows, options);
  }

  /** After much was written at once: PostgreSQL would plan by what it knew before, until it looks by itself. */
  async refreshStatistics(): Promise<void> {
    if (this.kind === 'postgres') await sql`analyze`.execute(this.db);
  }

  /** Did the values break a rule of the tables? Otherwise the database failed, which may pass. */
  isRefusal(error: unknown): boolean {
    return this.#faults.isRefusal(error);
  }

  /**
   * A query that is asked with every batch: built once.
   * @param build uses `given` as values of the query only; lists in `among` only
   */
  prepared<Given extends object, Row>(
    build: (db: Reader, given: Given) => Compilable<Row>,
  ): PreparedQuery<Given, Row> {
    return prepareQuery(this.db, build);
  }

  /** `column` is one of `values`: one parameter and one text, however many there are. */
  among(column: string, values: readonly (string | number)[]): RawBuilder<boolean> {
    return this.kind === 'sqlite'
      ? sql<boolean>`${sql.ref(column)} in (select value from json_each(${jsonOf(values)}))`
      : sql<boolean>`${sql.ref(column)} = any(${values})`;
  }

  /** Keeps the row that `query` reads from being changed by others until commit; SQLite has one writer anyway. */
  locked<Query extends { forUpdate(): Query }>(query: Query): Query {
    return this.kind === 'sqlite' ? query : query.forUpdate();
  }

  async close(): Promise<void> {
    await this.db.destroy();
  }
}
