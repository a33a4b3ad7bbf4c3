// A device behind a TCP port: a network printer, a serial-to-network adapter.
import { connect, type Socket } from 'node:net';
import { type BytePort, type BytePortEvents, PortClosedError } from './byte-port.ts';
import type { DeviceAddress } from './device-address.ts';

/** One repeated SYN fits in; a printer that starts right behind it is found by the next try, within 3 s in all. */
const connectTimeoutMs = 2_000;
/** A dead peer behind a pulled cable is noticed after this idle time plus the kernel's probes. */
const keepAliveMs = 5_000;
/** Printers block port 9100 for minutes after a reset: they get this long to close in order. */
const closingMs = 500;

export function openTcpPort(
  address: Extract<DeviceAddress, { kind: 'tcp' }>,
  events: BytePortEvents,
  signal: AbortSignal,
): Promise<BytePort> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
    socket.setKeepAlive(true, keepAliveMs);
    socket.setTimeout(connectTimeoutMs, () => socket.destroy(new Error('connect timed out')));
    const giveUp = () => socket.destroy(new Error('stopped while connecting'));
    signal.addEventListener('abort', giveUp, { once: true });
    let failure: NodeJS.ErrnoException | undefined;
    let isOpen = false;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure = error;
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', giveUp);
      if (isOpen) events.onClose();
      else
        reject(
          new PortClosedError(failure?.code === 'ECONNREFUSED' ? 'refused' : 'unreachable', {
            cause: failure,
          }),
        );
    });
    socket.on('data', events.onBytes);
    socket.once('connect', () => {
      isOpen = true;
      socket.setTimeout(0);
      signal.removeEventListener('abort', giveUp);
      resolve(portOf(socket));
    });
    if (signal.aborted) giveUp();
  });
}

function portOf(socket: Socket): BytePort {
  let closing: Promise<void> | undefined;
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed || !socket.writable) {
          reject(new PortClosedError('unreachable'));
          return;
        }
        socket.write(bytes, (error) => {
          if (error) reject(new PortClosedError('unreachable', { cause: error }));
          else resolve();
        });
      }),
    close: () => {
      closing ??= closeInOrder(socket);
      return closing;
    },
  };
}

function closeInOrder(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) {
      resolve();
      return;
    }
    const impatience = setTimeout(() => socket.destroy(), closingMs);
    socket.once('close', () => {
      clearTimeout(impatience);
      resolve();
    });
    socket.end();
  });
}
