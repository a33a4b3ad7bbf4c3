// A node survey: what it is, one question at a time with five faces, the last step, and the thanks.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-faces.ts';
import type { ScoredEvent } from '../elements/k-faces.ts';
import '../keyboard/k-own-words.ts';
import { type FormsWords, formsWords } from '../text/forms-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
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
        color: var(--jade);
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = formsWords[language];
    const { member, name, project, questions, endsAt } = this.screen;
    return html`
      <div class="notice fine">
        <div class="sign">${icon('pen')}</div>
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
    css`
      .progress {
        display: flex;
        gap: 0.3rem;
      }
      .progress i {
        flex: 1;
        height: 0.5rem;
        border-radius: 1rem;
        background: var(--line);
      }
      .progress i.done {
        background: var(--vermilion);
      }
      .head h1 {
        overflow-wrap: anywhere;
      }
      k-faces {
        align-content: center;
      }
      .skip {
        align-self: center;
        min-width: 60%;
      }
    `,
  ];

  override render() {
    const words = formsWords[this.speech.language];
    const { name, number, count, group, item, chosen } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${name} · ${words.question(`${number}`, `${count}`)}</p>
        <div class="progress" aria-hidden="true">
          ${Array.from({ length: count }, (_, i) => html`<i class=${i < number ? 'done' : ''}></i>`)}
        </div>
        ${group === null ? nothing : html`<p class="lead">${group}</p>`}
        <h1>${words.ask(item)}</h1>
      </div>
      <k-faces
        class="fill"
        .labels=${words.scores}
        .chosen=${chosen}
        @scored=${(event: ScoredEvent) => this.touch({ kind: 'rate', score: event.score })}
      ></k-faces>
      <button class="skip" @click=${() => this.touch({ kind: 'survey-next' })}>${words.skip}</button>
    `;
  }
}

@customElement('survey-end-screen')
export class SurveyEndScreen extends ScreenElement<'survey-end'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    css`
      blockquote {
        margin: 0;
        padding: var(--gap);
        border-left: 0.35rem solid var(--jade);
        background: var(--paper-raised);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const words = formsWords[this.speech.language];
    if (this.screen.isWriting) {
      return html`
        <div class="head"><h1>${words.wordsTitle}</h1></div>
        <k-own-words
          class="fill"
          .speech=${this.speech}
          .title=${words.wordsTitle}
          .hint=${words.wordsHint}
          @cancelled=${() => this.touch({ kind: 'back' })}
        ></k-own-words>
      `;
    }
    return this.#last(words);
  }

  #last(words: FormsWords) {
    const { name, answered, count, text } = this.screen;
    return html`
      <div class="notice fine">
        <div class="sign">${icon('check')}</div>
        <div class="say">
          <p class="who">${name}</p>
          <h1>${words.endTitle}</h1>
          <p class="lead">${answered === 0 ? words.endNone : words.endText(`${answered}`, `${count}`)}</p>
          ${text === null ? nothing : html`<blockquote><p class="soft">${words.yourWords}</p>${text}</blockquote>`}
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
        <div class="sign">${icon(what === 'none' ? 'list' : 'check')}</div>
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
