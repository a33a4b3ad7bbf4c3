// The sheet of one device: what else may stand in its place, and how to break it. The rest of the bench stays in reach.
import { html, LitElement, nothing } from 'lit';
import type { LabShelf, LabState, ShelfPrinter, ShelfReader } from '../lab/lab-view.ts';
import { type BenchDevice, type Fault, panelFaults, printerFaults, readerFaults } from './device-faults.ts';
import { deviceSheetSheet } from './device-sheet-sheet.ts';
import type { LabText, Language } from './lab-text.ts';
import { pressed } from './pressed.ts';
import { baseSheet, keySheet, switchSheet } from './sheets.ts';

const families = ['chip', 'typed', 'stripe'] as const;

export class DeviceSheet extends LitElement {
  static override properties = {
    text: {},
    language: {},
    device: {},
    state: {},
    shelf: {},
    isBreaking: {},
  };
  declare text: LabText;
  declare language: Language;
  declare device: BenchDevice;
  declare state: LabState;
  declare shelf: LabShelf;
  /** its faults lie on top, not its shelf */
  declare isBreaking: boolean;

  constructor() {
    super();
    this.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#close());
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('section')?.focus();
  }

  protected override render() {
    const { text, device } = this;
    const tab = (isBreaking: boolean, words: string, name: string) => html`
      <button data-tab=${name} aria-pressed=${this.isBreaking === isBreaking} @click=${() => this.#turn(isBreaking)}>
        ${words}
      </button>
    `;
    return html`
      <section tabindex="-1" aria-label=${text[device]}>
        <header>
          <h2>${text[device]}</h2>
          ${
            device === 'panel'
              ? nothing
              : html`<div class="choices" role="group" aria-label=${text[device]}>
                  ${tab(false, text.devices.shelf, 'shelf')} ${tab(true, text.devices.faults, 'faults')}
                </div>`
          }
          <button class="key" data-switch="close-sheet" @click=${() => this.#close()}>${text.close}</button>
        </header>
        <div class="body">${this.isBreaking ? this.#faults() : this.#models()}</div>
      </section>
    `;
  }

  #models() {
    const { text, device, state, shelf } = this;
    return html`
      <p class="hint ${state.isFitting ? 'busy' : ''}" role="status">
        ${state.isFitting ? text.devices.fitting : text.devices.shelfHint}
      </p>
      ${
        device === 'reader'
          ? html`
              ${families.map((family) => this.#family(family))}
              <p class="hint foot">${text.devices.widthHint}</p>
            `
          : html`<ul class="printers">${shelf.printers.map((printer) => this.#printer(printer))}</ul>`
      }
    `;
  }

  #family(family: ShelfReader['family']) {
    const { text, language, shelf } = this;
    const ofFamily = shelf.readers.filter((reader) => reader.family === family);
    return html`
      <h3>${text.devices.families[family]}</h3>
      <ul>
        ${ofFamily.map(({ id, name, says }) => this.#tile('reader', id, name[language], says[language]))}
      </ul>
    `;
  }

  #printer(printer: ShelfPrinter) {
    return this.#tile('printer', printer.id, printer.name, this.text.devices.printerIs(printer));
  }

  #tile(device: 'reader' | 'printer', id: string, name: string, says: string) {
    const { state } = this;
    const isHere = state[device].model === id;
    return html`
      <li>
        <button
          class="tile"
          data-model=${id}
          aria-pressed=${isHere}
          aria-disabled=${state.isFitting}
          @click=${() => !state.isFitting && !isHere && pressed(this, `shelf/${device}/${id}`)}
        >
          <b>${name}</b><span>${says}</span>
        </button>
      </li>
    `;
  }

  #faults() {
    const { device, state, shelf, text } = this;
    const isMute =
      device === 'printer' && shelf.printers.find(({ id }) => id === state.printer.model)?.status === 'none';
    return html`${isMute ? html`<p class="hint">${text.devices.mutePrinter}</p>` : nothing}<ul class="faults">${this.#faultsNow().map((fault) => html`<li>${this.#fault(fault)}</li>`)}</ul>`;
  }

  #faultsNow(): readonly Fault[] {
    const { device, state, shelf, text } = this;
    switch (device) {
      case 'reader':
        return readerFaults(
          state.reader,
          shelf.readers.find(({ id }) => id === state.reader.model),
          text.devices,
        );
      case 'printer':
        return printerFaults(
          state.printer,
          shelf.printers.find(({ id }) => id === state.printer.model),
          text.devices,
        );
      case 'panel':
        return panelFaults(state.panel, text.devices);
    }
  }

  #fault(fault: Fault) {
    const { label, watch } = fault.text;
    switch (fault.kind) {
      case 'switch':
        return html`
          <button
            class="rocker warn"
            role="switch"
            data-fault=${fault.id}
            aria-checked=${fault.isOn}
            @click=${() => pressed(this, ...(fault.isOn ? fault.off : fault.on))}
          >
            <i></i><span><b>${label}</b><small>${watch}</small></span>
          </button>
        `;
      case 'once':
        return html`
          <div class="once">
            <button class="key" data-fault=${fault.id} @click=${() => pressed(this, fault.path)}>${label}</button>
            <small>${watch}</small>
          </div>
        `;
      case 'habit':
        return html`
          <div class="habit">
            <b>${label}</b><small>${watch}</small>
            <div class="choices" role="group" aria-label=${label}>
              ${fault.habits.map(
                ({ id, label: words, path }) => html`
                  <button data-fault=${`${fault.id}-${id}`} aria-pressed=${fault.now === id} @click=${() => pressed(this, path)}>
                    ${words}
                  </button>
                `,
              )}
            </div>
          </div>
        `;
    }
  }

  #turn(isBreaking: boolean): void {
    this.dispatchEvent(new CustomEvent<boolean>('sheet-turned', { detail: isBreaking }));
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('sheet-closed'));
  }

  static override styles = [baseSheet, keySheet, switchSheet, deviceSheetSheet];
}

customElements.define('device-sheet', DeviceSheet);
