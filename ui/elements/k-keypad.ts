// Ten digits and an eraser; says which key was pressed and keeps nothing.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'clear' | 'erase';

export class KeyEvent extends Event {
  readonly key: Key;

  constructor(key: Key) {
    super('k-key', { bubbles: true, composed: true });
    this.key = key;
  }
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

@customElement('k-keypad')
export class KKeypad extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      div {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--gap-s);
      }
      button {
        min-height: 4.6rem;
        padding: 0;
        font-family: var(--serif);
        font-size: 2rem;
        font-weight: 700;
        border-color: var(--rule);
        box-shadow: 0 3px 0 var(--rule);
      }
      button:active {
        box-shadow: none;
      }
      button.word {
        font-family: var(--sans);
        font-size: var(--text-l);
        background: transparent;
      }
      @container style(--layout: single) {
        button {
          min-width: 0;
          min-height: 2.6rem;
          font-size: 1.5rem;
        }
      }
      @media (orientation: landscape) {
        button {
          min-height: 3.6rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property({ type: Boolean }) disabled = false;

  override render() {
    const { pin } = this.speech.words;
    return html`<div role="group" aria-label=${pin.keypad}>
      ${digits.map((digit) => this.#key(digit))}
      <button class="word" ?disabled=${this.disabled} @click=${() => this.#press('clear')}>${pin.clear}</button>
      ${this.#key('0')}
      <button class="word" aria-label=${pin.erase} ?disabled=${this.disabled} @click=${() => this.#press('erase')}>
        ${icon('erase')}
      </button>
    </div>`;
  }

  #key(key: Key) {
    return html`<button ?disabled=${this.disabled} @click=${() => this.#press(key)}>${key}</button>`;
  }

  #press(key: Key): void {
    this.dispatchEvent(new KeyEvent(key));
  }
}

declare global {
  interface HTMLElementEventMap {
    'k-key': KeyEvent;
  }
}
