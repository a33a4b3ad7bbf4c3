// Runs inside the guest: every reader kind through a real hidraw node, and a printer through usblp, plugged in and out.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isOutOfOrder } from '../../../device/device-state.ts';
import { openEscPosPrinter } from '../../../device/printers/esc-pos-printer.ts';
import { printerModels } from '../../../device/printers/printer-models.ts';
import type { ReceiptPrinter } from '../../../device/receipt-printer.ts';
import { type SimulatedReaderKind, startSimulatedReader } from '../readers/hid-reader.ts';
import { SimulatedPrinter } from '../receipt-printer.ts';
import { checkInSlip } from '../sample-slips.ts';
import { tryReaderWithDisk, tryTwoInterfaces } from './composite-reader.ts';
import { tryDoctor } from './doctor-in-guest.ts';
import { type GuestGroup, guestGroups, hex, openReader, retry, tell, until } from './guest-case.ts';
import { tryHeldPrinter, tryNoRights, tryOtherModels } from './hindered-devices.ts';
import { tryPn532, tryRdm6300 } from './serial-converter.ts';
import { tryRules } from './udev-in-guest.ts';
import { UhidCable } from './uhid-cable.ts';
import { UsbPrinterGadget } from './usb-printer-gadget.ts';

const identities: Readonly<Record<SimulatedReaderKind, readonly [vendor: number, product: number]>> = {
  magtek: [0x0801, 0x0002],
  'magtek-insertion': [0x0801, 0x0003],
  'magtek-encrypting': [0x0801, 0x0011],
  'id-tech': [0x0acd, 0x2010],
  'id-tech-native': [0x0acd, 0x0520],
  'hid-pos': [0x0c27, 0x3bfa],
  keyboard: [0xffff, 0x0035],
  'keyboard-stripe': [0x0801, 0x0001],
};
/** besides the readers, in this order; the last one sets up udev for good */
const groups: Readonly<
  Record<GuestGroup, readonly (readonly [string, () => Promise<number | undefined>])[]>
> = {
  printer: [['printer on usblp', tryPrinter]],
  hindered: [
    ['a printer that another program holds', tryHeldPrinter],
    ['no rights, then rights', tryNoRights],
    ['another model in its place, then the right one', tryOtherModels],
  ],
  composite: [
    ['a reader that is a keyboard and a disk, too', () => tryReaderWithDisk(replugs)],
    ['two HID devices of one body', tryTwoInterfaces],
  ],
  converter: [
    ['RDM6300 on a USB serial converter', () => tryRdm6300()],
    ['PN532 on a USB serial converter', tryPn532],
  ],
  doctor: [['yingbin doctor', tryDoctor]],
  udev: [['the shipped rules under udev', tryRules]],
};

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '' },
    groups: { type: 'string', default: '' },
    replugs: { type: 'string', default: '2' },
  },
});
const replugs = Number(values.replugs);
for (const kind of values.readers.split(',').filter(Boolean)) {
  await tell(`reader ${kind}`, () => tryReader(kind as SimulatedReaderKind));
}
if (values.readers !== '') await tell('two alike readers without serial numbers', tryTwins);
for (const group of guestGroups.filter((one) => values.groups.split(',').includes(one))) {
  for (const [name, run] of groups[group]) await tell(name, run);
}
// a blocked read of a node that is gone must not keep the guest alive
process.exit(0);

/** Swipes a card, pulls the plug, plugs it in elsewhere, swipes the next, as often as wished. */
async function tryReader(kind: SimulatedReaderKind): Promise<number> {
  const [vendor, product] = identities[kind];
  const simulator = await startSimulatedReader(kind);
  const cable = await UhidCable.plugIn({ name: kind, vendor, product, serial: 'A1' }, simulator.port);
  const said: string[] = [];
  const reader = openReader({ ...simulator.settings, at: `hid:${hex(vendor)}:${hex(product)}:A1` }, said);
  let slowest = 0;
  try {
    for (let n = 0; n <= replugs; n += 1) {
      const pluggedAt = performance.now();
      if (n > 0) cable.plugInAgain(`usb-guest-${n}`);
      await until(() => reader.state.kind === 'ready', `ready ${n}`);
      if (n > 0) slowest = Math.max(slowest, performance.now() - pluggedAt);
      const card = kind === 'keyboard' ? `01026F6C${10 + n}` : `88880001${10 + n}0`;
      const expected = kind === 'magtek-encrypting' ? 'card-encrypted' : card;
      simulator.present(card);
      await until(() => said.at(-1) === expected && said.length === n + 1, `card ${n}`);
      cable.pullOut();
      await until(() => isOutOfOrder(reader.state), `out ${n}`);
    }
  } finally {
    await reader.close();
    cable.close();
    await simulator.close();
  }
  return Math.round(slowest);
}

function nodes(): number {
  return readdirSync('/sys/class/hidraw').length;
}

/** Which of the two is meant cannot be known: said as such, and over when one of them is gone. */
async function tryTwins(): Promise<undefined> {
  const simulator = await startSimulatedReader('magtek');
  const others = nodes();
  const twins = [
    await UhidCable.plugIn({ name: 'twin', vendor: 0x0801, product: 0x0002, port: 'p1' }, simulator.port),
    await UhidCable.plugIn({ name: 'twin', vendor: 0x0801, product: 0x0002, port: 'p2' }, simulator.port),
  ];
  // the kernel makes their nodes in its own time; whoever looks between the two finds only one, and takes it
  await until(() => nodes() === others + 2, 'two nodes');
  const reader = openReader({ ...simulator.settings, at: 'hid:0801:0002' }, []);
  try {
    await until(() => isOutOfOrder(reader.state) && reader.state.code === 'reader-ambiguous', 'ambiguous');
    twins[1]?.pullOut();
    await until(() => reader.state.kind === 'ready', 'ready with one');
  } finally {
    await reader.close();
    for (const twin of twins) twin.close();
    await simulator.close();
  }
  return undefined;
}

/** Prints, pulls the plug, prints again when it is back. */
async function tryPrinter(): Promise<number> {
  const simulator = await SimulatedPrinter.start();
  const gadget = UsbPrinterGadget.create({ vendor: 0x0416, product: 0x5011, serial: 'B2' }, simulator.port);
  await gadget.plugIn();
  const profile = printerModels['generic-80mm'];
  if (!profile) throw new Error('no generic-80mm in the table');
  const printer = openEscPosPrinter(
    { at: 'usb:0416:5011:B2', profile, answerMs: 5_000, ...retry },
    { onState: () => undefined },
  );
  let slowest = 0;
  try {
    for (let n = 0; n <= replugs; n += 1) {
      const pluggedAt = performance.now();
      if (n > 0) await gadget.plugIn();
      await until(() => printer.state.kind === 'ready', `ready ${n}`);
      if (n > 0) slowest = Math.max(slowest, performance.now() - pluggedAt);
      await printOnce(printer, simulator, n);
      await gadget.pullOut();
      await until(() => isOutOfOrder(printer.state), `out ${n}`);
    }
  } finally {
    await printer.close();
    await simulator.close();
  }
  return Math.round(slowest);
}

async function printOnce(printer: ReceiptPrinter, simulator: SimulatedPrinter, n: number): Promise<void> {
  const outcome = await printer.print(checkInSlip, { proofId: n + 1, beforeFirstByte: () => undefined });
  if (outcome.kind !== 'printed') throw new Error(`slip ${n} is ${JSON.stringify(outcome)}`);
  if (simulator.slips.length !== n + 1)
    throw new Error(`${simulator.slips.length} slips after ${n + 1} jobs`);
}
