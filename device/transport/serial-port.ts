// A device on a serial line, USB adapter included.
import { SerialPort } from 'serialport';
import { type BytePort, type BytePortEvents, PortClosedError } from './byte-port.ts';
import type { DeviceAddress } from './device-address.ts';

export async function openSerialPort(
  address: Extract<DeviceAddress, { kind: 'serial' }>,
  events: BytePortEvents,
  signal: AbortSignal,
): Promise<BytePort> {
  const line = new SerialPort({ path: address.path, baudRate: address.baudRate, autoOpen: false });
  // A fault of an open line also closes it; without a listener it would end the process.
  line.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    line.open((error) => {
      if (error) reject(new PortClosedError(reasonOf(error), { cause: error }));
      else resolve();
    });
  });
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
  line.on('data', events.onBytes);
  // a hang-up that reads as zero bytes ends the stream but leaves serialport open: nobody would ever hear of it
  line.on('end', () => {
    if (line.isOpen && !line.closing) line.close(() => undefined);
  });
  const port: BytePort = {
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

/** The lock of another process and missing rights are a "no"; a missing node is nobody there. */
function reasonOf(error: Error): PortClosedError['reason'] {
  return /lock|permission|EACCES|EBUSY/i.test(error.message) ? 'refused' : 'unreachable';
}
