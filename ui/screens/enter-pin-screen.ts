// The second proof: digits that are never shown and never kept beyond this screen.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import type { KeyEvent } from '../elements/k-keypad.ts';
import '../elements/k-keypad.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

const leastDigits = 4;
const mostDigits = 8;

@customElement('enter-pin-screen')
export class EnterPinScreen extends ScreenElement<'enter-pin'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    css`
      .dots {
        display: flex;
        gap: 1rem;
        justify-content: center;
        padding: var(--gap-l);
        background: var(--paper-raised);
        border: 2px solid var(--line-strong);
        border-radius: var(--round);
      }
      .dots i {
        width: 1.5rem;
        height: 1.5rem;
        border-radius: 50%;
        border: 3px solid var(--line);
      }
      .dots i.entered {
        background: var(--ink);
        border-color: var(--ink);
      }
      .wrong {
        display: flex;
        align-items: center;
        gap: 0.6em;
        padding: var(--gap);
        border-radius: var(--round);
        background: var(--vermilion-wash);
        color: var(--vermilion-deep);
        font-weight: 700;
      }
      .entry {
        display: grid;
        gap: var(--gap);
        width: 100%;
        max-width: 30rem;
        margin-inline: auto;
      }
      .shield {
        display: flex;
        gap: 0.6em;
        align-items: center;
        color: var(--ink-soft);
      }
      .about {
        display: grid;
        gap: var(--gap);
        align-content: center;
      }
      @media (orientation: portrait) {
        :host {
          justify-content: space-evenly;
        }
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template-columns: 1fr 26rem;
          gap: var(--gap-xl);
        }
        :host > .notice {
          grid-column: 1 / -1;
        }
        .entry {
          gap: var(--gap-s);
          align-self: center;
        }
        .dots {
          padding: var(--gap);
        }
        .wrong {
          padding-block: var(--gap-s);
        }
      }
    `,
  ];

  /** How many digits; the digits themselves stay out of everything that is drawn. */
  @state() private entered = 0;
  #pin = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('screen') && !this.screen.isChecking) this.#set('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pin = '';
  }

  override render() {
    const { words, formats } = this.speech;
    const { member, problem } = this.screen;
    if (problem?.kind === 'locked') {
      return html`<div class="notice">
        <div class="sign">${icon('lock')}</div>
        <div class="say">
          <p class="who">${member.name} · ${member.level}</p>
          <h1>${words.pin.locked}</h1>
          <p class="lead">${words.pin.lockedText(formats.moment(problem.until))}</p>
        </div>
      </div>`;
    }
    return html`
      <div class="about">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.pin.title}</h1>
        <p class="lead">${words.pin.text}</p>
        <p class="shield">${icon('shield')}<span>${words.pin.shield}</span></p>
      </div>
      ${this.#entry(problem?.kind === 'wrong' ? problem.triesLeft : undefined)}
    `;
  }

  #entry(triesLeft: number | undefined) {
    const { pin } = this.speech.words;
    const { isChecking } = this.screen;
    return html`<div class="entry">
      ${
        triesLeft === undefined
          ? nothing
          : html`<p class="wrong" role="alert">${icon('warning')}<span>${pin.wrong(`${triesLeft}`)}</span></p>`
      }
      <div class="dots" role="status" aria-label=${pin.entered(`${this.entered}`)}>
        ${Array.from({ length: mostDigits }, (_, i) => html`<i class=${i < this.entered ? 'entered' : ''}></i>`)}
      </div>
      <k-keypad .speech=${this.speech} ?disabled=${isChecking} @k-key=${this.#press}></k-keypad>
      <button class="primary" ?disabled=${isChecking || this.entered < leastDigits} @click=${this.#confirm}>
        ${isChecking ? pin.checking : pin.confirm}
      </button>
    </div>`;
  }

  readonly #press = ({ key }: KeyEvent): void => {
    if (key === 'clear') this.#set('');
    else if (key === 'erase') this.#set(this.#pin.slice(0, -1));
    else if (this.#pin.length < mostDigits) this.#set(this.#pin + key);
  };

  readonly #confirm = (): void => {
    this.touch({ kind: 'enter-pin', pin: this.#pin });
  };

  #set(pin: string): void {
    this.#pin = pin;
    this.entered = pin.length;
  }
}
