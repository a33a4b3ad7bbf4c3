// Lets a serial line end where its other end went away: serialport itself reads such a line for ever, zero bytes at a time.
import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readFrom = promisify(read);

/** Call when the line is open and nobody listens for its data yet. What hangs up then closes, with `close` emitted. */
export function endAtHangUp(line: SerialPort): void {
  const { port } = line;
  // only Unix lines have a poller
  if (!port || !('poller' in port)) return;
  const { poller } = port;
  const readable = () =>
    new Promise<void>((resolve, reject) => {
      poller.once('readable', (error: Error | null) => (error ? reject(error) : resolve()));
    });
  port.read = async (buffer, offset, length) => {
    // asked anew after every wait: the poller of a closed line is freed memory, and polling it ends the process
    while (port.fd !== null) {
      let bytesRead: number;
      try {
        ({ bytesRead } = await readFrom(port.fd, buffer, offset, length, null));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
        if (port.fd !== null) await readable();
        continue;
      }
      if (bytesRead > 0) return { buffer, bytesRead };
      // an open line that has nothing to say answers EAGAIN, so nothing without an error is a hang-up
      throw new Error('the line hung up');
    }
    // serialport's own close is the cause, so it is no fault
    throw Object.assign(new Error('the line was closed'), { canceled: true });
  };
}
