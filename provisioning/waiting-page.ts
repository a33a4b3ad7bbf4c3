// Keeps the waiting page on the screen while there is no terminal to show one: a program that ships beside this command.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EnrollingScreen } from '../kiosk/enrolling-screen.ts';

const program = fileURLToPath(new URL('../kiosk/waiting-main.js', import.meta.url));

export interface WaitingPage {
  /** 0 when it could not be shown: a terminal is set up without its screen, too */
  readonly port: number;
  show(screen: EnrollingScreen): void;
  /** The port is free when this resolves. */
  close(): Promise<void>;
}

/** @param runDir where the browser finds its address, the same as the terminal's */
export async function openWaitingPage(
  port: number,
  runDir: string,
  script: string = program,
): Promise<WaitingPage> {
  mkdirSync(runDir, { recursive: true, mode: 0o700 });
  const args = ['--port', `${port}`, '--run', runDir];
  const child = fork(script, args, { execArgv: ['--max-old-space-size=64'] });
  const ended = once(child, 'exit');
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const opened = await Promise.race([portFrom(child), ended.then(() => 0)]);
  return {
    port: opened,
    show(screen) {
      if (child.connected) child.send(screen, () => undefined);
    },
    async close() {
      if (isRunning()) child.kill('SIGTERM');
      await ended;
    },
  };
}

async function portFrom(child: ChildProcess): Promise<number> {
  const [said] = (await once(child, 'message')) as [{ readonly port?: unknown }];
  return typeof said.port === 'number' ? said.port : 0;
}
