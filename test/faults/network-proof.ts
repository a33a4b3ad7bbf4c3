// What `npm run proof` says about the network: bad lines and the storm after a broker's restart, each beside its control.
import { type BadLine, type BadLineResult, badLines, goodLine, sendOverBadLine } from './bad-lines.ts';
import { seededRandom } from './fault-plan.ts';
import { makeStorm } from './reconnect-storm.ts';
import { countsOf, type RunOptions, type RunResult } from './run-result.ts';
import type { BrokerName } from './world.ts';

/** over each bad line */
const factsPerRound = 5;
const fewestFacts = 40;
const mostFacts = 2_000;
/** 45 rounds are 1,350 connections */
const connectionsPerRound = 30;
const fewestConnections = 200;
const mostConnections = 5_000;

/** What goes twice over a line that loses nothing. */
const mostBytes = 1.5;
const leastUsed = 0.5;
const mostInStep = 300;

type JudgedLine = BadLineResult & { readonly fine: boolean; readonly times: number };

export async function partition({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  const facts = Math.max(fewestFacts, Math.min(mostFacts, rounds * factsPerRound));
  const results: JudgedLine[] = [];
  for (const line of badLines) results.push(await judgeLine(line, { broker, facts, seed }));
  const sum = (pick: (result: BadLineResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const figures = {
    broker,
    accepted: sum(({ accepted }) => accepted),
    applied: sum(({ applied }) => applied),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    // its headquarters sets nothing aside: what it cannot read gets no ack and would count as lost
    refused: 0,
  };
  return {
    fault: 'partition',
    ok: results.every(({ fine }) => fine),
    headline: `partition on ${broker}: ${badLines.length} bad lines`,
    outcomes: [{ who: 'ours', counts: countsOf(figures) }],
    details: results.map(
      ({ line, ms, times, used, lost, doubled, fine }) =>
        `${fine ? '✓' : '✗'} ${line}: ${ms} ms, lost ${lost}, doubled ${doubled}, ${times.toFixed(2)} × the bytes of a good line${used === null ? '' : `, ${Math.round((used / times) * 100)} % of the line put to use`}`,
    ),
    figures: { ...figures, lines: results },
  };
}

/** @param facts more of them over narrow lines, so that the start does not count, fewer where each takes a disturbance */
async function judgeLine(
  line: BadLine,
  { broker, facts, seed }: { readonly broker: BrokerName; readonly facts: number; readonly seed: number },
): Promise<JudgedLine> {
  const share = line.bytesPerSecond === undefined ? (line.isLossless ? 1 : 1 / 3) : 8;
  const options = { broker, facts: Math.ceil(facts * share), seed };
  const good = await sendOverBadLine(goodLine, options);
  const result = await sendOverBadLine(line, options);
  const times = result.bytes / good.bytes;
  const isPatient = !line.isLossless || times <= mostBytes;
  const isQuick = result.used === null || result.used / times >= leastUsed;
  return { ...result, times, fine: result.ok && isPatient && isQuick };
}

export async function reconnectStorm({ seed, rounds }: RunOptions): Promise<RunResult> {
  const terminals = Math.max(fewestConnections, Math.min(mostConnections, rounds * connectionsPerRound));
  const { terminals: fleet, target, ...ours } = await makeStorm(terminals, seededRandom(seed));
  // in step, and not more than one process can send in a second
  const control = await makeStorm(Math.min(terminals, mostInStep), () => 1);
  const isFine = ours.peak <= 2 * target && ours.back === fleet && ours.back99Ms !== null;
  const mustOverrun = control.peak > 2 * control.target;
  return {
    fault: 'reconnect-storm',
    ok: isFine && mustOverrun,
    headline: `reconnect-storm: ${fleet} connections, broker away and then busy, target ${Math.round(target)} connects/s`,
    outcomes: [
      {
        who: 'ours',
        note: `peak ${ours.peak}/s, turned away ${ours.turnedAway}, back ${ours.back}, 99 % after ${ours.back99Ms} ms`,
      },
      {
        who: 'control (no jitter)',
        note: `peak ${control.peak}/s with ${control.terminals} connections, target ${Math.round(control.target)}/s`,
        provesNothing: !mustOverrun,
      },
    ],
    figures: {
      terminals: fleet,
      target,
      ...ours,
      control: { terminals: control.terminals, target: control.target, peak: control.peak, mustLose: true },
    },
  };
}
