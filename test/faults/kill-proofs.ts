// The proofs that pull the plugs of programs, as `npm run proof` runs them: how much a round is, and what is told of it.
import { faultPlan, type PartyName, partyNames, wipePlan } from './fault-plan.ts';
import { productWorld } from './product-world.ts';
import { type PullPlugsResult, pullPlugs } from './pull-plugs.ts';
import { countsOf, type RunOptions, type RunResult } from './run-result.ts';
import { naiveWorld, smallWorld } from './small-worlds.ts';
import type { BrokerName, StoreName } from './world.ts';

/** SIGKILL and SIGSTOP of the shipped terminal, broker and headquarters, alone and together; and the control. */
export async function kill({ seed, rounds, broker, store }: RunOptions): Promise<RunResult> {
  const plan = faultPlan(seed, roundsOn(broker, rounds));
  const withDatabase: readonly PartyName[] = [...partyNames, 'database'];
  const ourPlan = store === 'sqlite' ? plan : faultPlan(seed, roundsOn(broker, rounds), withDatabase);
  const ours = report('kill', broker, await pullPlugs(productWorld, broker, ourPlan, { store }), store);
  return besideControl(ours, broker, await pullPlugs(naiveWorld, broker, plan));
}

/** The broker killed and its disk emptied at any moment: nothing of ours may have been there alone. */
export async function brokerWiped({ seed, rounds, broker, store }: RunOptions): Promise<RunResult> {
  const plan = wipePlan(seed, roundsOn(broker, rounds), broker === 'nats' ? 8_000 : 0);
  const options = { isBrokerWiped: true };
  const result = await pullPlugs(productWorld, broker, plan, { ...options, store });
  const ours = report('broker-wiped', broker, result, store);
  return besideControl(ours, 'wiped', await pullPlugs(naiveWorld, broker, plan, options));
}

/** The same with outbox and courier alone: many more facts in the same time. */
export async function killCourier({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  return report(
    'kill-courier',
    broker,
    await pullPlugs(smallWorld, broker, faultPlan(seed, roundsOn(broker, rounds))),
  );
}

/** A cluster takes seconds to catch up after each plug. */
function roundsOn(broker: BrokerName, rounds: number): number {
  return broker === 'nats' ? Math.ceil(rounds / 5) : rounds;
}

/** Three nodes that keep everything three times lose nothing when one of them dies: there the control may get away with it. */
function besideControl(ours: RunResult, broker: BrokerName | 'wiped', control: PullPlugsResult): RunResult {
  const mustLose = broker !== 'nats';
  const provesNothing = mustLose && control.lost === 0;
  const counts = countsOf(control);
  return {
    ...ours,
    ok: ours.ok && !provesNothing,
    outcomes: [...ours.outcomes, { who: "control (deletes on the broker's PUBACK)", counts, provesNothing }],
    figures: { ...ours.figures, control: { ...counts, mustLose } },
  };
}

function report(
  fault: string,
  broker: BrokerName,
  { disordered: _disordered, ok, ...figures }: PullPlugsResult,
  store: StoreName = 'sqlite',
): RunResult {
  const { kills, freezes, accepted } = figures;
  // who hardly accepts anything has nothing to lose
  const isBusy = accepted > kills + freezes;
  return {
    fault,
    ok: ok && isBusy,
    headline: `${fault} on ${broker} and ${store}: ${kills} kills, ${freezes} freezes`,
    outcomes: [{ who: 'ours', counts: countsOf(figures), provesNothing: !isBusy }],
    figures: { broker, store, ...figures },
  };
}
