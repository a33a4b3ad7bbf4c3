// A serial line whose other end goes away in the very moment of opening: known to be gone, and nothing spins.
import { describe, it } from 'vitest';
import { openSerialPort } from '../../../device/transport/serial-port.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedReader } from '../../simulators/rdm6300-reader.ts';

describe('endAtHangUp', () => {
  it('Q13 a line that hangs up before its first read is closed, told once', async () => {
    const reader = await SimulatedReader.start();
    for (let n = 0; n < 5; n += 1) {
      const pty = await PtyBridge.open(reader.port);
      let noteClosed = () => {};
      const closed = new Promise<void>((resolve, reject) => {
        let isTold = false;
        noteClosed = () => {
          if (isTold) reject(new Error('told twice'));
          isTold = true;
          setImmediate(resolve);
        };
      });
      await openSerialPort(
        { kind: 'serial', path: pty.path, baudRate: 9600, flow: 'none' },
        { onBytes: () => undefined, onClose: () => noteClosed() },
        new AbortController().signal,
      );
      await pty.unplug();
      await closed;
      await pty.close();
    }
    await reader.close();
  });
});
