// The owner's word about a request: one question at a time with five faces, then the confirmation.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-faces.ts';
import type { ScoredEvent } from '../elements/k-faces.ts';
import '../keyboard/k-own-words.ts';
import { type FollowWords, followWords } from '../text/follow-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('judge-question-screen')
export class JudgeQuestionScreen extends ScreenElement<'judge-question'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .head h1 {
        overflow-wrap: anywhere;
      }
      k-faces {
        align-content: center;
      }
      .actions {
        justify-content: space-between;
      }
    `,
  ];

  override render() {
    const words = followWords[this.speech.language];
    const { number, question, count, group, item, chosen, answered } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${number} · ${words.question(`${question}`, `${count}`)}</p>
        ${group === null ? nothing : html`<p class="lead">${group}</p>`}
        <h1>${words.satisfied(item)}</h1>
      </div>
      <k-faces
        class="fill"
        .labels=${words.scores}
        .chosen=${chosen}
        @scored=${(event: ScoredEvent) => this.touch({ kind: 'rate', score: event.score })}
      ></k-faces>
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
    const words = followWords[this.speech.language];
    if (!this.screen.isWriting) return this.#confirm(words);
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

  #confirm(words: FollowWords) {
    const { number, verdict, answered, text } = this.screen;
    const isSolved = verdict === 'solved';
    const rated = answered === 0 ? words.unrated : words.rated(`${answered}`);
    return html`
      <div class="notice ${isSolved ? 'fine' : 'warm'}">
        <div class="sign">${icon(isSolved ? 'check' : 'wrench')}</div>
        <div class="say">
          <p class="who">${number} · ${words.verdicts[verdict]}</p>
          <h1>${words.endTitle[verdict]}</h1>
          <p class="lead">${words.endText[verdict]}</p>
          ${isSolved ? html`<p class="lead">${rated}</p>` : nothing}
          ${text === null ? nothing : html`<blockquote><p class="soft">${words.yourWords}</p>${text}</blockquote>`}
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
