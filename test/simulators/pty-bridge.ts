// Gives a TCP simulator a real serial line: a pseudo terminal that socat joins to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class PtyBridge {
  readonly #tcpPort: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'yingbin-pty-'));
  #socat: ChildProcess | undefined;

  private constructor(tcpPort: number) {
    this.#tcpPort = tcpPort;
  }

  static async open(tcpPort: number): Promise<PtyBridge> {
    const bridge = new PtyBridge(tcpPort);
    await bridge.plug();
    return bridge;
  }

  get path(): string {
    return join(this.#folder, 'line');
  }

  get address(): string {
    return `serial:${this.path}?baud=9600`;
  }

  /** The device node appears, as after plugging in a USB adapter. */
  async plug(): Promise<void> {
    const socat = spawn('socat', [`TCP:127.0.0.1:${this.#tcpPort},nodelay`, `PTY,link=${this.path},rawer`]);
    this.#socat = socat;
    const deadline = Date.now() + 10_000;
    while (!existsSync(this.path)) {
      if (socat.exitCode !== null || Date.now() > deadline) throw new Error('socat made no pseudo terminal');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The device node and whoever has it open lose the line. */
  async unplug(): Promise<void> {
    const socat = this.#socat;
    this.#socat = undefined;
    if (!socat || socat.exitCode !== null || socat.signalCode !== null) return;
    const gone = new Promise((resolve) => socat.once('exit', resolve));
    socat.kill('SIGTERM');
    await gone;
  }

  async close(): Promise<void> {
    await this.unplug();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
