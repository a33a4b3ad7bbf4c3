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
    for (;;) {
      // `canceled` tells serialport that its own close is the cause
      if (port.fd === null) throw Object.assign(new Error('the line was closed'), { canceled: true });
      try {
        const { bytesRead } = await readFrom(port.fd, buffer, offset, length, null);
        if (bytesRead > 0) return { buffer, bytesRead };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EINTR') continue;
        if (code !== 'EAGAIN') throw error;
        await readable();
        continue;
      }
      // an open line that has nothing to say answers EAGAIN, so nothing without an error is a hang-up
      throw new Error('the line hung up');
    }
  };
}
