// An X11 display without a screen: white all over, on a number that nobody else takes while it is off.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export class VirtualDisplay {
  readonly width = 320;
  readonly height = 200;
  /** A free one would be given to the next display that starts, once this one is off. */
  readonly #number = randomInt(1_000, 50_000);
  #server: ChildProcess | undefined;

  static async start(): Promise<VirtualDisplay> {
    const display = new VirtualDisplay();
    await display.start();
    return display;
  }

  /** as `DISPLAY` wants it */
  get name(): string {
    return `:${this.#number}`;
  }

  /** Again after `kill`, under the same name. */
  async start(): Promise<void> {
    const screen = ['-screen', '0', `${this.width}x${this.height}x24`, '-wr', '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', [this.name, '-displayfd', '3', ...screen], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#server = server;
    const died = once(server, 'exit').then(() => Promise.reject(new Error('Xvfb did not start')));
    // it says its number when it serves
    await Promise.race([once(server.stdio[3] as Readable, 'data'), died]);
    died.catch(() => undefined);
  }

  /** As if the X server crashed: whoever is connected finds out by itself. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    // a clean end, since a killed server leaves the lock of its number behind
    server.kill('SIGTERM');
    await gone;
  }
}
