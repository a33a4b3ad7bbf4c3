// Bad releases of five kinds come onto a terminal that serves: each must be gone again by itself. Then the power goes while releases come, and a
// thousand terminals are offered a bad one.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { terminalArguments } from '../../../kiosk/terminal-process.ts';
import { ChildProgram } from '../../demo/child-program.ts';
import type { Outcome, RunOptions, RunResult } from '../run-result.ts';
import { type BadKind, badKinds, ReleaseWorks } from './bad-releases.ts';
import { built, type KeeperWorld, openKeeperWorld } from './keeper-world.ts';
import { cutFaults, cutPowerDuringReleases } from './release-cuts.ts';
import { reachOfBadReleases } from './release-reach.ts';
import { updateInPlace } from './update-in-place.ts';

const run = promisify(execFile);
const patienceMs = 180_000;
/** issue and goals: from the start of the bad one until a visitor is served, and how many terminals it may reach */
const mostSeconds = 60;
const mostReached = 3;

interface Healed {
  readonly kind: BadKind;
  readonly code: string | null;
  /** from the start of the bad one until a visitor sees the screen again; null = never */
  readonly seconds: number | null;
}

const cutsPerRound = 7;
const fleet = 1_000;
const inPlaceTries = 30;

/** @param rounds of power cuts; each bad kind comes once, whatever they are: that takes minutes */
export async function proveReleases({ seed, rounds }: RunOptions): Promise<RunResult> {
  const five = await healFive();
  const { tally, torn } = await cutPower(rounds * cutsPerRound, seed);
  const reach = await reachOfBadReleases(fleet);
  const faults = cutFaults.reduce((sum, name) => sum + tally[name], 0);
  const isHealed = five.isWhole && five.slowest !== null && five.slowest <= mostSeconds;
  const isContained = reach.most <= mostReached && reach.running === 0;
  const isControlled = five.kept > 0 && torn > 0 && reach.control > mostReached;
  const named = (words: readonly (readonly [string, unknown])[]): string =>
    words.map(([word, value]) => `${word} ${String(value)}`).join('  ');
  return {
    fault: 'release',
    ok: isHealed && faults === 0 && isContained && isControlled,
    headline: `release: ${badKinds.length} kinds of bad releases before a Chromium, ${tally.cuts} power cuts while ${tally.releases} came, ${fleet} terminals offered bad ones`,
    outcomes: [
      {
        who: 'ours',
        note: five.healed
          .map(({ kind, code, seconds }) => `${kind} ${code} ${seconds ?? 'never'} s`)
          .join('  '),
      },
      { who: 'ours, power cuts', note: named(cutFaults.map((name) => [name, tally[name]])) },
      { who: 'ours, rollout', note: `reached at most ${reach.most} of ${fleet}, ${reach.running} went on` },
      control(
        'no gate: a program that says it is ready counts as updated',
        five.kept,
        `${badKinds.length} bad releases kept`,
      ),
      control('unpacks over the release that serves', torn, `${inPlaceTries} left torn`),
      control('"written" counts as "serves"', reach.control, 'terminals reached', mostReached),
    ],
    details: [
      `facts without a gap: ${five.isWhole ? 'yes' : 'NO'}, ${five.facts} of them`,
      `of ${tally.releases} releases ${tally.served} served, ${tally.wentBack} went back, ${tally.refused} were refused`,
      ...tally.notes,
    ],
    figures: { five, cuts: { ...tally, control: { torn } }, reach },
  };
}

/** @param atMost a control that does no worse proves nothing */
function control(what: string, count: number, of: string, atMost = 0): Outcome {
  return {
    who: `control (${what})`,
    note: `${count} of ${of}`.replace(/of terminals/, 'terminals'),
    provesNothing: count <= atMost,
  };
}

async function healFive() {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-release-proof-'));
  const works = new ReleaseWorks(folder);
  const world = await openKeeperWorld(folder, [works.publicKey]);
  try {
    await world.start();
    await world.openScreen();
    await until(() => world.isSeen());
    await world.want(1, { 'site.helpPhone': '95588' });
    await until(async () => (await world.reports()).at(-1)?.state === 'ok');
    await until(() => world.isSeen());
    const healed: Healed[] = [];
    for (const [n, kind] of badKinds.entries()) healed.push(await heal(world, works, kind, n + 2));
    const facts = await world.facts();
    const isWhole = facts.every(({ seq }, n) => seq === n + 1);
    const seconds = healed.flatMap((each) => each.seconds ?? []);
    const slowest = seconds.length === healed.length ? Math.max(...seconds) : null;
    const kept = await controlWithoutGate(world, folder);
    return { healed, slowest, facts: facts.length, isWhole, kept };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function cutPower(cuts: number, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-release-cuts-'));
  try {
    const tally = await cutPowerDuringReleases(folder, cuts, seed);
    const torn = await updateInPlace(folder, { tries: inPlaceTries, seed });
    return { tally, torn };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function heal(world: KeeperWorld, works: ReleaseWorks, kind: BadKind, seq: number): Promise<Healed> {
  const { manifestFile } = await works.build(seq, kind);
  const before = (await world.reports()).length;
  const command = [join(built, 'provisioning/yingbin.js'), 'release', 'install', manifestFile];
  await run(process.execPath, [...command, '--config', world.configFile, '--releases', world.releases]);
  const good = world.kioskPid();
  await until(() => Promise.resolve(world.kioskPid() !== good));
  const startedMs = performance.now();
  await until(async () => {
    const [last] = (await world.reports()).slice(before).filter(({ state }) => state !== 'applying');
    return last !== undefined && (await world.isSeen());
  });
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const last = (await world.reports()).at(-1);
  return { kind, code: last?.code ?? null, seconds: last?.state === 'rolled-back' ? seconds : null };
}

/** An updater that takes "ready" for "serves" keeps whatever says so. @returns how many it would have kept */
async function controlWithoutGate(world: KeeperWorld, folder: string): Promise<number> {
  await world.keeper.stop(10_000);
  let kept = 0;
  for (const [n] of badKinds.entries()) {
    const script = join(world.releases, 'releases', `${n + 2}`, 'dist/kiosk/main.js');
    const args = terminalArguments(script, world.configFile);
    const program = await ChildProgram.start({ args, logFile: join(folder, 'control.log') }).catch(
      () => null,
    );
    if (!program) continue;
    kept += 1;
    await program.kill();
  }
  return kept;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error('it did not come to that');
    await sleep(100);
  }
}
