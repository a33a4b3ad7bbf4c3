// `npm run proof`: pulls plugs and prints what was lost. Every control, which trusts what it is told, must lose or double.
import { writeFileSync } from 'node:fs';
import { type Proof, shortRunSeconds } from './proofs.ts';
import { linesOf, type RunResult, tableOf } from './run-result.ts';
import { parseWish, usage, type Wish } from './wish.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const wish = parseWish(process.argv.slice(2));
  switch (wish.kind) {
    case 'help':
      console.log(usage().join('\n'));
      return 0;
    case 'wrong':
      console.error(`${wish.why}\n${usage()[0]}\n--help says more`);
      return 2;
    case 'prove': {
      const results = await prove(wish);
      return results.every(({ ok }) => ok) ? 0 : 1;
    }
  }
}

async function prove({
  runs,
  isShort,
  leftOut,
  seed,
  broker,
  store,
  json,
}: Extract<Wish, { kind: 'prove' }>) {
  const startMs = performance.now();
  const secondsSince = (ms: number): string => `${Math.round((performance.now() - ms) / 1_000)} s`;
  console.log(`seed ${seed}; the same seed pulls the same plugs`);
  for (const line of leftOut) console.log(`– ${line}`);
  const results: RunResult[] = [];
  for (const [n, { name, proof, rounds }] of runs.entries()) {
    if (isShort && isTooLate(proof, performance.now() - startMs)) {
      console.log(`– ${name} is left out, as this machine is busy: npm run proof -- --only ${name}`);
      continue;
    }
    console.log(`▸ ${name}, ${n + 1} of ${runs.length}, after ${secondsSince(startMs)}: ${proof.says}`);
    const runMs = performance.now();
    const result = await proof.run({ seed, rounds, broker, store }).catch((error) => broken(name, error));
    results.push(result);
    const [headline = '', ...rest] = linesOf(result);
    console.log(`${result.ok ? '✓' : '✗'} ${headline} (${secondsSince(runMs)})`);
    for (const line of rest) console.log(`    ${line}`);
  }
  console.log(['', ...tableOf(results), ''].join('\n'));
  const isFine = results.every(({ ok }) => ok);
  console.log(
    `${isFine ? 'all of it held, and every control failed' : 'NOT PROVED'}; ${secondsSince(startMs)}`,
  );
  if (json !== undefined) {
    const figures = results.map((result) => ({ fault: result.fault, ok: result.ok, ...result.figures }));
    writeFileSync(json, `${JSON.stringify({ seed, runs: figures }, null, 2)}\n`);
  }
  return results;
}

/** On a busy machine a run without words leaves out what it may, and says so. */
function isTooLate({ share }: Proof, elapsedMs: number): boolean {
  return share?.isOptional === true && elapsedMs / 1_000 + share.seconds > shortRunSeconds;
}

/** A proof that cannot be run to its end proves nothing, and is no reason to leave the others out. */
function broken(fault: string, error: unknown): RunResult {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    fault,
    ok: false,
    headline: `${fault} broke off`,
    outcomes: [{ who: 'ours', note: why.split('\n')[0] ?? '' }],
    details: why.split('\n').slice(1),
    figures: { why },
  };
}
