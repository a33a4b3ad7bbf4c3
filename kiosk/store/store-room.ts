// How much room the store has for facts that wait: the ladder of rule OB12, and the reserves of OB11.
import type { Outbox } from '../../sync/outbox.ts';
import type { ReserveFile } from '../../sync/reserve-file.ts';
import type { StorePressure } from '../knowledge.ts';

const compactingFrom = 0.8;
const sparingFrom = 0.95;

export class StoreRoom {
  readonly #outbox: Outbox;
  readonly #reserves: readonly ReserveFile[];
  readonly #storeBytes: number;
  #pressure: StorePressure = 'none';
  #wasLaidIn = false;

  /** @param storeBytes how much may wait for headquarters */
  constructor(outbox: Outbox, reserves: readonly ReserveFile[], storeBytes: number) {
    this.#outbox = outbox;
    this.#reserves = reserves;
    this.#storeBytes = storeBytes;
    this.#wasLaidIn = this.#areThere;
    this.#pressure = this.#look();
  }

  /** As of the last `tend`. */
  get pressure(): StorePressure {
    return this.#pressure;
  }

  /** Lays the reserve in again when there is room, and looks how much waits. */
  tend(): void {
    for (const reserve of this.#reserves) reserve.layIn();
    if (this.#areThere) this.#wasLaidIn = true;
    this.#pressure = this.#look();
  }

  get #areThere(): boolean {
    return this.#reserves.every(({ isThere }) => isThere);
  }

  #look(): StorePressure {
    const share = this.#outbox.waitingBytes() / this.#storeBytes;
    if (share >= 1) return 'full';
    // the disk was full a while ago: what is left is for check-ins and acks
    const isSpent = this.#wasLaidIn && !this.#areThere;
    if (share >= sparingFrom || isSpent) return 'sparing';
    return share >= compactingFrom ? 'compacting' : 'none';
  }
}
