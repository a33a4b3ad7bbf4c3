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

  it('Q13 a line that is closed in the middle of a read does not take the process along', async () => {
    const reader = await SimulatedReader.start();
    const pty = await PtyBridge.open(reader.port);
    const address = { kind: 'serial', path: pty.path, baudRate: 9600, flow: 'none' } as const;
    const silent = { onBytes: () => undefined, onClose: () => undefined };
    for (let n = 0; n < 200; n += 1) {
      const port = await openSerialPort(address, silent, new AbortController().signal);
      // the first read starts in the next turn and comes back from the thread pool some turns later
      for (let turn = 0; turn < n % 8; turn += 1) await new Promise(setImmediate);
      await port.close();
    }
    await pty.close();
    await reader.close();
  });
});
