// OB16: a page that turns out to be rubbish while the store is in use.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../sync/database.ts';
import type { SyncError } from '../../sync/sync-error.ts';
import { scratchFolder } from './scratch.ts';

it('OB16 is met once, ends all trust in the connection, and is remembered for the next start', () => {
  const file = join(scratchFolder(), 'a.db');
  const migrations = [{ name: 'one', sql: 'CREATE TABLE t(a TEXT NOT NULL) STRICT' }];
  const broken: SyncError[] = [];
  const filled = Database.open(file, migrations);
  filled.transaction(() => {
    for (let n = 0; n < 2_000; n += 1) filled.run('INSERT INTO t(a) VALUES (?)', 'x'.repeat(100));
  });
  filled.close();
  const db = Database.open(file, migrations, { onBroken: (error) => broken.push(error) });
  // nothing that was read by the check at opening is remembered
  db.all('PRAGMA cache_size = 0');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, 20 * 4_096));
  for (const use of [
    () => db.all('SELECT * FROM t'),
    () => db.run('DELETE FROM t'),
    () => db.get('SELECT 1'),
  ]) {
    expect(use).toThrow(expect.objectContaining({ code: 'sync-store-failed' }));
  }
  expect(broken).toHaveLength(1);
  db.close();
  expect(existsSync(`${file}.suspect`)).toBe(true);
  expect(() => Database.open(file, migrations)).toThrow(
    expect.objectContaining({ code: 'sync-store-corrupt' }),
  );
});

it('OB13 a step that nobody wrote while one of ours is missing is damage, not a newer version', () => {
  const file = join(scratchFolder(), 'a.db');
  const migrations = [
    { name: 'outbox-1', sql: 'CREATE TABLE t(a TEXT) STRICT' },
    { name: 'order-book-1', sql: 'CREATE TABLE u(a TEXT) STRICT' },
  ];
  const open = (): Database => Database.open(file, migrations);
  const change = (sql: string): void => {
    const db = open();
    db.run(sql);
    db.close();
  };
  change(`INSERT INTO migration(name) VALUES ('later-1')`);
  expect(open).toThrow(expect.objectContaining({ code: 'sync-store-newer' }));
  const newer = Database.open(file, [...migrations, { name: 'later-1', sql: '' }]);
  newer.run(`DELETE FROM migration WHERE name = 'later-1'`);
  newer.run(`UPDATE migration SET name = 'order-bo/k-1' WHERE name = 'order-book-1'`);
  newer.close();
  expect(open).toThrow(expect.objectContaining({ code: 'sync-store-corrupt' }));
});
