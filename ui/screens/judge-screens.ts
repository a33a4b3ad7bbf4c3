// The owner's word about a request: one question at a time with five faces, then the confirmation.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { type FollowWords, followWords } from '../text/follow-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ownWordsPage, ownWordsQuote, ratingQuestion, ratingStyles } from './rating-parts.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('judge-question-screen')
export class JudgeQuestionScreen extends ScreenElement<'judge-question'> {
  static override styles = [
    base,
    buttons,
    page,
    ratingStyles,
    css`
      .actions {
        justify-content: space-between;
      }
    `,
  ];

  override render() {
    const words = followWords[this.speech.language];
    const { number, question, count, group, item, chosen, answered } = this.screen;
    const about = `${number} · ${words.question(`${question}`, `${count}`)}`;
    const title = words.satisfied(item);
    return html`
      ${ratingQuestion({ about, number: question, count, group, title, labels: words.scores, chosen }, (score) => this.touch({ kind: 'rate', score }))}
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'judge-on', isAll: false })}>${words.skip}</button>
        ${
          answered === 0
            ? nothing
            : html`<button @click=${() => this.touch({ kind: 'judge-on', isAll: true })}>
              ${words.enough}${icon('forward')}
            </button>`
        }
      </div>
    `;
  }
}

@customElement('judge-end-screen')
export class JudgeEndScreen extends ScreenElement<'judge-end'> {
  static override styles = [base, buttons, page, noticeStyles, ratingStyles];

  override render() {
    const words = followWords[this.speech.language];
    if (!this.screen.isWriting) return this.#confirm(words);
    return ownWordsPage(this.speech, words, () => this.touch({ kind: 'back' }));
  }

  #confirm(words: FollowWords) {
    const { number, verdict, answered, text } = this.screen;
    const isSolved = verdict === 'solved';
    const rated = answered === 0 ? words.unrated : words.rated(`${answered}`);
    return html`
      <div class="notice ${isSolved ? 'fine' : 'warm'}">
        ${noticeSign(isSolved ? 'check' : 'wrench', 'letter')}
        <div class="say">
          <p class="who">${number} · ${words.verdicts[verdict]}</p>
          <h1>${words.endTitle[verdict]}</h1>
          <p class="lead">${words.endText[verdict]}</p>
          ${isSolved ? html`<p class="lead">${rated}</p>` : nothing}
          ${ownWordsQuote(words.yourWords, text)}
        </div>
      </div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'write' })}>
          ${icon('pen')}${text === null ? words.words : words.wordsAgain}
        </button>
        <button class="primary" @click=${() => this.touch({ kind: 'submit' })}>${icon('check')}${words.send}</button>
      </div>
    `;
  }
}
