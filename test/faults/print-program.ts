// A program: one run of a terminal's print queue that may kill itself at a write of its journal.
// Arguments: database file, printer address, boot, and `before 3` or `after 3` = the third write.

import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId, ProjectId, TerminalId, UnitId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { someSealer } from '../sync/some-keys.ts';
import { hallPatience, hallPrinters, hallSlip } from './print-hall.ts';

const [file = '', at = '', boot = '', when = '', nth = ''] = process.argv.slice(2);
const job = '01900000-0000-7000-8000-000000000001' as FactId;
const profile = hallPrinters['counting']?.profile;
if (!profile) throw new Error('no such printer');

const store = TerminalStore.open(file, {
  terminal: 'hall-1' as TerminalId,
  sealer: someSealer,
  clock: { now: () => new Date(), isSynced: () => true, monoMs: () => Math.floor(performance.now()), boot },
});
if (!store.printJobs.find(job)) {
  store.record({
    fact: { kind: 'unit-taken-home', body: { project: 'p' as ProjectId, unit: 'u' as UnitId } },
    effects: [
      { kind: 'queue-slip', job, slip: 'unit', lines: hallSlip('killed-1'), copy: 0, subject: 'unit/u' },
    ],
  });
}

let isFinished = false;
let writes = 0;
const run = Database.prototype.run;
Database.prototype.run = function dieAtWrite(...args) {
  writes += 1;
  if (when === 'before' && writes === Number(nth)) process.kill(process.pid, 'SIGKILL');
  const changes = run.apply(this, args);
  if (when === 'after' && writes === Number(nth)) process.kill(process.pid, 'SIGKILL');
  return changes;
};

const printer = openEscPosPrinter(
  { at, profile, ...hallPatience, answerMs: 2_000, proofMs: 5_000 },
  { onState: () => queue.kick(), onLateProof: (proofId) => queue.proofCameLate(proofId, 'first') },
);
const queue = new PrintQueue({
  store,
  printer,
  boot,
  expiryMs: 600_000,
  onSettled: () => void finish(),
  onFault: (cause) => {
    throw cause;
  },
});
queue.kick();
// a run that finds its slip settled already has nothing to wait for
if (store.printJobs.next() === undefined) void finish();

async function finish(): Promise<void> {
  if (isFinished) return;
  isFinished = true;
  const state = store.printJobs.find(job)?.state;
  // the write that settles it is over only after this turn
  await new Promise(setImmediate);
  await Promise.all([queue.close(), printer.close()]);
  store.close();
  process.stdout.write(`${state}\n`);
}
