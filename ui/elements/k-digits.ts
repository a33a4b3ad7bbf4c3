// Digits that may be seen while they are typed: a telephone number, a code; says them when they are complete.
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import type { KeyEvent } from './k-keypad.ts';
import './k-keypad.ts';

export class DigitsEvent extends Event {
  readonly digits: string;

  constructor(digits: string) {
    super('digits', { bubbles: true, composed: true });
    this.digits = digits;
  }
}

@customElement('k-digits')
export class KDigits extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .entry {
        display: grid;
        gap: var(--gap);
        width: 100%;
        max-width: 30rem;
        margin-inline: auto;
      }
      output {
        display: block;
        min-height: 4.6rem;
        padding: var(--gap);
        background: var(--paper-raised);
        border: 2px solid var(--line-strong);
        border-radius: var(--round);
        font: 700 2.6rem/1.1 var(--serif);
        letter-spacing: 0.06em;
        text-align: center;
      }
      @media (orientation: landscape) {
        .entry {
          gap: var(--gap-s);
        }
        output {
          min-height: 3.6rem;
          font-size: 2rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  /** how many there must be */
  @property({ type: Number }) count = 11;
  /** said as soon as the last one is typed */
  @property({ type: Boolean }) immediate = false;
  @property({ type: Boolean }) disabled = false;
  @property() label = '';
  @property() confirm = '';
  @state() private digits = '';

  clear(): void {
    this.digits = '';
  }

  override render() {
    return html`<div class="entry">
      <output role="status" aria-label=${this.label}>${grouped(this.digits)}</output>
      <k-keypad .speech=${this.speech} ?disabled=${this.disabled} @k-key=${this.#press}></k-keypad>
      ${
        this.immediate
          ? ''
          : html`<button
            class="primary"
            ?disabled=${this.disabled || this.digits.length < this.count}
            @click=${this.#say}
          >${this.confirm}</button>`
      }
    </div>`;
  }

  readonly #press = ({ key }: KeyEvent): void => {
    if (key === 'clear') this.digits = '';
    else if (key === 'erase') this.digits = this.digits.slice(0, -1);
    else if (this.digits.length < this.count) this.digits += key;
    if (this.immediate && key >= '0' && key <= '9' && this.digits.length === this.count) this.#say();
  };

  readonly #say = (): void => {
    this.dispatchEvent(new DigitsEvent(this.digits));
  };
}

/** 138 1234 1234 */
function grouped(digits: string): string {
  return digits.length <= 6
    ? digits
    : `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`.trim();
}

declare global {
  interface HTMLElementEventMap {
    digits: DigitsEvent;
  }
}
