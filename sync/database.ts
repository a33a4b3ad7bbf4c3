// Opens a SQLite file so that what was committed survives a power cut, and refuses to work when it would not.
// `@photostructure/sqlite` is Node's own `node:sqlite` for Node 20: prebuilt for x64 and arm64, no compiler, no download.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { syncFolderOf } from './durable-file.ts';
import { isBusy, isDamage, isDiskFault, isFull } from './sqlite-codes.ts';
import { SyncError } from './sync-error.ts';

/**
 * One step of a schema; steps run once each, in order, inside one transaction. Never edit one that has shipped.
 * A release may be taken back, and the one before it then opens what this one wrote. So every step of a terminal's store
 * from its first release on only adds: tables, indexes, columns that may be left out. Its name begins with `add-`, and a
 * program that does not know such a step lets it be.
 */
export interface Migration {
  /** unique and stable: `add-keeper-report-1` */
  readonly name: string;
  readonly sql: string;
}

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Room that is set aside. */
export interface Reserve {
  /** Gives it up, if it is there. */
  spend(): void;
}

export interface DatabaseOptions {
  /** small pages write less to an SD card per fact; only honoured when the file is new */
  readonly pageSize?: number;
  /** what a full disk costs, so that `essential` work still succeeds */
  readonly reserve?: Reserve;
  /** what only `freeing` work may spend besides: facts must not eat the room that acks need to forget facts */
  readonly lastReserve?: Reserve;
  /** the disk failed, and the connection is of no use any more; left out, the program ends with the error (OB16) */
  readonly onBroken?: (error: SyncError) => void;
  /** lies beside a store that is held alone, and what it holds is checked in another way: neither locked nor read through */
  readonly isBeside?: boolean;
}

/** How a step is called that a program which does not know it can live with. */
export const addingStep = 'add-';

/** Statements that are kept; texts that are built from what is asked could be without number. */
const maxStatements = 500;

/** One open SQLite file. One process, one connection (WAL-reset corruption needs two). */
export class Database {
  readonly #db: InstanceType<typeof DatabaseSync>;
  readonly #lock: InstanceType<typeof DatabaseSync> | undefined;
  readonly #statements = new Map<string, StatementSyncInstance>();
  readonly file: string;
  readonly #reserve: Reserve | undefined;
  readonly #lastReserve: Reserve | undefined;
  readonly #onBroken: (error: SyncError) => void;
  #isInTransaction = false;
  #rollbacks = 0;
  #isOpening = true;
  #broken: SyncError | undefined;

  private constructor(
    file: string,
    db: InstanceType<typeof DatabaseSync>,
    lock: InstanceType<typeof DatabaseSync> | undefined,
    { reserve, lastReserve, onBroken = endProgram }: DatabaseOptions,
  ) {
    this.file = file;
    this.#db = db;
    this.#lock = lock;
    this.#reserve = reserve;
    this.#lastReserve = lastReserve;
    this.#onBroken = onBroken;
  }

