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

const digits = 11;

@customElement('k-phone-entry')
export class KPhoneEntry extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .entry {
        display: grid;
        gap: var(--gap);
        width: 100%;
        max-width: 32rem;
        margin-inline: auto;
      }
      output {
        display: block;
        min-height: 4.6rem;
        padding: var(--gap);
        text-align: center;
        font-family: var(--serif);
        font-size: 2.2rem;
        font-weight: 700;
        line-height: 1.2;
        letter-spacing: 0.06em;
        font-variant-numeric: tabular-nums lining-nums;
        background: var(--paper-raised);
        border: 2px solid var(--line-strong);
        border-radius: var(--round);
      }
      .wrong {
        display: flex;
        align-items: center;
        gap: 0.6em;
        padding: var(--gap-s) var(--gap);
        border-radius: var(--round);
        background: var(--vermilion-wash);
        color: var(--vermilion-deep);
        font-weight: 700;
      }
      .actions {
        display: grid;
        gap: var(--gap-s);
      }
      @media (orientation: landscape) {
        .entry {
          grid-template: auto auto 1fr auto / 1fr 1fr;
          max-width: none;
          gap: var(--gap-s) var(--gap-l);
        }
        output {
          min-height: 3.4rem;
          padding: var(--gap-s);
          font-size: 1.8rem;
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
    const isWhole = this.number.length === digits;
    const isRight = /^1[3-9]\d{9}$/.test(this.number);
    return html`<div class="entry">
      <output aria-label=${`${phone.label} ${phone.entered(`${this.number.length}`)}`}>${grouped(this.number)}</output>
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

  readonly #press = ({ key }: KeyEvent): void => {
    if (key === 'clear') this.number = '';
    else if (key === 'erase') this.number = this.number.slice(0, -1);
    else if (this.number.length < digits) this.number += key;
  };

  readonly #confirm = (): void => {
    this.dispatchEvent(new TouchedEvent({ kind: 'give-phone', phone: this.number }));
  };
}

/** `138 1234 1234`, as it is read out */
function grouped(number: string): string {
  return [number.slice(0, 3), number.slice(3, 7), number.slice(7)].filter((part) => part !== '').join(' ');
}
