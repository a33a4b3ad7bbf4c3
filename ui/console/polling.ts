// Keeps a page's data fresh: loads it, loads it again, and says honestly when that fails.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ApiError } from './api-client.ts';

/** A failed refresh keeps the value that was there, so that one lost answer does not empty the page. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly code: string; readonly value: T | undefined };

export class Polling<T> implements ReactiveController {
  state: Loaded<T> = { kind: 'loading' };
  readonly #host: ReactiveControllerHost;
  readonly #load: (before: T | undefined) => Promise<T>;
  readonly #everyMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(host: ReactiveControllerHost, load: (before: T | undefined) => Promise<T>, everyMs: number) {
    this.#host = host;
    this.#load = load;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.state.kind === 'loading' ? undefined : this.state.value;
  }

  hostConnected(): void {
    void this.refresh();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
  }

  /** Loads now; an answer that an earlier question still brings is ignored. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#round += 1;
    const round = this.#round;
    let state: Loaded<T>;
    try {
      state = { kind: 'ready', value: await this.#load(this.value) };
    } catch (error) {
      state = { kind: 'failed', code: error instanceof ApiError ? error.code : 'fault', value: this.value };
    }
    if (round !== this.#round) return;
    this.state = state;
    this.#host.requestUpdate();
    this.#timer = setTimeout(() => void this.refresh(), this.#everyMs);
  }

  /** Starts over: what was there belongs to another question. */
  async restart(): Promise<void> {
    this.state = { kind: 'loading' };
    this.#host.requestUpdate();
    await this.refresh();
  }
}
