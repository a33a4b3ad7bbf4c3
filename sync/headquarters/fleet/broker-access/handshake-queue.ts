// Who may shake hands now: as many at once as the machine ends in time. The others wait in a line with an end, where each address has its turn.
import type { Socket } from 'node:net';

export interface HandshakeLimits {
  readonly atOnce: number;
  /** of one address: whoever says hello and nothing more cannot take all places */
  readonly atOncePerAddress: number;
  /** whoever has neither begun nor said anything; one more is closed at once */
  readonly waiting: number;
  /** until its turn; less than a terminal's patience, or it would come in when that is gone */
  readonly waitMs: number;
  /** of a handshake, from its own beginning to its end, however busily it talks */
  readonly handshakeMs: number;
}

type Stage = 'silent' | 'ready' | 'shaking';

interface Caller {
  readonly socket: Socket;
  readonly address: string;
  stage: Stage;
  timer: NodeJS.Timeout;
}

export class HandshakeQueue {
  readonly #limits: HandshakeLimits;
  readonly #begin: (socket: Socket) => void;
  readonly #callers = new Map<Socket, Caller>();
  /** by address, the one whose turn is next first; in each those that wait, in the order in which they came */
  readonly #lines = new Map<string, Set<Caller>>();
  readonly #shaking = new Map<string, number>();
  #waiting = 0;
  #atWork = 0;

  /** @param begin takes over the socket, on which what came already can still be read; `ended` or its close end it */
  constructor(limits: HandshakeLimits, begin: (socket: Socket) => void) {
    this.#limits = limits;
    this.#begin = begin;
  }

  /** @param socket that nobody has read from */
  take(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const timer = setTimeout(() => socket.destroy(), this.#limits.waitMs);
    const caller: Caller = { socket, address, stage: 'silent', timer };
    this.#callers.set(socket, caller);
    this.#lineOf(address).add(caller);
    this.#waiting += 1;
    socket.once('close', () => this.#leave(caller));
    // a line that broke is no news: its close is
    socket.on('error', () => {});
    // a client speaks first: who says nothing gets no place at all
    socket.once('readable', () => {
      if (caller.stage !== 'silent' || socket.destroyed) return;
      caller.stage = 'ready';
      this.#advance();
    });
    if (this.#waiting > this.#limits.waiting) this.#turnAway();
  }

  /** It shook hands: its place is another's. */
  ended(socket: Socket): void {
    const caller = this.#callers.get(socket);
    if (caller) this.#leave(caller);
  }

  close(): void {
    for (const { socket } of [...this.#callers.values()]) socket.destroy();
  }

  #advance(): void {
    while (this.#atWork < this.#limits.atOnce) {
      const next = this.#next();
      if (!next) return;
      this.#unline(next);
      clearTimeout(next.timer);
      next.stage = 'shaking';
      next.timer = setTimeout(() => next.socket.destroy(), this.#limits.handshakeMs);
      this.#atWork += 1;
      this.#shaking.set(next.address, this.#shakingOf(next.address) + 1);
      this.#begin(next.socket);
    }
  }

  #next(): Caller | undefined {
    for (const [address, line] of this.#lines) {
      if (this.#shakingOf(address) >= this.#limits.atOncePerAddress) continue;
      for (const caller of line) {
        if (caller.stage !== 'ready' || caller.socket.destroyed) continue;
        // behind all others
        this.#lines.delete(address);
        this.#lines.set(address, line);
        return caller;
      }
    }
    return undefined;
  }

  /** The last of the longest line: a flood of one address turns away its own. */
  #turnAway(): void {
    let longest: ReadonlySet<Caller> = new Set();
    for (const line of this.#lines.values()) if (line.size >= longest.size) longest = line;
    [...longest].at(-1)?.socket.destroy();
  }

  #leave(caller: Caller): void {
    if (!this.#callers.delete(caller.socket)) return;
    clearTimeout(caller.timer);
    if (caller.stage !== 'shaking') {
      this.#unline(caller);
      return;
    }
    this.#atWork -= 1;
    const left = this.#shakingOf(caller.address) - 1;
    if (left > 0) this.#shaking.set(caller.address, left);
    else this.#shaking.delete(caller.address);
    this.#advance();
  }

  #unline(caller: Caller): void {
    const line = this.#lineOf(caller.address);
    if (line.delete(caller)) this.#waiting -= 1;
    if (line.size === 0) this.#lines.delete(caller.address);
  }

  #lineOf(address: string): Set<Caller> {
    const line = this.#lines.get(address) ?? new Set<Caller>();
    this.#lines.set(address, line);
    return line;
  }

  #shakingOf(address: string): number {
    return this.#shaking.get(address) ?? 0;
  }
}
