// Power cuts of a busy terminal: no confirmed fact is lost and nothing half-done is seen; the control, which trusts the kernel, loses.

import { join } from 'node:path';
import { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import type { Replica } from '../../../sync/replica.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { opened, someSealer } from '../../sync/some-keys.ts';
import { hashOfFact } from './busy-terminal.ts';
import type { Recovered } from './confirmed.ts';
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
/** A new history of the terminal after so many points. */
const pointsPerLog = 2_500;
const storeName = 'terminal.db';

export async function provePowerCuts(seed: number, points: number): Promise<PowerCutProof> {
  const parts: ReplayFigures[] = [];
  for (let from = 0; from < points; from += pointsPerLog) {
    const log = await terminalLog(seed + from, 'FULL');
    parts.push(replay(log, seed + from, Math.min(pointsPerLog, points - from)));
  }
  const figures = sum(parts);
  const control = replay(await terminalLog(seed, 'NORMAL'), seed, controlPoints);
  const isRight = figures.lost === 0 && figures.corrupt === 0 && figures.accepted > 0;
  return { ok: isRight && control.lost > 0, ...figures, control };
}

/** An old version's file, migrated; killed and closed in turn. */
export function terminalLog(seed: number, synchronous: 'FULL' | 'NORMAL', steps = 150): Promise<PowerCutLog> {
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

export function replay(log: PowerCutLog, seed: number, points: number): ReplayFigures {
  return replayPowerCuts(log, { seed, points, recover });
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
    const facts = outbox.read(outbox.safeSeq, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    return {
      digest: digestOf(store.database),
      facts: new Map(facts.map((fact) => [fact.seq, hashOfFact(opened(fact, outbox.terminal))])),
      safeSeq: outbox.safeSeq,
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
