// How the terminal is: devices, link, outbox, paper. Changes of a device are facts; faults that last are logged once.

import type { DeviceErrorCode } from '../device/device-error.ts';
import { type DeviceState, isOutOfOrder } from '../device/device-state.ts';
import type { PrinterState } from '../device/receipt-printer.ts';
import { type DeviceRole, deviceRoles } from '../sync/contract/facts.ts';
import { supportEnds } from '../sync/contract/support.ts';
import { faultText } from './fault-text.ts';
import type { DeviceCondition } from './knowledge.ts';
import type { KioskLog } from './log.ts';
import type { TerminalStore } from './store/terminal-store.ts';
import { storeFaultOf } from './store-fault.ts';

/** What IT is told at `GET /health`. */
export interface HealthReport {
  readonly version: string;
  readonly terminal: string;
  readonly link: 'online' | 'offline';
  readonly reader: string;
  readonly secondReader: string;
  readonly printer: string;
  readonly fallbackPrinter: string;
  readonly panel: string;
  /** `unavailable` is no fault: nothing else needs a desktop */
  readonly desktop: string;
  /** facts that headquarters has not confirmed */
  readonly waitingFacts: number;
  readonly waitingSlips: number;
  /** the day on which security fixes for this product end */
  readonly supportEnds: string;
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
  /** a device is otherwise than before: show it */
  readonly onDevices: () => void;
}

export class Health {
  readonly #options: HealthOptions;
  readonly #devices = new Map<DeviceRole, DeviceCondition>(
    deviceRoles.map((device) => [device, { device, state: 'none', code: null, isOut: false }]),
  );
  link: 'online' | 'offline' = 'offline';

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** Every device, in a fixed order; `none` = not configured. */
  get devices(): readonly DeviceCondition[] {
    return [...this.#devices.values()];
  }

  noteDevice(device: 'reader' | 'second-reader' | 'panel', state: DeviceState): void {
    this.#note(device, state.kind, 'code' in state ? state.code : null, isOutOfOrder(state));
  }

  notePrinter(state: PrinterState, device: 'printer' | 'fallback-printer' = 'printer'): void {
    switch (state.kind) {
      case 'opening':
        this.#note(device, state.kind, null, false);
        return;
      case 'ready':
        this.#note(
          device,
          state.isPaperLow ? 'paper-low' : state.kind,
          state.isPaperLow ? 'printer-paper-low' : null,
          false,
        );
        return;
      case 'stopped':
      case 'absent':
      case 'lost':
      case 'back-off':
        this.#note(device, state.kind, state.code, true);
        return;
    }
  }

  /** What this machine's desktop can do; nothing is a capability that is not there, not a fault. */
  noteDesktop(state: 'ready' | 'unavailable'): void {
    this.#note('desktop', state, null, false);
  }

  report(): HealthReport {
    const { terminal, version, store } = this.#options;
    const stateOf = (device: DeviceRole): string => this.#devices.get(device)?.state ?? 'none';
    return {
      version,
      terminal,
      link: this.link,
      reader: stateOf('reader'),
      secondReader: stateOf('second-reader'),
      printer: stateOf('printer'),
      fallbackPrinter: stateOf('fallback-printer'),
      panel: stateOf('panel'),
      desktop: stateOf('desktop'),
      waitingFacts: store.outbox.waiting(),
      waitingSlips: store.printJobs.waiting(),
      supportEnds,
      datasets: store.replica.versions(),
      asOf: store.replica.confirmedAt(),
    };
  }

  #note(device: DeviceRole, kind: string, code: DeviceErrorCode | null, isOut: boolean): void {
    const before = this.#devices.get(device);
    // opening is a moment, not a state that anybody could act on
    if (kind === 'opening' && before?.state !== 'none') return;
    const state = isOut ? (code ?? kind) : kind;
    this.#devices.set(device, { device, state, code, isOut });
    this.#log(before?.code ?? null, code);
    if (before?.state === state && before.code === code) return;
    this.#options.onDevices();
    if (kind === 'opening') return;
    const { log, store, onRecorded } = this.#options;
    store.recordSoon({ kind: 'device-changed', body: { device, state } }, onRecorded, (cause) => {
      const code = storeFaultOf(cause);
      log.fault(code, faultText(code), cause);
    });
  }

  #log(before: DeviceErrorCode | null, now: DeviceErrorCode | null): void {
    const { log } = this.#options;
    if (before === now) return;
    // two readers may have the same fault
    if (before && !this.devices.some(({ code }) => code === before)) log.cleared(before);
    if (now) log.fault(now, faultText(now));
  }
}
