// A TCP line between two parties that can be as bad as lines are: cut, half-open, slow, far away, resetting, torn.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { NetworkPipe } from './network-pipe.ts';

/** towards the target, or back */
export type LineDirection = 'up' | 'down';

export interface NetworkProxy {
  readonly port: number;
  /** accepted since the start */
  readonly connections: number;
  /** bytes passed on since the start */
  readonly passed: Readonly<Record<LineDirection, number>>;
  /** ends every connection and refuses new ones */
  cut(): void;
  /** bytes vanish while connections stay open, as behind a dead router; in one direction or both */
  halfOpen(direction?: LineDirection): void;
  restore(): void;
  /** ends every connection the rude way; new ones are fine */
  reset(): void;
  /** bytes are held back this long in each direction */
  delayMs: number;
  /** in each direction of each connection; no limit unless set */
  bytesPerSecond: number;
  /** bytes arrive in pieces of this many */
  pieceBytes: number;
  /** asked for each connection: after how many upward bytes it is reset, in the middle of whatever passes then */
  resetAfter: (() => number | undefined) | undefined;
  /** sees every byte that is passed on */
  onBytes: ((direction: LineDirection, bytes: Uint8Array, connection: number) => void) | undefined;
  close(): Promise<void>;
}

export async function startNetworkProxy(target: {
  readonly host?: string;
  readonly port: number;
}): Promise<NetworkProxy> {
  const proxy = new ProxyServer(target.host ?? '127.0.0.1', target.port);
  await proxy.listen();
  return proxy;
}

class ProxyServer implements NetworkProxy {
  delayMs = 0;
  bytesPerSecond = Number.POSITIVE_INFINITY;
  pieceBytes = Number.POSITIVE_INFINITY;
  resetAfter: NetworkProxy['resetAfter'];
  onBytes: NetworkProxy['onBytes'];
  readonly passed = { up: 0, down: 0 };
  readonly #host: string;
  readonly #targetPort: number;
  readonly #server = createServer((near) => this.#join(near));
  readonly #sockets = new Set<Socket>();
  #connections = 0;
  #state: 'open' | 'cut' | 'half-open' = 'open';
  #deadDirection: LineDirection | undefined;

  constructor(host: string, targetPort: number) {
    this.#host = host;
    this.#targetPort = targetPort;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#connections;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  cut(): void {
    this.#state = 'cut';
    this.#each((socket) => socket.destroy());
  }

  halfOpen(direction?: LineDirection): void {
    this.#state = 'half-open';
    this.#deadDirection = direction;
  }

  restore(): void {
    // what went through a half-open line is gone, so its connections are of no use any more
    if (this.#state === 'half-open') this.#each((socket) => socket.destroy());
    this.#state = 'open';
    this.#deadDirection = undefined;
  }

  reset(): void {
    this.#each((socket) => socket.resetAndDestroy());
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#each((socket) => socket.destroy());
    await closed;
  }

  #join(near: Socket): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    this.#connections += 1;
    const number = this.#connections;
    const far = connect(this.#targetPort, this.#host);
    let left = this.resetAfter?.() ?? Number.POSITIVE_INFINITY;
    const up = this.#pipe(near, far, 'up', number);
    const down = this.#pipe(far, near, 'down', number);
    far.on('data', (bytes: Buffer) => this.#isAlive('down') && down.push(bytes));
    near.on('data', (bytes: Buffer) => {
      if (!this.#isAlive('up')) return;
      const fits = bytes.subarray(0, left);
      up.push(fits);
      left -= fits.length;
      if (left > 0) return;
      // what came before it arrives, so that a packet is torn in the middle
      up.whenEmpty(() => {
        near.resetAndDestroy();
        far.resetAndDestroy();
      });
    });
  }

  #pipe(from: Socket, to: Socket, direction: LineDirection, connection: number): NetworkPipe {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    return new NetworkPipe(from, to, this, (bytes) => {
      this.passed[direction] += bytes.length;
      this.onBytes?.(direction, bytes, connection);
    });
  }

  #isAlive(direction: LineDirection): boolean {
    return this.#state === 'open' || (this.#deadDirection ?? direction) !== direction;
  }

  #each(end: (socket: Socket) => void): void {
    for (const socket of this.#sockets) end(socket);
  }
}
