// Opens the devices that the config names and wires each to the kiosk, its health and its facts.
import type { CardReader } from '../device/card-reader.ts';
import type { ControlPanel } from '../device/control-panel.ts';
import { DeviceError } from '../device/device-error.ts';
import type { OutOfOrder } from '../device/device-state.ts';
import { openCardReader } from '../device/open-card-reader.ts';
import { openFirmataPanel } from '../device/panel/firmata-panel.ts';
import type { ReceiptPrinter } from '../device/receipt-printer.ts';
import type { PanelConfig, ReaderConfig } from '../sync/contract/device-setup.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { Cards } from './cards.ts';
import type { Config } from './config.ts';
import { faultText } from './fault-text.ts';
import type { Health } from './health.ts';
import type { Kiosk } from './kiosk.ts';
import type { KioskLog } from './log.ts';
import { openPrinters } from './open-printers.ts';
import type { PanelSignals } from './panel-signals.ts';
import type { PrintQueue } from './print-queue.ts';

/** What is open; null = not configured, or not opened yet. */
export interface Devices {
  reader: CardReader | null;
  secondReader: CardReader | null;
  printer: ReceiptPrinter | null;
  fallbackPrinter: ReceiptPrinter | null;
  panel: ControlPanel | null;
}

export interface DeviceParts {
  readonly config: Config;
  readonly kiosk: Kiosk;
  readonly cards: Cards;
  readonly health: Health;
  readonly queue: PrintQueue;
  readonly signals: PanelSignals;
  readonly log: KioskLog;
  readonly record: (fact: FactContent) => void;
  /** somebody came: a sleeping display wakes */
  readonly onPresence: () => void;
}

/** What cannot be opened with these settings is out of order, coded and visible; everything else serves. */
export function openDevices(devices: Devices, parts: DeviceParts): void {
  const { config, health } = parts;
  const outOf = (role: 'reader' | 'second-reader' | 'panel') => (error: unknown) => {
    health.noteDevice(role, outOfOrder(error));
    return null;
  };
  try {
    openBothPrinters(devices, parts);
  } catch (error) {
    health.notePrinter(outOfOrder(error), devices.printer ? 'fallback-printer' : 'printer');
  }
  devices.reader = opened(() => openReader('reader', config.reader, parts), outOf('reader'));
  devices.secondReader = opened(
    () => openReader('second-reader', config.secondReader, parts),
    outOf('second-reader'),
  );
  const { panel } = config;
  devices.panel = opened(() => panel && openPanel(panel, devices, parts), outOf('panel'));
}

function outOfOrder(error: unknown): OutOfOrder {
  return { kind: 'back-off', code: error instanceof DeviceError ? error.code : 'device-address-bad' };
}

function opened<T>(open: () => T | null, onError: (error: unknown) => null): T | null {
  try {
    return open();
  } catch (error) {
    return onError(error);
  }
}

function openBothPrinters(devices: Devices, { config, health, queue }: DeviceParts): void {
  openPrinters(devices, {
    config,
    queue,
    onFirst: (state) => health.notePrinter(state),
    onFallback: (state) => health.notePrinter(state, 'fallback-printer'),
  });
}

function openReader(
  role: 'reader' | 'second-reader',
  reader: ReaderConfig | null,
  { config: { limits }, cards, health, log }: DeviceParts,
): CardReader | null {
  if (!reader) return null;
  if (reader.kind === 'wedge') {
    // the page is its port: it is there as long as the screen is
    health.noteDevice(role, { kind: 'ready' });
    return null;
  }
  return openCardReader(
    reader,
    {
      cardAbsenceMs: limits.cardAbsenceMs,
      retryMinMs: limits.deviceRetryMinMs,
      retryMaxMs: limits.deviceRetryMaxMs,
    },
    {
      onRead: (read) => cards.take(read, role),
      onUnusable: (why) => cards.refuse(why, role),
      onNoise: ({ code }) => log.fault(code, faultText(code)),
      onState: (state) => health.noteDevice(role, state),
    },
  );
}

function openPanel(
  { at, pins }: PanelConfig,
  devices: Devices,
  { config: { limits }, kiosk, health, signals, log, record, onPresence }: DeviceParts,
): ControlPanel {
  let isHousingOpen = false;
  return openFirmataPanel(
    { at, pins, retryMinMs: limits.deviceRetryMinMs, retryMaxMs: limits.deviceRetryMaxMs },
    {
      onState: (state) => health.noteDevice('panel', state),
      onPresence: (isPresent) => {
        signals.notePresence(isPresent);
        if (!isPresent) return;
        kiosk.notePresence();
        onPresence();
      },
      onHelp: () => kiosk.callHelp(),
      onTamper: (isOpen) => {
        // every reconnect reports the contact as it is: only a change is news
        if (isOpen === isHousingOpen) return;
        isHousingOpen = isOpen;
        record({ kind: 'panel-tampered', body: { open: isOpen } });
        if (isOpen) {
          log.fault('housing-opened', faultText('housing-opened'));
          devices.panel?.play('alarm');
        } else log.cleared('housing-opened');
      },
    },
  );
}
