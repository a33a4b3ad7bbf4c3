// Hands out chunks: to all who wait in turn, no more bytes a second than the line is given.
import { setTimeout } from 'node:timers/promises';
import type { TerminalId } from '../contract/ids.ts';
import type { ChunkShelf } from './chunk-shelf.ts';

export interface ChunkDeskOptions {
  readonly shelf: ChunkShelf;
  readonly bytesPerSecond: number;
  /** true when the broker has it, false when the link is down; never rejects */
  readonly send: (terminal: TerminalId, chunk: Buffer) => Promise<boolean>;
}

/** Asked for beyond this are not kept: the terminal asks again for what does not come. */
const waitingPerTerminal = 64;
/** Handed to the broker at once. */
const clerks = 4;

export class ChunkDesk {
  readonly #options: ChunkDeskOptions;
  /** who is next stands first */
  readonly #waiting = new Map<TerminalId, string[]>();
  readonly #stopped = new AbortController();
  #working = 0;
  /** on the clock of `performance.now`, when what was handed out is through at that speed */
  #busyUntilMs = 0;

  constructor(options: ChunkDeskOptions) {
    this.#options = options;
  }

  ask(terminal: TerminalId, hashes: readonly string[]): void {
    const waiting = this.#waiting.get(terminal) ?? [];
    for (const hash of hashes) {
      if (waiting.length < waitingPerTerminal && !waiting.includes(hash)) waiting.push(hash);
    }
    this.#waiting.set(terminal, waiting);
    while (this.#working < clerks && this.#working < this.#waiting.size) void this.#work();
  }

  stop(): void {
    this.#stopped.abort();
    this.#waiting.clear();
  }

  async #work(): Promise<void> {
    this.#working += 1;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const chunk = this.#options.shelf.get(next.hash);
        if (!chunk) continue;
        await this.#pace(chunk.length);
        if (this.#stopped.signal.aborted) return;
        // who is cut off asks again when it is back
        if (!(await this.#options.send(next.terminal, chunk))) this.#waiting.delete(next.terminal);
      }
    } finally {
      this.#working -= 1;
    }
  }

  #next(): { readonly terminal: TerminalId; readonly hash: string } | undefined {
    for (const [terminal, hashes] of this.#waiting) {
      this.#waiting.delete(terminal);
      const hash = hashes.shift();
      if (hash === undefined) continue;
      if (hashes.length > 0) this.#waiting.set(terminal, hashes);
      return { terminal, hash };
    }
    return undefined;
  }

  async #pace(bytes: number): Promise<void> {
    const now = performance.now();
    const startMs = Math.max(now, this.#busyUntilMs);
    this.#busyUntilMs = startMs + (bytes * 1_000) / this.#options.bytesPerSecond;
    const waitMs = startMs - now;
    if (waitMs > 1) await setTimeout(waitMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
  }
}
