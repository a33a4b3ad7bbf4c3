// The drawn line: the terminal with its power cord, headquarters, and between them the cable that scissors can cut.
import { html, LitElement, svg } from 'lit';
import type { LabState } from '../lab/lab-view.ts';
import type { LabText } from './lab-text.ts';
import { lineSheet } from './line-sheet.ts';
import { pressed } from './pressed.ts';
import { baseSheet, keySheet } from './sheets.ts';

const windows = Array.from({ length: 20 }, (_, n) => ({
  x: 562 + (n % 4) * 23,
  y: 84 + Math.floor(n / 4) * 22,
}));

export class LabLine extends LitElement {
  static override properties = { state: {}, text: {}, isPowerBusy: { type: Boolean } };
  declare state: LabState;
  declare text: LabText;
  /** the terminal is on its way up or down */
  declare isPowerBusy: boolean;

  protected override render() {
    const { text, state } = this;
    const { isNetworkCut, isFitting, panel } = state;
    const isTerminalRunning = state.isTerminalRunning || isFitting;
    const look = [
      isNetworkCut ? 'cut' : 'whole',
      isTerminalRunning ? 'on' : 'off',
      panel.isPresent ? 'present' : '',
      panel.isOpen ? 'opened' : '',
    ].join(' ');
    return html`
      <div class="scene ${look}">
        <svg viewBox="0 0 690 250" aria-hidden="true">
          ${this.#cord()} ${this.#terminal()} ${this.#cable()} ${this.#headquarters()} ${this.#person()}
        </svg>
        <div class="controls">
        <div class="control terminal">
          <span class="lamp"><b>${text.terminal}</b> ${isFitting ? text.terminalFitting : isTerminalRunning ? text.terminalOn : text.terminalOff}</span>
          <button
            class="key ${isTerminalRunning ? '' : 'urgent'}"
            data-switch="power"
            aria-disabled=${this.isPowerBusy || isFitting}
            @click=${() => this.#power()}
          >
            ${icons.plug} ${this.#powerLabel()}
          </button>
        </div>
        <div class="control network">
          <button
            class="key ${isNetworkCut ? 'urgent' : ''}"
            data-switch="network"
            @click=${() => pressed(this, isNetworkCut ? 'network/restore' : 'network/cut')}
          >
            ${isNetworkCut ? icons.tape : icons.scissors} ${isNetworkCut ? text.mend : text.cut}
          </button>
        </div>
        <div class="control far">
          <span class="lamp"><b>${text.headquarters}</b><span>${isNetworkCut ? text.networkCut : text.networkOn}</span></span>
        </div>
        </div>
      </div>
    `;
  }

