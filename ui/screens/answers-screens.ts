// Questions that headquarters answered in public: the list, by project, and one of them in large letters.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import '../elements/k-scroller.ts';
import { type FormsWords, formsWords } from '../text/forms-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, filters, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('answers-screen')
export class AnswersScreen extends ScreenElement<'answers'> {
  static override styles = [
    base,
    buttons,
    page,
    filters,
    noticeStyles,
    css`
      .filters div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s);
      }
      .filters button {
        min-height: var(--least);
        font-size: var(--text);
      }
      .list {
        display: grid;
        gap: var(--gap);
      }
      .list button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-xs) var(--gap);
        padding: var(--gap-l);
        border: 1px solid var(--rule);
        text-align: left;
      }
      .question {
        font-family: var(--serif);
        font-weight: 700;
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .list .soft {
        grid-row: 2;
      }
      .list svg.icon {
        grid-row: 1 / 3;
        grid-column: 2;
        align-self: center;
      }
    `,
  ];

  override render() {
    const words = formsWords[this.speech.language];
    const { answers, project } = this.screen;
    if (answers.length === 0 && project === null) return this.#none(words);
    return html`
      <div class="head">
        <h1>${words.answers}</h1>
        <p class="lead">${words.answersText}</p>
      </div>
      ${this.screen.projects.length > 0 ? this.#projects(words) : nothing}
      <k-scroller class="fill" .speech=${this.speech} label=${words.answers}>
        <div class="list">
          ${answers.map(
            ({ id, question, project: of, at }) => html`<button
              @click=${() => this.touch({ kind: 'open-answer', id })}
            >
              <span class="question">${question}</span>
              <span class="soft">${of ?? words.everywhere} · ${this.speech.formats.moment(at)}</span>
              ${icon('forward')}
            </button>`,
          )}
        </div>
      </k-scroller>
    `;
  }

  #projects(words: FormsWords) {
    const { projects, project } = this.screen;
    const one = (id: string | null, name: string) => html`<button
      aria-pressed=${`${project === id}` as const}
      @click=${() => this.touch({ kind: 'answers-of', project: id })}
    >${name}</button>`;
    return html`<div class="filters" role="group" aria-label=${words.ofProject}>
      <div>
        ${one(null, words.all)} ${projects.map(({ id, name, count }) => one(id, `${name} ${count}`))}
      </div>
    </div>`;
  }

  #none(words: FormsWords) {
    return html`<div class="notice fine">
      ${noticeSign('question', 'bench')}
      <div class="say">
        <h1>${words.answersNone}</h1>
        <p class="lead">${words.answersNoneText}</p>
      </div>
    </div>`;
  }
}

@customElement('answer-screen')
export class AnswerScreen extends ScreenElement<'answer'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .content {
        display: grid;
        gap: var(--gap-l);
      }
      section {
        display: grid;
        gap: var(--gap-s);
        padding: var(--gap-l);
      }
      .asked {
        background: var(--surface-sunk);
        border-left: 0.35rem solid var(--seal);
        border-radius: 0 var(--round) var(--round) 0;
      }
      .words {
        font-size: var(--title);
        line-height: 1.6;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .asked .words {
        font-family: var(--serif);
        font-weight: 700;
      }
    `,
  ];

  override render() {
    const { language, formats } = this.speech;
    const words = formsWords[language];
    const { project, question, answer, at } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${project ?? words.everywhere}</p>
        <h1>${words.answers}</h1>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.answers}>
        <div class="content">
          <section class="asked">
            <p class="soft">${words.asked}</p>
            <p class="words">${question}</p>
          </section>
          <section class="card">
            <p class="soft">${words.replied}</p>
            <p class="words">${answer}</p>
          </section>
          <p class="soft">${words.repliedAt(formats.moment(at))}</p>
        </div>
      </k-scroller>
    `;
  }
}
