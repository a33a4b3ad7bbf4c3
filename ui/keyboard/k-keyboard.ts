// The keyboard on the screen: digits and Latin letters; says what was typed and keeps nothing.
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { digitRows, letterRows } from './layouts.ts';

export type Typed = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'erase' };

export class TypedEvent extends Event {
  readonly typed: Typed;

  constructor(typed: Typed) {
    super('typed', { bubbles: true, composed: true });
    this.typed = typed;
  }
}

@customElement('k-keyboard')
export class KKeyboard extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      .keys {
        display: grid;
        gap: 0.4rem;
        padding: var(--gap-s);
        background: var(--paper-sunk);
        border-radius: var(--round);
      }
      .row {
        display: flex;
        gap: 0.4rem;
        justify-content: center;
      }
      button {
        flex: 1 1 0;
        min-width: 0;
        max-width: 6rem;
        min-height: 3.5rem;
        padding: 0;
        border: none;
        font-size: var(--text-l);
        box-shadow: 0 2px 0 var(--line-strong);
      }
      button.wide {
        flex: 1.6 1 0;
        max-width: 9rem;
        font-size: var(--text-s);
        background: var(--line);
      }
      button.space {
        flex: 5 1 0;
        max-width: none;
      }
      button[aria-pressed='true'] {
        background: var(--night);
        color: #fff;
      }
      @media (orientation: landscape) {
        button {
          min-height: 2.9rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @state() private hasDigits = false;
  @state() private isShifted = false;

  override render() {
    const { keyboard } = this.speech.words;
    const rows = this.hasDigits ? digitRows : letterRows;
    return html`<div class="keys" role="group" aria-label=${keyboard.label} @pointerdown=${keepFocus}>
      ${rows.map(
        (row, i) => html`<div class="row">
          ${
            i === rows.length - 1 && !this.hasDigits
              ? html`<button
                class="wide"
                aria-pressed=${this.isShifted}
                @click=${() => {
                  this.isShifted = !this.isShifted;
                }}
              >${keyboard.shift}</button>`
              : ''
          }
          ${[...row].map((key) => this.#key(this.isShifted ? key.toUpperCase() : key))}
          ${
            i === rows.length - 1
              ? html`<button class="wide" aria-label=${keyboard.erase} @click=${() => this.#say({ kind: 'erase' })}>
                ${icon('erase')}
              </button>`
              : ''
          }
        </div>`,
      )}
      <div class="row">
        <button
          class="wide"
          @click=${() => {
            this.hasDigits = !this.hasDigits;
          }}
        >${this.hasDigits ? keyboard.letters : keyboard.digits}</button>
        ${this.#key(this.speech.language === 'zh' ? '，' : ',')}
        <button class="space" aria-label=${keyboard.space} @click=${() => this.#say({ kind: 'text', text: ' ' })}>
          ${keyboard.space}
        </button>
        ${this.#key(this.speech.language === 'zh' ? '。' : '.')}
      </div>
    </div>`;
  }

  #key(key: string) {
    return html`<button @click=${() => this.#type(key)}>${key}</button>`;
  }

  #type(text: string): void {
    this.isShifted = false;
    this.#say({ kind: 'text', text });
  }

  #say(typed: Typed): void {
    this.dispatchEvent(new TypedEvent(typed));
  }
}

/** The caret stays where it is while keys are tapped. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementEventMap {
    typed: TypedEvent;
  }
}
