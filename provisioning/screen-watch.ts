// Tells when the browser is to be started afresh: it shows nothing, and has had the time to.

const screenBackMs = 15_000;
/** a browser that has shown nothing by then was started badly, or has lost its page */
const whiteMs = 300_000;

export class ScreenWatch {
  #dueMs: number | null = null;

  /** What was tried took the page away, and is undone: it is back soon, or does not come by itself. */
  expectBack(nowMs: number): void {
    this.#dueMs = nowMs + screenBackMs;
  }

  /** @returns start it afresh now? */
  isDue(isPainted: boolean, nowMs: number): boolean {
    if (isPainted) this.#dueMs = null;
    else if (this.#dueMs === null) this.#dueMs = nowMs + whiteMs;
    else if (nowMs >= this.#dueMs) {
      this.#dueMs = null;
      return true;
    }
    return false;
  }
}
