// Row `cold-start`: from the start of the terminal's process to its first screen, with the big store.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BigTerminal, prepareBigTerminal } from './big-terminal.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const second = 1_000;

/** Medians; between two starts comes a Node that does nothing. The disk's cache is warm for both. */
export async function coldStartRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const runs = isQuick ? 2 : 9;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-start-'));
  const terminal = await prepareBigTerminal(folder, progress);
  const [ours, floor]: [number[], number[]] = [[], []];
  try {
    // the first run warms up
    for (let run = 0; run <= runs; run += 1) {
      const startMs = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      const emptyMs = performance.now() - startMs;
      const screenMs = await firstScreen(terminal);
      if (run === 0) continue;
      floor.push(emptyMs);
      ours.push(screenMs);
    }
  } finally {
    await terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (metric: string, against: number, goal: number, peer: string): Row =>
    ratioRow({ row: 'cold-start', metric, op: '<=', goal, ours: median(ours), against, peer, runs });
  return [
    row('first screen, s', second, 3, '1 s'),
    row('first screen, ms ÷ empty program', median(floor), 30, 'node -e 0'),
  ];
}

/** @returns ms until the page of the first screen is there */
async function firstScreen({ start, addressFile }: BigTerminal): Promise<number> {
  const startMs = performance.now();
  const program = await start();
  const address = new URL(readFileSync(addressFile, 'utf8').trim());
  const cookie = `yingbin-screen-${address.port}=${address.searchParams.get('token') ?? ''}`;
  const answer = await fetch(address.origin, { headers: { cookie } });
  await answer.text();
  const ms = performance.now() - startMs;
  await program.stop();
  if (!answer.ok) throw new Error(`the terminal answered ${answer.status}`);
  return ms;
}
