// The proofs about disks as `npm run proof` runs them: how much a round is, and what is told of it.
import { rmSync } from 'node:fs';
import { type Counts, countsOf, type RunOptions, type RunResult } from '../run-result.ts';
import { proveBrokenDisks } from './broken-disk.ts';
import { type Damage, damages, killTerminal, type Notice, seededDamages } from './damaged-store.ts';
import { blockBytes, type FullDisk, fillDisk, mountSmallDisk } from './full-disk.ts';
import { proveGuestCuts } from './guest-cut.ts';
import { type PowerCutSubject, powerCutSubjects, provePowerCuts } from './power-cut-proof.ts';
import type { ReplayFigures } from './replay-power-cuts.ts';

/** 45 rounds are 675 moments, 700 are 10,500 */
const powerCutsPerRound = 15;
/** 45 rounds are all of the last blocks, once each */
const blocksPerRound = 1;
const lastBlocks = 45;
const damagesPerRound = 4;
/** 45 rounds are 90 moments */
const guestCutsPerRound = 2;
/** each is a program under strace, which takes a second */
const roundsPerBrokenDisk = 3;

/** Power cuts of a real store, replayed from what was really written: unsynced writes lost, torn and reordered. */
export function powerCutTerminal(options: RunOptions): Promise<RunResult> {
  return powerCut('power-cut', powerCutSubjects.terminal, options);
}

export function powerCutHeadquarters(options: RunOptions): Promise<RunResult> {
  return powerCut('power-cut-headquarters', powerCutSubjects.headquarters, options);
}

async function powerCut(
  fault: string,
  subject: PowerCutSubject,
  { seed, rounds }: RunOptions,
): Promise<RunResult> {
  const { ok, control, faults, points, corrupt, ...counts } = await provePowerCuts(
    subject,
    seed,
    Math.ceil(rounds * powerCutsPerRound),
  );
  const figures = kept(counts);
  return {
    fault,
    ok,
    headline: `${fault}: ${points} moments, ${corrupt} of them corrupt`,
    outcomes: besideNormal(figures, control),
    details: faults,
    figures: { points, corrupt, ...figures, control: normalFigures(control) },
  };
}

/** One write or sync of a terminal fails: nothing more is confirmed, and it comes back with all that was. */
export async function brokenDisk({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, control, faults, points, ...counts } = await proveBrokenDisks(
    seed,
    Math.ceil(rounds / roundsPerBrokenDisk),
  );
  const figures = kept(counts);
  return {
    fault: 'broken-disk',
    ok,
    headline: `broken-disk: ${points} writes and syncs failed`,
    outcomes: [
      { who: 'ours', counts: countsOf(figures) },
      {
        who: 'control (goes on after a failed sync)',
        note: `confirmed ${control.confirmedAfter} of ${control.accepted} afterwards`,
        provesNothing: control.confirmedAfter === 0,
      },
    ],
    details: faults,
    figures: { points, ...figures, control: { ...control, mustLose: true } },
  };
}

/** The same store in a machine of its own: kernel, ext4 and its journal between SQLite and the disk. */
export async function guestCut({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, control, faults, points, corrupt, why, ...counts } = await proveGuestCuts(
    seed,
    Math.ceil(rounds * guestCutsPerRound),
  );
  const figures = kept(counts);
  return {
    fault: 'guest-cut',
    ok,
    headline: `guest-cut: ${points} moments of a whole machine, ${corrupt} of them corrupt`,
    outcomes: besideNormal(figures, control),
    details: [...faults, ...(why === undefined ? [] : [why])],
    figures: { points, corrupt, ...figures, control: normalFigures(control) },
  };
}

