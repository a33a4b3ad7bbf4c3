// `npm run proof`: pulls plugs and prints what was lost. Every control, which trusts what it is told, must lose or double.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultPlan, type PartyName, partyNames, wipePlan } from './fault-plan.ts';
import { proveInGuest } from './guest-proof.ts';
import { proveBadLines, proveStorm } from './network-proof.ts';
import { diskRuns } from './power-cut/disk-runs.ts';
import { provePrinting } from './printer-proof.ts';
import { productWorld } from './product-world.ts';
import { type PullPlugsResult, pullPlugs } from './pull-plugs.ts';
import { proveReaders } from './reader-proof.ts';
import { proveReplugs } from './replug-proof.ts';
import type { RunOptions, RunResult } from './run-result.ts';
import { proveSimulation } from './simulation/simulation-proof.ts';
import { naiveWorld, smallWorld } from './small-worlds.ts';
import { proveWorkers } from './workers/workers-proof.ts';
import { type BrokerName, brokerNames, type StoreName, storeNames } from './world.ts';

/** Every proof that there is, by name. */
const runs: Readonly<Record<string, (options: RunOptions) => Promise<RunResult>>> = {
  kill,
  'kill-courier': killCourier,
  'broker-wiped': brokerWiped,
  partition: async ({ seed, rounds, broker }) => ({
    fault: 'partition',
    ...(await proveBadLines(broker, Math.max(100, Math.min(2_000, rounds * factsPerRound)), seed)),
  }),
  'reconnect-storm': async ({ seed, rounds }) => ({
    fault: 'reconnect-storm',
    ...(await proveStorm(Math.max(200, Math.min(5_000, rounds * connectionsPerRound)), seed)),
  }),
  printer,
  reader,
  replug,
  guest,
  ...diskRuns,
  simulation: proveSimulation,
  workers: proveWorkers,
};

/** 45 rounds are 10,000 faults */
const faultsPerRound = 223;
/** over each bad line */
const factsPerRound = 5;
/** 45 rounds are 1,350 connections */
const connectionsPerRound = 30;
/** 45 rounds are 1,000,000 frames, 1,000 replugs of each device, 2 in the guest */
const framesPerRound = 22_223;
const replugsPerRound = 23;
const guestRounds = 20;

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '45' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    broker: { type: 'string', default: 'mosquitto' },
    store: { type: 'string', default: 'sqlite' },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const rounds = Number(values.rounds);
  const seed = Number(values.seed);
  const broker = brokerNames.find((name) => name === values.broker);
  const store = storeNames.find((name) => name === values.store);
  const wanted = values.only?.split(',') ?? Object.keys(runs);
  const unknown = wanted.filter((name) => !Object.hasOwn(runs, name));
  if (!broker || !store || !(rounds > 0) || !Number.isInteger(seed) || unknown.length > 0) {
    console.error(
      `usage: proof [--json FILE] [--only ${Object.keys(runs).join(',')}] [--rounds N] [--seed N] [--broker ${brokerNames.join('|')}] [--store ${storeNames.join('|')}]`,
    );
    return 2;
  }
  console.log(`seed ${seed}, ${rounds} rounds; the same seed pulls the same plugs`);
  const results: RunResult[] = [];
  for (const name of wanted) {
    const result = await runs[name]?.({ seed, rounds, broker, store });
    if (!result) continue;
    results.push(result);
    for (const [n, line] of result.lines.entries()) {
      console.log(n === 0 ? `${result.ok ? '✓' : '✗'} ${line}` : `    ${line}`);
    }
  }
  if (values.json) {
    const runs = results.map(({ fault, ok, figures }) => ({ fault, ok, ...figures }));
    writeFileSync(values.json, `${JSON.stringify({ seed, runs }, null, 2)}\n`);
  }
  return results.every(({ ok }) => ok) ? 0 : 1;
}

/** SIGKILL and SIGSTOP of the shipped terminal, broker and headquarters, alone and together; and the control. */
async function kill({ seed, rounds, broker, store }: RunOptions): Promise<RunResult> {
  const plan = faultPlan(seed, roundsOn(broker, rounds));
  const withDatabase: readonly PartyName[] = [...partyNames, 'database'];
  const ourPlan = store === 'sqlite' ? plan : faultPlan(seed, roundsOn(broker, rounds), withDatabase);
  const ours = report('kill', broker, await pullPlugs(productWorld, broker, ourPlan, { store }), store);
  return besideControl(ours, broker, await pullPlugs(naiveWorld, broker, plan));
}

/** The broker killed and its disk emptied at any moment: nothing of ours may have been there alone. */
async function brokerWiped({ seed, rounds, broker, store }: RunOptions): Promise<RunResult> {
  const plan = wipePlan(seed, roundsOn(broker, rounds), broker === 'nats' ? 8_000 : 0);
  const options = { isBrokerWiped: true };
  const result = await pullPlugs(productWorld, broker, plan, { ...options, store });
  const ours = report('broker-wiped', broker, result, store);
  return besideControl(ours, 'wiped', await pullPlugs(naiveWorld, broker, plan, options));
}

