// What `npm run proof` says about many workers: ours beside those that believe their clock, which must lose or double.
import type { RunOptions, RunResult } from '../run-result.ts';
import { breakWorkers, workerFaults } from './worker-faults.ts';

/** A round takes a few seconds: leases must end. */
const roundsPerFault = 9;
const fewestFaults = 3;
/** Enough for whoever believes its clock. */
const controlFaults = 3;

export async function proveWorkers({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  const plan = workerFaults(seed, Math.max(fewestFaults, Math.ceil(rounds / roundsPerFault)));
  const ours = await breakWorkers('ours', broker, plan);
  const control = await breakWorkers('naive', broker, workerFaults(seed, controlFaults, true));
  const isWhole = ours.lost + ours.doubled + ours.disordered + ours.wrongMarks === 0;
  const isBusy = ours.accepted > 50 * plan.length;
  const isWrong = control.lost + control.doubled + control.disordered > 0;
  return {
    fault: 'workers',
    ok: isWhole && isBusy && isWrong,
    lines: [
      `workers on ${broker} and postgres: ${ours.kills} kills, ${ours.freezes} freezes of 3 workers, their database and broker`,
      `accepted ${ours.accepted}  applied ${ours.applied}  lost ${ours.lost}  doubled ${ours.doubled}  disordered ${ours.disordered}  wrong marks ${ours.wrongMarks}  refused-and-visible ${ours.refused}`,
      `terminals of which a woken worker was refused a batch: ${ours.fenced}`,
      ...(isBusy ? [] : ['hardly anything was accepted, so this run proves nothing']),
      `control (leases without a fence, marks in memory): lost ${control.lost}, doubled ${control.doubled}, disordered ${control.disordered} of ${control.accepted}${isWrong ? '' : ' — it must go wrong, so this run proves nothing'}`,
    ],
    figures: { broker, store: 'postgres', ...ours, control: { ...control, mustLose: true } },
  };
}