  #power(): void {
    if (this.isPowerBusy || this.state.isFitting) return;
    pressed(this, this.state.isTerminalRunning ? 'terminal/kill' : 'terminal/start');
  }

  #powerLabel(): string {
    const { text } = this;
    if (this.state.isTerminalRunning || this.state.isFitting) return text.pullPlug;
    return this.isPowerBusy ? text.starting : text.plugIn;
  }

  #cord() {
    return svg`
      <g class="socket"><rect x="10" y="150" width="40" height="48" rx="8" />
        <circle cx="24" cy="174" r="3.4" /><circle cx="37" cy="174" r="3.4" /></g>
      <path class="cord in" d="M42 174 C 70 176, 56 224, 92 216 S 112 204, 118 204" />
      <g class="plug in"><rect x="22" y="162" width="26" height="24" rx="7" /></g>
      <path class="cord out" d="M48 232 C 70 238, 84 226, 96 216 S 112 204, 118 204" />
      <g class="plug out"><rect x="24" y="220" width="26" height="22" rx="7" />
        <path d="M24 226 h-9 M24 236 h-9" /></g>`;
  }

  #terminal() {
    return svg`
      <ellipse class="shade" cx="164" cy="240" rx="72" ry="7" />
      <path class="body" d="M118 34 q0 -14 14 -14 h66 q14 0 14 14 v196 q0 8 -8 8 h-78 q-8 0 -8 -8 z" />
      <path class="edge" d="M118 34 q0 -14 14 -14 h4 v218 h-10 q-8 0 -8 -8 z" />
      <g class="hatch">
        <path class="inside" d="M118 172 h14 v58 h-14 z" />
        <path class="door-leaf" d="M118 172 l-26 -8 v66 l26 6 z" /><circle cx="97" cy="198" r="2.5" />
      </g>
      <circle class="eye" cx="165" cy="33" r="3.5" />
      <rect class="screen" x="128" y="44" width="74" height="118" rx="6" />
      <g class="picture">
        <circle cx="165" cy="86" r="22" />
        <path d="M145 94 q10 -9 20 0 t20 0" />
        <rect x="139" y="122" width="52" height="7" rx="3.5" /><rect x="148" y="136" width="34" height="7" rx="3.5" />
      </g>
      <rect class="slot" x="140" y="176" width="50" height="7" rx="3.5" />
      <rect class="slot" x="150" y="196" width="30" height="20" rx="4" />`;
  }

  #person() {
    return svg`
      <g class="person">
        <ellipse class="shade" cx="246" cy="240" rx="26" ry="5" />
        <path d="M226 240 v-44 q0 -20 20 -20 t20 20 v44 q-20 6 -40 0" /><circle cx="246" cy="158" r="15" />
      </g>`;
  }

  #cable() {
    return svg`
      <g class="cable joined">
        <path class="jacket" d="M212 150 C 300 214, 440 214, 546 150" />
        <path class="flow up" d="M212 150 C 300 214, 440 214, 546 150" />
        <path class="flow down" d="M212 150 C 300 214, 440 214, 546 150" />
      </g>
      <g class="cable parted">
        <path class="jacket" d="M212 150 C 250 172, 300 182, 330 172 q 16 -3 17 12" />
        <path class="jacket" d="M546 150 C 500 176, 456 184, 424 174 q -16 -3 -18 13" />
        <path class="wire" d="M347 184 l-6 11 M347 184 l0 14 M347 184 l6 11" />
        <path class="wire" d="M406 187 l-6 11 M406 187 l0 14 M406 187 l6 11" />
        <path class="spark" d="M377 166 l-5 12 h9 l-6 13 M362 158 l-6 -7 M392 158 l7 -8 M377 154 v-10" />
      </g>`;
  }

  #headquarters() {
    return svg`
      <ellipse class="shade" cx="606" cy="240" rx="86" ry="7" />
      <path class="aerial" d="M606 48 v-24" /><circle class="beacon" cx="606" cy="21" r="4.5" />
      <path class="roof" d="M534 66 q30 -4 44 -20 h56 q14 16 44 20 l-4 8 h-136 z" />
      <rect class="tower" x="546" y="72" width="120" height="166" rx="3" />
      ${windows.map(({ x, y }, n) => svg`<rect class="window w${n % 4}" x=${x} y=${y} width="15" height="13" rx="2" />`)}
      <path class="door" d="M592 238 v-26 a14 14 0 0 1 28 0 v26 z" />`;
  }

  static override styles = [baseSheet, keySheet, lineSheet];
}

customElements.define('lab-line', LabLine);

const icons = {
  scissors: html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
    <circle cx="6" cy="6" r="3" /><circle cx="6" cy="18" r="3" /><path d="M8.6 7.6 20 18 M8.6 16.4 20 6" /></svg>`,
  tape: html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
    <path d="M3 12 h5 M16 12 h5 M8 8 h8 v8 h-8 z M11 8 v8 M13.5 8 v8" /></svg>`,
  plug: html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
    <path d="M9 3 v5 M15 3 v5 M6 8 h12 v3 a6 6 0 0 1 -12 0 z M12 17 v4" /></svg>`,
};
