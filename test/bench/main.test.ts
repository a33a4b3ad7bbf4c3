// The command `npm run bench` with rows that measure nothing: arguments, table, file and exit code.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bench } from './bench.ts';
import { type MeasureRow, type Row, type RowOptions, ratioRow } from './row.ts';
import { benchTable, shortNumber } from './table.ts';

function rowOf(row: string, metric: string, ours: number, goal = 2): Row {
  return ratioRow({ row, metric, op: '>=', goal, ours, against: 1, peer: 'peer 1.2', runs: 3 });
}

/** Runs the command with two rows; `fast` meets its goal, `slow` misses the second of its two. */
async function run(...args: string[]) {
  const measured: [string, RowOptions['isQuick']][] = [];
  const measures: Record<string, MeasureRow> = {
    fast: async ({ isQuick }) => {
      measured.push(['fast', isQuick]);
      return [rowOf('fast', 'ops/s ÷ peer', 12_345.6)];
    },
    slow: async ({ isQuick, progress }) => {
      measured.push(['slow', isQuick]);
      progress('this takes long');
      return [rowOf('slow', 'a', 3), rowOf('slow', 'b', 1)];
    },
    broken: () => Promise.reject(new Error('no such peer')),
  };
  const [result, progress]: [string[], string[]] = [[], []];
  const code = await bench(args, measures, {
    result: (line) => void result.push(line),
    progress: (line) => void progress.push(line),
  });
  return { code, measured, result: result.join('\n'), progress: progress.join('\n') };
}

describe('npm run bench', () => {
  it('measures only what is asked for and ends with 0 when every goal is met', async () => {
    const { code, measured, result, progress } = await run('--only', 'fast');
    expect(code).toBe(0);
    expect(measured).toEqual([['fast', false]]);
    expect(result).toContain('ops/s ÷ peer');
    expect(result).not.toContain('slow');
    expect(progress).toBe('measuring fast');
  });

  it('ends with 1 when one metric misses its goal, and says how it goes beside the table', async () => {
    const { code, measured, result, progress } = await run('--only', 'slow,fast', '--quick');
    expect(code).toBe(1);
    expect(measured).toEqual([
      ['fast', true],
      ['slow', true],
    ]);
    expect(result).not.toContain('this takes long');
    expect(progress).toContain('this takes long');
  });

  it('a row that cannot be measured is named and does not stop the others', async () => {
    const { code, result, progress } = await run('--only', 'broken,fast');
    expect(code).toBe(1);
    expect(progress).toContain('broken could not be measured: no such peer');
    expect(result).toContain('ops/s ÷ peer');
  });

  it('writes the machine and every number to the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-bench-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'bench.json');
    await run('--only', 'fast,slow', '--json', file);
    const { machine, rows } = JSON.parse(readFileSync(file, 'utf8')) as { machine: object; rows: Row[] };
    expect(Object.keys(machine)).toEqual(['cpu', 'cores', 'memory', 'node', 'os']);
    expect(rows.map(({ metric, ok }) => [metric, ok])).toEqual([
      ['ops/s ÷ peer', true],
      ['a', true],
      ['b', false],
    ]);
    expect(rows[0]).toEqual(rowOf('fast', 'ops/s ÷ peer', 12_345.6));
  });

  it('--help tells the rows and measures nothing', async () => {
    const { code, measured, result } = await run('--help');
    expect(code).toBe(0);
    expect(measured).toEqual([]);
    expect(result).toContain('rows: fast, slow, broken');
  });

  it.each([
    [['--only', 'fast,nonsense'], 'unknown row nonsense'],
    [['--only', ''], 'unknown row'],
    [['--fast'], '--fast'],
    [['fast'], 'fast'],
  ])('wrong arguments %j end with 2 and the usage', async (args, why) => {
    const { code, measured, result, progress } = await run(...args);
    expect(code).toBe(2);
    expect(measured).toEqual([]);
    expect(result).toBe('');
    expect(progress).toContain(why);
    expect(progress).toContain('usage: npm run bench');
  });
});

describe('benchTable', () => {
  it('stands in columns, names a row once, and marks what only is shown', () => {
    const rows = [rowOf('slow', 'a', 3), rowOf('slow', 'longer', 0.5), rowOf('fast', 'c', 1_000_000, 0)];
    expect(benchTable(rows)).toEqual([
      'row   metric       ours  against  peer          ratio  goal  ok',
      '───────────────────────────────────────────────────────────────',
      'slow  a               3        1  peer 1.2          3   ≥ 2  ✓',
      '      longer        0.5        1  peer 1.2        0.5   ≥ 2  ✗',
      'fast  c       1,000,000        1  peer 1.2  1,000,000     –  ✓',
    ]);
  });

  it('says below a line what its reader should know', () => {
    const [, , line, note] = benchTable([{ ...rowOf('slow', 'a', 3), note: 'the peer does not wait' }]);
    expect(line).toContain('slow  a');
    expect(note).toBe('      ↳ the peer does not wait');
  });

  it('shows the digits that matter', () => {
    const numbers = [
      0,
      0.01234,
      0.4996,
      1.5,
      12.345,
      123.45,
      123_456.7,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ];
    expect(numbers.map(shortNumber)).toEqual([
      '0',
      '0.0123',
      '0.5',
      '1.5',
      '12.3',
      '123',
      '123,457',
      '∞',
      '?',
    ]);
  });
});
