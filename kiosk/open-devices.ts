// Opens the devices that the config names and wires each to the kiosk, its health and its facts.
import type { CardReader } from '../device/card-reader.ts';
import type { ControlPanel } from '../device/control-panel.ts';
import { DeviceError } from '../device/device-error.ts';
import { openCardReader } from '../device/open-card-reader.ts';
import { openFirmataPanel } from '../device/panel/firmata-panel.ts';
import { openEscPosPrinter } from '../device/printers/esc-pos-printer.ts';
import { printerModels } from '../device/printers/printer-models.ts';
import type { PrinterProfile } from '../device/printers/printer-profile.ts';
import { slipEncoderOf } from '../device/printers/slip-encoder-of.ts';
import type { ReceiptPrinter } from '../device/receipt-printer.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { Config, PrinterConfig } from './config.ts';
import type { FaultCode } from './fault-text.ts';
import type { Health } from './health.ts';
import type { Kiosk } from './kiosk.ts';
import type { PrintQueue } from './print-queue.ts';

/** What is open; null = not configured, or not opened yet. */
export interface Devices {
  reader: CardReader | null;
  printer: ReceiptPrinter | null;
  panel: ControlPanel | null;
}

/** The printer opens after the queue that feeds it exists. */
export function printerOf(devices: Devices): Pick<ReceiptPrinter, 'print' | 'state' | 'readCounters'> {
  return {
    get state() {
      return devices.printer?.state ?? { kind: 'opening' };
    },
    print: (slip, options) =>
      devices.printer?.print(slip, options) ??
      Promise.resolve({ kind: 'not-sent', code: 'printer-unreachable' }),
    readCounters: () => devices.printer?.readCounters() ?? Promise.resolve(null),
  };
}

export function openDevices(
  devices: Devices,
  parts: {
    readonly config: Config;
    readonly kiosk: Kiosk;
    readonly health: Health;
    readonly queue: PrintQueue;
    readonly fault: (code: FaultCode, cause?: unknown) => void;
    readonly record: (fact: FactContent) => void;
  },
): void {
  const { config, kiosk, health, queue, fault, record } = parts;
  const retry = { retryMinMs: config.limits.deviceRetryMinMs, retryMaxMs: config.limits.deviceRetryMaxMs };
  if (config.printer) {
    devices.printer = openEscPosPrinter(
      {
        at: config.printer.at,
        profile: profileOf(config.printer),
        encoder: slipEncoderOf(config.printer.encoder),
        answerMs: config.limits.printerAnswerMs,
        ...retry,
      },
      {
        onState: (state) => {
          health.notePrinter(state);
          kiosk.setPrinter(state);
          kiosk.refresh();
          queue.kick();
        },
      },
    );
  }
  if (config.reader && config.reader.kind !== 'wedge') {
    devices.reader = openCardReader(
      config.reader,
      { cardAbsenceMs: config.limits.cardAbsenceMs, ...retry },
      {
        onRead: (read) => kiosk.swipe(read),
        onUnusable: () => undefined,
        onNoise: ({ code }) => fault(code),
        onState: (state) => {
          health.noteDevice('reader', state);
          kiosk.setReader(state.kind === 'ready' ? 'ready' : 'absent');
        },
      },
    );
  }
  if (config.panel) {
    let isHousingOpen = false;
    devices.panel = openFirmataPanel(
      { at: config.panel.at, pins: config.panel.pins, ...retry },
      {
        onState: (state) => health.noteDevice('panel', state),
        onPresence: (isPresent) => {
          if (isPresent) kiosk.notePresence();
        },
        onHelp: () => kiosk.callHelp(),
        onTamper: (isOpen) => {
          // every reconnect reports the contact as it is: only a change is news
          if (isOpen !== isHousingOpen) record({ kind: 'panel-tampered', body: { open: isOpen } });
          isHousingOpen = isOpen;
        },
      },
    );
  }
}

/** What the config says wins over what is known of the model. */
function profileOf(printer: PrinterConfig): PrinterProfile {
  const known = printerModels[printer.model];
  if (!known)
    throw new DeviceError('device-address-bad', `${printer.model} is no printer model of the table`);
  const columns = printer.columns ?? known.columns;
  return {
    ...known,
    columns,
    dots: columns === known.columns ? known.dots : columns * 12,
    hanzi: printer.hanzi ?? known.hanzi,
    hasNativeQr: printer.hasNativeQr ?? known.hasNativeQr,
    hasCutter: printer.hasCutter ?? known.hasCutter,
    completionProof: printer.completionProof ?? known.completionProof,
    hasCounters: printer.hasCounters ?? known.hasCounters,
  };
}
