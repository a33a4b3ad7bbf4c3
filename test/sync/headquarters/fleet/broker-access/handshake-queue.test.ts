// S13 The broker inside headquarters shakes hands with as many as it can at once; real sockets, and no TLS where it is not the point.
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type HandshakeLimits,
  HandshakeQueue,
} from '../../../../../sync/headquarters/fleet/broker-access/handshake-queue.ts';
import { portOf } from '../../../../../sync/headquarters/listen.ts';

interface Client {
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
}

const limits: HandshakeLimits = {
  atOnce: 2,
  atOncePerAddress: 2,
  waiting: 3,
  waitMs: 6_000,
  handshakeMs: 10_000,
};

describe('the line for a handshake', () => {
  let server: Server;
  let queue: HandshakeQueue;
  /** by what they said first, in the order in which their turn came */
  let begun: { readonly name: string; readonly socket: Socket }[];
  const news = new EventEmitter();
  const clients: Client[] = [];

  const open = async (some: Partial<HandshakeLimits> = {}): Promise<void> => {
    queue = new HandshakeQueue({ ...limits, ...some }, (socket) => {
      begun.push({ name: String(socket.read()), socket });
      news.emit('begun');
    });
    server = createServer((socket) => queue.take(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  };
  /** @param name what it says; none = it is silent */
  const come = async (name?: string, from = '127.0.0.1'): Promise<Client> => {
    const taken = once(server, 'connection');
    const socket = connect({ port: portOf(server), host: '127.0.0.1', localAddress: from }).resume();
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    clients.push({ socket, closed });
    const [theirs] = (await taken) as [Socket];
    const heard = name === undefined || theirs.destroyed || once(theirs, 'readable');
    if (name !== undefined) socket.write(name);
    await heard;
    return { socket, closed };
  };
  const names = (): readonly string[] => begun.map(({ name }) => name);
  const begins = async (...expected: readonly string[]): Promise<void> => {
    while (begun.length < expected.length) await once(news, 'begun');
    expect(names()).toEqual(expected);
  };
  const end = (name: string): void => {
    const found = begun.find((each) => each.name === name);
    if (found) queue.ended(found.socket);
  };

  beforeEach(() => {
    begun = [];
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const { socket } of clients.splice(0)) socket.destroy();
    queue.close();
    server.close();
  });

  it('S13 lets in as many as it may, and the next when one of them is through or gone', async () => {
    await open();
    for (const name of ['a', 'b', 'c', 'd']) await come(name);
    await begins('a', 'b');
    end('b');
    await begins('a', 'b', 'c');
    begun[0]?.socket.destroy();
    await begins('a', 'b', 'c', 'd');
  });

  it('S13 gives no place to whoever is silent, and closes it when its time is over', async () => {
    await open();
    const silent = [await come(), await come()];
    await come('speaks');
    await begins('speaks');
    vi.advanceTimersByTime(limits.waitMs);
    await Promise.all(silent.map(({ closed }) => closed));
    expect(names()).toEqual(['speaks']);
  });

  it('S13 counts the time of a handshake from its own beginning, and gives its place away at its end', async () => {
    await open({ atOnce: 1 });
    const first = await come('hello and nothing more');
    await begins('hello and nothing more');
    vi.advanceTimersByTime(limits.handshakeMs - 1_000);
    await come('next');
    vi.advanceTimersByTime(999);
    expect([first.socket.destroyed, names().length]).toEqual([false, 1]);
    vi.advanceTimersByTime(1);
    await begins('hello and nothing more', 'next');
    // it waited for a second, and has all of its ten still
    vi.advanceTimersByTime(limits.handshakeMs - 1);
    expect(begun[1]?.socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(begun[1]?.socket.destroyed).toBe(true);
  });

  it('S13 closes at once who comes when the line is full, and who waited too long', async () => {
    await open({ atOnce: 1 });
    await come('a');
    await begins('a');
    for (const name of ['b', 'c', 'd']) await come(name);
    await (await come('too many')).closed;
    end('a');
    await begins('a', 'b');
    vi.advanceTimersByTime(limits.waitMs);
    await Promise.all([clients[2]?.closed, clients[3]?.closed]);
    expect(names()).toEqual(['a', 'b']);
  });

  it('S13 a flood of one address keeps nobody else out', async () => {
    await open({ atOncePerAddress: 1, waiting: 4 });
    for (let n = 0; n < 5; n += 1) await come(`flood ${n}`);
    await begins('flood 0');
    // the line is full: the flood loses one of its own
    await come('other', '127.0.0.2');
    await begins('flood 0', 'other');
    await come('other 2', '127.0.0.2');
    await come('third', '127.0.0.3');
    end('flood 0');
    await begins('flood 0', 'other', 'flood 1');
    // the others first, before it is the flood's turn again
    end('flood 1');
    await begins('flood 0', 'other', 'flood 1', 'third');
    end('other');
    await begins('flood 0', 'other', 'flood 1', 'third', 'other 2');
    end('third');
    await begins('flood 0', 'other', 'flood 1', 'third', 'other 2', 'flood 2');
  });

  it('closes all when it is closed, and begins nobody meanwhile', async () => {
    await open({ atOnce: 1 });
    const all = [await come('a'), await come('b'), await come()];
    await begins('a');
    queue.close();
    await Promise.all(all.map(({ closed }) => closed));
    expect(names()).toEqual(['a']);
  });
});
