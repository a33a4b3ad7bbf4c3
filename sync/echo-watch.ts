// Knows whether what we subscribed to still reaches us: a node of a cluster can answer every ping, take every message, and deliver nothing.
import { randomBytes } from 'node:crypto';

export interface EchoWatchOptions {
  /** a topic that this filter hears and we may write; undefined = there is none */
  readonly topicOf: (filter: string) => string | undefined;
  readonly everyMs: number;
  /** what we listen to now */
  readonly filters: () => readonly string[];
  readonly say: (topic: string, payload: Uint8Array) => void;
  /** two rounds of echoes were not heard */
  readonly onDeaf: () => void;
}

/** rounds that may go unheard: one may be under way */
const patience = 2;
/** connections that heard none: there may be brokers that end one over a topic they forbid */
const attempts = 3;

/**
 * Says a word to itself under each filter every so often, and listens for it. A broker that never gave one back may forbid it: only where
 * one was heard before is silence deafness.
 */
export class EchoWatch {
  readonly #options: EchoWatchOptions;
  /** of one connection: a word that comes late to the next one proves nothing */
  #word = '';
  #timer: NodeJS.Timeout | undefined;
  #wasHeard = false;
  #begun = 0;
  /** rounds that each topic was not heard for */
  readonly #unheard = new Map<string, number>();

  constructor(options: EchoWatchOptions) {
    this.#options = options;
  }

  /** A connection is up. */
  begin(): void {
    this.end();
    this.#begun += 1;
    if (!this.#wasHeard && this.#begun > attempts) return;
    this.#word = randomBytes(8).toString('hex');
    this.#timer = setInterval(() => this.#round(), this.#options.everyMs).unref();
    this.#round();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#unheard.clear();
  }

  /** @returns true when it was an echo, ours or another process's, and is of no interest to anyone else */
  hears(topic: string, payload: Uint8Array): boolean {
    if (!this.#topics().includes(topic)) return false;
    if (Buffer.from(payload).toString() !== this.#word) return true;
    this.#unheard.delete(topic);
    this.#wasHeard = true;
    return true;
  }

  #round(): void {
    const topics = this.#topics();
    for (const topic of this.#unheard.keys()) if (!topics.includes(topic)) this.#unheard.delete(topic);
    if (this.#wasHeard && [...this.#unheard.values()].some((rounds) => rounds >= patience)) {
      this.#options.onDeaf();
      return;
    }
    for (const topic of topics) {
      this.#unheard.set(topic, (this.#unheard.get(topic) ?? 0) + 1);
      this.#options.say(topic, Buffer.from(this.#word));
    }
  }

  #topics(): readonly string[] {
    return this.#options.filters().flatMap((filter) => this.#options.topicOf(filter) ?? []);
  }
}
