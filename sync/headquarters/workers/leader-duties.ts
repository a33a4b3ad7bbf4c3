// What only one process of headquarters does at a time: it begins when this one becomes the leader and ends when it no longer is.

export interface Duty {
  start(): void;
  /** may be called again, and before any start; @returns when nothing of it is under way */
  stop(): void | Promise<void>;
}

export class LeaderDuties {
  readonly #duties: readonly Duty[];
  #isLeader = false;

  constructor(duties: readonly Duty[]) {
    this.#duties = duties;
  }

  /** @returns when all have begun, or ended */
  async lead(isLeader: boolean): Promise<void> {
    if (isLeader === this.#isLeader) return;
    this.#isLeader = isLeader;
    await Promise.all(this.#duties.map((duty) => (isLeader ? duty.start() : duty.stop())));
  }
}

/** @param work at once and then again and again; never rejects */
export function repeated(everyMs: number, work: () => void | Promise<void>): Duty {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      timer = setInterval(() => void work(), everyMs);
      void work();
    },
    stop: () => clearInterval(timer),
  };
}
