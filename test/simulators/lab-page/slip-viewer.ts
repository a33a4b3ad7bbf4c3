// One slip large: its picture, or its text to copy; older and newer ones a key away.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { LabSlip } from '../lab/lab-view.ts';
import type { LabText } from './lab-text.ts';
import { baseSheet, keySheet, switchSheet } from './sheets.ts';

export class SlipViewer extends LitElement {
  static override properties = {
    slips: {},
    openId: {},
    text: {},
    isText: { state: true },
    isCopied: { state: true },
  };
  declare slips: readonly LabSlip[];
  /** id of the slip that is shown, or null */
  declare openId: string | null;
  declare text: LabText;
  declare isText: boolean;
  declare isCopied: boolean;

  constructor() {
    super();
    this.isText = false;
    this.isCopied = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('openId')) return;
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.openId === null) dialog?.close();
    else if (!dialog?.open) dialog?.showModal();
  }

  protected override render() {
    const at = this.slips.findIndex(({ id }) => id === this.openId);
    const slip = this.slips[at];
    return html`
      <dialog
        aria-label=${slip ? this.text.slipNumber(slip.id) : nothing}
        @close=${() => this.#show(null)}
        @click=${(event: Event) => event.target === event.currentTarget && this.#show(null)}
        @keydown=${(event: KeyboardEvent) => this.#step(event, at)}
      >
        ${slip ? this.#content(slip, at) : nothing}
      </dialog>
    `;
  }

  #content(slip: LabSlip, at: number) {
    const { text } = this;
    return html`
      <div class="frame">
        <header>
          <h2>${text.slipNumber(slip.id)}</h2>
          <div class="choices" role="group" aria-label=${text.slipNumber(slip.id)}>
            <button aria-pressed=${!this.isText} @click=${() => this.#showText(false)}>${text.picture}</button>
            <button aria-pressed=${this.isText} @click=${() => this.#showText(true)}>${text.plainText}</button>
          </div>
        </header>
        <div class="paper" tabindex="0">
          ${this.isText ? html`<pre>${slip.text}</pre>` : html`<img src=${slip.png} alt=${slip.text} />`}
        </div>
        <footer>
          <button class="key" ?disabled=${at <= 0} @click=${() => this.#show(this.slips[at - 1]?.id)}>${text.older}</button>
          <button class="key" ?disabled=${at >= this.slips.length - 1} @click=${() => this.#show(this.slips[at + 1]?.id)}>
            ${text.newer}
          </button>
          <button class="key" @click=${() => void this.#copy(slip.text)}>${this.isCopied ? text.copied : text.copy}</button>
          <button class="key" @click=${() => this.#show(null)}>${text.close}</button>
        </footer>
      </div>
    `;
  }

  #step(event: KeyboardEvent, at: number): void {
    if (event.key === 'ArrowLeft') this.#show(this.slips[at - 1]?.id);
    if (event.key === 'ArrowRight') this.#show(this.slips[at + 1]?.id);
  }

  #show(id: string | null | undefined): void {
    if (id === undefined || id === this.openId) return;
    this.isCopied = false;
    this.dispatchEvent(new CustomEvent('slip-opened', { detail: id }));
  }

  #showText(isText: boolean): void {
    this.isText = isText;
  }

  async #copy(slipText: string): Promise<void> {
    await navigator.clipboard.writeText(slipText);
    this.isCopied = true;
  }

  static override styles = [
    baseSheet,
    keySheet,
    switchSheet,
    css`
      dialog {
        width: min(94vw, 33rem);
        max-height: 94dvh;
        padding: 0;
        border: 0;
        border-radius: 18px;
        background: #12241f;
        box-shadow: 0 30px 80px rgb(0 0 0 / 70%);
        color: var(--chalk);
      }
      dialog::backdrop {
        background: rgb(6 16 13 / 72%);
      }
      .frame {
        display: flex;
        flex-direction: column;
        max-height: 94dvh;
        padding: 1rem 1.2rem 1.2rem;
      }
      header,
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.6rem;
      }
      h2 {
        font-size: 1.15rem;
      }
      .paper {
        flex: 1;
        min-height: 0;
        margin: 0.8rem 0 1rem;
        overflow: auto;
        text-align: center;
      }
      img {
        max-width: 100%;
        width: 26rem;
      }
      pre {
        margin: 0;
        padding: 1rem;
        border-radius: 8px;
        background: var(--paper);
        font: 0.86rem / 1.5 var(--mono);
        color: var(--ink);
        text-align: start;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: text;
      }
      .key:disabled {
        opacity: 0.45;
        cursor: default;
      }
    `,
  ];
}

customElements.define('slip-viewer', SlipViewer);
