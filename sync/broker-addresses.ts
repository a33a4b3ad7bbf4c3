// The addresses of one broker or of the nodes of a cluster: which to try next, and which MQTT each of them speaks.

export type MqttVersion = 4 | 5;

export class BrokerAddresses {
  readonly #urls: readonly string[];
  readonly #random: () => number;
  readonly #highest: MqttVersion;
  readonly #versions = new Map<string, { readonly version: MqttVersion; readonly isSure: boolean }>();
  #round: string[] = [];

  /** @param urls at least one @param random 0 … 1 */
  constructor(urls: readonly string[], highest: MqttVersion, random: () => number) {
    this.#urls = urls;
    this.#highest = highest;
    this.#random = random;
  }

  /** Each address once in random order, then again: a dead node costs one attempt a round, and nodes share a fleet. */
  next(): string {
    if (this.#round.length === 0) {
      this.#round = this.#urls
        .map((url) => ({ url, at: this.#random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ url }) => url);
    }
    return this.#round.shift() ?? '';
  }

  versionOf(url: string): MqttVersion {
    return this.#versions.get(url)?.version ?? this.#highest;
  }

  /** This version worked there. */
  noteAccepted(url: string, version: MqttVersion): void {
    this.#versions.set(url, { version, isSure: true });
  }

  /** The broker said that it does not speak MQTT 5. */
  noteRefused(url: string): void {
    this.#versions.set(url, { version: 4, isSure: true });
  }

  /** Some brokers close without a word when they do not know the version: try the other one, until one has worked. */
  noteSilent(url: string, version: MqttVersion): void {
    if (this.#versions.get(url)?.isSure || this.#highest === 4) return;
    this.#versions.set(url, { version: version === 5 ? 4 : 5, isSure: false });
  }
}
