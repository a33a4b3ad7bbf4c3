// Virtual time: what is due next happens next, whatever the wall clock says.

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly work: () => void;
}

export class EventQueue {
  readonly #heap: Entry[] = [];
  #order = 0;
  /** virtual milliseconds since the beginning of the world */
  nowMs = 0;
  /** how many events happened */
  happened = 0;

  /** Same time: in the order of asking. */
  after(delayMs: number, work: () => void): void {
    this.#order += 1;
    this.#push({ atMs: this.nowMs + Math.max(0, delayMs), order: this.#order, work });
  }

  /** Lets happen what is due until `untilMs`, or until `isOver` says so. */
  run(untilMs: number, isOver: () => boolean = () => false): void {
    for (let next = this.#heap[0]; next && next.atMs <= untilMs; next = this.#heap[0]) {
      this.#pop();
      this.nowMs = next.atMs;
      this.happened += 1;
      next.work();
      if (isOver()) return;
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above]!;
      if (!isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      const left = heap[below];
      if (!left) break;
      const right = heap[below + 1];
      if (right && isBefore(right, left)) below += 1;
      const child = heap[below]!;
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
