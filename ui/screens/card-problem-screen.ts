// The card cannot be used for what was asked, and what helps.
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type IconName, icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { refusedWords } from '../text/refused-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Reason = CardProblemScreen['screen']['reason'];

const signs: Record<Reason, IconName> = {
  'unknown-card': 'question',
  'blocked-card': 'blocked',
  'lost-card': 'blocked',
  'expired-card': 'calendar',
  'replaced-card': 'card',
  'no-pin': 'lock',
  'no-home': 'home',
  'no-library': 'list',
  'card-unreadable': 'card',
  'card-payment': 'shield',
  'card-random-id': 'question',
  'card-encrypted': 'lock',
  'card-too-narrow': 'card',
};

@customElement('card-problem-screen')
export class CardProblemScreen extends ScreenElement<'card-problem'> {
  static override styles = [base, buttons, page, noticeStyles];

  override render() {
    const { words, language } = this.speech;
    const { reason } = this.screen;
    const isStopped = reason === 'lost-card' || reason === 'expired-card' || reason === 'replaced-card';
    const { title, text } = isStopped ? refusedWords[language][reason] : words.cardProblem[reason];
    return html`
      <div class="notice">
        ${noticeSign(signs[this.screen.reason])}
        <div class="say">
          <h1>${title}</h1>
          <p class="lead">${text}</p>
        </div>
      </div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'call-help' })}>
          ${icon('help')}${words.refusedParts.help}
        </button>
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${words.refusedParts.done}</button>
      </div>
    `;
  }
}
