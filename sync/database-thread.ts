// Runs SQL that takes long on a SQLite file in a thread of its own, so that whoever else uses the file goes on.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { SqlRow, SqlValue } from './database.ts';

export interface ThreadStatement {
  readonly sql: string;
  readonly values?: readonly SqlValue[];
}

/** The thread's program: small, and the same from sources and from a build. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = require(workerData.sqlite);
const db = new DatabaseSync(workerData.file, { readOnly: true });
try {
  parentPort.postMessage(workerData.statements.map(({ sql, values = [] }) => db.prepare(sql).all(...values)));
} finally {
  db.close();
}`;

/**
 * One after the other on one connection that only reads `file`.
 * @returns the rows of each
 * @throws the database's own error
 */
export async function runInThread(
  file: string,
  statements: readonly ThreadStatement[],
): Promise<readonly (readonly SqlRow[])[]> {
  const sqlite = createRequire(import.meta.url).resolve('@photostructure/sqlite');
  const worker = new Worker(program, { eval: true, workerData: { sqlite, file, statements } });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without a word')));
  });
}
