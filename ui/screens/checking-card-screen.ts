// Says that headquarters is asked about a card: shown for a second or two.
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { noticeSign } from '../elements/notice-sign.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('checking-card-screen')
export class CheckingCardScreen extends ScreenElement<'checking-card'> {
  static override styles = [
    base,
    page,
    noticeStyles,
    css`
      .sign svg.icon {
        animation: breathe 1.2s ease-in-out infinite alternate;
      }
      @keyframes breathe {
        to {
          opacity: 0.35;
        }
      }
    `,
  ];

  override render() {
    const { checkingCard } = this.speech.words;
    return html`<div class="notice warm" role="status">
      ${noticeSign('card', 'letter')}
      <div class="say">
        <h1>${checkingCard.title}</h1>
        <p class="lead">${checkingCard.text}</p>
      </div>
    </div>`;
  }
}