  /**
   * Opens or creates `file`, asserts WAL and `synchronous=FULL`, checks it, and migrates it.
   * Holds the file alone until closed.
   * @throws SyncError sync-store-unwritable | sync-store-busy | sync-store-unsafe | sync-store-corrupt | sync-store-newer
   */
  static open(file: string, migrations: readonly Migration[], options: DatabaseOptions = {}): Database {
    let lock: InstanceType<typeof DatabaseSync> | undefined;
    let db: InstanceType<typeof DatabaseSync>;
    const isNew = !existsSync(file);
    if (!isNew && existsSync(suspicionOf(file))) {
      throw new SyncError(
        'sync-store-corrupt',
        `${file} was found damaged when it was used: ${advice.damaged}`,
      );
    }
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      lock = options.isBeside ? undefined : lockFor(file);
    } catch (cause) {
      throw openFault(file, cause);
    }
    try {
      db = new DatabaseSync(file);
    } catch (cause) {
      lock?.close();
      throw openFault(file, cause);
    }
    try {
      if (isNew) db.exec(`PRAGMA page_size=${options.pageSize ?? 4096}`);
      db.exec(
        'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000; PRAGMA secure_delete=FAST',
      );
      const database = new Database(file, db, lock, options);
      database.#assertSafe();
      if (!options.isBeside) database.#assertSound();
      // headquarters' store keeps its own list of steps
      if (migrations.length > 0) database.#migrate(migrations);
      // SQLite syncs the folder too, but does not mind when that fails
      syncFolderOf(file);
      database.#isOpening = false;
      return database;
    } catch (cause) {
      db.close();
      lock?.close();
      if (cause instanceof SyncError) throw cause;
      throw openFault(file, cause);
    }
  }

  /** Runs `work` in one transaction; commits when it returns, rolls back when it throws. Not nestable. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) throw new Error('a transaction is open already');
    this.run('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      this.#rollbacks += 1;
      // the original error matters more than a rollback that finds nothing to roll back
      try {
        this.#db.exec('ROLLBACK');
      } catch {}
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /**
   * As `transaction`, for what must not fail for want of room: a full disk costs the reserve, and `work` runs once more.
   * @throws SyncError sync-store-full when there is no reserve either
   */
  essential<T>(work: () => T): T {
    try {
      return this.transaction(work);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
    }
    this.#reserve?.spend();
    try {
      return this.transaction(work);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      throw new SyncError('sync-store-full', `${this.file}: there is no room left; ${advice.full}`, {
        cause,
      });
    }
  }

  /**
   * As `essential`, for what gives room back: it may spend the last reserve too, and then brings the WAL into the file,
   * so that the room of both can be used again.
   * @throws SyncError sync-store-full
   */
  freeing<T>(work: () => T): T {
    try {
      return this.essential(work);
    } catch (cause) {
      if (!(cause instanceof SyncError) || cause.code !== 'sync-store-full') throw cause;
    }
    this.#lastReserve?.spend();
    const result = this.essential(work);
    try {
      this.all('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (cause) {
      if (!isFull(cause)) throw cause;
    }
    return result;
  }

  /** How many transactions were rolled back since opening: what was remembered before one may not be so. */
  get rollbacks(): number {
    return this.#rollbacks;
  }

  /** @throws when no transaction is open: facts and their effects must be committed together */
  assertInTransaction(): void {
    if (!this.#isInTransaction) throw new Error('must run inside a transaction');
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#trusted(() => Number(this.#statement(sql).run(...values).changes));
  }

  get<Row extends SqlRow = SqlRow>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#trusted(() => this.#statement(sql).get(...values) as Row | undefined);
  }

  all<Row extends SqlRow = SqlRow>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#trusted(() => this.#statement(sql).all(...values) as Row[]);
  }

  /** Does the statement give rows back? */
  isQuery(sql: string): boolean {
    return this.#trusted(() => this.#statement(sql).columns().length > 0);
  }

  /** Brings the WAL into the file, so that a copy of it alone is whole; what was committed was safe before. */
  close(): void {
    // what the disk refused must not be written once more by a checkpoint that may seem to succeed
    if (this.#db.isOpen && !this.#broken) {
      try {
        this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // a full disk: the WAL stays, and the next opening reads it
      }
    }
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
    if (this.#lock?.isOpen) this.#lock.close();
  }

  /**
   * After a failed write or sync nobody knows what is on disk, and a second try may succeed without having written
   * anything: whoever opens the file again finds out.
   * @throws SyncError sync-store-failed, from then on always
   */
  #trusted<T>(work: () => T): T {
    if (this.#broken) throw this.#broken;
    try {
      return work();
    } catch (cause) {
      if (this.#isOpening || !isDiskFault(cause)) throw cause;
      if (isDamage(cause)) noteSuspicion(this.file);
      this.#broken = new SyncError('sync-store-failed', `${this.file}: the disk failed; ${advice.failed}`, {
        cause,
      });
      this.#onBroken(this.#broken);
      throw this.#broken;
    }
  }

  #statement(sql: string): StatementSyncInstance {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined && this.#statements.size >= maxStatements) this.#statements.delete(oldest);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Builds of SQLite differ in what they do to `synchronous` in WAL mode, so look instead of trusting. */
  #assertSafe(): void {
    const mode = this.get('PRAGMA journal_mode')?.['journal_mode'];
    const synchronous = this.get('PRAGMA synchronous')?.['synchronous'];
    if (mode !== 'wal' || synchronous !== 2) {
      throw new SyncError(
        'sync-store-unsafe',
        `${this.file} is in ${mode}/${synchronous}, not WAL with synchronous=FULL: move dataDir to a local disk.`,
      );
    }
  }

  #assertSound(): void {
    const check = this.get('PRAGMA quick_check(1)')?.['quick_check'];
    if (check !== 'ok') {
      throw new SyncError('sync-store-corrupt', `${this.file} is damaged: ${advice.damaged}`);
    }
  }

  #migrate(migrations: readonly Migration[]): void {
    this.transaction(() => {
      this.#db.exec('CREATE TABLE IF NOT EXISTS migration(name TEXT PRIMARY KEY) WITHOUT ROWID');
      const done = new Set(this.all('SELECT name FROM migration').map((row) => row['name']));
      const known = new Set<unknown>(migrations.map(({ name }) => name));
      const strange = [...done].find((name) => !known.has(name) && !String(name).startsWith(addingStep));
      if (strange !== undefined) {
        // a newer version has done all of ours before its own
        const isNewer = migrations.every(({ name }) => done.has(name));
        throw isNewer
          ? new SyncError(
              'sync-store-newer',
              `${this.file} was written by a newer version (step ${strange}): install that version again.`,
            )
          : new SyncError('sync-store-corrupt', `${this.file} is damaged: ${advice.damaged}`);
      }
      for (const { name, sql } of migrations) {
        if (done.has(name)) continue;
        this.#db.exec(sql);
        this.run('INSERT INTO migration(name) VALUES (?)', name);
      }
    });
  }
}

