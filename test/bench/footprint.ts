// Row `footprint`: resident memory of the terminal's process on the big store, idle and after a day's visitors.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openScreen, type ScreenWatch } from '../faults/screen-watch.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { listedCard, unknownCard } from './big-store-rows.ts';
import { type BigTerminal, prepareBigTerminal } from './big-terminal.ts';
import { median, type Row, type RowOptions, ratioRow } from './row.ts';

const megabyte = 1_000_000;
/** a busy hall */
const swipesPerHour = 100;
const day = 24;
/** what is loaded, compiled and grown on first use was by then */
const warmHours = 6;

/** Visitors come as fast as the terminal confirms them; one in ten has a card that nobody knows. */
export async function footprintRow({ isQuick, progress }: RowOptions): Promise<Row[]> {
  const hours = isQuick ? 10 : day;
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-footprint-'));
  const hall = await prepareBigTerminal(folder, progress);
  try {
    const program = await hall.start();
    const screen = openScreen(hall.addressFile);
    await delay(3_000);
    const idle = await residentBytes(program.pid);
    const hourly: number[] = [];
    for (let hour = 0; hour < hours; hour += 1) {
      await serve(hall, screen, hour);
      hourly.push(await residentBytes(program.pid));
    }
    screen.close();
    await program.stop();
    progress(hourly.map((bytes) => Math.round(bytes / megabyte)).join(' '));
    return rows(idle, hourly);
  } finally {
    await hall.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(idle: number, hourly: readonly number[]): Row[] {
  // a collector's mood is no growth: quarters of the day are compared
  const quarter = Math.max(1, Math.floor((hourly.length - warmHours) / 4));
  const early = median(hourly.slice(warmHours, warmHours + quarter));
  const late = median(hourly.slice(-quarter));
  const row = (metric: string, ours: number, against: number, goal: number, peer: string): Row =>
    ratioRow({ row: 'footprint', metric, op: '<=', goal, ours, against, peer, runs: hourly.length });
  return [
    row('resident idle, MB', idle, megabyte, 150, '1 MB'),
    row('resident after the day, MB', late, megabyte, 150, '1 MB'),
    row('after the day ÷ after the first hours', late, early, 1.05, 'ours'),
  ];
}

async function serve({ reader }: BigTerminal, screen: ScreenWatch, hour: number): Promise<void> {
  for (let swipe = 0; swipe < swipesPerHour; swipe += 1) {
    const n = hour * swipesPerHour + swipe;
    const card = n % 10 === 9 ? unknownCard(n) : listedCard(n);
    const confirmed = await screen.confirmationAfter(
      () => void reader.send(rdm6300Frame(card)),
      () => {},
    );
    if (confirmed === undefined) throw new Error(`swipe ${n} was not confirmed`);
  }
}

/** The middle of some looks, because a collection may be due. */
async function residentBytes(pid: number): Promise<number> {
  const seen: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    seen.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024);
    await delay(50);
  }
  return median(seen);
}
