// What is plugged in, read from trees as the kernel shows them.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttachedDevice, attachedDevices } from '../../../device/diagnosis/attached-devices.ts';
import { keyboardInterface, PluggedIn } from '../../simulators/plugged-in.ts';
import { bootKeyboardDescriptor, magtekDescriptor } from '../../simulators/readers/hid-descriptors.ts';

describe('attachedDevices', () => {
  let machine: PluggedIn;
  beforeEach(() => {
    machine = new PluggedIn();
  });
  afterEach(() => machine.unplugAll());
  const seen = () => attachedDevices(machine.roots);
  const only = (): AttachedDevice => {
    const [device, ...others] = seen();
    expect(others).toEqual([]);
    return device as AttachedDevice;
  };

  it('a reader that also claims mass storage is one device with both interfaces', () => {
    machine.plug({
      place: '1-1.2',
      vendor: 'FFFF',
      product: '0035',
      maker: 'Sycreader',
      name: 'USB Reader',
      interfaces: [keyboardInterface(0), { usbClass: '08', driver: 'usb-storage' }],
    });
    machine.note(2, ['LIBINPUT_IGNORE_DEVICE=1']);
    const device = only();
    expect(device).toMatchObject({
      place: '1-1.2',
      vendor: 'ffff',
      product: '0035',
      serial: null,
      maker: 'Sycreader',
      interfaces: [
        { number: 0, role: 'keyboard', driver: 'usbhid' },
        { number: 1, role: 'storage', driver: 'usb-storage' },
      ],
    });
    expect(device.nodes.map(({ kind, path }) => [kind, path])).toEqual([
      ['hidraw', machine.node('hidraw0')],
      ['input', machine.node('input/event0')],
    ]);
    expect(device.nodes[1]?.properties.get('LIBINPUT_IGNORE_DEVICE')).toBe('1');
    expect(device.nodes[0]).toMatchObject({ canOpen: true, rights: { mode: 0o660 } });
  });

  it('two identical readers without serial numbers are two devices', () => {
    for (const [n, place] of ['1-1', '1-2'].entries())
      machine.plug({ place, vendor: '0801', product: '0002', interfaces: [keyboardInterface(n)] });
    expect(seen().map(({ place, serial }) => [place, serial])).toEqual([
      ['1-1', null],
      ['1-2', null],
    ]);
  });

  it('serial adapters, boards and printers have their nodes and the names that stay', () => {
    machine.plug({
      place: '1-1',
      vendor: '1a86',
      product: '7523',
      interfaces: [{ usbClass: 'ff', driver: 'ch341', nodes: { 'ttyUSB0/tty/ttyUSB0': 'ttyUSB0' } }],
    });
    machine.plug({
      place: '1-2',
      vendor: '04b8',
      product: '0e15',
      serial: 'J7XF0123',
      interfaces: [{ usbClass: '07', driver: 'usblp', nodes: { 'usbmisc/lp0': 'usb/lp0' } }],
    });
    machine.link('usb-1a86_USB_Serial-if00-port0', 'ttyUSB0');
    const [adapter, printer] = seen();
    expect(adapter?.interfaces).toEqual([{ number: 0, role: 'serial', driver: 'ch341' }]);
    expect(adapter?.nodes[0]).toMatchObject({
      kind: 'serial',
      links: [machine.node('serial/by-id/usb-1a86_USB_Serial-if00-port0')],
    });
    expect(printer?.nodes[0]).toMatchObject({ kind: 'printer', path: machine.node('usb/lp0') });
  });

  it('hubs are left out, and so is what vanishes while it is read', () => {
    machine.plug({ place: '1-0', vendor: '1d6b', product: '0002', interfaces: [{ usbClass: '09' }] });
    machine.plug({ place: '1-3', vendor: '0801', product: '0002', interfaces: [keyboardInterface(0)] });
    rmSync(join(machine.roots.sys, 'devices', 'usb1', '1-3', 'idVendor'));
    expect(seen()).toEqual([]);
  });

  it('a device without USB is found by its report node, the board by its real lines', () => {
    machine.plugHid('hidraw3', '0003:00000801:00000002', 'MagTek');
    machine.plugLine('ttyAMA0', 'uart-pl011', 5);
    machine.plugLine('ttyS1', 'serial8250', 0);
    expect(seen()).toMatchObject([
      { place: machine.node('hidraw3'), vendor: '0801', product: '0002', name: 'MagTek' },
      { place: machine.node('ttyAMA0'), vendor: null, nodes: [{ kind: 'serial' }] },
    ]);
  });

  it('report devices of one body are one device, and one that types is a keyboard', () => {
    const id = '0005:0000FFFF:00000035';
    for (const [node, port, descriptor] of [
      ['hidraw0', 'usb-x-1/input0', bootKeyboardDescriptor],
      ['hidraw1', 'usb-x-1/input1', magtekDescriptor],
      ['hidraw2', 'usb-x-2/input0', bootKeyboardDescriptor],
    ] as const)
      machine.plugHid(node, id, 'Reader', { port, descriptor });
    expect(
      seen().map(({ nodes, interfaces }) => [
        nodes.map(({ path }) => path),
        interfaces.map(({ role }) => role),
      ]),
    ).toEqual([
      [
        [machine.node('hidraw0'), machine.node('hidraw1')],
        ['keyboard', 'hid'],
      ],
      [[machine.node('hidraw2')], ['keyboard']],
    ]);
  });

  it("the line of the system's console is nobody's device", () => {
    machine.plugLine('ttyAMA0', 'uart-pl011', 5);
    machine.plugLine('ttyAMA1', 'uart-pl011', 5);
    const lines = join(machine.roots.sys, 'class', 'tty');
    mkdirSync(join(lines, 'console'));
    writeFileSync(join(lines, 'console', 'active'), 'tty0 ttyAMA0\n');
    expect(seen().map(({ place }) => place)).toEqual([machine.node('ttyAMA1')]);
  });

  it('an interface without a driver, a node that is not there yet, and names that would paint the terminal', () => {
    machine.plug({
      place: '1-4',
      vendor: '0416',
      product: '5011',
      maker: '\u001b[31mPOS\u0007',
      interfaces: [{ usbClass: '07', nodes: { 'usbmisc/lp9': 'usb/lp9' } }],
    });
    rmSync(machine.node('usb/lp9'));
    expect(only()).toMatchObject({
      maker: '[31mPOS',
      interfaces: [{ role: 'printer', driver: null }],
      nodes: [{ rights: null, canOpen: false }],
    });
  });

  it('a machine without any of these folders has nothing plugged in', () => {
    rmSync(machine.root, { recursive: true });
    expect(seen()).toEqual([]);
  });

  it('a tree that may not be read is nothing, not a crash', () => {
    machine.plug({ place: '1-5', vendor: '0801', product: '0002', interfaces: [keyboardInterface(0)] });
    const folder = join(machine.roots.sys, 'devices', 'usb1', '1-5', '1-5:1.0');
    chmodSync(folder, 0o000);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) {
      for (const path of [machine.root]) chmodSync(path, 0o755);
      process.seteuid?.(65_534);
    }
    try {
      expect(only()).toMatchObject({
        vendor: '0801',
        nodes: [],
        interfaces: [{ role: 'other', driver: null }],
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
  });
});
