// Somebody has called for help: one call at a time, shown for some seconds.

const shownMs = 15_000;

export class HelpCall {
  readonly #onOver: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onOver it is not to be shown any longer */
  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  get isShown(): boolean {
    return this.#timer !== undefined;
  }

  begin(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onOver();
    }, shownMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
