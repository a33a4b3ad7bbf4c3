// Opens the devices that the config names and wires each to the kiosk, its health and its facts.
import type { CardReader } from '../device/card-reader.ts';
import type { ControlPanel } from '../device/control-panel.ts';
import { openCardReader } from '../device/open-card-reader.ts';
import { openFirmataPanel } from '../device/panel/firmata-panel.ts';
import type { ReceiptPrinter } from '../device/receipt-printer.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { Config } from './config.ts';
import type { FaultCode } from './fault-text.ts';
import type { Health } from './health.ts';
import type { Kiosk } from './kiosk.ts';
import { openPrinters } from './open-printers.ts';
import type { PrintQueue } from './print-queue.ts';

/** What is open; null = not configured, or not opened yet. */
export interface Devices {
  reader: CardReader | null;
  printer: ReceiptPrinter | null;
  fallbackPrinter: ReceiptPrinter | null;
  panel: ControlPanel | null;
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
  openPrinters(devices, {
    config,
    queue,
    onFirst: (state) => {
      health.notePrinter(state);
      kiosk.setPrinter(state);
      kiosk.refresh();
    },
    onFallback: () => kiosk.refresh(),
  });
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
