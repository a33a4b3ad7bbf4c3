// Takes the records of terminals in: checked first, every fault with its line; then the claims for those that are to come.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type DeviceAnswers, deviceAnswers } from '../../../sync/headquarters/api/device-api.ts';
import { sheetText } from '../sheet-text.ts';
import './claim-sheet.ts';
import { claimWords } from './claim-words.ts';
import { csvTerminals } from './csv-terminals.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { deedWords } from './deed-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';

const shownErrors = 200;

@customElement('device-import')
export class DeviceImport extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      section { display: grid; gap: 0.9rem; }
      textarea { width: 100%; font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 0.92rem; }
      .actions { justify-content: flex-start; margin: 0; }
      [role='status'] { display: grid; gap: 0.75rem; margin-top: 1rem; }
    `,
  ];
  @state() private csv = '';
  @state() private result: DeviceAnswers['imported'] | undefined;
  /** those of the imported file that no terminal has come for */
  @state() private claimable: readonly string[] | undefined;
  @state() private isBusy = false;
  @state() private deed: Deed | undefined;
  @state() private issued: DeviceAnswers['claims'] | undefined;

  override render(): TemplateResult {
    const words = claimWords[this.language];
    const isChecked = this.result !== undefined && this.result.errors.length === 0 && !this.result.isDone;
    return html`
      <p class="soft lead">${words.importLead}</p>
      <section class="panel">
        <div><label class="file">${words.importFile}<input type="file" accept=".csv,text/csv" @change=${this.#choose} /></label></div>
        <label>${words.importText}<textarea rows="8" spellcheck="false" placeholder=${words.importTextHint} .value=${this.csv}
          @input=${this.#type}></textarea></label>
        <div class="actions">
          <button class=${isChecked ? '' : 'primary'} ?disabled=${this.csv.trim() === '' || this.isBusy}
            @click=${() => void this.#import(true)}>${words.check}</button>
          <button class=${isChecked ? 'primary' : ''} ?disabled=${!isChecked || this.isBusy}
            @click=${() => void this.#import(false)}>${words.import}</button>
        </div>
      </section>
      <div role="status">${this.result ? this.#renderResult(this.result) : nothing}</div>
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>
      <claim-sheet .language=${this.language} .issued=${this.issued} @closed=${() => {
        this.issued = undefined;
      }}></claim-sheet>
    `;
  }

  #renderResult({ isDone, added, changed, same, errors }: DeviceAnswers['imported']): TemplateResult {
    const words = claimWords[this.language];
    if (errors.length > 0) {
      return html`<p><span class="tag bad">${words.errors(errors.length)}</span></p>
        <div class="panel scroll"><table>
          <thead><tr><th class="number">${words.line}</th><th>${words.column}</th><th>${words.wrong}</th></tr></thead>
          <tbody>${errors
            .slice(0, shownErrors)
            .map(
              ({ line, column, code }) =>
                html`<tr><td class="number">${line}</td><td><code>${column}</code></td><td>${words.errorCodes[code]}</td></tr>`,
            )}</tbody>
        </table></div>`;
    }
    const said = isDone ? words.imported : words.checked;
    return html`<p><span class="tag good">${said(added, changed, same)}</span></p>
      ${this.claimable ? this.#renderClaims(this.claimable) : nothing}`;
  }

  #renderClaims(terminals: readonly string[]): TemplateResult {
    const words = claimWords[this.language];
    return terminals.length === 0
      ? html`<p class="soft">${words.claimsNone}</p>`
      : html`<div><button class="primary" @click=${() => this.#ask(terminals)}>${words.claimsFor(terminals.length)}</button></div>`;
  }

  readonly #choose = async (event: Event): Promise<void> => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const file = event.target.files?.[0];
    if (!file) return;
    this.#take(await sheetText(file));
    event.target.value = '';
    await this.#import(true);
  };

  readonly #type = (event: InputEvent): void => {
    if (event.target instanceof HTMLTextAreaElement) this.#take(event.target.value);
  };

  #take(csv: string): void {
    this.csv = csv;
    this.result = undefined;
    this.claimable = undefined;
  }

  async #import(isDryRun: boolean): Promise<void> {
    const { csv } = this;
    this.isBusy = true;
    await this.attempt(async () => {
      this.result = await this.api.post('fleet/import', { csv, isDryRun }, deviceAnswers.imported);
      if (!this.result.isDone) return;
      const { devices } = await this.api.get(
        'fleet/devices?state=expected&limit=5000',
        deviceAnswers.devices,
      );
      const named = new Set(csvTerminals(csv));
      this.claimable = devices.map(({ terminal }) => terminal).filter((terminal) => named.has(terminal));
    });
    this.isBusy = false;
  }

  #ask(terminals: readonly string[]): void {
    const words = claimWords[this.language];
    this.deed = {
      title: words.claimsTitle(terminals.length),
      happens: deedWords[this.language].claim.happens,
      label: deedWords[this.language].claim.label,
      run: async () => {
        this.issued = await this.api.post('fleet/claims', { terminals }, deviceAnswers.claims);
      },
    };
  }
}
