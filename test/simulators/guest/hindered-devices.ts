// What stands between the product and a device that is plugged in: another program, missing rights, another model.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import { printerModels } from '../../../device/printers/printer-models.ts';
import type { ReceiptPrinter } from '../../../device/receipt-printer.ts';
import { startSimulatedReader } from '../readers/hid-reader.ts';
import { SimulatedPrinter } from '../receipt-printer.ts';
import { checkInSlip } from '../sample-slips.ts';
import { openReader, retry, told, until } from './guest-case.ts';
import { startProgram } from './ordinary-user.ts';
import { UhidCable } from './uhid-cable.ts';
import { UsbPrinterGadget } from './usb-printer-gadget.ts';

const printerIds = { vendor: 0x0416, product: 0x5011, serial: 'B2' };
const printerAt = 'usb:0416:5011:B2';

/** A second process holds the node: the kernel says EBUSY, and it goes on when that one ends. */
export async function tryHeldPrinter(): Promise<undefined> {
  const simulator = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create(printerIds, simulator.port);
  await gadget.plugIn();
  await until(() => nodesOf('/dev/usb', 'lp').length === 1, 'a node');
  const holder = spawn('/bin/sh', ['-c', `exec 3<>${nodesOf('/dev/usb', 'lp')[0]}; echo held; read end`]);
  await once(holder.stdout, 'data');
  const printer = openPrinter(printerAt);
  try {
    await until(
      () => told(printer.state) === 'printer-in-use',
      () => `in use, not ${told(printer.state)}`,
    );
    holder.stdin.end();
    await until(() => printer.state.kind === 'ready', 'ready when it was let go');
    const outcome = await printer.print(checkInSlip, { proofId: 1, beforeFirstByte: () => undefined });
    if (outcome.kind !== 'printed' || simulator.slips.length !== 1)
      throw new Error(`${simulator.slips.length} slips, ${JSON.stringify(outcome)}`);
  } finally {
    await printer.close();
    await gadget.pullOut();
    await simulator.close();
  }
  return undefined;
}

/** An ordinary user may open neither; when the nodes are given free, both go on by themselves. */
export async function tryNoRights(): Promise<undefined> {
  const reader = await startSimulatedReader('magtek');
  const cable = await UhidCable.plugIn({ name: 'guarded', vendor: 0x0801, product: 0x0002 }, reader.port);
  const paper = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create(printerIds, paper.port);
  await gadget.plugIn();
  const watcher = 'test/simulators/guest/device-watcher.js';
  const settings = JSON.stringify({ ...reader.settings, at: 'hid:0801:0002' });
  const watched = [
    startProgram(watcher, ['reader', settings], 'nobody'),
    startProgram(watcher, ['printer', printerAt], 'nobody'),
  ];
  try {
    for (const [n, code] of ['reader-no-rights', 'printer-no-rights'].entries())
      await until(
        () => watched[n]?.lines.at(-1) === code,
        () => `${code}, not ${watched[n]?.lines}`,
      );
    for (const node of [...nodesOf('/dev', 'hidraw'), ...nodesOf('/dev/usb', 'lp')]) chmodSync(node, 0o666);
    for (const one of watched)
      await until(
        () => one.lines.at(-1) === 'ready',
        () => `ready, not ${one.lines}`,
      );
  } finally {
    await Promise.all(watched.map((one) => one.end()));
    cable.close();
    await gadget.pullOut();
    await reader.close();
    await paper.close();
  }
  return undefined;
}

/** The maker's other model is there in its place: said as such, and over when the right one comes back. */
export async function tryOtherModels(): Promise<undefined> {
  const simulator = await startSimulatedReader('magtek');
  const other = await UhidCable.plugIn({ name: 'other', vendor: 0x0801, product: 0x0003 }, simulator.port);
  const meant = await UhidCable.plugIn({ name: 'meant', vendor: 0x0801, product: 0x0002 }, simulator.port);
  meant.pullOut();
  const reader = openReader({ ...simulator.settings, at: 'hid:0801:0002' }, []);
  const paper = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create({ ...printerIds, serial: 'C3' }, paper.port);
  await gadget.plugIn();
  const printer = openPrinter(printerAt);
  try {
    await until(
      () => told(reader.state) === 'reader-wrong-device',
      () => `reader, not ${told(reader.state)}`,
    );
    await until(
      () => told(printer.state) === 'printer-wrong-device',
      () => `printer, not ${told(printer.state)}`,
    );
    other.pullOut();
    meant.plugInAgain();
    await gadget.pullOut();
    await until(
      () => told(printer.state) === 'printer-unplugged',
      () => `gone, not ${told(printer.state)}`,
    );
    UsbPrinterGadget.create(printerIds, paper.port);
    await gadget.plugIn();
    await until(
      () => reader.state.kind === 'ready',
      () => `reader ready, not ${told(reader.state)}`,
    );
    await until(
      () => printer.state.kind === 'ready',
      () => `printer ready, not ${told(printer.state)}`,
    );
  } finally {
    await reader.close();
    await printer.close();
    other.close();
    meant.close();
    await gadget.pullOut();
    await simulator.close();
    await paper.close();
  }
  return undefined;
}

function openPrinter(at: string): ReceiptPrinter {
  const profile = printerModels['generic-80mm'];
  if (!profile) throw new Error('no generic-80mm in the table');
  return openEscPosPrinter({ at, profile, answerMs: 5_000, ...retry }, { onState: () => undefined });
}

function nodesOf(folder: string, prefix: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