/** A disk that fills at every block of the last ones. */
export async function fullDisk({ rounds }: RunOptions): Promise<RunResult> {
  const disk = mountSmallDisk();
  if (!disk)
    return {
      fault: 'full-disk',
      ok: false,
      headline: 'full-disk: no small disk can be mounted here',
      outcomes: [],
      figures: {},
    };
  try {
    const found = Array.from({ length: Math.ceil(rounds * blocksPerRound) }, (_, n) =>
      fillDisk(disk.folder, (n % lastBlocks) * blockBytes),
    );
    const total = (of: (one: FullDisk) => number): number => found.reduce((sum, one) => sum + of(one), 0);
    const figures = {
      ...kept({ accepted: total((one) => one.accepted), lost: total((one) => one.lost) }),
      refused: total((one) => one.refused),
    };
    const stuck = found.filter(({ isBack }) => !isBack).length;
    const control = fillDisk(disk.folder, 0, false);
    const acks = found.filter(({ isAckTaken }) => isAckTaken).length;
    return {
      fault: 'full-disk',
      ok:
        figures.lost === 0 &&
        stuck === 0 &&
        acks === found.length &&
        figures.refused > 0 &&
        !control.isAckTaken,
      headline: `full-disk: ${found.length} times, ${acks} acks taken while it was full, ${stuck} did not come back`,
      outcomes: [
        { who: 'ours', counts: countsOf(figures) },
        {
          who: 'control (no reserve)',
          note: control.isAckTaken ? 'acks were taken' : 'acks are stuck',
          provesNothing: control.isAckTaken,
        },
      ],
      figures: {
        points: found.length,
        acks,
        stuck,
        ...figures,
        control: { acks: control.isAckTaken ? 1 : 0 },
      },
    };
  } finally {
    disk.remove();
  }
}

/**
 * Not noticed at the start, but by headquarters: a fact that it had and the terminal has not, or has in other words
 * (OB10). That facts are gone which never left the terminal, the mark tells.
 */
const heardOfLater: readonly Damage[] = ['flip', 'flip-many'];

/** A killed terminal's file with flipped bits, cut, full of noise, or with a companion gone. */
export async function damagedStore({ seed, rounds }: RunOptions): Promise<RunResult> {
  const killed = killTerminal(seed, 200);
  try {
    const found = seededDamages(seed, killed, Math.ceil(rounds * damagesPerRound));
    const count = (notice: Notice): number => found.filter((one) => one.notice === notice).length;
    const unnoticed = damages
      .map(
        (damage) =>
          [
            damage,
            found.filter((one) => one.damage === damage && one.notice === 'unnoticed').length,
          ] as const,
      )
      .filter(([, times]) => times > 0);
    const figures = {
      points: found.length,
      whole: count('whole'),
      told: count('told'),
      unnoticed: count('unnoticed'),
    };
    return {
      fault: 'damaged-store',
      ok: found.every(({ damage, notice }) => notice !== 'unnoticed' || heardOfLater.includes(damage)),
      headline: `damaged-store: ${found.length} damages of a store with ${killed.facts.size} facts`,
      outcomes: [
        {
          who: 'ours',
          note: `whole ${figures.whole}  set aside and told ${figures.told}  unnoticed ${figures.unnoticed}`,
        },
      ],
      details: unnoticed.map(([damage, times]) => `unnoticed: ${damage} ${times}`),
      figures,
    };
  } finally {
    rmSync(killed.folder, { recursive: true, force: true });
  }
}

/** Numbers are gap-free, so nothing can stand twice in a store. */
function kept({ accepted, lost }: Pick<Counts, 'accepted' | 'lost'>): Counts & { readonly store: 'sqlite' } {
  return { store: 'sqlite', accepted, applied: accepted - lost, lost, doubled: 0, refused: 0 };
}

/** Ours, and the same history written by a store that believes the kernel. */
function besideNormal(ours: Counts, control: ReplayFigures): RunResult['outcomes'] {
  return [
    { who: 'ours', counts: countsOf(ours) },
    {
      who: 'control (synchronous=NORMAL)',
      counts: countsOf(kept(control)),
      note: `at ${control.losingPoints} of ${control.points} moments`,
      provesNothing: control.lost === 0,
    },
  ];
}

function normalFigures({ points, accepted, lost }: ReplayFigures) {
  return { points, accepted, lost, mustLose: true };
}
