// A mobile number in three groups with keys below: seen while it is typed, gone with the screen.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { filingWords } from '../text/filing-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import type { KeyEvent } from './k-keypad.ts';
import './k-keypad.ts';
import { TouchedEvent } from './touched-event.ts';
import { groupedPhone, isMobile, phoneDigits, typedDigits, typedDigitsStyles } from './typed-digits.ts';

@customElement('k-phone-entry')
export class KPhoneEntry extends LitElement {
  static override styles = [
    base,
    buttons,
    typedDigitsStyles,
    css`
      .actions {
        display: grid;
        gap: var(--gap-s);
      }
      @media (orientation: landscape) {
        .entry {
          grid-template: auto auto 1fr auto / 1fr 1fr;
          max-width: none;
          column-gap: var(--gap-l);
        }
        k-keypad {
          grid-area: 1 / 2 / 5 / 3;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property({ type: Boolean }) skippable = false;
  @state() private number = '';

  override render() {
    const { phone } = filingWords[this.speech.language];
    const isWhole = this.number.length === phoneDigits;
    const isRight = isMobile(this.number);
    return html`<div class="entry">
      <output aria-label=${`${phone.label} ${phone.entered(`${this.number.length}`)}`}>${groupedPhone(this.number)}</output>
      ${isWhole && !isRight ? html`<p class="wrong" role="alert">${icon('warning')}<span>${phone.wrong}</span></p>` : nothing}
      <k-keypad .speech=${this.speech} @k-key=${this.#press}></k-keypad>
      <p class="soft">${phone.consent}</p>
      <div class="actions">
        ${
          this.skippable
            ? html`<button @click=${() => this.dispatchEvent(new TouchedEvent({ kind: 'give-phone', phone: null }))}>
              ${phone.skip}
            </button>`
            : nothing
        }
        <button class="primary" ?disabled=${!isRight} @click=${this.#confirm}>${phone.confirm}</button>
      </div>
    </div>`;
  }

  readonly #press = (event: KeyEvent): void => {
    this.number = typedDigits(this.number, event, phoneDigits);
  };

  readonly #confirm = (): void => {
    // what was cleared is gone, also while the button is still drawn for it
    if (!isMobile(this.number)) return;
    this.dispatchEvent(new TouchedEvent({ kind: 'give-phone', phone: this.number }));
  };
}
