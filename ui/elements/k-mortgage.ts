// An estimate of the monthly payment for one home, set by steppers; it says plainly that it is one, and how it is made.
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { boardWords } from '../text/board-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import { loanAfter, repaymentOf } from './mortgage.ts';

interface Step {
  readonly least: number;
  readonly most: number;
  readonly by: number;
}
/** per cent of the price; years; hundredths of a per cent a year */
const steps = {
  share: { least: 15, most: 90, by: 5 },
  years: { least: 5, most: 30, by: 5 },
  rate: { least: 200, most: 700, by: 10 },
} as const satisfies Record<string, Step>;
type Setting = keyof typeof steps;

@customElement('k-mortgage')
export class KMortgage extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--gap);
        align-content: start;
      }
      .estimate {
        padding: var(--gap-s) var(--gap);
        border-left: 0.3rem solid var(--warn);
        background: var(--warn-wash);
        color: var(--text-main);
        font-weight: 700;
      }
      .setting {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--gap-s);
        padding-block: var(--gap-xs);
        text-align: center;
        line-height: 1.2;
      }
      .setting strong {
        display: block;
        font-variant-numeric: tabular-nums;
      }
      .results {
        display: grid;
        gap: var(--gap-s);
        align-content: space-evenly;
      }
      .setting button {
        min-width: 3.9rem;
        font-size: var(--title);
        font-weight: 700;
        padding: 0;
      }
      .monthly {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: baseline;
      }
      .monthly .number {
        font-size: 2.6rem;
        color: var(--accent);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--gap-s);
      }
      dt {
        color: var(--text-soft);
        font-size: var(--text-s);
      }
      dd {
        font-weight: 700;
      }
      @media (orientation: portrait) {
        :host {
          grid-template-columns: 1.1fr 1fr;
        }
        .estimate,
        .how {
          grid-column: 1 / -1;
        }
        .results dl {
          grid-template-columns: 1fr;
        }
        .results dl > div {
          display: flex;
          justify-content: space-between;
          gap: var(--gap-s);
        }
      }
    `,
  ];

  /** in fen */
  @property({ type: Number }) price = 0;
  @property({ attribute: false }) speech!: Speech;
  @state() private share = 30;
  @state() private years = 30;
  @state() private rate = 350;

  override render() {
    const { formats, language } = this.speech;
    const words = boardWords[language].mortgage;
    const amount = loanAfter(this.price, this.share);
    const { monthly, paid, interest } = repaymentOf({ amount, rate: this.rate, years: this.years });
    return html`
      <p class="estimate">${words.estimate}</p>
      <div>
        ${this.#setting('share', words.downPayment, `${this.share} % · ${formats.price(this.price - amount)}`)}
        ${this.#setting('years', words.years, words.yearsOf(`${this.years}`))}
        ${this.#setting('rate', words.rate, `${(this.rate / 100).toFixed(2)} %`)}
      </div>
      <div class="results"><p class="monthly" role="status">
        <span>${words.monthly}</span>
        <strong class="number">${words.yuan(formats.number(Math.round(monthly / 100)))}</strong>
      </p>
      <dl>
        <div><dt>${words.loan}</dt><dd>${formats.price(amount)}</dd></div>
        <div><dt>${words.interest}</dt><dd>${formats.price(toHundreds(interest))}</dd></div>
        <div><dt>${words.paid}</dt><dd>${formats.price(toHundreds(paid))}</dd></div>
      </dl></div>
      <p class="soft small how">${words.how}</p>
    `;
  }

  #setting(name: Setting, label: string, said: string) {
    const words = boardWords[this.speech.language].mortgage;
    const { least, most, by } = steps[name];
    const step = (direction: 1 | -1) => () => {
      this[name] = Math.min(most, Math.max(least, this[name] + direction * by));
    };
    return html`<div class="setting" role="group" aria-label=${label}>
      <button aria-label=${words.less(label)} ?disabled=${this[name] <= least} @click=${step(-1)}>${icon('minus')}</button>
      <p><span class="soft small">${label}</span><strong role="status">${said}</strong></p>
      <button aria-label=${words.more(label)} ?disabled=${this[name] >= most} @click=${step(1)}>${icon('plus')}</button>
    </div>`;
  }
}

/** No sharper than an estimate is: to whole hundreds of yuan. */
function toHundreds(fen: number): number {
  return Math.round(fen / 10_000) * 10_000;
}
