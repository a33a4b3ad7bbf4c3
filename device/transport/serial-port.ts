// A device on a serial line, USB adapter included.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { type BytePort, type BytePortEvents, PortClosedError, type PortClosedReason } from './byte-port.ts';
import type { DeviceAddress } from './device-address.ts';
import { endAtHangUp } from './end-at-hang-up.ts';

export async function openSerialPort(
  address: Extract<DeviceAddress, { kind: 'serial' }>,
  events: BytePortEvents,
  signal: AbortSignal,
): Promise<BytePort> {
  const { path, baudRate, flow } = address;
  const hasBytes = flow === 'xonxoff';
  const line = new SerialPort({
    path,
    baudRate,
    autoOpen: false,
    rtscts: flow === 'rtscts',
    xon: hasBytes,
    xoff: hasBytes,
  });
  // A fault of an open line also closes it; without a listener it would end the process.
  line.on('error', () => undefined);
  const failure = await new Promise<Error | null>((resolve) => line.open(resolve));
  if (failure) {
    const reason = await reasonOf(address.path, failure);
    throw new PortClosedError(reason, { cause: failure, appearsAs: address.path });
  }
  let isClosed = false;
  // An unplugged line may leave a write without an answer for ever: closing answers for it.
  const waiting = new Set<() => void>();
  // serialport emits `close` twice when unplugged during a write.
  line.on('close', () => {
    if (isClosed) return;
    isClosed = true;
    for (const answer of waiting) answer();
    events.onClose();
  });
  endAtHangUp(line);
  line.on('data', events.onBytes);
  const port: BytePort = {
    node: address.path,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        const cut = () => reject(new PortClosedError('unreachable'));
        if (isClosed || !line.isOpen) {
          cut();
          return;
        }
        waiting.add(cut);
        line.write(Buffer.from(bytes), (error) => {
          waiting.delete(cut);
          if (error) reject(new PortClosedError('unreachable', { cause: error }));
          else resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        if (isClosed) {
          resolve();
          return;
        }
        waiting.add(resolve);
        if (line.isOpen && !line.closing) line.close(() => undefined);
      }),
  };
  if (signal.aborted) await port.close();
  return port;
}

/** serialport tells why in words only: the node itself tells by number. */
async function reasonOf(path: string, failure: Error): Promise<PortClosedReason> {
  try {
    const handle = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    await handle.close();
  } catch (error) {
    return reasons.get((error as NodeJS.ErrnoException).code ?? '') ?? 'unreachable';
  }
  if (/lock/i.test(failure.message)) return 'in-use';
  // a file, or a terminal without a line behind it
  return /inappropriate/i.test(failure.message) ? 'wrong-device' : 'unreachable';
}

const reasons: ReadonlyMap<string, PortClosedReason> = new Map([
  ['ENOENT', 'unplugged'],
  ['ENOTDIR', 'unplugged'],
  ['ENXIO', 'unplugged'],
  ['ENODEV', 'unplugged'],
  ['EACCES', 'no-rights'],
  ['EPERM', 'no-rights'],
  ['EBUSY', 'in-use'],
  ['EISDIR', 'wrong-device'],
]);
