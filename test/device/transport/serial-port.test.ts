// Why a serial line is not open, told apart on real nodes.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortClosedError } from '../../../device/transport/byte-port.ts';
import { openSerialPort } from '../../../device/transport/serial-port.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';
import { SimulatedReader } from '../../simulators/rdm6300-reader.ts';

const nobody = 65_534;

describe('openSerialPort', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yingbin-serial-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (path: string) =>
    openSerialPort(
      { kind: 'serial', path, baudRate: 9600, flow: 'none' },
      { onBytes: () => undefined, onClose: () => undefined },
      new AbortController().signal,
    );
  const failureOf = (path: string): Promise<PortClosedError> =>
    open(path).then(
      () => Promise.reject(new Error(`${path} opened`)),
      (error: PortClosedError) => error,
    );

  it('a node that is not there is unplugged, and says where it will appear', async () => {
    const path = join(folder, 'by-id', 'usb-reader');
    expect(await failureOf(path)).toMatchObject({ reason: 'unplugged', appearsAs: path });
  });

  it('a file is the wrong device', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'no line');
    expect(await failureOf(path)).toMatchObject({ reason: 'wrong-device' });
  });

  it('a line that another program holds is in use', async () => {
    const reader = await SimulatedReader.start();
    const line = await PtyBridge.open(reader.port);
    const first = await open(line.path);
    expect(await failureOf(line.path)).toMatchObject({ reason: 'in-use' });
    await first.close();
    await line.close();
    await reader.close();
  });

  it('a node that this user may not open says so', async () => {
    const path = join(folder, 'line');
    writeFileSync(path, '');
    chmodSync(path, 0o000);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(nobody);
    try {
      expect(await failureOf(path)).toMatchObject({ reason: 'no-rights' });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});
