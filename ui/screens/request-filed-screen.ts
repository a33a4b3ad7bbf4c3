// The request is taken: its number, its clocks, and how to take them along.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-qr.ts';
import '../elements/k-slip.ts';
import { type NextStep, whatNext, whatNextStyles } from '../elements/what-next.ts';
import { filingWords } from '../text/filing-words.ts';
import { nextWords } from '../text/next-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('request-filed-screen')
export class RequestFiledScreen extends ScreenElement<'request-filed'> {
  static override styles = [
    base,
    buttons,
    page,
    whatNextStyles,
    css`
      .head {
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: var(--gap);
      }
      .ok {
        display: grid;
        place-items: center;
        width: 4.4rem;
        height: 4.4rem;
        border-radius: 50%;
        background: var(--good);
        color: #fff;
      }
      .ok svg.icon {
        width: 2.6rem;
        height: 2.6rem;
        stroke-width: 2.4;
      }
      .ticket {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-s) var(--gap-l);
        align-items: center;
        padding: var(--gap) var(--gap-l);
      }
      .ticket > p,
      .ticket .number {
        grid-column: 1 / -1;
      }
      .ticket .number {
        font-size: 3.6rem;
        color: var(--accent);
        overflow-wrap: anywhere;
      }
      .what {
        font-size: var(--text-l);
        margin-bottom: var(--gap-s);
        overflow-wrap: anywhere;
      }
      figure {
        margin: 0;
        display: grid;
        gap: var(--gap-xs);
        text-align: center;
        width: 8.6rem;
      }
      :host {
        gap: var(--gap);
      }
      .waiting {
        padding-block: var(--gap-s);
        display: flex;
        gap: var(--gap);
        align-items: center;
        background: var(--warn-wash);
        color: var(--warn);
        border-color: #dcc78c;
      }
      .actions {
        flex-wrap: nowrap;
        align-items: center;
        margin-top: auto;
      }
      .actions button {
        flex: none;
      }
      k-slip {
        margin-right: auto;
      }
      @container style(--layout: single) {
        .actions {
          flex-wrap: wrap;
        }
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) auto auto / 1.5fr 1fr;
        }
        .head,
        .waiting,
        .actions {
          grid-column: 1 / -1;
        }
        figure {
          width: 8.4rem;
        }
        .ticket > p,
        .ticket .number {
          grid-column: 1;
        }
        .ticket figure {
          grid-area: 1 / 2 / 4 / 3;
        }
        .ticket {
          padding-block: var(--gap-s);
          align-content: center;
        }
        .ticket .number {
          font-size: 2.5rem;
        }
      }
    `,
  ];

  override render() {
    const { words } = this.speech;
    const { filed } = words;
    const { number, label, port, isWaiting, qr, qrFor, canTrack, slip } = this.screen;
    const qrText = qrFor === 'photos' ? filingWords[this.speech.language].photos : filed.qr;
    return html`
      <div class="head">
        <span class="ok">${icon('check')}</span>
        <h1>${filed.title}</h1>
      </div>
      <section class="ticket card">
        <p class="soft">${filed.number}</p>
        <strong class="number">${number}</strong>
        <div>
          <p class="what">${label}</p>
          <p class="soft">${filed.port} · ${port}</p>
        </div>
        <figure>
          <k-qr .text=${qr} label=${qrText}></k-qr>
          <figcaption class="small soft">${qrText}</figcaption>
        </figure>
      </section>
      ${whatNext(nextWords[this.speech.language].title, this.#steps())}
      ${isWaiting ? html`<p class="waiting card">${icon('offline')}<span>${filed.waiting}</span></p>` : nothing}
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        ${
          canTrack
            ? html`<button @click=${() => this.touch({ kind: 'open', purpose: 'requests' })}>${filed.track}</button>`
            : nothing
        }
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${filed.done}</button>
      </div>
    `;
  }

  /** Who calls, who comes, and where to look; nothing is promised that was not. */
  #steps(): NextStep[] {
    const { formats, language } = this.speech;
    const { number, port, replyBy, onSiteBy, canTrack } = this.screen;
    const words = nextWords[language];
    const byPhone = words.trackPhone(this.status.helpPhone, number);
    return [
      replyBy === null
        ? { sign: 'forward', text: words.passed(port) }
        : { sign: 'phone', text: words.reply(port, formats.moment(replyBy)) },
      ...(onSiteBy === null
        ? []
        : [
            {
              sign: 'wrench',
              text: words.onSite(formats.moment(onSiteBy)),
              more: [words.onSiteMore],
            } as const,
          ]),
      { sign: 'list', text: words.track, more: canTrack ? [words.trackHere, byPhone] : [byPhone] },
    ];
  }
}
