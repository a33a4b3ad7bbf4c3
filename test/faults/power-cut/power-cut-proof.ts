// Power cuts of a busy terminal and of a busy headquarters: no confirmed fact is lost and nothing half-done is seen; the control, which trusts the kernel, loses.
import { join } from 'node:path';
import { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { Database } from '../../../sync/database.ts';
import type { Replica } from '../../../sync/replica.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { opened, someSealer } from '../../sync/some-keys.ts';
import { hashOfFact } from './busy-terminal.ts';
import type { Recovered } from './confirmed.ts';
import { factsOf } from './headquarters-facts.ts';
import { type PowerCutLog, powerCutLog } from './power-cut-log.ts';
import { type ReplayFigures, replayPowerCuts } from './replay-power-cuts.ts';
import { digestOf } from './say-commits.ts';
import type { WriterOptions } from './terminal-writer.ts';

export interface PowerCutProof extends ReplayFigures {
  readonly ok: boolean;
  readonly control: ReplayFigures;
}

/** Enough to see the control lose. */
const controlPoints = 60;
const fewPoints = 150;
/** A new history of the terminal after so many points. */
const pointsPerLog = 2_500;
const storeName = 'terminal.db';
const headquartersName = 'headquarters.sqlite';

/** A program whose power is cut, and how its folder is opened afterwards. */
export interface PowerCutSubject {
  readonly log: (seed: number, synchronous: 'FULL' | 'NORMAL', steps?: number) => Promise<PowerCutLog>;
  /** of a history that is long enough for some hundred points */
  readonly fewSteps: number;
  readonly recover: (folder: string) => Recovered;
}

export const powerCutSubjects = {
  terminal: { log: terminalLog, recover, fewSteps: 60 },
  headquarters: { log: headquartersLog, recover: recoverHeadquarters, fewSteps: 10 },
} as const satisfies Record<string, PowerCutSubject>;

export async function provePowerCuts(
  { log, recover, fewSteps }: PowerCutSubject,
  seed: number,
  points: number,
): Promise<PowerCutProof> {
  const parts: ReplayFigures[] = [];
  const steps = points <= fewPoints ? fewSteps : undefined;
  for (let from = 0; from < points; from += pointsPerLog) {
    const cuts = { seed: seed + from, points: Math.min(pointsPerLog, points - from), recover };
    parts.push(replayPowerCuts(await log(seed + from, 'FULL', steps), cuts));
  }
  const figures = sum(parts);
  const control = replayPowerCuts(await log(seed, 'NORMAL', steps), { seed, points: controlPoints, recover });
  const isRight = figures.lost === 0 && figures.corrupt === 0 && figures.accepted > 0;
  return { ok: isRight && control.lost > 0, ...figures, control };
}

/** An old version's file, migrated; killed and closed in turn. */
function terminalLog(seed: number, synchronous: 'FULL' | 'NORMAL', steps = 150): Promise<PowerCutLog> {
  const session = (n: number, options: Partial<WriterOptions>) => (folder: string) => ({
    file: join(folder, storeName),
    seed: seed + n,
    steps,
    synchronous,
    end: 'close',
    ...options,
  });
  return powerCutLog('terminal-writer', [
    session(0, { isOld: true, steps: 10, end: 'kill' }),
    session(1, { end: 'kill' }),
    session(2, { end: 'close' }),
    session(3, { end: 'kill' }),
  ]);
}

/** As the terminal opens it. */
export function recover(folder: string): Recovered {
  const store = TerminalStore.open(join(folder, storeName), {
    terminal: 'hall-1' as TerminalId,
    clock: systemClock(),
    sealer: someSealer,
  });
  try {
    const damage = store.database.get('PRAGMA integrity_check')?.['integrity_check'];
    if (damage !== 'ok') throw new Error(`integrity: ${String(damage)}`);
    const { outbox } = store;
    const facts = outbox.read(outbox.forgottenSeq, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    return {
      digest: digestOf(store.database),
      facts: new Map(facts.map((fact) => [fact.seq, hashOfFact(opened(fact, outbox.terminal))])),
      forgotten: outbox.forgottenSeq,
      lastSeq: outbox.lastSeq,
      members: wholeMembers(store.replica),
    };
  } finally {
    store.close();
  }
}

/** @returns the version, or null when the rows are not what its head says */
function wholeMembers(replica: Replica): number | null {
  const { version, root } = replica.head('members');
  // some 200 rows a call, the datasets in turn
  for (let n = 0; n < 20; n += 1) replica.audit();
  return replica.head('members').root === root ? version : null;
}

/** Three sessions of a headquarters with three terminals. */
function headquartersLog(seed: number, synchronous: 'FULL' | 'NORMAL', steps = 40): Promise<PowerCutLog> {
  const session =
    (n: number, end: WriterOptions['end']) =>
    (folder: string): WriterOptions => ({
      file: join(folder, headquartersName),
      seed: seed + n,
      steps,
      synchronous,
      end,
    });
  return powerCutLog('headquarters-writer', [session(0, 'kill'), session(1, 'close'), session(2, 'kill')]);
}

/** As headquarters opens it. */
function recoverHeadquarters(folder: string): Recovered {
  const database = Database.open(join(folder, headquartersName), []);
  try {
    const damage = database.get('PRAGMA integrity_check')?.['integrity_check'];
    if (damage !== 'ok') throw new Error(`integrity: ${String(damage)}`);
    const facts = database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'fact'`)
      ? factsOf(database)
      : new Map();
    return { digest: digestOf(database), facts, forgotten: 0, lastSeq: facts.size, members: 0 };
  } finally {
    database.close();
  }
}

function sum(parts: readonly ReplayFigures[]): ReplayFigures {
  const total = (of: (part: ReplayFigures) => number): number =>
    parts.reduce((all, part) => all + of(part), 0);
  return {
    points: total(({ points }) => points),
    accepted: total(({ accepted }) => accepted),
    lost: total(({ lost }) => lost),
    losingPoints: total(({ losingPoints }) => losingPoints),
    corrupt: total(({ corrupt }) => corrupt),
    faults: parts.flatMap(({ faults }) => faults),
  };
}
