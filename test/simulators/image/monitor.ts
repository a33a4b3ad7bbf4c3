// Orders to QEMU, and what it tells of the board.
import type { Socket } from 'node:net';
import { openedSocket } from './opened-socket.ts';

/** QEMU's own protocol: one JSON a line. */
export class Monitor {
  readonly events: string[] = [];
  readonly #awaited: { readonly event: string; readonly resolve: () => void }[] = [];
  readonly #socket: Socket;
  #rest = '';
  #waiting: ((answer: { readonly return?: unknown; readonly error?: { desc: string } }) => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = JSON.parse(line) as { return?: unknown; error?: { desc: string }; event?: string };
        if (said.event !== undefined) this.#take(said.event);
        if ('return' in said || 'error' in said) this.#waiting.shift()?.(said);
      }
    });
  }

  static async open(path: string): Promise<Monitor> {
    const monitor = new Monitor(await openedSocket(path));
    await monitor.order('qmp_capabilities', {});
    return monitor;
  }

  /** @param event in QEMU's words; those that were are forgotten */
  next(event: string): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ event, resolve }));
  }

  #take(event: string): void {
    this.events.push(event);
    for (const awaited of this.#awaited) if (awaited.event === event) awaited.resolve();
  }

  order(execute: string, given: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(({ error, ...answer }) =>
        error ? reject(new Error(`${execute}: ${error.desc}`)) : resolve(answer.return),
      );
      this.#socket.write(`${JSON.stringify({ execute, arguments: given })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
