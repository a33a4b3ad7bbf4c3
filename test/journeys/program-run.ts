// Runs a shipped program to its end, or until it says that it is ready, and keeps every word of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
export const programs = {
  terminal: `${dist}kiosk/main.js`,
  headquarters: `${dist}sync/headquarters/main.js`,
  demo: `${dist}test/demo/main.js`,
} as const;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  /** what it said on stderr, line by line */
  readonly lines: readonly string[];
}

export interface ProgramRun {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** its first line on stdout; rejects when it ends before */
  readonly ready: Promise<Record<string, unknown>>;
  /** everything on stderr so far */
  readonly log: string;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param args of Node: flags, compiled JavaScript, arguments */
export function runProgram(...args: readonly string[]): ProgramRun {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let out = '';
  let log = '';
  child.stderr.on('data', (bytes: Buffer) => {
    log += bytes.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, out, lines: log.split('\n').filter((line) => line.trim() !== '') });
    });
  });
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString();
      if (out.includes('\n')) resolve(JSON.parse(out.split('\n')[0] ?? '') as Record<string, unknown>);
    });
    void ended.then(({ lines }) => reject(new Error(`it ended: ${lines.at(-1)}`)));
  });
  // whoever waits for the end only need not care
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    ended,
    ready,
    get log() {
      return log;
    },
    kill: (signal) => void child.kill(signal),
  };
}
