// Lets a program say, right after each commit, what its database holds: the earliest moment that anybody could be told.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { Database } from '../../../sync/database.ts';

/** A line that the one who cuts the power can rely on; on its way when this returns. */
export function say(word: string, ...rest: readonly (string | number)[]): void {
  writeSync(1, `${[word, ...rest].join(' ')}\n`);
}

/** From now on every commit to a file of this name says `COMMIT digest`. */
export function sayCommits(name: string): void {
  const { transaction, run } = Database.prototype;
  let depth = 0;
  Database.prototype.transaction = function sayAfterwards<T>(this: Database, work: () => T): T {
    depth += 1;
    let result: T;
    try {
      result = transaction.call(this, work) as T;
    } finally {
      depth -= 1;
    }
    if (basename(this.file) === name) say('COMMIT', digestOf(this));
    return result;
  };
  Database.prototype.run = function sayAfterwards(this: Database, ...args): number {
    const changes = run.apply(this, args);
    if (depth === 0 && basename(this.file) === name) say('COMMIT', digestOf(this));
    return changes;
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
