// Waiting for a device node: its folder wakes the wait, and everything ends with it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitForNode } from '../../../device/transport/wait-for-node.ts';

/** never waited for: only the folder can end these waits before the test's own limit */
const forLong = 3_600_000;

describe('waitForNode', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yingbin-node-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const signal = () => new AbortController().signal;

  it('ends soon after the node came', async () => {
    const waited = waitForNode(join(folder, 'usb-reader'), forLong, signal());
    writeFileSync(join(folder, 'usb-reader'), '');
    await waited;
  });

  it('ends soon after a node of that kind came, whatever its number', async () => {
    const waited = waitForNode(join(folder, 'hidraw'), forLong, signal());
    writeFileSync(join(folder, 'hidraw7'), '');
    await waited;
  });

  it('watches for the folder that udev takes away with the last node', async () => {
    const path = join(folder, 'serial', 'by-id', 'usb-reader');
    const forSerial = waitForNode(path, forLong, signal());
    mkdirSync(join(folder, 'serial'));
    await forSerial;
    const forById = waitForNode(path, forLong, signal());
    mkdirSync(join(folder, 'serial', 'by-id'));
    await forById;
  });

  it('another node wakes nobody', async () => {
    let hasEnded = false;
    const stop = new AbortController();
    const waited = waitForNode(join(folder, 'usb-reader'), forLong, stop.signal).then(() => {
      hasEnded = true;
    });
    writeFileSync(join(folder, 'usb-printer'), '');
    // a second wait in the same folder that does end shows that the first one has heard of it, too
    const other = waitForNode(join(folder, 'usb-disk'), forLong, signal());
    writeFileSync(join(folder, 'usb-disk'), '');
    await other;
    expect(hasEnded).toBe(false);
    stop.abort();
    await waited;
  });

  it('ends after its time where nothing can be watched, and at once when told to stop', async () => {
    vi.useFakeTimers();
    try {
      let ended = 0;
      const note = () => {
        ended += 1;
      };
      void waitForNode('/no/such/root/node', 1_000, signal()).then(note);
      await vi.advanceTimersByTimeAsync(999);
      expect(ended).toBe(0);
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toBe(1);
      const stop = new AbortController();
      void waitForNode(join(folder, 'node'), forLong, stop.signal).then(note);
      stop.abort();
      await vi.advanceTimersByTimeAsync(0);
      expect(ended).toBe(2);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
