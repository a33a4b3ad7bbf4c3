// What the doctor finds: each finding on a machine where it is true, and nothing on one where all is well.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachedDevices } from '../../../device/diagnosis/attached-devices.ts';
import type { ConfiguredDevices } from '../../../device/diagnosis/configured-devices.ts';
import {
  type Diagnosis,
  type DiagnosisInput,
  diagnose,
  findingCodes,
} from '../../../device/diagnosis/diagnose.ts';
import { findingText } from '../../../device/diagnosis/finding-text.ts';
import { udevRulesFor } from '../../../device/diagnosis/udev-rules.ts';
import { keyboardInterface, PluggedIn, type PluggedInterface } from '../../simulators/plugged-in.ts';
import { bootKeyboardDescriptor } from '../../simulators/readers/hid-descriptors.ts';

const none: ConfiguredDevices = {
  reader: null,
  secondReader: null,
  printer: null,
  fallbackPrinter: null,
  panel: null,
};
const hidInterface = (number: number): PluggedInterface => ({
  usbClass: '03',
  driver: 'usbhid',
  nodes: { [`0003:X/hidraw/hidraw${number}`]: `hidraw${number}` },
});
const lp = (number: number): PluggedInterface => ({
  usbClass: '07',
  driver: 'usblp',
  nodes: { [`usbmisc/lp${number}`]: `usb/lp${number}` },
});
const tty = (name: string): PluggedInterface => ({
  usbClass: 'ff',
  driver: 'ch341',
  nodes: { [`${name}/tty/${name}`]: name },
});

