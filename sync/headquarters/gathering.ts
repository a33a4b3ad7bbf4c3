// Lets work that comes while other work is under way be done together: one transaction for many costs little more than one for one.

export interface GatheringOptions<Item, Result> {
  /** how many lots are under way at once */
  readonly lanes: number;
  /** items in a lot, and what they may weigh in all; a single item may weigh anything */
  readonly mostItems: number;
  readonly mostWeight: number;
  readonly weigh: (item: Item) => number;
  /** @returns for each item in its order what became of it; when it rejects, all of them do */
  readonly work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export class Gathering<Item, Result> {
  readonly #options: GatheringOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #underWay = 0;

  constructor(options: GatheringOptions<Item, Result>) {
    this.#options = options;
  }

  /** Begins at once when a lane is free. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#underWay < this.#options.lanes) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#underWay += 1;
    for (let lot = this.#takeLot(); lot.length > 0; lot = this.#takeLot()) {
      try {
        const results = await this.#options.work(lot.map(({ item }) => item));
        lot.forEach(({ resolve, reject }, place) => {
          const result = results[place];
          if (result?.status === 'fulfilled') resolve(result.value);
          else reject(result?.reason);
        });
      } catch (error) {
        for (const { reject } of lot) reject(error);
      }
    }
    this.#underWay -= 1;
  }

  #takeLot(): Waiting<Item, Result>[] {
    const { mostItems, mostWeight, weigh } = this.#options;
    let weight = 0;
    let count = 0;
    for (const { item } of this.#waiting.slice(0, mostItems)) {
      weight += weigh(item);
      if (count > 0 && weight > mostWeight) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
