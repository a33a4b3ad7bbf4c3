// The bar at the bottom of every screen: back, home, end and clear, help, languages; each always in its place.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
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
        grid-template-columns: 1fr 1fr 1.35fr 1.25fr 1.1fr;
        gap: var(--gap-s);
        padding: var(--gap-s) var(--edge) var(--gap);
        border-top: 1px solid var(--line);
        background: var(--paper);
      }
      button {
        min-height: 4.2rem;
        padding: 0.3rem 0.4rem;
        flex-direction: column;
        gap: 0.15rem;
        border-color: transparent;
        background: var(--paper-sunk);
        font-size: 0.92rem;
      }
      button.end {
        background: var(--vermilion-wash);
        color: var(--vermilion-deep);
        font-weight: 700;
      }
      @media (orientation: landscape) {
        nav {
          padding-block: var(--gap-s);
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

  override render() {
    const { bar } = this.speech.words;
    return html`<nav aria-label=${bar.label}>
      ${this.#place(this.hasBack, 'back', bar.back, { kind: 'back' })}
      ${this.#place(this.hasHome, 'home', bar.home, { kind: 'go-home' })}
      ${this.#place(this.hasEnd, 'end', bar.end, { kind: 'end' })}
      ${this.#place(true, 'help', bar.help, { kind: 'call-help' })}
      <k-languages .speech=${this.speech}></k-languages>
    </nav>`;
  }

  #place(isUsed: boolean, sign: IconName, label: string, touch: Touch) {
    if (!isUsed) return html`<span></span>`;
    return html`<button
      class=${sign}
      @click=${() => this.dispatchEvent(new TouchedEvent(touch))}
    >${icon(sign)}<span>${label}</span></button>`;
  }
}
