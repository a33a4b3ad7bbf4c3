// Opens the embedded store: one SQLite file, WAL and `synchronous=FULL`, one connection.
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { Database, type SqlValue } from '../../database.ts';
import { migrate } from './migrations.ts';
import { Store, type StoreFaults } from './store.ts';
import type { Tables } from './tables.ts';

/** @throws SyncError as `Database.open` */
export async function openSqliteStore(file: string): Promise<Store> {
  const database = Database.open(file, []);
  try {
    const db = new Kysely<Tables>({ dialect: new OneWriterDialect({ database: asKyselyWants(database) }) });
    const store = new Store('sqlite', db, faults);
    await migrate(store, file);
    return store;
  } catch (error) {
    database.close();
    throw error;
  }
}

class OneWriterDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new OneWriterDriver(this.#config);
  }
}

class OneWriterDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch {
      // SQLite rolls back by itself when the disk is full; the first error matters more
    }
  }
}

function asKyselyWants(database: Database): Exclude<SqliteDialectConfig['database'], () => unknown> {
  return {
    prepare: (text) => ({
      reader: database.isQuery(text),
      all: (values) => database.all(text, ...(values as SqlValue[])),
      // nobody asks for the last row's number: what needs one says `returning`
      run: (values) => ({ changes: database.run(text, ...(values as SqlValue[])), lastInsertRowid: 0 }),
      iterate: (values) => database.all(text, ...(values as SqlValue[])).values(),
    }),
    close: () => database.close(),
  };
}

const faults: StoreFaults = {
  isConflict: () => false,
  isRefusal: (error) => {
    const { code, errcode } = error as { code?: unknown; errcode?: unknown };
    const constraint = 19;
    return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' && (errcode & 0xff) === constraint;
  },
};
