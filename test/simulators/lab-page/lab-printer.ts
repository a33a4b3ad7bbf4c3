// The drawn receipt printer: the newest slip comes out of its slot, and its switches lie below.
import { html, LitElement, nothing, svg } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { LabSlip, LabState, ShelfPrinter } from '../lab/lab-view.ts';
import { countFaults, printerFaults } from './device-faults.ts';
import type { LabText } from './lab-text.ts';
import { pressed } from './pressed.ts';
import { printerSheet } from './printer-sheet.ts';
import { sheetKey } from './sheet-key.ts';
import { baseSheet, keySheet, switchSheet } from './sheets.ts';

type Mechanics = LabState['printer'];

const narrowPx = 500;

export class LabPrinter extends LitElement {
  static override properties = { printer: {}, model: {}, slip: {}, text: {} };
  declare printer: Mechanics;
  declare model: ShelfPrinter | undefined;
  /** the newest, still in the slot */
  declare slip: LabSlip | undefined;
  declare text: LabText;

  protected override render() {
    const { printer } = this;
    const look = [
      printer.hasPaper ? (printer.isPaperLow ? 'low' : 'full') : 'out',
      printer.isCoverOpen ? 'open' : 'closed',
      isServing(printer) ? 'online' : 'offline',
    ].join(' ');
    return html`
      <section class="printer ${look}" aria-label=${this.text.printer}>
        <div class="chute">${this.#slip()}</div>
        ${this.#machine()} ${this.#switches()}
      </section>
    `;
  }

  #slip() {
    const { slip, text } = this;
    if (!slip) return html`<p class="none">${text.noSlips}</p>`;
    return keyed(
      slip.id,
      html`
        <button
          class="slip"
          title=${text.latestSlip}
          @click=${() => this.dispatchEvent(new CustomEvent('slip-opened', { detail: slip.id }))}
        >
          <img
            src=${slip.png}
            alt=${text.slipNumber(slip.id)}
            draggable="false"
            @load=${(event: Event) => comeOut(event.currentTarget as HTMLImageElement)}
          />
        </button>
      `,
    );
  }

  #machine() {
    return html`
      <div class="machine">
        <svg viewBox="0 0 290 140" aria-hidden="true">
          <ellipse class="shade" cx="145" cy="132" rx="136" ry="8" />
          <g class="roll">
            <rect x="52" y="4" width="186" height="44" rx="20" /><circle cx="64" cy="26" r="8" />
            <circle cx="226" cy="26" r="8" />
          </g>
          <path class="bay" d="M30 34 h230 v16 h-230 z" />
          <path class="body" d="M18 40 q2 -10 14 -10 h226 q12 0 14 10 l10 78 q0 12 -12 12 h-250 q-12 0 -12 -12 z" />
          <path class="front" d="M10 108 l2 -16 h266 l2 16 q0 22 -10 22 h-250 q-10 0 -10 -22 z" />
          <rect class="slot" x="36" y="33" width="218" height="7" rx="3.5" />
          <g class="lid"><path d="M30 44 h230 l7 44 h-244 z" /><path class="glass" d="M92 56 h106 l3 20 h-112 z" /></g>
          ${lamp('power', 34)} ${lamp('paper', 56)} ${lamp('fault', 78)}
          <text class="brand" x="266" y="115">${this.model?.name ?? ''}</text>
        </svg>
        <span class="unseen" role="status">${this.#status()}</span>
      </div>
    `;
  }

  #status(): string {
    const { text, printer } = this;
    const faults = [
      printer.hasPaper ? undefined : text.paperOut,
      printer.isCoverOpen ? `${text.cover} ${text.coverOpen}` : undefined,
      printer.isOffline ? text.isOffline : undefined,
      printer.isPlugged ? undefined : text.devices.unplugged,
      printer.hasPaper && printer.isPaperLow ? `${text.paper} ${text.paperLow}` : undefined,
    ].filter((fault) => fault !== undefined);
    return faults.length === 0 ? text.printerReady : faults.join(' · ');
  }

  #switches() {
    const { text, printer } = this;
    const { hasPaper, isPaperLow, isCoverOpen, isOffline } = printer;
    const choice = (name: string, label: string, isNow: boolean, ...paths: string[]) => html`
      <button data-switch="paper-${name}" aria-pressed=${isNow} @click=${() => pressed(this, ...paths)}>
        ${label}
      </button>
    `;
    return html`
      <div class="switches">
        <div class="choices" role="group" aria-label=${text.paper}>
          <span aria-hidden="true">${text.paper}</span>
          ${choice('full', text.paperFull, hasPaper && !isPaperLow, 'printer/paper-in')}
          ${choice(
            'low',
            text.paperLow,
            hasPaper && isPaperLow,
            ...(hasPaper ? [] : ['printer/paper-in']),
            'printer/paper-low',
          )}
          ${choice('out', text.paperOut, !hasPaper, 'printer/paper-out')}
        </div>
        <button
          class="rocker warn"
          role="switch"
          data-switch="cover"
          aria-checked=${isCoverOpen}
          @click=${() => pressed(this, isCoverOpen ? 'printer/cover-close' : 'printer/cover-open')}
        >
          <i></i><span>${text.cover} ${isCoverOpen ? text.coverOpen : text.coverClosed}</span>
        </button>
        <button
          class="rocker"
          role="switch"
          data-switch="online"
          aria-label=${text.online}
          aria-checked=${!isOffline}
          @click=${() => pressed(this, isOffline ? 'printer/online' : 'printer/offline')}
        >
          <i></i><span>${isOffline ? text.isOffline : text.isOnline}</span>
        </button>
        ${sheetKey(this, {
          device: 'printer',
          model: this.model?.name ?? '',
          faults: countFaults(printerFaults(printer, this.model, text.devices)),
          text: text.devices,
        })}
      </div>
    `;
  }

  static override styles = [baseSheet, keySheet, switchSheet, printerSheet];
}

/** Lamp: it could print, as far as it knows. */
function isServing({ isOffline, isCutterJammed, isHot, isPlugged }: Mechanics): boolean {
  return isPlugged && !isOffline && !isCutterJammed && !isHot;
}

/** A 58 mm roll is narrower than one of 80 mm. */
function comeOut(image: HTMLImageElement): void {
  image.classList.toggle('narrow', image.naturalWidth < narrowPx);
  image.classList.add('out');
}

function lamp(name: string, x: number) {
  return svg`<circle class="lamp ${name}" cx=${x} cy="111" r="5" />${nothing}`;
}

customElements.define('lab-printer', LabPrinter);
