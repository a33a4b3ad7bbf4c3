// The owner's requests, newest first, each with its state and clock.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import '../elements/k-clock.ts';
import '../elements/k-mine.ts';
import '../elements/k-scroller.ts';
import { followWords } from '../text/follow-words.ts';
import { progressStyles } from '../theme/clocks.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Summary = RequestsScreen['screen']['requests'][number];

@customElement('requests-screen')
export class RequestsScreen extends ScreenElement<'requests'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    progressStyles,
    css`
      .list {
        display: grid;
        gap: var(--gap);
      }
      .list button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-xs) var(--gap);
        justify-content: stretch;
        text-align: left;
        padding: var(--gap-l);
        border: 1px solid var(--rule);
      }
      .label {
        font-family: var(--serif);
        font-weight: 700;
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .chips {
        display: grid;
        gap: var(--gap-xs);
        justify-items: end;
        align-content: start;
      }
      .list .asked {
        border: 2px solid var(--seal);
      }
      .wide {
        grid-column: 1 / -1;
      }
      .wanted {
        display: flex;
        align-items: center;
        gap: 0.5em;
        color: var(--accent-deep);
      }
      .times {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-xs) var(--gap-l);
        color: var(--text-soft);
      }
    `,
  ];

  override render() {
    const words = followWords[this.speech.language];
    const { member, requests } = this.screen;
    if (requests.length === 0) {
      return html`
        <div class="notice fine">
          ${noticeSign('check', 'bench')}
          <div class="say">
            <p class="who">${member.name} · ${member.level}</p>
            <h1>${words.none}</h1>
            <p class="lead">${words.noneText}</p>
          </div>
        </div>
        <div class="actions">
          <button class="primary" @click=${() => this.touch({ kind: 'open', purpose: 'report' })}>
            ${icon('wrench')}${words.report}
          </button>
        </div>
        <k-mine .speech=${this.speech} here="requests"></k-mine>
      `;
    }
    return html`
      <div class="head">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.title}</h1>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.title}>
        <div class="list">${requests.map((request) => this.#request(request))}</div>
      </k-scroller>
      <k-mine .speech=${this.speech} here="requests"></k-mine>
    `;
  }

  #request(request: Summary) {
    const { formats, language } = this.speech;
    const words = followWords[language];
    return html`<button class=${request.asksVerdict ? 'asked' : ''} @click=${() => this.touch({ kind: 'choose', id: request.id })}>
      <span class="label">${request.label}</span>
      <span class="chips">
        <span class="chip ${request.state}">${words.state[request.state]}</span>
        ${request.isWaiting ? html`<span class="chip unsent small">${words.waiting}</span>` : nothing}
      </span>
      <span class="times">
        <span>${request.number}</span>
        <span>${words.filedAt(formats.moment(request.filedAt))}</span>
        ${request.step === null ? nothing : html`<span>${request.step}</span>`}
      </span>
      ${request.clock ? html`<k-clock class="wide" .clock=${request.clock} .speech=${this.speech}></k-clock>` : nothing}
      ${request.asksVerdict ? html`<strong class="wide wanted">${icon('pen')}${words.asked}</strong>` : nothing}
    </button>`;
  }
}