/**
 * Keeps every program, this one too, from opening `file` until the lock is closed.
 * @throws SyncError sync-store-busy | sync-store-unwritable
 */
export function lockDatabase(file: string): { close(): void } {
  try {
    return lockFor(file);
  } catch (cause) {
    throw openFault(file, cause);
  }
}

/**
 * Holds `file.lock` until closed or dead: a second process would number its facts from the same mark. A lock on the
 * database itself would outlive `close` until the garbage collector has found all of its statements.
 */
function lockFor(file: string): InstanceType<typeof DatabaseSync> {
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('PRAGMA journal_mode=MEMORY; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** What to do about a file that cannot be used, to follow a colon. */
const advice = {
  unwritable: 'check that dataDir exists, has space and belongs to this user.',
  damaged: 'keep the file, start with an empty dataDir, and send the file to support.',
  full: 'free space on the disk of dataDir, or connect the network so that facts can go.',
  failed: 'nothing more is confirmed until the program was started again; check the disk.',
  busy: 'another program uses it; stop that one or choose another dataDir.',
} as const;

/** What can still be read of a damaged file, up to the first row that cannot; the file stays as it is. */
export function readDamaged(file: string, sql: string): readonly unknown[] {
  const rows: unknown[] = [];
  let db: InstanceType<typeof DatabaseSync> | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    for (const row of db.prepare(sql).iterate()) rows.push(row);
  } catch {
    // what was read is all that there is
  } finally {
    db?.close();
  }
  return rows;
}

/** In a turn of its own, so that the screen can still say that nothing was confirmed. */
function endProgram(error: SyncError): void {
  setImmediate(() => {
    throw error;
  });
}

/** The check at opening is a quick one: what it overlooks would be met again and again. */
function suspicionOf(file: string): string {
  return `${file}.suspect`;
}

function noteSuspicion(file: string): void {
  try {
    writeFileSync(suspicionOf(file), '');
  } catch {
    // then the next use finds the damage again
  }
}

function openFault(file: string, cause: unknown): SyncError {
  if (isBusy(cause)) {
    return new SyncError('sync-store-busy', `${file} is in use: ${advice.busy}`, { cause });
  }
  if (isDamage(cause)) {
    return new SyncError('sync-store-corrupt', `${file} is damaged: ${advice.damaged}`, { cause });
  }
  return new SyncError('sync-store-unwritable', `${file} cannot be used: ${advice.unwritable}`, { cause });
}
