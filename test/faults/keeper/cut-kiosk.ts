// What a small release runs as its terminal: the shipped outbox, and beside it only what the keeper asks of a terminal. It serves, or fails as its kind says.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type KeeperWord, parseKeeperWord, type TerminalHealth } from '../../../kiosk/keeper-line.ts';
import type { MemberId } from '../../../sync/contract/ids.ts';
import type { Desired } from '../../../sync/contract/twin.ts';
import { Database } from '../../../sync/database.ts';
import { replaceFile } from '../../../sync/durable-file.ts';
import { Outbox, outboxMigrations } from '../../../sync/outbox.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { someSealer } from '../../sync/some-keys.ts';
import { type CutKind, cutTerminal, type Said, wantedFile } from './cut-words.ts';

const beatMs = 100;

export function runCutKiosk(seq: number, kind: CutKind): void {
  if (kind === 'crash') process.exit(70);
  const folder = dirname(process.argv.at(-1) ?? '');
  const db = Database.open(join(folder, 'data', 'outbox.db'), outboxMigrations);
  const outbox = Outbox.open(db, { terminal: cutTerminal, sealer: someSealer, clock: systemClock() });
  const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);
  const record = (): void => {
    const body = { member: 'm-1' as MemberId, purpose: 'points' as const };
    db.transaction(() => outbox.append({ kind: 'person-proven', body }));
    // after the commit: from here on it may not be lost
    say({ kind: 'recorded', seq: outbox.lastSeq });
  };
  process.on('message', (message) => hear(parseKeeperWord(message), { db, outbox, say }));
  // a keeper that is gone starts another one of us
  process.once('disconnect', () => process.exit(0));
  const health: TerminalHealth = {
    isPainted: kind !== 'white',
    isBusy: false,
    waitingFacts: outbox.lastSeq,
    isLinked: true,
    devices: {},
  };
  const server = createServer((_, response) => void response.end('ok'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    mkdirSync(join(folder, 'data', 'run'), { recursive: true });
    replaceFile(join(folder, 'data', 'run', 'screen-address'), `http://127.0.0.1:${port}/?token=t\n`);
    say({ kind: 'up', seq, pid: process.pid });
    setInterval(() => {
      record();
      process.send?.({ kind: 'serving', health });
      const desired = wantedIn(folder);
      if (desired) process.send?.({ kind: 'desired', desired });
    }, beatMs);
  });
}

function hear(
  word: KeeperWord | undefined,
  { db, outbox, say }: { readonly db: Database; readonly outbox: Outbox; readonly say: (said: Said) => void },
): void {
  if (word?.kind !== 'report') return;
  const { report, number } = word;
  db.transaction(() => outbox.append({ kind: 'twin-reported', body: report }));
  say({ kind: 'reported', rev: report.rev, state: report.state, code: report.code, release: report.release });
  process.send?.({ kind: 'reported', number });
}

function wantedIn(folder: string): Desired | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, wantedFile), 'utf8')) as Desired;
  } catch {
    return undefined;
  }
}

/** The parts of a release beside its ballast. @param here folder of the built programs of this proof */
export function writeCutPrograms(folder: string, here: string, seq: number, kind: CutKind): void {
  const isDead = kind === 'keeper-dead';
  const programs: Readonly<Record<string, string>> = {
    'package.json': '{"type":"module"}\n',
    'dist/kiosk/main.js': `import { runCutKiosk } from ${JSON.stringify(join(here, 'cut-kiosk.js'))};\nrunCutKiosk(${seq}, ${JSON.stringify(kind)});\n`,
    'dist/provisioning/yingbin.js': isDead
      ? 'process.exit(70);\n'
      : `import { runCutKeeper } from ${JSON.stringify(join(here, 'cut-keeper.js'))};\nprocess.exitCode = await runCutKeeper(import.meta.url);\n`,
  };
  for (const [path, text] of Object.entries(programs)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
