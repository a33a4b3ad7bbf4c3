// An X11 display without a screen: white all over, on a number that is free.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export class VirtualDisplay {
  readonly width = 320;
  readonly height = 200;
  #number = '';
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

  /** On a free number at first, on the same one after `kill`. */
  async start(): Promise<void> {
    const number = this.#number === '' ? [] : [this.name];
    const screen = ['-screen', '0', `${this.width}x${this.height}x24`, '-wr', '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', [...number, '-displayfd', '3', ...screen], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#server = server;
    const told = server.stdio[3] as Readable;
    const died = once(server, 'exit').then(() => Promise.reject(new Error('Xvfb did not start')));
    const [said] = await Promise.race([once(told, 'data'), died]);
    died.catch(() => undefined);
    this.#number = String(said).trim();
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
