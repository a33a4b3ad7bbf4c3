// A button that asks once more before it is meant: what cannot be taken back takes two touches.
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, buttons } from '../theme/sheets.ts';

@customElement('k-sure')
export class KSure extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-s) var(--gap);
        padding: var(--gap-s) var(--gap);
        border: 2px solid var(--warn);
        border-radius: var(--round);
        background: var(--warn-wash);
      }
      button.first {
        width: 100%;
      }
      p {
        flex: 1 1 12em;
        font-weight: 700;
      }
    `,
  ];

  @property() label = '';
  @property() ask = '';
  @property() yes = '';
  @property() no = '';
  @property({ type: Boolean }) disabled = false;
  @state() private isAsked = false;

  override render() {
    if (!this.isAsked)
      return html`<button class="first" ?disabled=${this.disabled} @click=${() => this.#turn(true)}>${this.label}</button>`;
    return html`<div role="group" aria-label=${this.label}>
      <p role="alert">${this.ask}</p>
      <button @click=${() => this.#turn(false)}>${this.no}</button>
      <button @click=${this.#say}>${this.yes}</button>
    </div>`;
  }

  #turn(isAsked: boolean): void {
    this.isAsked = isAsked;
    // the keys go on where the question stands: at what changes nothing
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus());
  }

  readonly #say = (): void => {
    this.#turn(false);
    this.dispatchEvent(new Event('sure'));
  };
}
