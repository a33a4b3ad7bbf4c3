// Digits that may be seen while they are typed: a telephone number, a code; says them when they are complete.
import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { filingWords } from '../text/filing-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import type { KeyEvent } from './k-keypad.ts';
import './k-keypad.ts';
import { groupedPhone, isMobile, phoneDigits, typedDigits, typedDigitsStyles } from './typed-digits.ts';

export class DigitsEvent extends Event {
  readonly digits: string;

  constructor(digits: string) {
    super('digits', { bubbles: true, composed: true });
    this.digits = digits;
  }
}

@customElement('k-digits')
export class KDigits extends LitElement {
  static override styles = [base, buttons, typedDigitsStyles];

  @property({ attribute: false }) speech!: Speech;
  /** how many there must be */
  @property({ type: Number }) count = phoneDigits;
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
    const isPhone = this.count === phoneDigits;
    const isWrong = this.#isWhole && !this.#isRight;
    return html`<div class="entry">
      <output role="status" aria-label=${this.label}>${isPhone ? groupedPhone(this.digits) : this.digits}</output>
      ${isWrong ? html`<p class="wrong" role="alert">${icon('warning')}<span>${filingWords[this.speech.language].phone.wrong}</span></p>` : ''}
      <k-keypad .speech=${this.speech} ?disabled=${this.disabled} @k-key=${this.#press}></k-keypad>
      ${
        this.immediate
          ? ''
          : html`<button
            class="primary"
            ?disabled=${this.disabled || !this.#isRight}
            @click=${this.#say}
          >${this.confirm}</button>`
      }
    </div>`;
  }

  readonly #press = (event: KeyEvent): void => {
    const { key } = event;
    this.digits = typedDigits(this.digits, event, this.count);
    if (this.immediate && key >= '0' && key <= '9' && this.digits.length === this.count) this.#say();
  };

  get #isWhole(): boolean {
    return this.digits.length === this.count;
  }

  get #isRight(): boolean {
    return this.#isWhole && (this.count !== phoneDigits || isMobile(this.digits));
  }

  readonly #say = (): void => {
    // what was cleared is gone, also while the button is still drawn for it
    if (!this.#isRight) return;
    this.dispatchEvent(new DigitsEvent(this.digits));
  };
}

declare global {
  interface HTMLElementEventMap {
    digits: DigitsEvent;
  }
}
