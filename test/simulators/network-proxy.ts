// A TCP line between two parties that can be as bad as lines are: cut, half-open, slow, far away, resetting, torn.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { NetworkPipe } from './network-pipe.ts';

export type LineState = 'open' | 'cut' | 'half-open';
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
  const sockets = new Set<Socket>();
  const passed = { up: 0, down: 0 };
  let connections = 0;
  let state: LineState = 'open';
  let deadDirection: LineDirection | undefined;
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    connections += 1;
    const number = connections;
    const far = connect(target.port, target.host ?? '127.0.0.1');
    let left = proxy.resetAfter?.() ?? Number.POSITIVE_INFINITY;
    for (const [from, to, direction] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      const pipe = new NetworkPipe(from, to, proxy, (bytes) => {
        passed[direction] += bytes.length;
        proxy.onBytes?.(direction, bytes, number);
      });
      from.on('data', (bytes: Buffer) => {
        if (state !== 'open' && (deadDirection ?? direction) === direction) return;
        const fits = direction === 'down' ? bytes : bytes.subarray(0, left);
        pipe.push(fits);
        if (direction === 'up') left -= fits.length;
        if (left > 0) return;
        // what came before the cut arrives, so that a packet is torn in the middle
        pipe.whenEmpty(() => {
          near.resetAndDestroy();
          far.resetAndDestroy();
        });
      });
    }
  });
  const each = (end: (socket: Socket) => void): void => {
    for (const socket of sockets) end(socket);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: NetworkProxy = {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    passed,
    delayMs: 0,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    pieceBytes: Number.POSITIVE_INFINITY,
    resetAfter: undefined,
    onBytes: undefined,
    cut() {
      state = 'cut';
      each((socket) => socket.destroy());
    },
    halfOpen(direction) {
      state = 'half-open';
      deadDirection = direction;
    },
    restore() {
      // what went through a half-open line is gone, so its connections are of no use any more
      if (state === 'half-open') each((socket) => socket.destroy());
      state = 'open';
      deadDirection = undefined;
    },
    reset: () => each((socket) => socket.resetAndDestroy()),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      each((socket) => socket.destroy());
      await closed;
    },
  };
  return proxy;
}
