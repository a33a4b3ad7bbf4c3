// Everything that will be sent, with clocks and costs, before it is sent.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { toldLine, toldListStyles } from '../elements/told-list.ts';
import { urgentCall, urgentStyles } from '../elements/urgent-call.ts';
import { filingWords } from '../text/filing-words.ts';
import { clockStyles } from '../theme/clocks.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('report-review-screen')
export class ReportReviewScreen extends ScreenElement<'report-review'> {
  static override styles = [
    base,
    buttons,
    page,
    toldListStyles,
    clockStyles,
    urgentStyles,
    css`
      .content {
        display: grid;
        gap: var(--gap-l);
      }
      .label {
        font-family: var(--serif);
        font-size: 1.35rem;
      }
      .note.card {
        display: flex;
        gap: var(--gap);
        align-items: center;
        padding: var(--gap) var(--gap-l);
      }
      .note svg.icon {
        width: 2.4rem;
        height: 2.4rem;
      }
      .covered {
        background: var(--good-wash);
        color: var(--good);
      }
      .paid {
        background: var(--warn-wash);
        color: var(--warn);
      }
      @media (orientation: landscape) {
        .content {
          grid-template-columns: 1.2fr 1fr;
          align-items: start;
        }
        dl.card {
          grid-row: span 3;
        }
        .urgent-call {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { review } = words;
    const { home, label, text, port, replyMin, onSiteMin, isUrgent } = this.screen;
    return html`
      <div class="head"><h1>${review.title}</h1></div>
      <k-scroller class="fill" .speech=${this.speech} label=${review.title}>
        <div class="content">
          ${isUrgent ? urgentCall(this.status.helpPhone, this.speech.language) : nothing}
          <dl class="card">
            ${toldLine(review.home, home)} ${toldLine(review.problem, label, 'label')} ${toldLine(review.text, text)}
            ${toldLine(review.port, port)}
          </dl>
          <div class="clocks">
            <p class="card">${icon('clock')}<strong>${review.reply(formats.duration(replyMin))}</strong></p>
            ${
              onSiteMin === null
                ? nothing
                : html`<p class="card">${icon('person')}<strong>${review.onSite(formats.duration(onSiteMin))}</strong></p>`
            }
          </div>
          ${this.#cost()}
        </div>
      </k-scroller>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'submit' })}>${review.submit}</button>
      </div>
    `;
  }

  /** Who pays, told before anything is sent. */
  #cost() {
    const { review } = this.speech.words;
    const { warranty } = this.screen;
    const { shared } = filingWords[this.speech.language];
    const [kind, title, text] =
      warranty === null
        ? ['covered', shared.title, shared.text]
        : warranty.isCovered
          ? ['covered', review.covered, review.coveredText(warranty.until)]
          : ['paid', review.paid, review.paidText(warranty.until)];
    return html`<div class="note card ${kind}">
      ${icon('shield')}
      <p><strong>${title}</strong><br />${text}</p>
    </div>`;
  }
}
