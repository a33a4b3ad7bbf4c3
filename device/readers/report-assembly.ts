// Joins a report that comes in several packets, in one buffer that is overwritten when it was read.

/** Packets of one report come in order, and the last one ends with it. */
export class ReportAssembly {
  readonly #report: Buffer;
  #length = 0;

  /** @param bytes length of a whole report, its number included when it has one */
  constructor(bytes: number) {
    this.#report = Buffer.alloc(bytes);
  }

  /** bytes of the unfinished report */
  get length(): number {
    return this.#length;
  }

  /**
   * @param read gets the whole report; it must keep nothing of it
   * @returns how many bytes belonged to no report
   */
  push(packet: Uint8Array, read: (report: Buffer) => void): number {
    if (packet.length > this.#report.length - this.#length) {
      // Not the rest of this report: what came before lost its end, and this is a new one or none.
      const lost = this.discard();
      return lost > 0 ? lost + this.push(packet, read) : packet.length;
    }
    this.#report.set(packet, this.#length);
    this.#length += packet.length;
    if (this.#length === this.#report.length) {
      read(this.#report);
      this.discard();
    }
    return 0;
  }

  /** Overwrites what there is. @returns how many bytes of an unfinished report are gone */
  discard(): number {
    const lost = this.#length;
    this.#report.fill(0);
    this.#length = 0;
    return lost;
  }
}
