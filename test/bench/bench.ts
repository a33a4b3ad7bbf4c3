// `npm run bench` without its process: reads the arguments, measures the rows, prints the table, writes the file.
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { MeasureRow, Row } from './row.ts';
import { benchTable } from './table.ts';

export interface BenchOutput {
  /** the result, line by line */
  readonly result: (line: string) => void;
  /** what is going on meanwhile */
  readonly progress: (line: string) => void;
}

/**
 * @param args without node and script
 * @param measures every row that there is, by name, in the order of measuring
 * @returns the exit code: 0 all goals met, 1 a goal missed or a row that could not be measured, 2 wrong arguments
 */
export async function bench(
  args: readonly string[],
  measures: Readonly<Record<string, MeasureRow>>,
  { result, progress }: BenchOutput,
): Promise<number> {
  const names = Object.keys(measures);
  const wish = parseWish(args, names);
  if (wish.kind === 'wrong') {
    for (const line of [wish.why, ...usage(names)]) progress(line);
    return 2;
  }
  if (wish.kind === 'help') {
    usage(names).forEach(result);
    return 0;
  }
  const rows: Row[] = [];
  let isAllMeasured = true;
  for (const name of wish.names) {
    progress(`measuring ${name}`);
    try {
      const measured = await measures[name]?.({ isQuick: wish.isQuick, progress });
      rows.push(...(measured ?? []));
    } catch (error) {
      // the others are still worth knowing
      isAllMeasured = false;
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
      progress(`${name} could not be measured: ${why}`);
    }
  }
  benchTable(rows).forEach(result);
  if (wish.json !== undefined) {
    writeFileSync(wish.json, `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
  }
  return isAllMeasured && rows.every(({ ok }) => ok) ? 0 : 1;
}

type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | {
      readonly kind: 'measure';
      readonly names: readonly string[];
      readonly json: string | undefined;
      readonly isQuick: boolean;
    };

function parseWish(args: readonly string[], names: readonly string[]): Wish {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        json: { type: 'string' },
        only: { type: 'string' },
        quick: { type: 'boolean' },
      },
    });
    if (values.help) return { kind: 'help' };
    const wanted = values.only?.split(',');
    const unknown = wanted?.filter((name) => !names.includes(name)) ?? [];
    if (unknown.length > 0) return { kind: 'wrong', why: `unknown row ${unknown.join(', ')}` };
    return {
      kind: 'measure',
      names: names.filter((name) => wanted?.includes(name) ?? true),
      json: values.json,
      isQuick: values.quick ?? false,
    };
  } catch (error) {
    return { kind: 'wrong', why: (error as Error).message };
  }
}

function usage(names: readonly string[]): string[] {
  return [
    'usage: npm run bench -- [--only ROW,ROW] [--json FILE] [--quick]',
    '',
    'Measures this product against peers and floors in the same run and prints ratios.',
    '  --only ROW,ROW  only these rows',
    '  --json FILE     write the machine and all numbers to FILE',
    '  --quick         few runs: shows that it works, is not to be quoted',
    '',
    `rows: ${names.join(', ')}`,
    'Exit code: 0 all goals met, 1 a goal missed or a row not measured, 2 wrong arguments.',
  ];
}

/** What the numbers were measured on. */
function machine() {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? arch(),
    cores: cores.length,
    /** bytes */
    memory: totalmem(),
    node: process.version,
    os: `${platform()} ${release()} ${arch()}`,
  };
}
