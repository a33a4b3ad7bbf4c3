// The pile of slips that were printed: small pictures, newest first; one press opens it large.
import { css, html, LitElement } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LabSlip } from '../lab/lab-view.ts';
import type { LabText } from './lab-text.ts';
import { baseSheet } from './sheets.ts';

export class SlipTray extends LitElement {
  static override properties = { slips: {}, text: {} };
  /** oldest first */
  declare slips: readonly LabSlip[];
  declare text: LabText;

  protected override render() {
    const { text, slips } = this;
    return html`
      <div class="head"><h2>${text.slips}</h2><span>${slips.length}</span></div>
      <ul>
        ${repeat(
          slips.toReversed(),
          ({ id }) => id,
          (slip) => html`
            <li>
              <button
                data-slip=${slip.id}
                @click=${() => this.dispatchEvent(new CustomEvent('slip-opened', { detail: slip.id }))}
              >
                <img src=${slip.png} alt=${text.slipNumber(slip.id)} loading="lazy" draggable="false" />
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }

  static override styles = [
    baseSheet,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        height: 1.75rem;
      }
      .head span {
        font-size: 0.86rem;
        color: var(--chalk-soft);
      }
      ul {
        display: flex;
        flex: 1;
        min-height: 150px;
        margin: 0.35rem 0 0;
        padding: 16px 18px 8px 18px;
        overflow: auto hidden;
        border: 2px dashed rgb(228 240 232 / 34%);
        border-radius: 14px;
        list-style: none;
        scrollbar-color: var(--chalk-soft) transparent;
        scrollbar-width: thin;
      }
      li {
        flex: none;
        width: 58px;
        animation: land 420ms cubic-bezier(0.2, 1.4, 0.5, 1);
      }
      li:nth-child(odd) {
        rotate: -3deg;
      }
      li:nth-child(3n) {
        rotate: 4deg;
      }
      button {
        display: block;
        width: 84px;
        height: 118px;
        padding: 0;
        overflow: hidden;
        border: 0;
        border-radius: 2px;
        background: #fbf6ea;
        box-shadow: 0 4px 10px rgb(0 0 0 / 45%);
        cursor: zoom-in;
        transition: transform 160ms;
      }
      button:is(:hover, :focus-visible) {
        transform: translateY(-8px);
      }
      li:has(button:is(:hover, :focus-visible)) {
        position: relative;
        z-index: 1;
      }
      img {
        display: block;
        width: 100%;
      }
      @keyframes land {
        from {
          opacity: 0;
          transform: translateY(-40px) scale(1.2);
        }
      }
    `,
  ];
}

customElements.define('slip-tray', SlipTray);
