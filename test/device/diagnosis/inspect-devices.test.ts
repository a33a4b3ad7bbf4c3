// Who holds a device, and whether a network address answers, on this very machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findingText } from '../../../device/diagnosis/finding-text.ts';
import { inspectDevices, isConnectedTo, nodeHolders } from '../../../device/diagnosis/inspect-devices.ts';
import { PluggedIn } from '../../simulators/plugged-in.ts';
import { SimulatedReader } from '../../simulators/rdm6300-reader.ts';

const none = { reader: null, secondReader: null, printer: null, fallbackPrinter: null, panel: null };

describe('inspectDevices', () => {
  it('a program that has a node open is named with its number', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-held-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const node = join(realpathSync(folder), 'lp0');
    writeFileSync(node, '');
    expect(nodeHolders(node)).toEqual([]);
    const tail = spawn('tail', ['-f', node], { stdio: 'ignore' });
    onTestFinished(() => void tail.kill());
    await vi.waitFor(() => expect(nodeHolders(node)).toEqual([`tail (${tail.pid})`]), { timeout: 5_000 });
  });

  it('Q11 an address that this machine is connected to is not tried: it takes one client', async () => {
    const device = await SimulatedReader.start();
    onTestFinished(() => device.close());
    expect(isConnectedTo('127.0.0.1', device.port)).toBe(false);
    const socket = connect(device.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await vi.waitFor(() => expect(device.clients).toBe(1), { timeout: 5_000 });
    expect(isConnectedTo('127.0.0.1', device.port)).toBe(true);
    const plugged = new PluggedIn();
    onTestFinished(() => plugged.unplugAll());
    const reader = { kind: 'rdm6300', at: device.address };
    const inspection = await inspectDevices({ ...none, reader }, { roots: plugged.roots });
    expect(inspection.reached).toEqual([{ at: device.address, outcome: 'held-here' }]);
    expect(inspection.findings).toMatchObject([{ code: 'in-use', needsCare: false }]);
    expect(device.clients).toBe(1);
  });

  it('a name that nobody knows is unreachable, one that is not to be tried is not tried', async () => {
    const plugged = new PluggedIn();
    onTestFinished(() => plugged.unplugAll());
    const printer = { kind: 'esc-pos', at: 'tcp://no-such-host.invalid:9100' };
    const look = (triesNetwork: boolean, at: string) =>
      inspectDevices({ ...none, printer: { ...printer, at } }, { roots: plugged.roots, triesNetwork });
    expect((await look(true, printer.at)).findings).toMatchObject([{ code: 'network-unreachable' }]);
    const quiet = await look(false, 'tcp://127.0.0.1:1');
    expect([quiet.reached[0]?.outcome, quiet.findings]).toEqual(['not-tried', []]);
  });

  it('S50 what the machine kept out of USB is said, with its number and why; what is no such file is not', async () => {
    const plugged = new PluggedIn();
    onTestFinished(() => plugged.unplugAll());
    const refused = mkdtempSync(join(tmpdir(), 'yingbin-refused-'));
    onTestFinished(() => rmSync(refused, { recursive: true, force: true }));
    writeFileSync(join(refused, '1-1'), 'refused-storage 46f4:0001 08:06:50,\n');
    writeFileSync(join(refused, '1-2'), 'refused-$(id) 46f4:0001 x\n');
    writeFileSync(join(refused, '1-3'), '');
    const { findings } = await inspectDevices(none, { roots: plugged.roots, refused });
    expect(findings).toEqual([
      { code: 'usb-refused', needsCare: true, key: null, device: '46f4:0001', at: '1-1', fix: ['storage'] },
    ]);
    expect(findings.map((one) => findingText(one, 'en').what)).toEqual([
      '46f4:0001 was plugged into USB (1-1) and refused: storage.',
    ]);
    const missing = join(refused, 'nowhere');
    expect((await inspectDevices(none, { roots: plugged.roots, refused: missing })).findings).toEqual([]);
  });
});
