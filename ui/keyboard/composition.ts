// Keys that are not characters yet, and what they may become; forgets them when its element goes.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Candidate, mostKeys } from '../ime/candidate.ts';
import { candidatesFor } from '../ime/ime.ts';
import type { Layout } from '../ime/syllables.ts';

export class Composition implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #keys = '';
  #candidates: readonly Candidate[] = [];
  /** those keys that the candidates are for */
  #answered = '';
  #layout: Layout = 'pinyin26';
  #waiting: (() => void)[] = [];
  /** a person's name is written */
  isName = false;
  /** traditional script is written */
  isHant = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  get keys(): string {
    return this.#keys;
  }

  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  get isEmpty(): boolean {
    return this.#keys === '';
  }

  /** Do the candidates still lag behind the keys? */
  get isAsking(): boolean {
    return this.#answered !== this.#keys;
  }

  /** What is shown while nothing is chosen: letters as typed, or what nine keys most likely spell. */
  get shown(): string {
    return this.#layout === 'pinyin26' ? this.#keys : (this.#candidates[0]?.reading ?? this.#keys);
  }

  type(key: string, layout: Layout): void {
    if (layout !== this.#layout) this.#keys = '';
    this.#layout = layout;
    if (this.#keys.length < mostKeys) this.#ask(this.#keys + key);
  }

  erase(): void {
    this.#ask(this.#keys.slice(0, -1));
  }

  clear(): void {
    this.#ask('');
  }

  /** Settles as soon as the candidates are those of the keys, or nothing waits any more. */
  async answered(): Promise<void> {
    if (this.isAsking) await new Promise<void>((done) => this.#waiting.push(done));
  }

  /** @returns the rest waits to be chosen */
  choose(candidate: Candidate): void {
    this.#ask(this.#keys.slice(candidate.keys));
  }

  #ask(keys: string): void {
    this.#keys = keys;
    this.#host.requestUpdate();
    if (keys === '') {
      this.#answer(keys, []);
      return;
    }
    void candidatesFor({ keys, layout: this.#layout, isName: this.isName, isHant: this.isHant }).then(
      (candidates) => {
        if (this.#keys !== keys) return;
        this.#answer(keys, candidates);
        this.#host.requestUpdate();
      },
    );
  }

  #answer(keys: string, candidates: readonly Candidate[]): void {
    this.#candidates = candidates;
    this.#answered = keys;
    for (const done of this.#waiting.splice(0)) done();
  }
}
