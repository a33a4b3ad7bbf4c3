// The proofs about devices as `npm run proof` runs them: how much a round is, and what is told of it.
import { proveInGuest } from './guest-proof.ts';
import type { PaperVerdict } from './paper-oracle.ts';
import { provePrinting } from './printer-proof.ts';
import { proveReaders } from './reader-proof.ts';
import { proveReplugs } from './replug-proof.ts';
import type { Counts, RunOptions, RunResult } from './run-result.ts';

/** 45 rounds are 10,000 faults */
const faultsPerRound = 223;
/** 45 rounds are 1,000,000 frames, 1,000 replugs of each device, 2 in the guest */
const framesPerRound = 22_223;
const replugsPerRound = 23;
const guestRounds = 20;

/** Plugs, power, paper, covers, ears and proofs of printers at every byte of a slip; the paper is the judge. */
export async function printer({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await provePrinting(seed, rounds * faultsPerRound);
  const { faults, jobs, stuck, mistold, unconfirmed, unconfirmedBy, control } = figures;
  const byKind = Object.entries(unconfirmedBy).map(([kind, count]) => `${kind} ${count}`);
  return {
    fault: 'printer',
    ok,
    headline: `printer: ${faults} faults inside ${jobs} slips`,
    outcomes: [
      { who: 'ours', counts: slipCounts(figures), note: `stuck ${stuck}  mistold ${mistold}` },
      {
        who: 'control (prints again on any error)',
        counts: slipCounts(control),
        provesNothing: control.doubled === 0,
      },
    ],
    details: [`unconfirmed-and-visible ${unconfirmed}, by kind of printer: ${byKind.join(', ')}`],
    figures,
  };
}

/** A slip that is not printed and not lost is one that a person can see: unconfirmed, failed or expired. */
function slipCounts({ jobs, printed, aside, lost, doubled }: Omit<PaperVerdict, 'ok'>): Counts {
  return { accepted: jobs, applied: printed, lost, doubled, refused: aside };
}

/** Noise, torn and forged frames into every reader and every printer's answers. */
export async function reader({ seed, rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = proveReaders(seed, rounds * framesPerRound);
  const { frames, bytes, right, wrong, faults, control } = figures;
  return {
    fault: 'reader',
    ok,
    headline: `reader: ${frames} frames, ${bytes} bytes into every protocol`,
    outcomes: [
      { who: 'ours', note: `accepted and right ${right}  accepted and wrong, or thrown ${wrong}` },
      {
        who: 'control (checks no sum)',
        note: `accepted and wrong in ${control.wrong} rounds or more of ${control.frames} frames`,
        provesNothing: control.wrong === 0,
      },
    ],
    details: faults,
    figures,
  };
}

/** Plugs pulled a thousand times: nothing may grow. */
export async function replug({ rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await proveReplugs(Math.min(1_000, rounds * replugsPerRound));
  return {
    fault: 'replug',
    ok,
    headline: 'replug',
    outcomes: [
      ...figures.devices.map(({ device, cycles, descriptors, handles, heapBytes, slowestReadyMs }) => ({
        who: `ours, ${device}`,
        note: `${cycles} replugs, descriptors ${signed(descriptors)}, handles ${signed(handles)}, heap ${signed(Math.round(heapBytes / 1024))} KiB${slowestReadyMs === null ? '' : `, ready after at most ${slowestReadyMs} ms`}`,
      })),
      {
        who: 'control (forgets a timer at every replug)',
        note: `handles ${signed(figures.control.handles)}`,
      },
    ],
    figures,
  };
}

/** The same readers and a printer behind hidraw and usblp of a real kernel. */
export async function guest({ rounds }: RunOptions): Promise<RunResult> {
  const { ok, ...figures } = await proveInGuest(Math.max(1, Math.floor(rounds / guestRounds)));
  return {
    fault: 'guest',
    ok,
    headline: 'guest',
    outcomes: [
      {
        who: 'ours',
        note: `${figures.cases.filter(({ isOk }) => isOk).length} of ${figures.cases.length} cases`,
      },
    ],
    details: [
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
