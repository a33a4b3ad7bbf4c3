// Ends a session that nobody uses: first a warning with a count-down, then the end.

export interface IdleWatchOptions {
  readonly warnAfterMs: number;
  /** from the warning to the end */
  readonly endAfterMs: number;
  /** how many times as long, for whoever is here now */
  readonly patience: () => number;
  /** something runs that nobody can hurry: no warning before it has ended */
  readonly isPaused: () => boolean;
  readonly onWarn: () => void;
  readonly onEnd: () => void;
}

export class IdleWatch {
  readonly #options: IdleWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #endsAtMs: number | null = null;

  constructor(options: IdleWatchOptions) {
    this.#options = options;
  }

  /** Whole seconds until the end while the warning stands, else null. */
  get secondsLeft(): number | null {
    return this.#endsAtMs === null
      ? null
      : Math.max(0, Math.ceil((this.#endsAtMs - performance.now()) / 1000));
  }

  /** A sign of life: start counting anew. */
  touch(): void {
    this.rest();
    this.#timer = setTimeout(() => {
      if (this.#options.isPaused()) this.touch();
      else this.#warn();
    }, this.#options.warnAfterMs * this.#options.patience());
  }

  #warn(): void {
    const endAfterMs = this.#options.endAfterMs * this.#options.patience();
    this.#endsAtMs = performance.now() + endAfterMs;
    this.#timer = setTimeout(() => {
      this.rest();
      this.#options.onEnd();
    }, endAfterMs);
    this.#options.onWarn();
  }

  /** Nobody is here: nothing to count. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#endsAtMs = null;
  }

  close(): void {
    this.rest();
  }
}
