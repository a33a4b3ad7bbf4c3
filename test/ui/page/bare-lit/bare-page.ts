// The floor of the ui's bench: the least that Lit can do, a heading and, when tapped, a grid of plain buttons.
import { css, html, LitElement } from 'lit';

const cells = Array.from({ length: 264 }, (_, i) => `${33 - Math.floor(i / 8)}0${(i % 8) + 1}`);

export class BarePage extends LitElement {
  static override styles = css`
    div {
      display: grid;
      grid-template-columns: repeat(8, 1fr);
      gap: 4px;
    }
  `;

  static override properties = { isOpen: { state: true } };
  declare isOpen: boolean;

  override render() {
    if (this.isOpen) {
      return html`<div>
        ${cells.map((number) => html`<button aria-label="${number} Sold"><span></span><b>${number}</b> <span>Sold</span></button>`)}
      </div>`;
    }
    return html`<h1>迎您回家</h1>
      <p>轻触屏幕，开始使用</p>
      <button
        @click=${() => {
          this.isOpen = true;
        }}
      >
        Open
      </button>`;
  }
}

customElements.define('bare-page', BarePage);
