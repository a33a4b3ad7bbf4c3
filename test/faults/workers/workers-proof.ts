// What `npm run proof` says about many workers: ours beside those that believe their clock, which must lose or double.
import { countsOf, type RunOptions, type RunResult } from '../run-result.ts';
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
    headline: `workers on ${broker} and postgres: ${ours.kills} kills, ${ours.freezes} freezes of 3 workers, their database and broker`,
    outcomes: [
      {
        who: 'ours',
        counts: countsOf(ours),
        note: `disordered ${ours.disordered}  wrong marks ${ours.wrongMarks}`,
        provesNothing: !isBusy,
      },
      {
        who: 'control (leases without a fence, marks in memory)',
        counts: countsOf(control),
        note: `disordered ${control.disordered}`,
        provesNothing: !isWrong,
      },
    ],
    details: [`terminals of which a woken worker was refused a batch: ${ours.fenced}`],
    figures: { broker, store: 'postgres', ...ours, control: { ...control, mustLose: true } },
  };
}
