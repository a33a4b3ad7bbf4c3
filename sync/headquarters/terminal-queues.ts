// Keeps the messages of each terminal in order while different terminals need not wait for each other.

export interface QueueLimits {
  /** messages of one terminal that wait */
  readonly perTerminal: number;
  /** messages that wait in all */
  readonly inAll: number;
}

export class TerminalQueues {
  readonly #limits: QueueLimits;
  readonly #tails = new Map<string, { waiting: number; tail: Promise<void> }>();
  #waiting = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /**
   * Runs `work` after all that was pushed for this terminal before.
   * @param work never rejects
   * @returns false when too much waits already: nothing was taken, and what matters is sent again
   */
  push(terminal: string, work: () => Promise<void>): boolean {
    const queue = this.#tails.get(terminal) ?? { waiting: 0, tail: Promise.resolve() };
    if (this.#waiting >= this.#limits.inAll || queue.waiting >= this.#limits.perTerminal) return false;
    this.#waiting += 1;
    queue.waiting += 1;
    queue.tail = queue.tail.then(work).finally(() => {
      this.#waiting -= 1;
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#tails.delete(terminal);
    });
    this.#tails.set(terminal, queue);
    return true;
  }

  /** @returns when what waits of this terminal now is dealt with */
  async settled(terminal: string): Promise<void> {
    await this.#tails.get(terminal)?.tail;
  }

  /** @returns when nothing waits any more */
  async drained(): Promise<void> {
    while (this.#tails.size > 0) {
      await Promise.all([...this.#tails.values()].map(({ tail }) => tail));
    }
  }
}
