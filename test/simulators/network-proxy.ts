// A TCP line that can be cut, restored, and made half-open: everything still connected, nothing arriving.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface NetworkProxy {
  readonly port: number;
  /** ends every connection and refuses new ones */
  cut(): void;
  /** bytes vanish in both directions while connections stay open, as behind a dead router */
  halfOpen(): void;
  restore(): void;
  /** bytes are held back this long in each direction */
  delayMs: number;
  close(): Promise<void>;
}

export async function startNetworkProxy(target: {
  readonly host?: string;
  readonly port: number;
}): Promise<NetworkProxy> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'half-open' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(target.port, target.host ?? '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (bytes) => forward(from, to, bytes));
    }
  });
  const forward = (from: Socket, to: Socket, bytes: Buffer): void => {
    if (state !== 'open') return;
    if (proxy.delayMs > 0) {
      setTimeout(() => to.destroyed || to.write(bytes), proxy.delayMs);
    } else if (!to.write(bytes)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  };
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: NetworkProxy = {
    port: (server.address() as AddressInfo).port,
    delayMs: 0,
    cut() {
      state = 'cut';
      dropAll();
    },
    halfOpen() {
      state = 'half-open';
    },
    restore() {
      // what went through a half-open line is gone, so its connections are of no use any more
      if (state === 'half-open') dropAll();
      state = 'open';
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      dropAll();
      await closed;
    },
  };
  return proxy;
}
