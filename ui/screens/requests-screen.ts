// The owner's requests, newest first, each with its state and clock.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
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
        border: 1px solid var(--line);
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
      .times {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-xs) var(--gap-l);
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    const { words } = this.speech;
    const { member, requests } = this.screen;
    if (requests.length === 0) {
      return html`
        <div class="notice fine">
          <div class="sign">${icon('check')}</div>
          <div class="say">
            <p class="who">${member.name} · ${member.level}</p>
            <h1>${words.requests.none}</h1>
            <p class="lead">${words.requests.noneText}</p>
          </div>
        </div>
        <div class="actions">
          <button class="primary" @click=${() => this.touch({ kind: 'open', purpose: 'report' })}>
            ${icon('wrench')}${words.requests.report}
          </button>
        </div>
      `;
    }
    return html`
      <div class="head">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.requests.title}</h1>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.requests.title}>
        <div class="list">${requests.map((request) => this.#request(request))}</div>
      </k-scroller>
    `;
  }

  #request(request: Summary) {
    const { words, formats } = this.speech;
    return html`<button @click=${() => this.touch({ kind: 'choose', id: request.id })}>
      <span class="label">${request.label}</span>
      <span class="chips">
        <span class="chip ${request.state}">${words.requests.state[request.state]}</span>
        ${request.isWaiting ? html`<span class="chip unsent small">${words.requests.waiting}</span>` : nothing}
      </span>
      <span class="times">
        <span>${request.number}</span>
        <span>${words.requests.filedAt(formats.moment(request.filedAt))}</span>
        ${request.state === 'filed' && request.replyBy !== null ? html`<span>${words.requests.replyBy(formats.moment(request.replyBy))}</span>` : nothing}
      </span>
    </button>`;
  }
}
