// Claims that were just issued: each once as QR and file, all of them as a sheet of labels.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ClaimFile, DeviceAnswers } from '../../../sync/headquarters/api/device-api.ts';
import '../../elements/k-qr.ts';
import { showTime } from '../show.ts';
import { claimWords } from './claim-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { saveFile } from './save-file.ts';

/** @fires closed when the person has kept them */
@customElement('claim-sheet')
export class ClaimSheet extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      dialog { width: min(58rem, calc(100vw - 2rem)); overflow: auto; }
      ol.steps { margin: 0.6rem 0 1rem; padding-left: 1.25rem; display: grid; gap: 0.3rem; }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); }
      .one ul { grid-template-columns: minmax(0, 17rem); justify-content: center; }
      ul li { display: grid; gap: 0.4rem; justify-items: center; padding: 0.8rem; border: 1px solid var(--rule); border-radius: 8px; break-inside: avoid; }
      ul b { font-size: 1.05rem; }
      k-qr { width: 100%; max-width: 15rem; }
      code { font-size: 0.72rem; text-align: center; }
      @media print {
        dialog { position: static; max-height: none; width: auto; box-shadow: none; padding: 0; overflow: visible; }
        .steps, .actions, p, li button { display: none; }
        ul, .one ul { grid-template-columns: repeat(4, 1fr); }
      }
    `,
  ];
  @property({ attribute: false }) declare issued: DeviceAnswers['claims'] | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('issued') && this.issued && !this.dialog?.open) this.dialog?.showModal();
  }

  override render(): TemplateResult {
    const claims = this.issued?.claims ?? [];
    return html`<dialog class=${claims.length === 1 ? 'one' : ''} closedby="none" aria-labelledby="issued" @close=${this.#close} @cancel=${this.#stay}>
      ${this.issued ? this.#renderSheet(this.issued) : nothing}
    </dialog>`;
  }

  #renderSheet({ claims, expiresAt }: DeviceAnswers['claims']): TemplateResult {
    const words = claimWords[this.language];
    return html`
      <h2 id="issued">${words.sheetTitle(claims.length)}</h2>
      <p>${words.sheetText(showTime(expiresAt, this.language))}</p>
      <ol class="steps">${words.sheetSteps.map((step) => html`<li>${step}</li>`)}</ol>
      <ul>${claims.map((claim) => this.#renderClaim(claim))}</ul>
      <div class="actions">
        ${
          claims.length > 1
            ? html`<button @click=${() => saveFile('claims.jsonl', jsonLines(claims))}>${words.downloadAll}</button>`
            : nothing
        }
        <button @click=${() => print()}>${words.print}</button>
        <button class="primary" @click=${() => this.dialog?.close()}>${words.close}</button>
      </div>
    `;
  }

  #renderClaim(claim: ClaimFile): TemplateResult {
    const words = claimWords[this.language];
    const text = JSON.stringify(claim);
    const save = (): void => saveFile(`yingbin-claim-${claim.terminal}.json`, jsonLines([claim]));
    return html`<li>
      <b>${claim.terminal}</b>
      <k-qr .text=${text} .label=${words.qr(claim.terminal)}></k-qr>
      <code>${claim.claim}</code>
      <button @click=${save}>${words.download}</button>
    </li>`;
  }

  /** What is shown only once does not go away by Escape; for browsers that know no `closedby`. */
  readonly #stay = (event: Event): void => event.preventDefault();

  readonly #close = (): void => void this.dispatchEvent(new Event('closed'));
}

/** One claim file a line. */
export function jsonLines(claims: readonly ClaimFile[]): Blob {
  const text = claims.map((claim) => `${JSON.stringify(claim)}\n`).join('');
  return new Blob([text], { type: 'application/x-ndjson' });
}
