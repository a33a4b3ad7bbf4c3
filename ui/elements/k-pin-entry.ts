// Dots and keys for a PIN: digits that are never shown and never kept beyond the screen that asks for them.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import type { KeyEvent } from './k-keypad.ts';
import './k-keypad.ts';
import { TouchedEvent } from './touched-event.ts';
import { typedDigits, typedDigitsStyles } from './typed-digits.ts';

const mostDigits = 8;

@customElement('k-pin-entry')
export class KPinEntry extends LitElement {
  static override styles = [
    base,
    buttons,
    typedDigitsStyles,
    css`
      .dots {
        display: flex;
        gap: 1rem;
        justify-content: center;
        padding: var(--gap-l);
        background: var(--surface-raised);
        border: 2px solid var(--rule-strong);
        border-radius: var(--round);
      }
      .dots i {
        width: 1.5rem;
        height: 1.5rem;
        border-radius: 50%;
        border: 3px solid var(--rule);
      }
      .dots i.entered {
        background: var(--text-main);
        border-color: var(--text-main);
      }
      @container style(--layout: single) {
        .dots {
          gap: 0.4rem;
        }
        .dots i {
          width: 1.2rem;
          height: 1.2rem;
        }
      }
      @media (orientation: landscape) {
        :host {
          align-self: center;
        }
        .dots {
          padding: var(--gap);
        }
      }
    `,
  ];

  /** what was typed belongs to this one */
  @property({ attribute: false }) screen!: ScreenOf<'enter-pin' | 'maintenance-pin' | 'join'>;
  @property({ attribute: false }) speech!: Speech;
  /** a member's; the site's own is longer */
  @property({ type: Number }) least = 4;
  @property({ type: Boolean }) checking = false;
  /** How many digits; the digits themselves stay out of everything that is drawn. */
  @state() private entered = 0;
  #pin = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('screen') && !this.checking) this.#set('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pin = '';
  }

  override render() {
    const { pin } = this.speech.words;
    const { problem } = this.screen;
    return html`<div class="entry">
      ${
        problem && 'kind' in problem && problem.kind === 'wrong'
          ? html`<p class="wrong" role="alert">${icon('warning')}<span>${pin.wrong(`${problem.triesLeft}`)}</span></p>`
          : nothing
      }
      <div class="dots" role="status" aria-label=${pin.entered(`${this.entered}`)}>
        ${Array.from({ length: mostDigits }, (_, i) => html`<i class=${i < this.entered ? 'entered' : ''}></i>`)}
      </div>
      <k-keypad .speech=${this.speech} ?disabled=${this.checking} @k-key=${this.#press}></k-keypad>
      <button class="primary" ?disabled=${this.checking || this.entered < this.least} @click=${this.#confirm}>
        ${this.checking ? pin.checking : pin.confirm}
      </button>
    </div>`;
  }

  readonly #press = (event: KeyEvent): void => this.#set(typedDigits(this.#pin, event, mostDigits));

  readonly #confirm = (): void => {
    // what was typed is gone with its screen, also while the button is still drawn
    if (this.#pin.length < this.least) return;
    this.dispatchEvent(new TouchedEvent({ kind: 'enter-pin', pin: this.#pin }));
  };

  #set(pin: string): void {
    this.#pin = pin;
    this.entered = pin.length;
  }
}
