// Opens a PostgreSQL database as the store, and refuses one that would not keep what it commits.
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { HeadquartersError } from '../headquarters-error.ts';
import { migrate } from './migrations.ts';
import { Store, type StoreFaults, type StoreLimits } from './store.ts';
import type { Tables } from './tables.ts';

/** Connections of one headquarters: intake, API and publisher seldom need more at once. */
const maxConnections = 8;
const connectTimeoutMs = 10_000;
/**
 * Batches look up hundreds of keys in tables that grow: by the default, made for turning disks, each lookup would read
 * tables of tens of thousands of rows from end to end. The address may say otherwise (`?options=…`).
 */
const plannerOptions = '-c random_page_cost=1.1';

/**
 * @param url `postgres://user:password@host:port/database`
 * @throws HeadquartersError hq-store-unreachable | hq-store-unsafe; SyncError sync-store-newer
 */
export async function openPostgresStore(
  url: string,
  { frozenMs = 10_000 }: StoreLimits = {},
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    options: plannerOptions,
    // a process that is frozen in a transaction holds locks that all others wait for
    idle_in_transaction_session_timeout: frozenMs,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
  });
  // a connection that breaks fails its query and is replaced; without a listener it would end the program
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await assertSafe(db);
    const store = new Store('postgres', db, faults);
    await migrate(store, 'the PostgreSQL database');
    return store;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** bigint and numeric: counts, versions and fen stay below 2^53. */
function parserFor(type: number, format?: 'text' | 'binary'): unknown {
  return type === 20 || type === 1700 ? Number : pg.types.getTypeParser(type, format);
}

async function assertSafe(db: Kysely<Tables>): Promise<void> {
  let settings: Readonly<Record<string, string>>;
  try {
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings
      where name in ('synchronous_commit', 'fsync', 'full_page_writes', 'server_encoding')`.execute(db);
    settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  } catch (cause) {
    throw new HeadquartersError(
      'hq-store-unreachable',
      'The PostgreSQL database does not answer or does not let us in; check the address, the user and the password.',
      { cause },
    );
  }
  const demands = {
    synchronous_commit: ['on', 'local', 'remote_write', 'remote_apply'],
    fsync: ['on'],
    full_page_writes: ['on'],
    server_encoding: ['UTF8'],
  };
  for (const [name, right] of Object.entries(demands)) {
    if (!right.includes(settings[name] ?? '')) {
      throw new HeadquartersError(
        'hq-store-unsafe',
        `PostgreSQL runs with ${name}=${settings[name]}: what it confirms could be lost. Set it to ${right[0]}.`,
      );
    }
  }
}

const serializationFailure = '40001';
const deadlock = '40P01';

const faults: StoreFaults = {
  isConflict: (error) => [serializationFailure, deadlock].includes(stateOf(error)),
  // class 22: a value that cannot be stored; class 23: a broken constraint
  isRefusal: (error) => /^2[23]/.test(stateOf(error)),
};

function stateOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}
