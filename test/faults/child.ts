// A program of ours as a child process that can be killed, frozen and started again with the same arguments.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Something whose plug can be pulled. */
export interface Party {
  /** SIGKILL; resolves when it is gone */
  kill(): Promise<void>;
  /** resolves when it serves again */
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** forgets all that it keeps on disk; only while it is killed */
  wipe?(): void;
}

export interface Child extends Party {
  /** undefined while it does not run */
  readonly pid: number | undefined;
  /** SIGTERM, and SIGKILL when that does not help within 3 s */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** the first line on stdout that says it serves */
  readonly isReady: (line: string) => boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly readyTimeoutMs?: number;
  /** what it says on stderr */
  readonly onStderr?: (text: string) => void;
}

/** Nothing that was started outlives the proof, however it ends. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts nothing yet; call `start`. */
export function childProgram(options: ChildOptions): Child {
  let running: ChildProcess | undefined;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const dying = running;
    running = undefined;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGCONT');
    dying.kill(signal);
    const force = setTimeout(() => dying.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(force);
  };
  return {
    get pid() {
      return running?.pid;
    },
    start: async () => {
      if (!running) running = await spawnUntilReady(options);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
  };
}

function spawnUntilReady({
  command,
  args,
  isReady,
  env,
  readyTimeoutMs = 20_000,
  onStderr,
}: ChildOptions): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    alive.add(child);
    child.once('close', () => alive.delete(child));
    let complaint = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${command} ${args[0] ?? ''} ${what}\n${complaint}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${readyTimeoutMs} ms`), readyTimeoutMs);
    child.stderr.on('data', (bytes: Buffer) => {
      complaint = `${complaint}${bytes.toString()}`.slice(-2_000);
      onStderr?.(bytes.toString());
    });
    child.once('error', () => fail('cannot be started'));
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface(child.stdout).on('line', (line) => {
      if (!isReady(line)) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(child);
    });
  });
}
