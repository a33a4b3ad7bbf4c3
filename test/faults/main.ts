// `npm run proof`: pulls plugs and prints what was lost. The control, which trusts the broker, must lose.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultPlan } from './fault-plan.ts';
import { productWorld } from './product-world.ts';
import { type PullPlugsResult, pullPlugs } from './pull-plugs.ts';
import { naiveWorld, smallWorld } from './small-worlds.ts';
import { type BrokerName, brokerNames } from './world.ts';

interface RunResult {
  readonly fault: string;
  readonly broker: BrokerName;
  readonly store: 'sqlite';
  readonly accepted: number;
  readonly applied: number;
  readonly lost: number;
  readonly doubled: number;
  readonly refused: number;
  readonly ok: boolean;
  readonly kills: number;
  readonly freezes: number;
  readonly control?: { readonly lost: number; readonly accepted: number; readonly mustLose: true };
}
interface RunOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly broker: BrokerName;
}

/** Every proof that there is, by name. */
const runs: Readonly<Record<string, (options: RunOptions) => Promise<RunResult>>> = {
  kill,
  'kill-courier': killCourier,
};

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '45' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    broker: { type: 'string', default: 'mosquitto' },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const rounds = Number(values.rounds);
  const seed = Number(values.seed);
  const broker = brokerNames.find((name) => name === values.broker);
  const wanted = values.only?.split(',') ?? Object.keys(runs);
  const unknown = wanted.filter((name) => !Object.hasOwn(runs, name));
  if (!broker || !(rounds > 0) || !Number.isInteger(seed) || unknown.length > 0) {
    console.error(
      `usage: proof [--json FILE] [--only ${Object.keys(runs).join(',')}] [--rounds N] [--seed N] [--broker ${brokerNames.join('|')}]`,
    );
    return 2;
  }
  console.log(`seed ${seed}, ${rounds} rounds; the same seed pulls the same plugs`);
  const results: RunResult[] = [];
  for (const name of wanted) {
    const result = await runs[name]?.({ seed, rounds, broker });
    if (!result) continue;
    results.push(result);
    print(result);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ seed, runs: results }, null, 2)}\n`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

/** SIGKILL and SIGSTOP of the shipped terminal, broker and headquarters, alone and together; and the control. */
async function kill({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  const plan = faultPlan(seed, rounds);
  const ours = report('kill', broker, await pullPlugs(productWorld, broker, plan));
  const control = await pullPlugs(naiveWorld, broker, plan);
  return {
    ...ours,
    ok: ours.ok && control.lost > 0,
    control: { lost: control.lost, accepted: control.accepted, mustLose: true },
  };
}

/** The same with outbox and courier alone: many more facts in the same time. */
async function killCourier({ seed, rounds, broker }: RunOptions): Promise<RunResult> {
  return report('kill-courier', broker, await pullPlugs(smallWorld, broker, faultPlan(seed, rounds)));
}

function report(
  fault: string,
  broker: BrokerName,
  { disordered: _disordered, ...result }: PullPlugsResult,
): RunResult {
  return { fault, broker, store: 'sqlite', ...result };
}

function print({
  fault,
  broker,
  kills,
  freezes,
  accepted,
  applied,
  lost,
  doubled,
  refused,
  ok,
  control,
}: RunResult): void {
  console.log(
    `${ok ? '✓' : '✗'} ${fault} on ${broker}: ${kills} kills, ${freezes} freezes\n` +
      `    accepted ${accepted}  applied ${applied}  lost ${lost}  doubled ${doubled}  refused-and-visible ${refused}`,
  );
  if (control) {
    console.log(
      `    control (deletes on the broker's PUBACK): lost ${control.lost} of ${control.accepted}${control.lost > 0 ? '' : ' — it must lose, so this run proves nothing'}`,
    );
  }
}
