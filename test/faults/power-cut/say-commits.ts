// Lets a program say, right after each commit, what its database holds: the earliest moment that anybody could be told.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { Database, type SqlRow, type SqlValue } from '../../../sync/database.ts';

/** A line that the one who cuts the power can rely on; on its way when this returns. */
export function say(word: string, ...rest: readonly (string | number)[]): void {
  writeSync(1, `${[word, ...rest].join(' ')}\n`);
}

/** From now on every commit to a file of this name says `COMMIT digest`. */
export function sayCommits(name: string): void {
  const { transaction, run, all } = Database.prototype;
  let isIn = false;
  const after = (database: Database, sql: string, isWrite: boolean): void => {
    if (basename(database.file) !== name) return;
    if (/^begin/i.test(sql)) isIn = true;
    else if (/^rollback/i.test(sql)) isIn = false;
    else if (/^commit/i.test(sql) || (isWrite && !isIn)) {
      isIn = false;
      say('COMMIT', digestOf(database));
    }
  };
  Database.prototype.transaction = function endsAnyway<T>(this: Database, work: () => T): T {
    try {
      return transaction.call(this, work) as T;
    } finally {
      if (basename(this.file) === name) isIn = false;
    }
  };
  Database.prototype.run = function sayAfterwards(this: Database, sql, ...values): number {
    const changes = run.call(this, sql, ...values);
    after(this, sql, true);
    return changes;
  };
  Database.prototype.all = function sayAfterwards<Row extends SqlRow>(
    this: Database,
    sql: string,
    ...values: SqlValue[]
  ): Row[] {
    const rows = all.call(this, sql, ...values) as Row[];
    after(this, sql, false);
    return rows;
  };
}

/** From now on a file of this name is synced as the control does it, and checkpointed often enough to be seen. */
export function tuneDatabases(name: string, synchronous: 'FULL' | 'NORMAL'): void {
  const open = Database.open;
  Database.open = (file, migrations, options) => {
    const database = open(file, migrations, options);
    if (basename(file) !== name) return database;
    database.all(`PRAGMA wal_autocheckpoint=${synchronous === 'FULL' ? 60 : 1_000}`);
    database.all(`PRAGMA synchronous=${synchronous}`);
    return database;
  };
}

/** Of every row of every table. */
export function digestOf(db: Database): string {
  const hash = createHash('sha256');
  const tables = db.all(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  for (const { name } of tables) {
    hash.update(`${String(name)}\n`);
    for (const row of db.all(`SELECT * FROM "${String(name)}"`))
      hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest('hex').slice(0, 16);
}
