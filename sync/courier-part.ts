// PORT: one conversation with headquarters over the courier's line: facts, datasets, orders, questions.
import type { SyncErrorCode } from './sync-error.ts';

/** What a part hears. The courier calls it in one turn after the other and reports what it throws as a store fault. */
export interface CourierPart {
  /** exact names; the first frame comes after `up` */
  readonly topics: readonly string[];
  /**
   * @param frame headquarters' signature was right; still packed: parse it with `decodeFrame`
   * @param isRetained the broker had kept it: says nothing about who is there now
   * @throws SyncError a frame that was not taken: counted and reported with its code
   */
  receive(topic: string, frame: Uint8Array, isRetained: boolean): void;
  up?(): void;
  down?(): void;
  /** headquarters is heard again after a silence, or for the first time in this connection */
  online?(): void;
  /** about once a second, connected or not */
  tick?(): void;
}

/** What the courier lends to its parts. */
export interface CourierLine {
  /**
   * Packs and publishes; what is said while the link is down is gone. Nobody learns whether it arrived.
   * @returns how many bytes it was
   * @throws SyncError sync-frame-too-large
   */
  send(topic: string, message: object, options?: { readonly isRetained?: boolean }): number;
  /** Counts and reports something from the network that was not taken. */
  refuse(code: SyncErrorCode): void;
  /** Reports that the disk failed where the part goes on by itself. */
  storeFault(cause: unknown): void;
  /** a clock that never goes back */
  monoMs(): number;
}

export type OpenPart = (line: CourierLine) => CourierPart;
