// A program, the control: a store that takes a failed write for bad luck and goes on with the same connection.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { say } from './say-commits.ts';
import type { WriterOptions } from './terminal-writer.ts';

const { file, steps } = JSON.parse(process.argv[2] ?? '{}') as WriterOptions;

mkdirSync(dirname(file), { recursive: true });
const db = new DatabaseSync(file);
db.exec(
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE fact(seq INTEGER PRIMARY KEY, words TEXT)',
);
const insert = db.prepare('INSERT INTO fact(words) VALUES (?)');
for (let step = 0; step < steps; step += 1) {
  try {
    say('FACT', Number(insert.run('a fact').lastInsertRowid), '');
  } catch {}
}
db.close();
