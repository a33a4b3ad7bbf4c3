// Kills a terminal while it enrols, at any moment and just when headquarters has signed: no claim may be burnt, no
// identity lost. Beside it a design that keeps its key in memory, which must burn claims.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../../kiosk/config.ts';
import { Identity } from '../../../provisioning/identity.ts';
import { type FleetDoor, startFleetDoor } from '../../provisioning/fleet-door.ts';
import { seededRandom } from '../fault-plan.ts';
import type { Outcome, RunOptions, RunResult } from '../run-result.ts';

type Design = 'ours' | 'naive';

interface Tally {
  kills: number;
  terminals: number;
  enrolled: number;
  /** a claim that was good for nothing although its terminal has no certificate */
  burnt: number;
  /** was enrolled, and was not any more after a kill */
  lost: number;
  /** files that no start could read */
  torn: number;
  /** certificates beyond one for each terminal */
  surplus: number;
  /** what was left of terminals that are not whole at the end */
  readonly unfinished: string[];
}

const killsPerRound = 7;
const mostKillsEach = 4;
/** a whole enrolment takes less on a fast machine, and then the kill comes after it */
const longestMs = 400;
const program = fileURLToPath(new URL('./enrol-program.js', import.meta.url));

export async function proveEnrol({ seed, rounds }: Pick<RunOptions, 'seed' | 'rounds'>): Promise<RunResult> {
  const kills = rounds * killsPerRound;
  const ours = await pullPlugs('ours', kills, seed);
  const naive = await pullPlugs('naive', Math.min(kills, 4 * killsPerRound), seed);
  const isFine = ours.burnt + ours.lost + ours.torn + ours.surplus === 0 && ours.enrolled === ours.terminals;
  const isControlled = naive.burnt > 0;
  return {
    fault: 'enrol',
    ok: isFine && isControlled,
    headline: `enrol: ${ours.kills} kills of ${ours.terminals} terminals that enrol`,
    outcomes: [
      { who: 'ours', note: told(ours) },
      {
        who: 'control (keeps its key in memory until it is signed)',
        note: told(naive),
        provesNothing: !isControlled,
      } satisfies Outcome,
    ],
    details: ours.unfinished,
    figures: { ...ours, control: naive },
  };
}

function told({ enrolled, terminals, burnt, lost, torn, surplus }: Tally): string {
  return `enrolled ${enrolled} of ${terminals}  claims burnt ${burnt}  identities lost ${lost}  torn ${torn}  surplus certificates ${surplus}`;
}

async function pullPlugs(design: Design, kills: number, seed: number): Promise<Tally> {
  const random = seededRandom(seed);
  const door = await startFleetDoor();
  const tally: Tally = {
    kills: 0,
    terminals: 0,
    enrolled: 0,
    burnt: 0,
    lost: 0,
    torn: 0,
    surplus: 0,
    unfinished: [],
  };
  try {
    while (tally.kills < kills) await oneTerminal(design, door, tally, random);
    const { count } = await door.store.db
      .selectFrom('certificate')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    tally.surplus = Math.max(0, Number(count) - tally.terminals);
  } finally {
    await door.close();
  }
  return tally;
}

/** Killed a few times, then left alone. */
async function oneTerminal(
  design: Design,
  door: FleetDoor,
  tally: Tally,
  random: () => number,
): Promise<void> {
  tally.terminals += 1;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-enrol-'));
  const name = `t${tally.terminals}`;
  writeFileSync(join(folder, 'claim.json'), JSON.stringify(await door.claimFor(name)));
  const identity = new Identity(join(folder, 'identity'));
  try {
    const plugs = 1 + Math.floor(random() * mostKillsEach);
    for (let plug = 0; plug < plugs; plug += 1) {
      const wasEnrolled = identity.current() !== null;
      await runOnce(design, folder, door, plugOf(random));
      tally.kills += 1;
      if (wasEnrolled && identity.current() === null) tally.lost += 1;
      const kind = identity.kindOn({ model: '', serial: 'board-1', architecture: 'x64' });
      if (kind === 'torn' || kind === 'foreign') tally.torn += 1;
    }
    const end = await runOnce(design, folder, door, null);
    if (end === 'burnt') tally.burnt += 1;
    if (end === 'done' && isWhole(folder, identity, name)) tally.enrolled += 1;
    else tally.unfinished.push(`${name} ${end}: ${readdirSync(folder).join(' ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isWhole(folder: string, identity: Identity, name: string): boolean {
  const config = join(folder, 'config.json');
  const isGone = !existsSync(join(folder, 'claim.json'));
  return (
    isGone &&
    identity.current()?.terminal === name &&
    parseConfig(readFileSync(config, 'utf8'), config).terminal === name
  );
}

/** `answer`: when headquarters has signed and not yet told it. */
type Plug = { readonly kind: 'answer' } | { readonly kind: 'time'; readonly ms: number };

function plugOf(random: () => number): Plug {
  return random() < 0.3 ? { kind: 'answer' } : { kind: 'time', ms: random() * longestMs };
}

/** @returns how it ended: enrolled, killed, or with a claim that is good for nothing */
async function runOnce(
  design: Design,
  folder: string,
  door: FleetDoor,
  plug: Plug | null,
): Promise<'done' | 'killed' | 'burnt'> {
  const child = spawn(process.execPath, [program, folder, design], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (plug?.kind === 'answer') killAtAnswer(door, child);
  let end: 'done' | 'killed' | 'burnt' = 'killed';
  let timer: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const { step, code } = JSON.parse(line) as { readonly step: string; readonly code?: string | null };
    if (step === 'begin' && plug?.kind === 'time') timer = setTimeout(() => child.kill('SIGKILL'), plug.ms);
    if (step === 'end') end = 'done';
    if (code === 'claim-used') {
      end = 'burnt';
      child.kill('SIGKILL');
    }
  }
  await ended;
  clearTimeout(timer);
  door.mood = undefined;
  return end;
}

function killAtAnswer(door: FleetDoor, child: ChildProcess): void {
  door.mood = (path, response) => {
    if (path !== '/enrol') return false;
    const answer = response.end.bind(response);
    response.end = ((text: string) => {
      child.kill('SIGKILL');
      return answer(text);
    }) as typeof response.end;
    return false;
  };
}
