// The page's line to the lab: the state as it is pushed, cards and slips, and switches to press.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LabCard, LabShelf, LabSlip, LabState } from '../lab/lab-view.ts';

const reopenMs = 1_000;

export interface LabConnectionEvents {
  /** the state changed while we watched */
  readonly onChange: (before: LabState, after: LabState) => void;
  /** @param why the lab's own sentence, or undefined when it did not answer */
  readonly onFault: (why: string | undefined) => void;
}

export class LabConnection implements ReactiveController {
  state: LabState | undefined;
  cards: readonly LabCard[] = [];
  /** oldest first */
  slips: readonly LabSlip[] = [];
  shelf: LabShelf = { readers: [], printers: [] };
  isLost = false;
  readonly #host: ReactiveControllerHost;
  readonly #events: LabConnectionEvents;
  #source: EventSource | undefined;
  #reopen: number | undefined;

  constructor(host: ReactiveControllerHost, events: LabConnectionEvents) {
    this.#host = host;
    this.#events = events;
    host.addController(this);
  }

  hostConnected(): void {
    const source = new EventSource('/api/watch');
    this.#source = source;
    source.onopen = () => void this.#opened();
    source.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as LabState);
    source.onerror = () => {
      this.isLost = true;
      this.#host.requestUpdate();
      // a browser tries again by itself after a broken line, but never after a refusal
      if (source.readyState !== EventSource.CLOSED) return;
      this.#reopen = window.setTimeout(() => this.hostConnected(), reopenMs);
    };
  }

  hostDisconnected(): void {
    this.#source?.close();
    window.clearTimeout(this.#reopen);
  }

  /** @param path `printer/paper-out`. @returns whether the lab did it */
  async press(path: string): Promise<boolean> {
    try {
      const answer = await fetch(`/api/${path}`, { method: 'POST' });
      if (answer.ok) return true;
      const body = (await answer.json()) as { error?: { message?: string } };
      this.#events.onFault(body.error?.message ?? answer.statusText);
    } catch {
      this.#events.onFault(undefined);
    }
    return false;
  }

  async #opened(): Promise<void> {
    this.isLost = false;
    this.cards = await this.#get<readonly LabCard[]>('/api/cards', this.cards);
    this.slips = await this.#get<readonly LabSlip[]>('/api/slips', []);
    this.shelf = await this.#get('/api/shelf', this.shelf);
    this.#host.requestUpdate();
  }

  #take(after: LabState): void {
    const before = this.state;
    this.state = after;
    if (before) this.#events.onChange(before, after);
    if (before && before.slips !== after.slips) void this.#fetchSlips();
    this.#host.requestUpdate();
  }

  async #fetchSlips(): Promise<void> {
    this.slips = await this.#get('/api/slips', this.slips);
    this.#host.requestUpdate();
  }

  async #get<T>(path: string, otherwise: T): Promise<T> {
    try {
      const answer = await fetch(path);
      return answer.ok ? ((await answer.json()) as T) : otherwise;
    } catch {
      return otherwise;
    }
  }
}
