// Every switch of the lab by its path, with the one sentence that the lab's help says about it.
import type { NetworkProxy } from '../network-proxy.ts';
import { type ReaderAccident, readerAccidents } from './lab-view.ts';
import type { PanelSlot } from './panel-slot.ts';
import type { PrinterSlot } from './printer-slot.ts';
import type { ReaderSlot } from './reader-slot.ts';

export interface LabDevices {
  readonly reader: ReaderSlot;
  readonly printer: PrinterSlot;
  readonly panel: PanelSlot;
  readonly network: NetworkProxy;
  readonly terminal: { start(): Promise<void>; kill(): Promise<void> };
}

export interface LabSwitch {
  readonly help: string;
  /** @returns `not-here` when the device that stands there cannot do it */
  readonly press: () => void | Promise<void> | 'not-here';
}

export type LabSwitches = Readonly<Record<string, LabSwitch>>;

export function labSwitches(devices: LabDevices): LabSwitches {
  const { network, terminal } = devices;
  return {
    ...readerSwitches(devices.reader),
    ...printerSwitches(devices.printer),
    ...panelSwitches(devices.panel),
    'network/cut': { help: 'Cuts the line to headquarters.', press: () => network.cut() },
    'network/restore': { help: 'Mends it.', press: () => network.restore() },
    'terminal/kill': {
      help: 'Pulls the plug of the terminal: no goodbye, nothing flushed.',
      press: () => terminal.kill(),
    },
    'terminal/start': { help: 'Starts it again.', press: () => terminal.start() },
  };
}

const accidentHelp: Readonly<Record<ReaderAccident, string>> = {
  noise: 'Bytes or keys that are no card.',
  damaged: 'A card whose check digits do not fit.',
  unreadable: 'A swipe that the reader could not decode.',
  'bank-card': 'The published test number of a bank card.',
  telephone: 'A telephone: another identity at every reading.',
  encrypted: 'A swipe that the reader encrypts.',
};

function readerSwitches(reader: ReaderSlot): LabSwitches {
  return {
    'reader/unplug': { help: 'Pulls the cable of the reader.', press: reader.pull },
    'reader/plug': { help: 'Puts it back.', press: reader.plug },
    'reader/silent': {
      help: 'The reader stays plugged; nothing that it says arrives.',
      press: () => reader.setSilent(true),
    },
    'reader/speak': { help: 'What it says arrives again.', press: () => reader.setSilent(false) },
    ...Object.fromEntries(
      readerAccidents.map((accident): [string, LabSwitch] => [
        `reader/${accident}`,
        {
          help: `${accidentHelp[accident]} Once; 409 when the reader on the bench cannot do it.`,
          press: () => (reader.happen(accident) ? undefined : 'not-here'),
        },
      ]),
    ),
  };
}

function printerSwitches(printer: PrinterSlot): LabSwitches {
  return {
    ...mechanicsSwitches(printer),
    'printer/unplug': { help: 'Pulls the cable of the printer.', press: printer.pull },
    'printer/plug': { help: 'Puts it back.', press: printer.plug },
    'printer/deaf': { help: 'Takes bytes, obeys none, says nothing.', press: () => printer.setDeaf(true) },
    'printer/hear': {
      help: 'Obeys again, also what it took meanwhile.',
      press: () => printer.setDeaf(false),
    },
    'printer/proof-lost': {
      help: 'From now on no slip is proved to be on paper.',
      press: () => printer.setProofs('lost'),
    },
    'printer/proof-late': {
      help: 'From now on proofs are held back, until `printer/proof-sound`.',
      press: () => printer.setProofs('late'),
    },
    'printer/proof-sound': {
      help: 'Proofs come when the paper is out; held ones come now.',
      press: () => printer.setProofs('sound'),
    },
    'printer/next-slip-paper-out': {
      help: 'The roll will end in the middle of the next slip.',
      press: () => printer.setNextSlip('paper-out'),
    },
    'printer/next-slip-power-cut': {
      help: 'The power of the printer will fail in the middle of the next slip.',
      press: () => printer.setNextSlip('power-cut'),
    },
    'printer/next-slip-none': {
      help: 'The next slip will be whole.',
      press: () => printer.setNextSlip('none'),
    },
  };
}

function mechanicsSwitches(printer: PrinterSlot): LabSwitches {
  return {
    'printer/paper-out': { help: 'Takes the roll out.', press: () => printer.device.takePaperOut() },
    'printer/paper-in': {
      help: 'A full roll; also ends paper-low and a roll that was about to end.',
      press: printer.putPaperIn,
    },
    'printer/paper-low': {
      help: 'The roll is nearly used up.',
      press: () => printer.device.letPaperRunLow(),
    },
    'printer/cover-open': { help: 'Opens the cover.', press: () => printer.device.openCover() },
    'printer/cover-close': { help: 'Closes it.', press: () => printer.device.closeCover() },
    'printer/offline': { help: 'The feed button: off line.', press: () => printer.device.goOffline() },
    'printer/online': { help: 'On line again.', press: () => printer.device.goOnline() },
    'printer/cutter-jam': {
      help: 'The blade is stuck; 409 when the model has none.',
      press: () => (printer.hasCutter ? printer.device.jamCutter() : 'not-here'),
    },
    'printer/cutter-free': {
      help: 'The blade is free; some models want the terminal to end the error.',
      press: () => printer.device.freeCutter(),
    },
    'printer/hot': { help: 'The head is too hot to print.', press: () => printer.device.heatUp() },
    'printer/cool': { help: 'It has cooled down.', press: () => printer.device.coolDown() },
  };
}

function panelSwitches(panel: PanelSlot): LabSwitches {
  return {
    'panel/presence-on': { help: 'Somebody steps in front.', press: () => panel.setPresence(true) },
    'panel/presence-off': { help: 'And leaves.', press: () => panel.setPresence(false) },
    'panel/help': { help: 'Presses the help button.', press: () => panel.pressHelp() },
    'panel/tamper-open': { help: 'Opens the housing.', press: () => panel.setTamper(true) },
    'panel/tamper-close': { help: 'Locks it.', press: () => panel.setTamper(false) },
    'panel/unplug': {
      help: 'Pulls the cable of the panel, and with it its power.',
      press: () => panel.pull(),
    },
    'panel/plug': { help: 'Puts it back.', press: () => panel.plug() },
    'panel/silence': { help: 'The board says nothing any more.', press: () => panel.flash('silence') },
    'panel/garbage': { help: 'Something else talks on its line.', press: () => panel.flash('garbage') },
    'panel/wrong-firmware': {
      help: 'A program that does not know its pins.',
      press: () => panel.flash('wrong-firmware'),
    },
    'panel/firmware-right': { help: 'The right program again.', press: () => panel.flash('none') },
  };
}
