// A program: a busy terminal's store for one session, saying what it confirmed. For whoever cuts the power or breaks the disk.
import { basename } from 'node:path';
import { TerminalStore, terminalMigrations, terminalPageSize } from '../../../kiosk/store/terminal-store.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import { Outbox } from '../../../sync/outbox.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { someSealer } from '../../sync/some-keys.ts';
import { seededRandom } from '../fault-plan.ts';
import { BusyTerminal, sayFact } from './busy-terminal.ts';
import { say, sayCommits, tuneDatabases } from './say-commits.ts';

/** The one argument, as JSON. */
export interface WriterOptions {
  readonly file: string;
  readonly seed: number;
  readonly steps: number;
  /** the control believes the kernel */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** `kill` = its power goes at the end */
  readonly end: 'close' | 'kill';
  /** as the version before the newest migration left it: facts only */
  readonly isOld?: boolean;
}

const { file, seed, steps, synchronous, end, isOld } = JSON.parse(process.argv[2] ?? '{}') as WriterOptions;
const identity = { terminal: 'hall-1' as TerminalId, clock: systemClock(), sealer: someSealer };

// as the terminal's own main program
process.once('uncaughtException', () => process.exit(70));
sayCommits(basename(file));
tuneDatabases(basename(file), synchronous);
say('OPENING', isOld ? 'old' : 'new');
if (isOld) beOld();
else beBusy();

function beBusy(): void {
  const store = TerminalStore.open(file, identity);
  say('OPEN');
  const terminal = new BusyTerminal(store, seededRandom(seed));
  for (let step = 0; step < steps; step += 1) {
    try {
      terminal.step();
    } catch (error) {
      if (!isFull(error)) throw error;
      say('REFUSED');
    }
  }
  finish(store);
}

function beOld(): void {
  const migrations = terminalMigrations.slice(0, -1);
  const database = Database.open(file, migrations, { pageSize: terminalPageSize });
  const outbox = Outbox.open(database, identity);
  say('OPEN');
  for (let step = 0; step < steps; step += 1) {
    sayFact(database.transaction(() => outbox.append({ kind: 'maintenance-opened', body: {} })));
  }
  finish(database);
}

function finish(open: { close(): void }): void {
  if (end === 'kill') process.kill(process.pid, 'SIGKILL');
  open.close();
  say('CLOSED');
}

/** A full disk is told to the person, and is no reason to end: SQLITE_FULL is 13. */
function isFull(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === 'sync-store-full' || errcode === 13;
}
