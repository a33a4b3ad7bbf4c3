// Keeps the processes of one machine's headquarters running: starts them again with patience, ends them together.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { BackOff, type BackOffLimits } from '../../back-off.ts';
import type { Log } from '../log.ts';

export interface ProcessPlan {
  /** for the log */
  readonly name: string;
  readonly args: readonly string[];
  /** only when it is started for the first time */
  readonly firstArgs?: readonly string[];
}

export interface SupervisorOptions {
  /** compiled JavaScript */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly restart: BackOffLimits;
  /** who has not ended so long after being told is killed */
  readonly stopTimeoutMs: number;
  readonly log: Log;
}

/** What a process said on its first line of stdout, or the exit code of one that ended before. */
export type Start =
  | { readonly kind: 'ready'; readonly words: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly exitCode: number };

interface Running {
  readonly child: ChildProcess;
  readonly startedMs: number;
  /** its exit code; 70 when a signal ended it */
  readonly gone: Promise<number>;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Set<Running>();
  readonly #stopping = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /**
   * Once it was ready, the process is started again whenever it ends, until `stop`. One that never was is left alone:
   * that is a matter of its config.
   */
  async start(plan: ProcessPlan): Promise<Start> {
    const running = this.#spawn(plan, plan.firstArgs ?? []);
    const said = await Promise.race([firstLine(running.child), running.gone]);
    if (typeof said === 'number') return { kind: 'failed', exitCode: said };
    void this.#keep(plan, running);
    return { kind: 'ready', words: JSON.parse(said) as Record<string, unknown> };
  }

  /** Tells all to end. @returns when they are gone */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const all = [...this.#running];
    for (const { child } of all) child.kill('SIGTERM');
    const force = setTimeout(() => {
      for (const { child } of all) child.kill('SIGKILL');
    }, this.#options.stopTimeoutMs);
    await Promise.all(all.map(({ gone }) => gone));
    clearTimeout(force);
  }

  async #keep(plan: ProcessPlan, first: Running): Promise<void> {
    const { signal } = this.#stopping;
    const { restart, log } = this.#options;
    const backOff = new BackOff(restart, Math.random);
    for (let running = first; ; running = this.#spawn(plan, [])) {
      const exit = await running.gone;
      if (signal.aborted) return;
      backOff.noteLasted(performance.now() - running.startedMs);
      const waitMs = Math.round(backOff.nextMs());
      log.error(
        { event: 'process-ended', code: 'hq-fault', process: plan.name, exit, waitMs },
        'a process of headquarters ended by itself and is started again',
      );
      await setTimeoutPromise(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
  }

  #spawn(plan: ProcessPlan, moreArgs: readonly string[]): Running {
    const { script, env, log } = this.#options;
    // the channel tells it when we are gone; nothing else goes over it
    const child = spawn(process.execPath, [script, ...plan.args, ...moreArgs], {
      env,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const gone = new Promise<number>((resolve) => {
      child.once('error', () => resolve(70));
      child.once('exit', (code) => resolve(code ?? 70));
    });
    const running = { child, gone, startedMs: performance.now() };
    this.#running.add(running);
    void gone.then(() => this.#running.delete(running));
    log.info(
      { event: 'process-started', process: plan.name, pid: child.pid },
      'a process of headquarters starts',
    );
    return running;
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.stdout) createInterface(child.stdout).once('line', resolve);
  });
}
