// Runs a line of shell on an emulated board, over its second serial line.
import type { Socket } from 'node:net';

/** How long an emulated board may take for anything: it shares two cores with whatever else is built. */
export const patienceMs = 600_000;

export class BoardShell {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: { code: number; out: string }) => void>();
  #rest = '';
  #last = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    });
  }

  run(script: string): Promise<{ code: number; out: string }> {
    return this.#ask(script, (write) => write());
  }

  /** Asks again until the board hears: before its shell is there, a line is lost. */
  async firstAnswer(): Promise<void> {
    let again: NodeJS.Timeout | undefined;
    try {
      await this.#ask('true', (write) => {
        again = setInterval(write, 2_000);
      });
    } finally {
      clearInterval(again);
    }
  }

  #ask(script: string, send: (write: () => void) => void): Promise<{ code: number; out: string }> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no answer to: ${script}`)), patienceMs);
      this.#waiting.set(id, (answer) => {
        clearTimeout(limit);
        resolve(answer);
      });
      send(() => void this.#socket.write(`${id} ${Buffer.from(script).toString('base64')}\n`));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string): void {
    const [, id, code, out = ''] = /ANSWER (\d+) (\d+) ?([A-Za-z0-9+/=]*)/.exec(line) ?? [];
    if (id === undefined) return;
    const resolve = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    resolve?.({ code: Number(code), out: Buffer.from(out, 'base64').toString() });
  }
}
