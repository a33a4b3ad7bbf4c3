// How the proof swipes at a small terminal: one line in, one line out, over TCP.
import { connect, createServer, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';

export interface SwipeDoorHandler {
  /** records a fact and returns its id when it is on disk */
  readonly swipe: () => string;
  readonly waiting: () => number;
}

/** Serves until the process ends. */
export async function openSwipeDoor(port: number, handler: SwipeDoorHandler): Promise<void> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    linesOf(socket).on('line', (line) => {
      socket.write(`${line === 'swipe' ? handler.swipe() : handler.waiting()}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

export interface Swiper {
  /** @returns the answer, or undefined when there was none within 2 s; a late answer is never taken for another's */
  ask(line: 'swipe' | 'waiting'): Promise<string | undefined>;
  close(): void;
}

export function openSwiper(port: number): Swiper {
  let socket: Socket | undefined;
  let onLine: ((line: string | undefined) => void) | undefined;
  const drop = (dropped: Socket): void => {
    dropped.destroy();
    if (socket !== dropped) return;
    socket = undefined;
    onLine?.(undefined);
  };
  const dial = (): Socket => {
    const fresh = connect(port, '127.0.0.1');
    fresh.setNoDelay(true);
    fresh.on('error', () => drop(fresh));
    fresh.on('close', () => drop(fresh));
    linesOf(fresh).on('line', (line) => socket === fresh && onLine?.(line));
    return fresh;
  };
  return {
    async ask(line) {
      socket ??= dial();
      const asked = socket;
      const answer = new Promise<string | undefined>((resolve) => {
        onLine = resolve;
      });
      const timer = setTimeout(() => drop(asked), 2_000);
      asked.write(`${line}\n`);
      const result = await answer;
      clearTimeout(timer);
      onLine = undefined;
      return result;
    },
    close: () => {
      if (socket) drop(socket);
    },
  };
}

/** A reset ends the socket and is reported by readline a second time. */
function linesOf(socket: Socket): Interface {
  socket.on('error', () => socket.destroy());
  return createInterface(socket).on('error', () => {});
}
