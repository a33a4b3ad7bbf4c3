// Brings a database to this version's tables: one list of steps for both kinds, each run once, all in one transaction.
import { sql } from 'kysely';
import { shardNames } from '../../contract/topics.ts';
import { SyncError } from '../../sync-error.ts';
import { createTable } from './create-table.ts';
import { erasureShape } from './erasure-table.ts';
import { firstTables, leaderLease } from './schema.ts';
import type { Store, StoreKind, Tx } from './store.ts';
import { tallyShape } from './tally-table.ts';

interface Step {
  /** unique and stable; never edit a step that has shipped */
  readonly name: string;
  run(tx: Tx, kind: StoreKind): Promise<void>;
}

const steps: readonly Step[] = [
  {
    name: 'headquarters-1',
    run: async (tx, kind) => {
      for (const shape of firstTables) await createTable(tx, kind, shape);
      await protect(tx, kind, 'ledger');
      await protect(tx, kind, 'audit');
      const leases = [...shardNames, leaderLease].map((shard) => ({ shard, fence: 0, until_ms: 0 }));
      await tx.insertInto('shard_lease').values(leases).execute();
    },
  },
  { name: 'add-terminal-tallies', run: (tx, kind) => createTable(tx, kind, tallyShape) },
  { name: 'add-erasures', run: (tx, kind) => createTable(tx, kind, erasureShape) },
];

/** Any number that is ours: two headquarters that start at once make the tables one after the other. */
const lockNumber = 7_946_114;

/**
 * @param where what to call the database in an error
 * @throws SyncError sync-store-newer
 */
export async function migrate(store: Store, where: string): Promise<void> {
  await store.transaction(async (tx) => {
    if (store.kind === 'postgres') await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(tx);
    await tx.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('name', 'text', (it) => it.primaryKey())
      .execute();
    const done = new Set((await tx.selectFrom('migration').select('name').execute()).map(({ name }) => name));
    for (const name of done) {
      if (!steps.some((step) => step.name === name)) {
        throw new SyncError(
          'sync-store-newer',
          `${where} was written by a newer version (step ${name}): install that version again.`,
        );
      }
    }
    for (const { name, run } of steps) {
      if (done.has(name)) continue;
      await run(tx, store.kind);
      await tx.insertInto('migration').values({ name }).execute();
    }
  });
}

/** What is written there stays: neither a mistake of ours nor a hand at the database may edit a row. */
async function protect(tx: Tx, kind: StoreKind, table: 'audit' | 'ledger'): Promise<void> {
  const sentence = sql.lit(`the ${table} is append-only`);
  if (kind === 'sqlite') {
    for (const change of ['update', 'delete']) {
      const name = sql.id(`${table}_no_${change}`);
      await sql`create trigger ${name} before ${sql.raw(change)} on ${sql.id(table)} begin select raise(abort, ${sentence}); end`.execute(
        tx,
      );
    }
    return;
  }
  const refuse = sql.id(`refuse_${table}_change`);
  await sql`create function ${refuse}() returns trigger language plpgsql as
    $$ begin raise exception using message = ${sentence}, errcode = 'integrity_constraint_violation'; end $$`.execute(
    tx,
  );
  await sql`create trigger ${sql.id(`${table}_no_change`)} before update or delete or truncate on ${sql.id(table)}
    for each statement execute function ${refuse}()`.execute(tx);
}
