// The key of a Wi-Fi, typed on the glass or on keys: covered unless asked for, and gone with the field.
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { TouchedEvent } from '../elements/touched-event.ts';
import type { Speech } from '../text/speech.ts';
import { upkeepWords } from '../text/upkeep-words.ts';
import { base, buttons, textField } from '../theme/sheets.ts';
import type { TypedEvent } from './k-keyboard.ts';
import './k-keyboard.ts';

/** as the contract bounds it */
const fitting = /^[\x20-\x7e]{8,63}$/;

@customElement('k-wifi-key')
export class KWifiKey extends LitElement {
  static override styles = [
    base,
    buttons,
    textField,
    css`
      :host {
        display: grid;
        gap: var(--gap-s);
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--gap-s);
      }
      .row.ends {
        grid-template-columns: 1fr 1fr;
      }
      @media (orientation: landscape) {
        .rows {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
        }
      }
      .rows {
        display: grid;
        gap: var(--gap-s);
      }
      input {
        min-height: var(--target);
        padding: 0 var(--gap-s);
      }
      input.covered {
        -webkit-text-security: disc;
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @property() ssid = '';
  @state() private isShown = false;
  @state() private isFitting = false;
  @query('input') private readonly field!: HTMLInputElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.field.value = '';
  }

  override firstUpdated(): void {
    this.field.focus();
  }

  override render() {
    const words = upkeepWords[this.speech.language];
    return html`
      <h2>${words.keyTitle(this.ssid)}</h2>
      <p class="soft">${words.keyHint}</p>
      <div class="rows"><div class="row">
        <input
          class=${this.isShown ? '' : 'covered'}
          aria-label=${words.keyTitle(this.ssid)}
          maxlength="63"
          inputmode="none"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          @input=${this.#measure}
          @keydown=${this.#key}
        />
        <button aria-pressed=${`${this.isShown}` as const} @click=${this.#turn}>
          ${this.isShown ? words.keyHide : words.keyShow}
        </button>
      </div>
      <div class="row ends">
        <button @click=${() => this.dispatchEvent(new Event('cancelled'))}>${words.keyCancel}</button>
        <button class="primary" ?disabled=${!this.isFitting} @click=${this.#join}>${words.keyJoin}</button>
      </div></div>
      <k-keyboard .speech=${this.speech} purpose="secret" @typed=${this.#insert}></k-keyboard>
    `;
  }

  readonly #insert = ({ typed }: TypedEvent): void => {
    const { field } = this;
    const [start, end] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
    if (typed.kind === 'text') field.setRangeText(typed.text, start, end, 'end');
    else field.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
    this.#measure();
  };

  readonly #turn = (): void => {
    this.isShown = !this.isShown;
  };

  readonly #measure = (): void => {
    this.isFitting = fitting.test(this.field.value);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#join();
    if (event.key === 'Escape') this.dispatchEvent(new Event('cancelled'));
  };

  readonly #join = (): void => {
    const key = this.field.value;
    if (!fitting.test(key)) return;
    this.field.value = '';
    this.dispatchEvent(new TouchedEvent({ kind: 'choose-wifi', ssid: this.ssid, key }));
    this.dispatchEvent(new Event('joined'));
  };
}
