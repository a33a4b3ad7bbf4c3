// One direction of a simulated line: passes bytes on in order, late, slowly or in pieces.
import type { Socket } from 'node:net';

export interface PipeQuality {
  readonly delayMs: number;
  readonly bytesPerSecond: number;
  readonly pieceBytes: number;
}

/** A line holds this much before whoever sends has to wait. */
const lineBytes = 64 * 1024;

export class NetworkPipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #quality: PipeQuality;
  readonly #onPass: (bytes: Buffer) => void;
  readonly #queue: { readonly bytes: Buffer; readonly dueMs: number }[] = [];
  #queued = 0;
  #freeMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(from: Socket, to: Socket, quality: PipeQuality, onPass: (bytes: Buffer) => void) {
    this.#from = from;
    this.#to = to;
    this.#quality = quality;
    this.#onPass = onPass;
    to.once('close', () => clearTimeout(this.#timer));
  }

  push(bytes: Buffer): void {
    const { delayMs, bytesPerSecond, pieceBytes } = this.#quality;
    const isPerfect = delayMs <= 0 && bytesPerSecond === Number.POSITIVE_INFINITY;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, Math.min(at + pieceBytes, bytes.length));
      if (isPerfect && this.#queue.length === 0) {
        this.#pass(piece);
        continue;
      }
      this.#freeMs = Math.max(this.#freeMs, performance.now()) + (piece.length * 1_000) / bytesPerSecond;
      this.#queue.push({ bytes: piece, dueMs: this.#freeMs + delayMs });
      this.#queued += piece.length;
    }
    if (this.#queued > lineBytes) this.#from.pause();
    this.#plan();
  }

  /** @param then called once, when all that was pushed has been passed on */
  whenEmpty(then: () => void): void {
    this.#onEmpty = then;
    this.#plan();
  }

  #plan(): void {
    const next = this.#queue[0];
    if (!next) {
      this.#onEmpty?.();
      this.#onEmpty = undefined;
      return;
    }
    this.#timer ??= setTimeout(() => this.#due(), next.dueMs - performance.now());
  }

  #due(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (let next = this.#queue[0]; next && next.dueMs <= nowMs; next = this.#queue[0]) {
      this.#queue.shift();
      this.#queued -= next.bytes.length;
      this.#pass(next.bytes);
    }
    if (this.#queued <= lineBytes && this.#from.isPaused() && !this.#to.writableNeedDrain)
      this.#from.resume();
    this.#plan();
  }

  #pass(bytes: Buffer): void {
    if (this.#to.destroyed) return;
    this.#onPass(bytes);
    if (this.#to.write(bytes)) return;
    this.#from.pause();
    this.#to.once('drain', () => this.#from.resume());
  }
}
