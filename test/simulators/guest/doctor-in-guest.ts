// `yingbin doctor` on real nodes, as IT runs it: what it names, what it finds missing, and its trials.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../device/diagnosis/diagnose.ts';
import type { Inspection } from '../../../device/diagnosis/inspect-devices.ts';
import { publicKeysOf } from '../../../sync/headquarters/keys.ts';
import { someKeys } from '../../sync/some-keys.ts';
import { startSimulatedReader } from '../readers/hid-reader.ts';
import { SimulatedPrinter } from '../receipt-printer.ts';
import { until } from './guest-case.ts';
import { type RunningProgram, startProgram } from './ordinary-user.ts';
import { UhidCable } from './uhid-cable.ts';
import { UsbPrinterGadget } from './usb-printer-gadget.ts';

const folder = '/tmp/terminal';
const config = join(folder, 'config.json');
const doctor = ['doctor', '--config', config, '--language', 'en'];

export async function tryDoctor(): Promise<undefined> {
  const reader = await startSimulatedReader('keyboard');
  const ids = { name: 'Sycreader', vendor: 0xffff, product: 0x0035, port: 'usb-guest-3/input0' };
  const cable = await UhidCable.plugIn(ids, reader.port);
  const paper = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create({ vendor: 0x0416, product: 0x5011, serial: 'B2' }, paper.port);
  await gadget.plugIn();
  writeConfig({ ...reader.settings, at: 'hid:ffff:0035' });
  try {
    await look();
    await lookWithoutRights();
    await printPage(paper);
    await swipe('--test-swipe', 'Read em4100, 40 bits', () => reader.present('01026F6C3A'));
    await learn(() => reader.present('01026F6C3A'));
    await printRules();
  } finally {
    cable.close();
    await gadget.pullOut();
    await reader.close();
    await paper.close();
  }
  return undefined;
}

function writeConfig(reader: unknown): void {
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({
    v: 1,
    tenant: 'test',
    terminal: 'hall-01',
    code: 'H01',
    site: { name: { zh: '大厅', en: 'Hall' }, project: null, helpPhone: '400' },
    dataDir: 'data',
    screen: { port: 0 },
    broker: { url: 'mqtt://127.0.0.1:1883' },
    headquarters: publicKeysOf(someKeys),
    fleetKeyFile: 'fleet.key',
    reader,
    printer: { kind: 'esc-pos', at: 'usb:0416:5011' },
    panel: { kind: 'firmata', at: 'serial:/dev/serial/by-id/none' },
  });
  writeFileSync(config, text);
}

async function run(args: readonly string[], as: 'root' | 'nobody' = 'root') {
  const program = startProgram('provisioning/yingbin.js', args, as);
  const status = await program.ended;
  return { status, text: program.lines.join('\n') };
}

async function look(): Promise<void> {
  const { status, text } = await run([...doctor, '--json']);
  const { devices, findings } = JSON.parse(text) as Inspection;
  const used = devices.filter(({ usedBy }) => usedBy.length > 0);
  const names = used.map(({ known, usedBy }) => `${usedBy}: ${known?.name}`).sort();
  expect(names.join(), 'printer: POS58 (Zjiang, Rongta …),reader: 免驱 USB card reader');
  expect(codes(findings), 'panel not-plugged,reader types-into-screen');
  expect(String(status), '1');
}

async function lookWithoutRights(): Promise<void> {
  const { text } = await run([...doctor, '--json'], 'nobody');
  const { findings } = JSON.parse(text) as Inspection;
  expect(codes(findings), 'panel not-plugged,printer no-rights,reader no-rights,reader types-into-screen');
  const rules = findings.filter(({ code }) => code === 'no-rights').flatMap(({ fix }) => fix);
  for (const rule of [
    'SUBSYSTEM=="hidraw", KERNELS=="*:FFFF:0035.*", GROUP="kiosk", MODE="0660"',
    'SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*", ATTRS{idVendor}=="0416", ATTRS{idProduct}=="5011", GROUP="kiosk", MODE="0660"',
  ])
    if (!rules.includes(rule)) throw new Error(`${rule} is not among ${rules.join('\n')}`);
  const { status, text: said } = await run([...doctor, '--test-page'], 'nobody');
  if (status !== 1 || !said.includes('printer-no-rights')) throw new Error(`without rights: ${said}`);
}

async function printPage(paper: SimulatedPrinter): Promise<void> {
  const { status, text } = await run([...doctor, '--test-page']);
  expect(`${status}, ${paper.slips.length} slips`, '0, 1 slips', text);
}

async function swipe(trial: string, heard: string, present: () => void): Promise<void> {
  const program = startProgram('provisioning/yingbin.js', [...doctor, trial]);
  await hears(program, 'ready');
  present();
  const status = await program.ended;
  const text = program.lines.join('\n');
  if (status !== 0 || !text.includes(heard)) throw new Error(`${trial}: ${text}`);
  if (text.includes('6F6C')) throw new Error(`${trial} told the card: ${text}`);
}

async function learn(present: () => void): Promise<void> {
  const args = ['doctor', 'learn-reader', '--printed', '0040856634', '--language', 'en'];
  const program = startProgram('provisioning/yingbin.js', args);
  await hears(program, 'Present a card');
  present();
  const status = await program.ended;
  const text = program.lines.join('\n');
  const proposal = '"reader": {"kind":"keyboard","at":"hid:ffff:0035"';
  if (status !== 0 || !text.includes(proposal) || !text.includes('"format":"10H"'))
    throw new Error(`learnt: ${text}`);
}

async function printRules(): Promise<void> {
  const { text } = await run(['udev', '--attached']);
  const rule =
    'ACTION!="remove", KERNEL=="event[0-9]*", KERNELS=="*:FFFF:0035.*", ENV{LIBINPUT_IGNORE_DEVICE}="1"';
  if (!text.includes(rule))
    throw new Error(`no rule for the reader: ${text.split('\n').slice(-8).join('\n')}`);
}

async function hears(program: RunningProgram, words: string): Promise<void> {
  await until(
    () => program.lines.some((line) => line.includes(words)),
    () => `${words}: ${program.lines}`,
  );
}

function codes(findings: readonly Finding[]): string {
  const urgent = findings.filter(({ needsCare }) => needsCare);
  return urgent
    .map(({ key, code }) => `${key} ${code}`)
    .sort()
    .join();
}

function expect(is: string, should: string, why = ''): void {
  if (is !== should) throw new Error(`${is} should be ${should} ${why}`);
}
