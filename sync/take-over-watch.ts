// Notices that another client has our name: each of the two ends the other's connection, for ever, unless one gives way.

/** How a connection ended: the broker said so (MQTT 5), the broker closed it in order, or it broke. */
export type ConnectionEnd = 'said-taken-over' | 'closed' | 'broken';

/** On MQTT 3.1.1 a take-over looks like any closing, but it comes this soon after we took over ourselves. */
const soonMs = 5_000;
const withinMs = 60_000;

export class TakeOverWatch {
  #upMs = 0;
  #hasFailed = true;
  /** when we were thrown out */
  #outs: number[] = [];

  /** An attempt that reached nobody: then the broker was away, and closings before it were its own. */
  noteFailed(): void {
    this.#hasFailed = true;
  }

  noteUp(nowMs: number): void {
    this.#upMs = nowMs;
    if (this.#hasFailed) this.#outs = [];
    this.#hasFailed = false;
  }

  /** @returns whether we were thrown out twice within a minute: the name is in use elsewhere */
  noteEnd(nowMs: number, how: ConnectionEnd): boolean {
    const isOut = how === 'said-taken-over' || (how === 'closed' && nowMs - this.#upMs < soonMs);
    if (!isOut) return false;
    this.#outs = [...this.#outs.filter((ms) => nowMs - ms < withinMs), nowMs];
    if (this.#outs.length < 2) return false;
    this.#outs = [];
    return true;
  }
}
