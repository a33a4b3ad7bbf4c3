// Knows whether headquarters is there: heard in this connection, not too long ago (rule CO5). Pure.

export type LinkState = 'online' | 'offline';

export class OnlineWatch {
  readonly #silenceMs: number;
  #isUp = false;
  #isOnline = false;
  #heardMs = 0;

  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  /** Each answers with the new state when it changed. */
  up(): undefined {
    this.#isUp = true;
    return undefined;
  }

  down(): LinkState | undefined {
    this.#isUp = false;
    return this.#set(false);
  }

  heard(nowMs: number): LinkState | undefined {
    this.#heardMs = nowMs;
    return this.#isUp ? this.#set(true) : undefined;
  }

  tick(nowMs: number): LinkState | undefined {
    return this.#isOnline && nowMs - this.#heardMs > this.#silenceMs ? this.#set(false) : undefined;
  }

  #set(isOnline: boolean): LinkState | undefined {
    if (isOnline === this.#isOnline) return undefined;
    this.#isOnline = isOnline;
    return isOnline ? 'online' : 'offline';
  }
}
