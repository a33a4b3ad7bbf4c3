// The demo's terminal as a program that can be killed and started again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restartCode, terminalArguments } from '../../kiosk/terminal-process.ts';
import { ChildProgram } from './child-program.ts';

export interface TerminalProgramOptions {
  readonly script: string;
  readonly config: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly signal?: AbortSignal;
}

export class TerminalProgram {
  readonly #options: TerminalProgramOptions;
  #program: ChildProgram | undefined;
  #starting: Promise<void> | undefined;

  constructor(options: TerminalProgramOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#program?.isRunning ?? false;
  }

  /** Does nothing while it runs. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  async #start(): Promise<void> {
    const { script, config, logFile, signal } = this.#options;
    const program = await ChildProgram.start({
      args: terminalArguments(script, config),
      logFile,
      ...(signal ? { signal } : {}),
    });
    this.#program = program;
    void program.ended.then(() => {
      // headquarters ordered it; when it does not come back, its log says why and the lab shows that it is out
      if (program.exitCode === restartCode && this.#program === program) this.start().catch(() => undefined);
    });
  }

  async kill(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#program?.kill();
  }

  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#program?.stop();
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void {
    this.#program?.signal(signal);
  }

  /** The address with the token; the same until the machine boots again. */
  screenAddress(): string {
    return readFileSync(join(this.#options.dataDir, 'run', 'screen-address'), 'utf8').trim();
  }

  async health(): Promise<{
    readonly datasets: Readonly<Record<string, number>>;
    readonly waitingFacts: number;
    readonly link: string;
  }> {
    const address = new URL(this.screenAddress());
    const cookie = (await fetch(address, { redirect: 'manual' })).headers.get('set-cookie') ?? '';
    const answer = await fetch(new URL('/health', address), {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    return (await answer.json()) as Awaited<ReturnType<TerminalProgram['health']>>;
  }

  /** Until every dataset that a journey needs has arrived. */
  async waitForData(timeoutMs = 30_000): Promise<void> {
    const endsAt = performance.now() + timeoutMs;
    for (;;) {
      const { datasets } = await this.health();
      if (['board', 'members', 'events', 'library'].every((name) => (datasets[name] ?? 0) > 0)) return;
      if (performance.now() > endsAt) throw new Error('the terminal got no data from headquarters');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
