// Over everything: this terminal's own name in large letters for whoever looks for it, or the wish for a card to try the reader.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Show } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { summonsWords } from '../text/summons-words.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import { TouchedEvent } from './touched-event.ts';

/** characters; longer ones would push the rest off a table screen */
const longName = 12;

@customElement('k-summons')
export class KSummons extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: center;
        justify-items: center;
        gap: var(--gap);
        padding: calc(var(--edge) + 1.4rem);
        background: var(--seal);
        color: #fff;
        text-align: center;
      }
      .name {
        max-width: 100%;
        font-size: clamp(3rem, min(18vw, 22vh), 16rem);
        font-weight: 700;
        line-height: 1.1;
        overflow-wrap: anywhere;
      }
      .name.long {
        font-size: clamp(2.4rem, min(9vw, 15vh), 10rem);
      }
      .code {
        font-size: clamp(2rem, min(8vw, 9vh), 6rem);
      }
      h1 {
        font-size: 3rem;
        color: inherit;
      }
      button {
        color: var(--text-main);
      }
      p {
        max-width: 34rem;
        font-size: var(--text-l);
      }
      svg.icon {
        width: 6rem;
        height: 6rem;
      }
      /* one change a second: slower than what makes people ill */
      .rim {
        position: absolute;
        inset: 0;
        border: 1.2rem solid #fff;
        pointer-events: none;
        animation: blink 2s steps(2, jump-none) infinite;
      }
      @keyframes blink {
        to {
          opacity: 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .rim {
          animation: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) summons!: NonNullable<Show['summons']>;
  @property({ attribute: false }) speech!: Speech;

  override render() {
    const words = summonsWords[this.speech.language];
    const { summons } = this;
    return html`
      ${
        summons.kind === 'identify'
          ? html`<h1>${words.identifyTitle} · ${summons.site}</h1>
              <div class="name ${summons.terminal.length > longName ? 'long' : ''}">${summons.terminal}</div>
              <div class="code">${words.code(summons.code)}</div>
              <p>${words.identifyText}</p>`
          : html`${icon('card')}
              <h1 class="code">${words.cardTitle}</h1>
              <p>${words.cardText}</p>`
      }
      <button @click=${this.#close}>${words.close}</button>
      <div class="rim"></div>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'alert');
    this.addEventListener('click', this.#close);
  }

  readonly #close = (event: Event): void => {
    event.stopPropagation();
    this.dispatchEvent(new TouchedEvent({ kind: 'close-summons' }));
  };
}
