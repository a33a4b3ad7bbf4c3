// The bar at the bottom of every screen: back, home, end and clear, help, languages; each always in its place.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Manner } from '../../kiosk/manner.ts';
import type { Touch } from '../../kiosk/touch.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { type IconName, icon } from './icons.ts';
import './k-languages.ts';
import { TouchedEvent } from './touched-event.ts';

@customElement('k-bar')
export class KBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      nav {
        display: grid;
        grid-template-columns: 1fr 1fr 1.3fr 1.2fr 1.1fr 1.1fr;
        gap: var(--gap-s);
        padding: var(--gap-s) var(--edge) var(--gap);
        border-top: 1px solid var(--rule);
        background: var(--surface);
      }
      button {
        min-height: 4.2rem;
        padding: 0.3rem 0.4rem;
        flex-direction: column;
        gap: 0.15rem;
        border-color: transparent;
        background: var(--surface-sunk);
        font-size: 0.92rem;
      }
      .elder {
        grid-column: 1 / 4;
        flex-direction: row;
        gap: 0.6rem;
        background: var(--surface-raised);
        border-color: var(--rule-strong);
        font-size: var(--text-l);
        font-weight: 700;
      }
      button[aria-expanded='true'] {
        background: var(--night);
        color: #fff;
      }
      @container style(--layout: single) {
        nav {
          grid-template-columns: repeat(6, 1fr);
          gap: 0.25rem;
          padding-inline: 0.3rem;
        }
        nav > * {
          grid-column: span 2;
        }
        .elder {
          grid-column: 1 / -1;
        }
        button {
          min-height: 2.3rem;
          padding: 0.1rem;
          font-size: 0.72rem;
        }
      }
      button.end {
        background: var(--accent-wash);
        color: var(--accent-deep);
        font-weight: 700;
      }
      @media (orientation: landscape) {
        nav {
          padding-block: var(--gap-s);
        }
        @container style(--layout: single) {
          nav > * {
            grid-column: span 1;
          }
          .elder {
            grid-column: 1 / 4;
          }
          button svg.icon {
            display: none;
          }
          button {
            min-height: 2.2rem;
          }
        }
        button {
          flex-direction: row;
          gap: 0.6rem;
          min-height: 3.4rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property({ type: Boolean }) hasBack = false;
  @property({ type: Boolean }) hasHome = false;
  @property({ type: Boolean }) hasEnd = false;
  @property({ attribute: false }) text: Manner['text'] = 'normal';
  /** there is room for one column: the languages stand behind one button */
  @property({ type: Boolean }) isNarrow = false;
  /** the panel that this bar opens is open */
  @property({ type: Boolean }) isOpen = false;

  override render() {
    const { bar } = this.speech.words;
    return html`<nav aria-label=${bar.label}>
      ${this.hasBack || this.hasHome || this.hasEnd ? this.#ways() : this.#elder()}
      ${this.#place(true, 'help', bar.help, { kind: 'call-help' })}
      ${this.#ease()}
      <k-languages .speech=${this.speech} ?folded=${this.isNarrow}></k-languages>
    </nav>`;
  }

  #ways() {
    const { bar } = this.speech.words;
    return html`
      ${this.#place(this.hasBack, 'back', bar.back, { kind: 'back' })}
      ${this.#place(this.hasHome, 'home', bar.home, { kind: 'go-home' })}
      ${this.#place(this.hasEnd, 'end', bar.end, { kind: 'end' })}
    `;
  }

  /** Where there is nothing to go back to, its place is for who cannot read the rest. */
  #elder() {
    const { bar } = this.speech.words;
    const isLarge = this.text === 'large';
    const touch: Touch = { kind: 'choose-manner', manner: { text: isLarge ? 'normal' : 'large' } };
    return this.#place(true, 'elder', isLarge ? bar.standard : bar.elder, touch);
  }

  #ease() {
    return html`<button
      class="ease"
      aria-expanded=${this.isOpen}
      @click=${() => this.dispatchEvent(new Event('k-ease', { bubbles: true, composed: true }))}
    >${icon('ease')}<span>${this.speech.words.bar.ease}</span></button>`;
  }

  #place(isUsed: boolean, sign: IconName, label: string, touch: Touch) {
    if (!isUsed) return html`<span></span>`;
    return html`<button
      class=${sign}
      @click=${() => this.dispatchEvent(new TouchedEvent(touch))}
    >${icon(sign)}<span>${label}</span></button>`;
  }
}
