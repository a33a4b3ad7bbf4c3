// A program: a busy headquarters' store for one session: batches of three terminals, some of them again, acknowledged after the commit.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { factSchema } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import { parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { smallDeveloper } from '../../sync/headquarters/small-developer.ts';
import { sealed, someOpener, someSealer } from '../../sync/some-keys.ts';
import { seededRandom } from '../fault-plan.ts';
import { factsOf } from './headquarters-facts.ts';
import { say, sayCommits, tuneDatabases } from './say-commits.ts';
import type { WriterOptions } from './terminal-writer.ts';

interface SentFact {
  readonly id: string;
  readonly [key: string]: unknown;
}

const { file, seed, steps, synchronous, end } = JSON.parse(process.argv[2] ?? '{}') as WriterOptions;
const random = seededRandom(seed);
const upTo = (most: number): number => Math.floor(random() * (most + 1));

let database: Database | undefined;
sayCommits(basename(file));
tuneDatabases(basename(file), synchronous);
const open = Database.open;
Database.open = (...args) => {
  database = open(...args);
  return database;
};

say('OPENING', 'new');
const store = await openStore(`sqlite:${file}`);
const parts = buildParts({
  store,
  opener: someOpener,
  sealer: someSealer,
  fleetKey: Buffer.alloc(32, 7),
  now: () => new Date(),
  limits: { undoMs: 30_000, keptFrames: 3 },
  onChange: () => {},
});
await importDeveloper(
  { ...parts, fleetKey: Buffer.alloc(32, 7), cardWidth: 'all' },
  parseDeveloper(smallDeveloper(), 'proof'),
);
say('OPEN');
const sent = new Map<string, SentFact[]>();
let told = 0;
tell();
for (let step = 0; step < steps; step += 1) await receive(parts);
if (end === 'kill') process.kill(process.pid, 'SIGKILL');
await store.close();
say('CLOSED');

async function receive({ intake }: Parts): Promise<void> {
  const terminal = `hall-${1 + upTo(2)}` as TerminalId;
  const epoch = `${terminal.at(-1)}${seed.toString(16)}`.padEnd(32, '0');
  const facts = sent.get(epoch) ?? [];
  sent.set(epoch, facts);
  // the last one or two come again, as after a lost ack
  const from = Math.max(0, facts.length - upTo(2));
  for (let more = 1 + upTo(6); more > 0; more -= 1)
    facts.push(sealed(fact(facts.length + 1), terminal) as SentFact);
  const prev = facts[from - 1]?.id ?? null;
  await intake.receive(
    terminal,
    encodeFrame({ v: 1, terminal, epoch, forgotten: 0, prev, facts: facts.slice(from) }),
  );
  tell();
}

/** Some that have effects, some that are refused, some of both. */
function fact(seq: number): SentFact {
  const at = new Date().toISOString();
  const head = {
    id: randomUUID(),
    seq,
    at,
    boot: 'boot-1',
    monoMs: seq,
    clock: 'synced',
    schema: factSchema,
  };
  const chance = random();
  if (chance < 0.1) return { ...head, kind: 'not-known-yet', body: {} };
  if (chance < 0.3) return { ...head, kind: 'person-proven', body: { member: 'm1', purpose: 'points' } };
  const session = chance < 0.6 ? 'open-1' : `nowhere-${upTo(3)}`;
  const body = { member: `m${1 + upTo(2)}`, card: 'c'.repeat(22), event: 'open', session, points: 20 };
  return { ...head, kind: 'check-in-recorded', body };
}

/** The terminals have got their acks. */
function tell(): void {
  if (!database) return;
  const facts = factsOf(database);
  for (const [n, hash] of facts) if (n > told) say('FACT', n, hash);
  told = Math.max(told, ...facts.keys());
}
