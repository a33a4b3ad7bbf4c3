// A node survey: what it is, one question at a time with five faces, the last step, and the thanks.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { type FormsWords, formsWords } from '../text/forms-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ownWordsPage, ownWordsQuote, ratingQuestion, ratingStyles } from './rating-parts.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('survey-intro-screen')
export class SurveyIntroScreen extends ScreenElement<'survey-intro'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    css`
      .facts {
        display: grid;
        gap: var(--gap-s);
        font-size: var(--text-l);
      }
      .facts li {
        display: flex;
        align-items: center;
        gap: var(--gap-s);
      }
      .facts svg.icon {
        color: var(--good);
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = formsWords[language];
    const { member, name, project, questions, endsAt } = this.screen;
    return html`
      <div class="notice fine">
        ${noticeSign('pen', 'letter')}
        <div class="say">
          <p class="who">${member.name} · ${member.level}</p>
          <h1>${name}</h1>
          <ul class="facts">
            <li>${icon('place')}${project ?? words.everywhere}</li>
            <li>${icon('list')}${words.count(`${questions}`)}</li>
            <li>${icon('clock')}${words.minutes}</li>
            <li>${icon('shield')}${words.privacy}</li>
          </ul>
          <p class="soft">${words.until(formats.moment(endsAt))}</p>
        </div>
      </div>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'survey-next' })}>
          ${words.begin}${icon('forward')}
        </button>
      </div>
    `;
  }
}

@customElement('survey-question-screen')
export class SurveyQuestionScreen extends ScreenElement<'survey-question'> {
  static override styles = [
    base,
    buttons,
    page,
    ratingStyles,
    css`
      .skip {
        align-self: center;
        min-width: 60%;
      }
    `,
  ];

  override render() {
    const words = formsWords[this.speech.language];
    const { name, number, count, group, item, chosen } = this.screen;
    const about = `${name} · ${words.question(`${number}`, `${count}`)}`;
    const title = words.ask(item);
    return html`
      ${ratingQuestion({ about, number, count, group, title, labels: words.scores, chosen }, (score) => this.touch({ kind: 'rate', score }))}
      <button class="skip" @click=${() => this.touch({ kind: 'survey-next' })}>${words.skip}</button>
    `;
  }
}

@customElement('survey-end-screen')
export class SurveyEndScreen extends ScreenElement<'survey-end'> {
  static override styles = [base, buttons, page, noticeStyles, ratingStyles];

  override render() {
    const words = formsWords[this.speech.language];
    if (this.screen.isWriting) return ownWordsPage(this.speech, words, () => this.touch({ kind: 'back' }));
    return this.#last(words);
  }

  #last(words: FormsWords) {
    const { name, answered, count, text } = this.screen;
    return html`
      <div class="notice fine">
        ${noticeSign('check', 'letter')}
        <div class="say">
          <p class="who">${name}</p>
          <h1>${words.endTitle}</h1>
          <p class="lead">${answered === 0 ? words.endNone : words.endText(`${answered}`, `${count}`)}</p>
          ${ownWordsQuote(words.yourWords, text)}
        </div>
      </div>
      <div class="actions">
        <button ?disabled=${answered === 0} @click=${() => this.touch({ kind: 'write-to-survey' })}>
          ${icon('pen')}${text === null ? words.words : words.wordsAgain}
        </button>
        <button class="primary" ?disabled=${answered === 0} @click=${() => this.touch({ kind: 'send-survey' })}>
          ${words.send}
        </button>
      </div>
    `;
  }
}

@customElement('survey-done-screen')
export class SurveyDoneScreen extends ScreenElement<'survey-done'> {
  static override styles = [base, buttons, page, noticeStyles];

  override render() {
    const words = formsWords[this.speech.language];
    const { what, member, name } = this.screen;
    const title = { thanks: words.thanks, answered: words.answered, none: words.none }[what];
    const text = { thanks: words.thanksText, answered: words.answeredText, none: words.noneText }[what];
    return html`
      <div class="notice fine">
        ${noticeSign(what === 'none' ? 'list' : 'check', 'letter')}
        <div class="say">
          <p class="who">${member.name} · ${member.level}</p>
          <h1>${title}</h1>
          ${name === null ? nothing : html`<p class="lead">${name}</p>`}
          <p class="lead">${text}</p>
        </div>
      </div>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${words.done}</button>
      </div>
    `;
  }
}
