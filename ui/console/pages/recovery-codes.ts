// Codes for when the authenticator app is lost: shown once, to print, copy or write down.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { PageElement } from '../page-element.ts';
import { secondFactorTexts } from './second-factor-words.ts';

/** @fires closed when the person has kept them */
@customElement('recovery-codes')
export class RecoveryCodes extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      dialog { display: none; gap: 0.8rem; }
      dialog[open] { display: grid; }
      ol {
        margin: 0; padding: 0.9rem 1rem; list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
        gap: 0.5rem 1rem; border: 1px solid var(--rule); border-radius: 8px;
      }
      code { font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 1.2rem; letter-spacing: 0.05em; }
      .of { display: none; }
      @media print {
        dialog { position: static; max-height: none; width: auto; box-shadow: none; padding: 0; }
        .of { display: block; }
        .actions { display: none; }
      }
    `,
  ];
  @property() declare account: string;
  @property({ attribute: false }) declare codes: readonly string[] | undefined;
  /** what came of copying */
  @state() private copied: string | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('codes') && this.codes && !this.dialog?.open) this.dialog?.showModal();
  }

  override render(): TemplateResult {
    const words = secondFactorTexts[this.language];
    return html`<dialog closedby="none" aria-labelledby="recovery" @close=${this.#close} @cancel=${this.#stay}>${
      this.codes === undefined
        ? nothing
        : html`
          <h2 id="recovery">${words.recoveryTitle}</h2>
          <p class="of">${words.recoveryOf(this.account)}</p>
          <p>${words.recoveryHint}</p>
          <ol>${this.codes.map((code) => html`<li><code>${inHalves(code)}</code></li>`)}</ol>
          <p class="actions" role="status">${this.copied ?? nothing}</p>
          <div class="actions">
            <button @click=${() => void this.#copy()}>${words.copyAll}</button>
            <button @click=${() => print()}>${words.print}</button>
            <button class="primary" @click=${() => this.dialog?.close()}>${words.kept}</button>
          </div>`
    }</dialog>`;
  }

  /** What is shown only once does not go away by Escape; for browsers that know no `closedby`. */
  readonly #stay = (event: Event): void => event.preventDefault();

  readonly #close = (): void => {
    this.copied = undefined;
    this.dispatchEvent(new Event('closed'));
  };

  async #copy(): Promise<void> {
    const words = secondFactorTexts[this.language];
    const lines = [words.recoveryOf(this.account), ...(this.codes ?? []).map(inHalves)];
    // a notice would lie below the dialog
    this.copied = await navigator.clipboard.writeText(`${lines.join('\n')}\n`).then(
      () => words.copied,
      () => words.copyFailed,
    );
  }
}

/** Ten letters in a row are read wrongly. */
function inHalves(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
