// The key on a device that opens its sheet; says which model stands there, and how many faults it has now.
import { html, nothing } from 'lit';
import type { BenchDevice } from './device-faults.ts';
import type { DeviceText } from './device-text.ts';

export interface SheetKey {
  readonly device: BenchDevice;
  /** name of what stands there, or nothing */
  readonly model: string;
  readonly faults: number;
  readonly text: DeviceText;
}

export interface DeviceOpened {
  readonly device: BenchDevice;
  /** its faults lie on top, not its shelf */
  readonly isBreaking: boolean;
}

/** @returns what an element says so that this device's faults are shown */
export function opensFaults(device: BenchDevice): CustomEvent<DeviceOpened> {
  return opened({ device, isBreaking: true });
}

export function sheetKey(element: HTMLElement, { device, model, faults, text }: SheetKey) {
  const open = () => element.dispatchEvent(opened({ device, isBreaking: device === 'panel' || faults > 0 }));
  return html`
    <button class="key sheet-key" data-sheet=${device} @click=${open}>
      ${model === '' ? nothing : html`<b>${model}</b>`}
      ${faults === 0 ? html`<span>${text.openSheet}</span>` : html`<strong>${text.faultCount(faults)}</strong>`}
    </button>
  `;
}

function opened(detail: DeviceOpened): CustomEvent<DeviceOpened> {
  return new CustomEvent('device-opened', { detail, bubbles: true, composed: true });
}
