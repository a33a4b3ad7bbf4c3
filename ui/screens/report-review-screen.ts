// Everything that will be sent, with clocks and costs, before it is sent.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { clockStyles } from '../theme/clocks.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('report-review-screen')
export class ReportReviewScreen extends ScreenElement<'report-review'> {
  static override styles = [
    base,
    buttons,
    page,
    clockStyles,
    css`
      .content {
        display: grid;
        gap: var(--gap-l);
      }
      dl.card {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--gap) var(--gap-l);
        padding: var(--gap-l);
        font-size: var(--text-l);
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        font-weight: 700;
        overflow-wrap: anywhere;
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
        background: var(--jade-wash);
        color: var(--jade);
      }
      .paid {
        background: var(--ochre-wash);
        color: var(--ochre);
      }
      .urgent {
        background: var(--vermilion-wash);
        color: var(--vermilion-deep);
      }
      @media (orientation: landscape) {
        .content {
          grid-template-columns: 1.2fr 1fr;
          align-items: start;
        }
        dl.card {
          grid-row: span 3;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { review } = words;
    const { home, label, text, port, replyMin, onSiteMin, isUrgent, warranty } = this.screen;
    return html`
      <div class="head"><h1>${review.title}</h1></div>
      <k-scroller class="fill" .speech=${this.speech} label=${review.title}>
        <div class="content">
          <dl class="card">
            <dt>${review.home}</dt>
            <dd>${home}</dd>
            <dt>${review.problem}</dt>
            <dd class="label">${label}</dd>
            ${text === null ? nothing : html`<dt>${review.text}</dt><dd>${text}</dd>`}
            <dt>${review.port}</dt>
            <dd>${port}</dd>
          </dl>
          ${isUrgent ? html`<p class="urgent note card">${icon('warning')}<strong>${review.urgent}</strong></p>` : nothing}
          <div class="clocks">
            <p class="card">${icon('clock')}<strong>${review.reply(formats.duration(replyMin))}</strong></p>
            <p class="card">${icon('person')}<strong>${review.onSite(formats.duration(onSiteMin))}</strong></p>
          </div>
          <div class="note card ${warranty.isCovered ? 'covered' : 'paid'}">
            ${icon('shield')}
            <p>
              <strong>${warranty.isCovered ? review.covered : review.paid}</strong><br />
              ${warranty.isCovered ? review.coveredText(warranty.until) : review.paidText(warranty.until)}
            </p>
          </div>
        </div>
      </k-scroller>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'submit' })}>${review.submit}</button>
      </div>
    `;
  }
}
