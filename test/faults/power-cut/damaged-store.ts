// Damages the file of a terminal that was killed (F11): flipped bits, cut and missing files; and looks whether anybody notices.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import type { WireFact } from '../../../sync/contract/facts.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { opened, someSealer } from '../../sync/some-keys.ts';
import { seededRandom } from '../fault-plan.ts';
import { hashOfFact } from './busy-terminal.ts';
import { compiled } from './power-cut-log.ts';
import type { WriterOptions } from './terminal-writer.ts';

export const damages = [
  'flip',
  'flip-wal',
  'flip-many',
  'cut',
  'cut-wal',
  'no-wal',
  'no-shm',
  'no-store',
  'noise',
] as const;
export type Damage = (typeof damages)[number];

/**
 * `whole`: every confirmed fact is there. `told`: some are not, and headquarters hears of it: the store has a new epoch,
 * or the fact's seal is broken and headquarters sets it aside where operators see it (IN10).
 * `unnoticed`: some are not, and nobody knows.
 */
export type Notice = 'whole' | 'told' | 'unnoticed';

export interface DamagedStore {
  readonly damage: Damage;
  readonly notice: Notice;
  /** the damaged file lies beside the new one */
  readonly isSetAside: boolean;
  readonly lost: number;
}

/** A terminal's folder after a kill, and what it had confirmed. */
export interface KilledTerminal {
  readonly folder: string;
  readonly facts: ReadonlyMap<number, string>;
  readonly epoch: string;
}

const storeName = 'terminal.db';
const terminal = 'hall-1' as TerminalId;

/** @returns the folder is the caller's to remove */
export function killTerminal(seed: number, steps: number): KilledTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-killed-'));
  const options: WriterOptions = {
    file: join(folder, storeName),
    seed,
    steps,
    synchronous: 'FULL',
    end: 'kill',
  };
  const { stdout } = spawnSync(process.execPath, [compiled('terminal-writer'), JSON.stringify(options)], {
    encoding: 'utf8',
  });
  const facts = new Map<number, string>();
  for (const [word, seq, hash = ''] of stdout.split('\n').map((line) => line.split(' '))) {
    if (word === 'FACT') facts.set(Number(seq), hash);
  }
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  const store = open(copy);
  const { epoch, forgottenSeq } = store.outbox;
  store.close();
  rmSync(copy, { recursive: true });
  return { folder, epoch, facts: new Map([...facts].filter(([seq]) => seq > forgottenSeq)) };
}

/** Damages a copy, opens it as the terminal does, and records something. @throws when that cannot be done */
export function damageStore(killed: KilledTerminal, damage: Damage, random: () => number): DamagedStore {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-damaged-'));
  try {
    cpSync(killed.folder, folder, { recursive: true });
    doDamage(join(folder, storeName), damage, random);
    const store = open(folder);
    try {
      const { outbox } = store;
      const kept = new Map(
        outbox
          .read(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
          .map((fact) => [fact.seq, hashOrSpoilt(fact)]),
      );
      const isSame = outbox.epoch === killed.epoch;
      const gone = [...killed.facts].filter(([seq, hash]) => !isSame || kept.get(seq) !== hash);
      const lost = gone.length;
      const isNoticed = !isSame || gone.every(([seq]) => kept.get(seq) === spoilt);
      store.record({ fact: { kind: 'maintenance-opened', body: {} }, effects: [] });
      return {
        damage,
        lost,
        isSetAside:
          existsSync(join(folder, `${storeName}.damaged-1`)) ||
          existsSync(join(folder, `${storeName}.damaged-1-wal`)),
        notice: lost === 0 ? 'whole' : isNoticed ? 'told' : 'unnoticed',
      };
    } finally {
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const spoilt = 'spoilt';

function hashOrSpoilt(fact: WireFact): string {
  try {
    return hashOfFact(opened(fact, terminal));
  } catch {
    return spoilt;
  }
}

function open(folder: string): TerminalStore {
  return TerminalStore.open(join(folder, storeName), { terminal, clock: systemClock(), sealer: someSealer });
}

function doDamage(file: string, damage: Damage, random: () => number): void {
  const wal = `${file}-wal`;
  switch (damage) {
    case 'flip':
      flip(file, 1, random);
      return;
    case 'flip-many':
      flip(file, 50, random);
      return;
    case 'flip-wal':
      flip(wal, 1, random);
      return;
    case 'cut':
      cut(file, random);
      return;
    case 'cut-wal':
      cut(wal, random);
      return;
    case 'no-wal':
      rmSync(wal);
      return;
    case 'no-shm':
      rmSync(`${file}-shm`);
      return;
    case 'no-store':
      rmSync(file);
      return;
    case 'noise': {
      const bytes = readFileSync(file);
      const page = 1024 * Math.floor(random() * (bytes.length / 1024));
      for (let n = page; n < page + 1024; n += 1) bytes[n] = Math.floor(random() * 256);
      writeFileSync(file, bytes);
      return;
    }
  }
}

function flip(file: string, times: number, random: () => number): void {
  const bytes = readFileSync(file);
  for (let n = 0; n < times; n += 1) {
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  writeFileSync(file, bytes);
}

function cut(file: string, random: () => number): void {
  truncateSync(file, Math.floor(random() * readFileSync(file).length));
}

export function seededDamages(seed: number, killed: KilledTerminal, points: number): DamagedStore[] {
  const random = seededRandom(seed);
  return Array.from({ length: points }, (_, n) =>
    damageStore(killed, damages[n % damages.length] ?? 'flip', random),
  );
}
