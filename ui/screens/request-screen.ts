// One request: what it is, its clocks, and what has happened since.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { clockStyles, progressStyles } from '../theme/clocks.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('request-screen')
export class RequestScreen extends ScreenElement<'request'> {
  static override styles = [
    base,
    buttons,
    page,
    clockStyles,
    progressStyles,
    css`
      .content {
        display: grid;
        gap: var(--gap);
      }
      .what {
        display: grid;
        gap: var(--gap-s);
        justify-items: start;
        padding: var(--gap-l);
      }
      .what h2 {
        overflow-wrap: anywhere;
      }
      .history {
        padding: var(--gap-l);
      }
      .history ol {
        margin-top: var(--gap);
      }
      .history li {
        position: relative;
        padding: 0 0 var(--gap-l) 2.6rem;
      }
      .history li::before {
        content: '';
        position: absolute;
        left: 0.35rem;
        top: 0.35rem;
        width: 1rem;
        height: 1rem;
        border-radius: 50%;
        background: var(--line-strong);
      }
      .history li:first-child::before {
        background: var(--vermilion);
        box-shadow: 0 0 0 0.3rem var(--vermilion-wash);
      }
      .history li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: 0.8rem;
        top: 1.7rem;
        bottom: 0;
        width: 2px;
        background: var(--line);
      }
      @media (orientation: landscape) {
        .content {
          grid-template-columns: 1.1fr 1fr;
          align-items: start;
        }
        .history {
          grid-area: 1 / 2 / 3 / 3;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { request } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${words.request.number}</p>
        <h1>${request.number}</h1>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${request.number}>
        <div class="content">
          <section class="what card">
            <span class="chip ${request.state}">${words.requests.state[request.state]}</span>
            ${request.isWaiting ? html`<span class="chip unsent">${icon('offline')}${words.request.waiting}</span>` : nothing}
            <h2>${request.label}</h2>
            ${request.home === null ? nothing : html`<p class="soft">${request.home}</p>`}
            ${request.hasOwnWords ? html`<p>${words.request.text} · ${request.text ?? words.request.sealed}</p>` : nothing}
            <p>${words.request.port} · <strong>${request.port}</strong></p>
          </section>
          <section class="clocks">
            ${this.#clock(words.request.reply, request.replyBy)}
            ${this.#clock(words.request.onSite, request.onSiteBy)}
          </section>
          <section class="history card">
            <h3>${words.request.history}</h3>
            <ol>
              ${request.history.toReversed().map(
                ({ at, state, note }) => html`<li>
                  <strong>${words.requests.state[state]}</strong>
                  <span class="soft small">${formats.moment(at)}</span>
                  ${note === null ? nothing : html`<p>${note}</p>`}
                </li>`,
              )}
            </ol>
          </section>
        </div>
      </k-scroller>
    `;
  }

  /** A promise with its time; nothing when none was made. */
  #clock(label: string, by: string | null) {
    if (by === null) return nothing;
    const { words, formats } = this.speech;
    return html`<div class="card">
      <p class="soft">${label}</p>
      <p class="number">${words.filed.before(formats.moment(by))}</p>
    </div>`;
  }
}
