// How the terminal is: devices, link, outbox, paper. Changes of a device are facts; faults that last are logged once.
import type { DeviceState } from '../device/device-state.ts';
import type { PrinterState } from '../device/receipt-printer.ts';
import type { FactContent } from '../sync/contract/facts.ts';
import type { FaultCode } from './fault-text.ts';
import { faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';
import type { TerminalStore } from './store/terminal-store.ts';

type Device = Extract<FactContent, { kind: 'device-changed' }>['body']['device'];

/** What IT is told at `GET /health`. */
export interface HealthReport {
  readonly version: string;
  readonly terminal: string;
  readonly link: 'online' | 'offline';
  readonly reader: string;
  readonly printer: string;
  readonly panel: string;
  /** facts that headquarters has not confirmed */
  readonly waitingFacts: number;
  readonly waitingSlips: number;
  readonly datasets: Readonly<Record<string, number>>;
  readonly asOf: string | null;
}

export interface HealthOptions {
  readonly terminal: string;
  readonly version: string;
  readonly store: TerminalStore;
  readonly log: KioskLog;
  /** a fact was recorded: send it when you can */
  readonly onRecorded: () => void;
}

export class Health {
  readonly #options: HealthOptions;
  readonly #states: Record<Device, string> = { reader: 'none', printer: 'none', panel: 'none' };
  /** the fault that each device has now, for saying when it is over */
  readonly #faults = new Map<Device, FaultCode>();
  link: 'online' | 'offline' = 'offline';

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  noteDevice(device: 'reader' | 'panel', state: DeviceState): void {
    this.#note(device, state.kind, 'code' in state ? state.code : null);
  }

  notePrinter(state: PrinterState): void {
    switch (state.kind) {
      case 'opening':
      case 'ready':
        this.#note('printer', state.kind === 'ready' && state.isPaperLow ? 'paper-low' : state.kind, null);
        return;
      case 'stopped':
      case 'absent':
      case 'lost':
      case 'back-off':
        this.#note('printer', state.kind, state.code);
        return;
    }
  }

  report(): HealthReport {
    const { terminal, version, store } = this.#options;
    return {
      version,
      terminal,
      link: this.link,
      ...this.#states,
      waitingFacts: store.outbox.waiting(),
      waitingSlips: store.printJobs.waiting(),
      datasets: store.replica.versions(),
      asOf: store.replica.confirmedAt(),
    };
  }

  #note(device: Device, kind: string, fault: FaultCode | null): void {
    const { log, store, onRecorded } = this.#options;
    const before = this.#faults.get(device);
    if (before && before !== fault) {
      log.cleared(before);
      this.#faults.delete(device);
    }
    if (fault && before !== fault) {
      log.fault(fault, faultText(fault));
      this.#faults.set(device, fault);
    }
    const state = fault ?? kind;
    // opening is a moment, not a state that headquarters could act on
    if (kind === 'opening' || this.#states[device] === state) return;
    this.#states[device] = state;
    try {
      store.record({ fact: { kind: 'device-changed', body: { device, state } }, effects: [] });
      onRecorded();
    } catch (cause) {
      log.fault('store-write-failed', faultText('store-write-failed'), cause);
    }
  }
}
