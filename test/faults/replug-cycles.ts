// Unplugs and replugs one device again and again, and says how long each took and what was left behind.
import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A device that is plugged in and ready, and the hand at its plug. */
export interface ReplugBench {
  unplug(): Promise<void>;
  /** resolves when the node is there */
  plug(): Promise<void>;
  /** resolve when whoever supervises the device says so */
  untilOut(): Promise<void>;
  untilReady(): Promise<void>;
}

/** What this process holds. */
export interface HeldResources {
  readonly descriptors: number;
  /** timers, watches, sockets, processes that libuv knows */
  readonly handles: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface ReplugReport {
  readonly cycles: number;
  /** from the node being there to ready, one a cycle */
  readonly readyMs: readonly number[];
  readonly before: HeldResources;
  readonly after: HeldResources;
}

/** @param warmUps not counted: what is loaded once is no leak */
export async function replugCycles(bench: ReplugBench, cycles: number, warmUps = 3): Promise<ReplugReport> {
  for (let n = 0; n < warmUps; n += 1) await replugOnce(bench);
  const before = heldResources();
  const readyMs: number[] = [];
  for (let n = 0; n < cycles; n += 1) readyMs.push(await replugOnce(bench));
  return { cycles, readyMs, before, after: heldResources() };
}

async function replugOnce(bench: ReplugBench): Promise<number> {
  await bench.unplug();
  await bench.untilOut();
  await bench.plug();
  const pluggedAt = performance.now();
  await bench.untilReady();
  return performance.now() - pluggedAt;
}

function heldResources(): HeldResources {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().length,
    heapBytes: heapUsed,
    residentBytes: rss,
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