/** A cluster takes seconds to catch up after each plug. */
function roundsOn(broker: BrokerName, rounds: number): number {
  return broker === 'nats' ? Math.ceil(rounds / 5) : rounds;
}

/** Three nodes that keep everything three times lose nothing when one of them dies: there the control may get away with it. */
function besideControl(
  ours: RunResult,
  broker: BrokerName | 'wiped',
  { lost, accepted }: PullPlugsResult,
): RunResult {
  const mustLose = broker !== 'nats';
  const isFine = lost > 0 || !mustLose;
  return {
    ...ours,
    ok: ours.ok && isFine,
    lines: [
      ...ours.lines,
      `control (deletes on the broker's PUBACK): lost ${lost} of ${accepted}${isFine ? '' : ' — it must lose, so this run proves nothing'}`,
    ],
    figures: { ...ours.figures, control: { lost, accepted, mustLose } },
  };
}

/** The same with outbox and courier alone: many more facts in the same time. */
async function killCourier({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  return report(
    'kill-courier',
    broker,
    await pullPlugs(smallWorld, broker, faultPlan(seed, roundsOn(broker, rounds))),
  );
}

function report(
  fault: string,
  broker: BrokerName,
  { disordered: _disordered, ok, ...figures }: PullPlugsResult,
  store: StoreName = 'sqlite',
): RunResult {
  const { kills, freezes, accepted, applied, lost, doubled, refused } = figures;
  // who hardly accepts anything has nothing to lose
  const isBusy = accepted > kills + freezes;
  return {
    fault,
    ok: ok && isBusy,
    lines: [
      `${fault} on ${broker} and ${store}: ${kills} kills, ${freezes} freezes`,
      `accepted ${accepted}  applied ${applied}  lost ${lost}  doubled ${doubled}  refused-and-visible ${refused}`,
      ...(isBusy ? [] : ['hardly anything was accepted, so this run proves nothing']),
    ],
    figures: { broker, store, ...figures },
  };
}

/** Plugs, power, paper, covers, ears and proofs of printers at every byte of a slip; the paper is the judge. */
async function printer({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await provePrinting(seed, rounds * faultsPerRound);
  const { faults, jobs, lost, doubled, unconfirmed, stuck, mistold, unconfirmedBy, control } = figures;
  const byKind = Object.entries(unconfirmedBy).map(([kind, count]) => `${kind} ${count}`);
  return {
    fault: 'printer',
    ok,
    lines: [
      `printer: ${faults} faults inside ${jobs} slips`,
      `lost ${lost}  doubled ${doubled}  stuck ${stuck}  mistold ${mistold}  unconfirmed-and-visible ${unconfirmed}`,
      `unconfirmed by kind of printer: ${byKind.join(', ')}`,
      `control (prints again on any error): doubled ${control.doubled} of ${control.jobs}${control.doubled > 0 ? '' : ' — it must double, so this run proves nothing'}`,
    ],
    figures,
  };
}

/** Noise, torn and forged frames into every reader and every printer's answers. */
async function reader({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = proveReaders(seed, rounds * framesPerRound);
  const { frames, bytes, right, wrong, faults, control } = figures;
  return {
    fault: 'reader',
    ok,
    lines: [
      `reader: ${frames} frames, ${bytes} bytes into every protocol`,
      `accepted and right ${right}  accepted and wrong, or thrown ${wrong}`,
      ...faults,
      `control (checks no sum): wrong in ${control.wrong} rounds or more of ${control.frames} frames`,
    ],
    figures,
  };
}

/** Plugs pulled a thousand times: nothing may grow. */
async function replug({ rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await proveReplugs(Math.min(1_000, rounds * replugsPerRound));
  return {
    fault: 'replug',
    ok,
    lines: [
      'replug',
      ...figures.devices.map(
        ({ device, cycles, descriptors, handles, heapBytes, slowestReadyMs }) =>
          `${device}: ${cycles} replugs, descriptors ${signed(descriptors)}, handles ${signed(handles)}, heap ${signed(Math.round(heapBytes / 1024))} KiB${slowestReadyMs === null ? '' : `, ready after at most ${slowestReadyMs} ms`}`,
      ),
      `control (forgets a timer at every replug): handles ${signed(figures.control.handles)}`,
    ],
    figures,
  };
}

/** The same readers and a printer behind hidraw and usblp of a real kernel. */
async function guest({ rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await proveInGuest(Math.max(1, Math.floor(rounds / guestRounds)));
  return {
    fault: 'guest',
    ok,
    lines: [
      `guest: ${figures.cases.filter(({ isOk }) => isOk).length} of ${figures.cases.length} cases`,
      ...figures.cases.map(
        ({ name, why, readyMs }) =>
          `${why === undefined ? '✓' : '✗'} ${name}${why === undefined ? '' : `: ${why}`}${readyMs === undefined ? '' : `, ready ${readyMs} ms after the plug (emulated)`}`,
      ),
      ...(figures.why === undefined ? [] : [figures.why]),
    ],
    figures,
  };
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
