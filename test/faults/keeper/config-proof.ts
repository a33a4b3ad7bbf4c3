// Keeper and kiosk are killed at random moments while set-ups come: the terminal must come back with one of them, whole, with its identity and its facts.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../../kiosk/config.ts';
import { makeRandom } from '../../demo/developer/random.ts';
import type { RunOptions, RunResult } from '../run-result.ts';
import { type KeeperWorld, openKeeperWorld } from './keeper-world.ts';

const killsPerRound = 7;
const patienceMs = 120_000;
/** about as long as a switch takes */
const spreadMs = 2_500;
const identityKeys = ['v', 'tenant', 'terminal', 'code', 'dataDir', 'headquarters', 'fleetKeyFile'] as const;

/** @param rounds 45 are 315 kills */
export async function proveConfig({ seed, rounds }: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-config-proof-'));
  const world = await openKeeperWorld(folder, []);
  const kills = rounds * killsPerRound;
  try {
    await world.start();
    const identity = identityOf(world);
    const bad = await killAtRandom(world, identity, { seed, kills });
    const { phones, last } = bad;
    await until(async () => (await world.reports()).some(({ rev, state }) => rev === last && isEnd(state)));
    const facts = await world.facts();
    const reports = await world.reports();
    const said = reports.map(({ rev, state }) => `${rev} ${state}`);
    const isWhole = facts.every(({ seq }, n) => seq === n + 1);
    const anew = facts.filter(({ kind }) => kind === 'epoch-begun').length;
    const inOrder = reports.every(({ rev }, n) => n === 0 || rev >= (reports[n - 1]?.rev ?? 0));
    const torn = await controlInPlace(folder, seed, 60);
    const wrong = bad.torn + bad.foreign;
    return {
      fault: 'config',
      ok: wrong === 0 && isWhole && anew === 0 && inOrder && torn > 0,
      headline: `config: ${kills} SIGKILLs of keeper and kiosk while ${last} set-ups came`,
      outcomes: [
        {
          who: 'ours',
          note: `set-ups torn ${bad.torn}  identities lost ${bad.foreign}  facts ${facts.length} ${isWhole ? 'without a gap' : 'WITH A GAP'}  reports ${said.length} ${inOrder ? 'in order' : 'OUT OF ORDER'}`,
        },
        {
          who: 'control (writes the file in place)',
          note: `torn ${torn} of 60`,
          provesNothing: torn === 0,
        },
      ],
      figures: {
        kills,
        setUps: last,
        ...bad,
        phones,
        facts: facts.length,
        isWhole,
        anew,
        inOrder,
        control: { torn },
      },
    };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Found {
  readonly torn: number;
  readonly foreign: number;
  /** different set-ups that were seen in force */
  readonly phones: number;
  /** the last revision */
  readonly last: number;
}

async function killAtRandom(
  world: KeeperWorld,
  identity: string,
  { seed, kills }: { readonly seed: number; readonly kills: number },
): Promise<Found> {
  const random = makeRandom(seed);
  let [torn, foreign, rev] = [0, 0, 0];
  const phones = new Set<string>();
  for (let n = 0; n < kills; n += 1) {
    // now and then the terminal is left to finish, so that there is something new to go back to
    if (n % 3 === 0) {
      rev += 1;
      await world.want(rev, { 'site.helpPhone': `${rev}`, 'settings.idleSeconds': 40 + (rev % 20) });
    }
    await sleep(random.next() * spreadMs);
    const kiosk = world.kioskPid();
    if (random.next() < 0.4 && kiosk) killed(kiosk);
    else {
      await world.keeper.kill();
      // a power cut takes both
      if (kiosk) killed(kiosk);
      const seen = setUpOf(world);
      if (seen === undefined) torn += 1;
      else {
        phones.add(seen);
        if (Number(seen) > rev && seen !== '400') torn += 1;
      }
      await startAgain(world);
    }
    if (identityOf(world) !== identity) foreign += 1;
  }
  return { torn, foreign, phones: phones.size, last: rev };
}

/** @returns undefined for a config that the terminal would not start with */
function setUpOf({ configFile }: KeeperWorld): string | undefined {
  try {
    return parseConfig(readFileSync(configFile, 'utf8'), configFile).site.helpPhone;
  } catch {
    return undefined;
  }
}

function identityOf({ configFile }: KeeperWorld): string {
  try {
    const config = JSON.parse(readFileSync(configFile, 'utf8')) as Record<string, unknown>;
    return JSON.stringify(identityKeys.map((key) => config[key]));
  } catch {
    return 'none';
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

/** The kiosk of the killed keeper may hold its store for a moment longer. */
async function startAgain(world: KeeperWorld): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await world.start();
      return;
    } catch (error) {
      if (tries === 10) throw error;
      await sleep(300);
    }
  }
}

/** A program that writes a config as most do is killed while it writes. @returns how often nothing usable was left */
async function controlInPlace(folder: string, seed: number, tries: number): Promise<number> {
  const random = makeRandom(seed + 1);
  const file = join(folder, 'in-place.json');
  const whole = JSON.stringify({ filler: 'x'.repeat(200_000), end: true });
  writeFileSync(file, whole);
  const script = `const fs=require('fs');const text=fs.readFileSync(0,'utf8');console.log('go');
    for(;;){const h=fs.openSync(process.argv[1],'w');for(let at=0;at<text.length;at+=5e3)fs.writeSync(h,text.slice(at,at+5e3));fs.closeSync(h)}`;
  let torn = 0;
  for (let n = 0; n < tries; n += 1) {
    const writer = spawn(process.execPath, ['-e', script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
    writer.stdin.end(whole);
    await once(writer.stdout, 'data');
    await sleep(random.next() * 20);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    if (readFileSync(file, 'utf8') !== whole) torn += 1;
  }
  return torn;
}

function isEnd(state: string): boolean {
  return state === 'ok' || state === 'rolled-back';
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error('it did not come to that');
    await sleep(200);
  }
}
