// What `npm run proof` says about the network: bad lines and the storm after a broker's restart, each beside its control.
import { type BadLineResult, badLines, goodLine, sendOverBadLine } from './bad-lines.ts';
import { seededRandom } from './fault-plan.ts';
import { makeStorm } from './reconnect-storm.ts';
import type { BrokerName } from './world.ts';

interface NetworkProof {
  readonly ok: boolean;
  readonly lines: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/** What goes twice over a line that loses nothing. */
const mostBytes = 1.5;
const leastUsed = 0.5;
const mostInStep = 300;

/** @param facts over each line; more over narrow ones, so that the start does not count, fewer where each takes a disturbance */
export async function proveBadLines(broker: BrokerName, facts: number, seed: number): Promise<NetworkProof> {
  const results: (BadLineResult & { readonly fine: boolean; readonly times: number })[] = [];
  for (const line of badLines) {
    const share = line.bytesPerSecond === undefined ? (line.isLossless ? 1 : 1 / 3) : 8;
    const options = { broker, facts: Math.ceil(facts * share), seed };
    const good = await sendOverBadLine(goodLine, options);
    const result = await sendOverBadLine(line, options);
    const times = result.bytes / good.bytes;
    const isPatient = !line.isLossless || times <= mostBytes;
    const isQuick = result.used === null || result.used / times >= leastUsed;
    results.push({ ...result, times, fine: result.ok && isPatient && isQuick });
  }
  const sum = (pick: (result: BadLineResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const figures = {
    broker,
    accepted: sum(({ accepted }) => accepted),
    applied: sum(({ applied }) => applied),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
  };
  return {
    ok: results.every(({ fine }) => fine),
    lines: [
      `partition on ${broker}: ${badLines.length} bad lines`,
      `accepted ${figures.accepted}  applied ${figures.applied}  lost ${figures.lost}  doubled ${figures.doubled}`,
      ...results.map(
        ({ line, ms, times, used, lost, doubled, fine }) =>
          `${fine ? '✓' : '✗'} ${line}: ${ms} ms, lost ${lost}, doubled ${doubled}, ${times.toFixed(2)} × the bytes of a good line${used === null ? '' : `, ${Math.round((used / times) * 100)} % of the line put to use`}`,
      ),
    ],
    figures: { ...figures, lines: results },
  };
}

export async function proveStorm(terminals: number, seed: number): Promise<NetworkProof> {
  const { terminals: fleet, target, ...ours } = await makeStorm(terminals, seededRandom(seed));
  // in step, and not more than one process can send in a second
  const control = await makeStorm(Math.min(terminals, mostInStep), () => 1);
  const isFine = ours.peak <= 2 * target && ours.back === fleet && ours.back99Ms !== null;
  const mustOverrun = control.peak > 2 * control.target;
  return {
    ok: isFine && mustOverrun,
    lines: [
      `reconnect-storm: ${fleet} connections, broker away and then busy, target ${target} connects/s`,
      `peak ${ours.peak}/s, turned away ${ours.turnedAway}, back ${ours.back}, 99 % after ${ours.back99Ms} ms`,
      `control (no jitter): peak ${control.peak}/s with ${control.terminals} connections, target ${control.target}/s${mustOverrun ? '' : ' — it must overrun the broker, so this run proves nothing'}`,
    ],
    figures: {
      terminals: fleet,
      target,
      ...ours,
      control: { terminals: control.terminals, target: control.target, peak: control.peak, mustLose: true },
    },
  };
}
