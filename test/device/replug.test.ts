// Unplugged and replugged on real pseudo terminals: as another number, many times, nothing left behind.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { replugCycles } from '../faults/replug-cycles.ts';
import { superviseLine } from '../faults/supervised-line.ts';
import { PtyBridge } from '../simulators/pty-bridge.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';

describe('replugging', () => {
  it('C37 a reader that comes back as another tty number is found by its by-id name', async () => {
    const dev = mkdtempSync(join(tmpdir(), 'yingbin-dev-'));
    const byId = join(dev, 'serial', 'by-id');
    const link = join(byId, 'usb-1a86_USB_Serial-if00-port0');
    const reader = await SimulatedReader.start();
    const ttyUsb0 = await PtyBridge.open(reader.port);
    const ttyUsb1 = await PtyBridge.open(reader.port);
    const plug = (line: PtyBridge) => {
      mkdirSync(byId, { recursive: true });
      symlinkSync(line.path, link);
    };
    plug(ttyUsb0);
    const line = superviseLine(link);
    await line.untilReady();

    // udev takes the link and its empty folders away with the device
    rmSync(join(dev, 'serial'), { recursive: true });
    await ttyUsb0.unplug();
    await line.untilOut();
    await vi.waitFor(() => expect(line.states.at(-1)).toEqual({ kind: 'absent', code: 'reader-unplugged' }), {
      timeout: 5_000,
    });
    plug(ttyUsb1);
    await line.untilReady();
    reader.place('01026F6C3A');
    await vi.waitFor(() => expect(line.heard()).toContain('01026F6C3A3A'), { timeout: 5_000 });

    await line.stop();
    await reader.close();
    await Promise.all([ttyUsb0.close(), ttyUsb1.close()]);
    rmSync(dev, { recursive: true, force: true });
  });

  it('leaves no descriptor, handle or listener behind, and no memory to speak of', async () => {
    const reader = await SimulatedReader.start();
    const pty = await PtyBridge.open(reader.port);
    const line = superviseLine(pty.path);
    await line.untilReady();
    const listeners = line.stopListeners();
    const { before, after } = await replugCycles(
      {
        unplug: () => pty.unplug(),
        plug: () => pty.plug(),
        untilOut: line.untilOut,
        untilReady: line.untilReady,
      },
      20,
    );
    expect(line.stopListeners()).toBe(listeners);
    // one leak a cycle would be 20; what happens to be in flight is a few
    expect(after.descriptors - before.descriptors).toBeLessThan(5);
    expect(after.handles - before.handles).toBeLessThan(5);
    expect(after.heapBytes - before.heapBytes).toBeLessThan(2_000_000);
    await line.stop();
    expect(line.stopListeners()).toBe(0);
    await pty.close();
    await reader.close();
  });
});