describe('diagnose', () => {
  let machine: PluggedIn;
  beforeEach(() => {
    machine = new PluggedIn();
  });
  afterEach(() => machine.unplugAll());

  const look = (configured: Partial<ConfiguredDevices>, more: Partial<DiagnosisInput> = {}): Diagnosis =>
    diagnose({
      attached: attachedDevices(machine.roots),
      configured: { ...none, ...configured },
      reached: [],
      holders: new Map(),
      group: 'kiosk',
      ...more,
    });
  const codes = ({ findings }: Diagnosis) => findings.map(({ code }) => code);
  const magtek = (place: string, number: number, serial?: string) =>
    machine.plug({
      place,
      vendor: '0801',
      product: '0002',
      interfaces: [hidInterface(number)],
      ...(serial === undefined ? {} : { serial }),
    });

  it('finds nothing where all is well', () => {
    magtek('1-1', 0);
    machine.plug({ place: '1-2', vendor: '04b8', product: '0e15', interfaces: [lp(0)] });
    machine.plug({ place: '1-3', vendor: '1a86', product: '7523', interfaces: [tty('ttyUSB0')] });
    machine.link('usb-1a86', 'ttyUSB0');
    const diagnosis = look({
      reader: { kind: 'magtek', at: 'hid:0801:0002' },
      printer: { kind: 'esc-pos', at: 'usb:04b8:0e15' },
      panel: { kind: 'firmata', at: `serial:${machine.node('serial/by-id/usb-1a86')}?baud=57600` },
    });
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.devices.map(({ usedBy }) => usedBy)).toEqual([['reader'], ['printer'], ['panel']]);
  });

  it('C37 two identical readers without serial numbers are ambiguous, with serial numbers told apart', () => {
    magtek('1-1', 0);
    magtek('1-2', 1);
    expect(codes(look({ reader: { kind: 'magtek', at: 'hid:0801:0002' } }))).toEqual(['ambiguous']);
    machine.unplugAll();
    machine = new PluggedIn();
    magtek('1-1', 0, 'A1');
    magtek('1-2', 1, 'B2');
    expect(codes(look({ reader: { kind: 'magtek', at: 'hid:0801:0002:B2' } }))).toEqual(['not-configured']);
    expect(look({ reader: { kind: 'magtek', at: 'hid:0801:0002' } }).findings[0]).toMatchObject({
      code: 'ambiguous',
      fix: ['"at": "hid:0801:0002:A1"', '"at": "hid:0801:0002:B2"'],
    });
  });

  it('a reader that also claims mass storage serves, and is pointed out', () => {
    machine.plug({
      place: '1-1',
      vendor: '0801',
      product: '0002',
      interfaces: [hidInterface(0), { usbClass: '08', driver: 'usb-storage' }],
    });
    const { findings } = look({ reader: { kind: 'magtek', at: 'hid:0801:0002' } });
    expect(findings).toMatchObject([{ code: 'claims-storage', needsCare: false }]);
  });

  it('another model on a bound port is a wrong device, another kind of reader a wrong setting', () => {
    machine.plug({ place: '1-1', vendor: '2341', product: '0043', interfaces: [tty('ttyACM0')] });
    const at = `serial:${machine.node('ttyACM0')}`;
    expect(codes(look({ printer: { kind: 'esc-pos', at } }))).toEqual(['wrong-device']);
    magtek('1-2', 0);
    expect(
      look({ panel: { kind: 'firmata', at }, reader: { kind: 'keyboard', at: 'hid:0801:0002' } }).findings,
    ).toMatchObject([{ code: 'setting-differs', fix: ['"kind": "magtek"'] }]);
  });

  it('missing rights come with the exact rule', () => {
    magtek('1-1', 0);
    const attached = attachedDevices(machine.roots).map((device) => ({
      ...device,
      nodes: device.nodes.map((node) => ({ ...node, canOpen: false })),
    }));
    const { findings } = look({ reader: { kind: 'magtek', at: 'hid:0801:0002' } }, { attached });
    expect(findings).toMatchObject([
      {
        code: 'no-rights',
        at: machine.node('hidraw0'),
        fix: [
          'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0801", ATTRS{idProduct}=="0002", GROUP="kiosk", MODE="0660"',
        ],
      },
    ]);
  });

  it('a reader that the desktop takes for a keyboard is pointed out until udev says otherwise', () => {
    machine.plug({ place: '1-1', vendor: 'ffff', product: '0035', interfaces: [keyboardInterface(0)] });
    const reader = { kind: 'keyboard', at: 'hid:ffff:0035' };
    expect(look({ reader }).findings).toMatchObject([
      { code: 'types-into-screen', fix: [expect.stringContaining('LIBINPUT_IGNORE_DEVICE')] },
    ]);
    machine.note(2, ['LIBINPUT_IGNORE_DEVICE=1']);
    expect(codes(look({ reader }))).toEqual([]);
  });

  it('a tty number is unsteady where a name that stays exists', () => {
    machine.plug({ place: '1-1', vendor: '1a86', product: '7523', interfaces: [tty('ttyUSB0')] });
    machine.link('usb-1a86', 'ttyUSB0');
    const at = `serial:${machine.node('ttyUSB0')}?baud=9600`;
    expect(look({ reader: { kind: 'rdm6300', at } }).findings).toMatchObject([
      {
        code: 'address-unsteady',
        fix: [`"at": "serial:${machine.node('serial/by-id/usb-1a86')}?baud=9600"`],
      },
    ]);
  });

  it('what is not plugged in comes with where else such a device is', () => {
    magtek('1-1', 0);
    const { findings } = look({ reader: { kind: 'id-tech', at: 'hid:0acd:2010' } });
    expect(findings).toMatchObject([
      { code: 'not-plugged', needsCare: true, fix: ['"at": "hid:0801:0002"'] },
      { code: 'not-configured', needsCare: false },
    ]);
  });

  it('a printer without a driver names the module; unsupported devices say why', () => {
    machine.plug({ place: '1-1', vendor: '0416', product: '5011', interfaces: [{ usbClass: '07' }] });
    machine.plug({ place: '1-2', vendor: '072f', product: '2200', interfaces: [{ usbClass: '0b' }] });
    machine.plug({ place: '1-3', vendor: '0519', product: '0003', interfaces: [lp(1)] });
    expect(look({ printer: { kind: 'esc-pos', at: 'usb:0416:5011' } }).findings).toMatchObject([
      { code: 'no-driver', fix: ['sudo modprobe usblp'] },
      { code: 'unsupported-smart-card' },
      { code: 'unsupported-printer' },
    ]);
  });

  it('one holder is the terminal at work, two take turns at the same bytes', () => {
    machine.plug({ place: '1-1', vendor: '04b8', product: '0e15', interfaces: [lp(0)] });
    const printer = { kind: 'esc-pos', at: 'usb:04b8:0e15' };
    const heldBy = (...holders: string[]) =>
      look({ printer }, { holders: new Map([[machine.node('usb/lp0'), holders]]) }).findings;
    expect(heldBy('node (7)')).toMatchObject([{ code: 'in-use', needsCare: false, fix: ['node (7)'] }]);
    expect(heldBy('node (7)', 'cupsd (9)')).toMatchObject([{ code: 'in-use', needsCare: true }]);
  });

  it('a reader of two interfaces is held when any of its nodes is', () => {
    machine.plug({
      place: '1-1',
      vendor: '0801',
      product: '0002',
      interfaces: [hidInterface(0), hidInterface(1)],
    });
    const reader = { kind: 'magtek', at: 'hid:0801:0002' };
    const holders = new Map([[machine.node('hidraw1'), ['node (7)']]]);
    expect(look({ reader }, { holders }).findings).toMatchObject([
      { code: 'in-use', at: machine.node('hidraw1'), fix: ['node (7)'] },
    ]);
  });

  it('a reader without USB that types gets rules by its name among HID devices', () => {
    machine.plugHid('hidraw0', '0005:0000FFFF:00000035', 'Reader', { descriptor: bootKeyboardDescriptor });
    const [reader] = attachedDevices(machine.roots);
    if (!reader) throw new Error('no reader');
    expect(udevRulesFor(reader, 'keyboard')).toEqual([
      'SUBSYSTEM=="hidraw", KERNELS=="*:FFFF:0035.*", GROUP="kiosk", MODE="0660"',
      'ACTION!="remove", KERNEL=="event[0-9]*", KERNELS=="*:FFFF:0035.*", ENV{LIBINPUT_IGNORE_DEVICE}="1"',
    ]);
  });

  it('network addresses say what came of trying them; bad addresses that they are bad', () => {
    const at = 'tcp://10.0.0.9:9100';
    const printer = { kind: 'esc-pos', at };
    for (const [outcome, expected] of [
      ['refused', ['network-refused']],
      ['unreachable', ['network-unreachable']],
      ['held-here', ['in-use']],
      ['reached', []],
    ] as const)
      expect(codes(look({ printer }, { reached: [{ at, outcome }] }))).toEqual(expected);
    expect(codes(look({ printer: { kind: 'esc-pos', at: 'lp0' } }))).toEqual(['address-bad']);
  });

  it('an unknown device of interest is listed with an address to try, a mouse is not', () => {
    machine.plug({ place: '1-1', vendor: '1234', product: '5678', interfaces: [keyboardInterface(0)] });
    machine.plug({
      place: '1-2',
      vendor: '046d',
      product: 'c03e',
      interfaces: [{ usbClass: '03', protocol: '02' }],
    });
    expect(look({}).findings).toMatchObject([{ code: 'unknown', fix: ['"at": "hid:1234:5678"'] }]);
  });

  it('every code has its sentences in both languages, with nothing left to fill in', () => {
    for (const code of findingCodes) {
      const finding = { code, needsCare: true, key: 'printer', device: 'X', at: 'Y', fix: ['Z'] } as const;
      for (const language of ['zh', 'en'] as const) {
        const { what, doThis } = findingText(finding, language);
        expect(`${what}${doThis}`).not.toMatch(/[{}]/);
        expect(/\p{Script=Han}/u.test(what)).toBe(language === 'zh');
      }
    }
    // a code without a way to come about would be a promise that nobody keeps
    const source = readFileSync(new URL('../../../device/diagnosis/diagnose.ts', import.meta.url), 'utf8');
    for (const code of findingCodes.filter((c) => !c.startsWith('network-')))
      expect(source.split(`'${code}'`).length, code).toBeGreaterThan(2);
  });
});
