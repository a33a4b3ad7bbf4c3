// Starts one of the product's programs as an operator would, and ends it gently or not.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ProgramStart {
  /** of Node: flags, compiled JavaScript, arguments */
  readonly args: readonly string[];
  /** its stderr is appended here */
  readonly logFile: string;
  readonly readyTimeoutMs?: number;
  /** ends it, also while it is still starting */
  readonly signal?: AbortSignal;
}

/** A program did not become ready; its last words say why. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** Nothing that was started outlives whoever started it, however that ends. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class ChildProgram {
  readonly #child: ChildProcess;
  readonly #log: WriteStream;
  readonly #exited: Promise<void>;
  /** what it printed when it was ready */
  readonly ready: Readonly<Record<string, unknown>>;

  private constructor(
    child: ChildProcess,
    log: WriteStream,
    exited: Promise<void>,
    ready: Record<string, unknown>,
  ) {
    this.#child = child;
    this.#log = log;
    this.#exited = exited;
    this.ready = ready;
  }

  /** @throws ProgramError when it ends or stays silent instead of saying `{"ready":true, …}` */
  static async start({
    args,
    logFile,
    readyTimeoutMs = 60_000,
    signal,
  }: ProgramStart): Promise<ChildProgram> {
    const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    if (signal?.aborted) child.kill('SIGTERM');
    let lastWords = '';
    child.stderr.on('data', (bytes: Buffer) => {
      log.write(bytes);
      lastWords = `${lastWords}${bytes}`.slice(-2000);
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const lines = createInterface({ input: child.stdout });
    const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new ProgramError(`${args.join(' ')} did not become ready`)),
        readyTimeoutMs,
      );
      lines.once('line', (line) => {
        clearTimeout(timer);
        resolve(JSON.parse(line) as Record<string, unknown>);
      });
      // not `exit`: its last words may still be on their way then
      child.once('close', () => {
        clearTimeout(timer);
        reject(new ProgramError(lastSentence(lastWords)));
      });
    }).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return new ChildProgram(child, log, exited, ready);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** null while it runs, and when a signal ended it */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** As a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
    this.#log.end();
  }

  /** As a supervisor would: asks, and kills what does not listen. */
  async stop(graceMs = 2_500): Promise<void> {
    if (!this.isRunning) return;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    this.#child.kill('SIGTERM');
    await this.#exited;
    clearTimeout(timer);
    this.#log.end();
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void {
    this.#child.kill(signal);
  }

  /** Resolves when the program has ended, however. */
  get ended(): Promise<void> {
    return this.#exited;
  }
}

/** The last line of a log as a sentence: its message when it is a JSON line. */
function lastSentence(words: string): string {
  const line = words.trim().split('\n').at(-1) ?? 'it ended without a word';
  try {
    const { code, msg } = JSON.parse(line) as { code?: string; msg?: string };
    return `${code ? `${code}: ` : ''}${msg ?? line}`;
  } catch {
    return line;
  }
}
