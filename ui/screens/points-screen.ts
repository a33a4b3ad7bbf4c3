// A member's points: the card with balance and level, what is pending, and the ledger.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-mine.ts';
import '../elements/k-scroller.ts';
import { pointsWords } from '../text/points-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Entry = PointsScreen['screen']['ledger'][number];

@customElement('points-screen')
export class PointsScreen extends ScreenElement<'points'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .head {
        display: flex;
        justify-content: space-between;
        align-items: center;
      }
      .member {
        display: grid;
        gap: var(--gap);
        padding: var(--gap-l);
        border-radius: 1.2rem;
        background: linear-gradient(125deg, var(--night-soft), var(--night) 60%);
        color: #fff;
      }
      .who {
        display: flex;
        justify-content: space-between;
        color: var(--gold);
        font-family: var(--serif);
        font-weight: 700;
        font-size: var(--text-l);
      }
      .balance {
        font-size: 5.4rem;
      }
      .as-of {
        margin-top: var(--gap-s);
        display: flex;
        gap: 0.5em;
        align-items: center;
        color: rgb(255 255 255 / 82%);
      }
      .gold {
        color: var(--gold);
      }
      progress {
        appearance: none;
        width: 100%;
        height: 0.7rem;
        border: none;
        border-radius: 1rem;
        overflow: hidden;
        background: rgb(255 255 255 / 22%);
      }
      progress::-webkit-progress-bar {
        background: transparent;
      }
      progress::-webkit-progress-value {
        background: var(--gold);
        border-radius: 1rem;
      }
      .benefit {
        display: flex;
        gap: 0.7em;
        align-items: center;
        padding-top: var(--gap);
        border-top: 1px solid rgb(255 255 255 / 18%);
      }
      .ledger {
        display: grid;
        gap: var(--gap-l);
      }
      h2 {
        font-size: var(--text-l);
        margin-bottom: var(--gap-xs);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--gap);
        align-items: center;
        padding: var(--gap-s) 0;
        border-top: 1px solid var(--rule);
      }
      li .number {
        grid-area: 1 / 2 / 3 / 3;
        font-size: 1.6rem;
        color: var(--good);
      }
      li .minus {
        color: var(--text-main);
      }
      .gifts {
        display: grid;
        gap: var(--gap-s);
      }
      .pending {
        background: var(--warn-wash);
        border-color: #dcc78c;
      }
      .pending li {
        border-color: #dcc78c;
      }
      k-mine {
        grid-column: 1 / -1;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) / 1fr 1.15fr;
          gap: var(--gap) var(--gap-l);
        }
        .head {
          grid-column: 1 / -1;
        }
        .member {
          align-content: space-between;
          gap: var(--gap-s);
          padding: var(--gap);
        }
        .balance {
          font-size: 4rem;
        }
        .benefit {
          padding-top: var(--gap-s);
        }
      }
    `,
  ];

  override render() {
    const { words } = this.speech;
    const { balance, pending, ledger } = this.screen;
    const more = pointsWords[this.speech.language];
    return html`
      <div class="head">
        <h1>${words.points.title}</h1>
      </div>
      ${this.#card()}
      <k-scroller class="fill" .speech=${this.speech} label=${words.points.ledger}>
        <div class="ledger">
          ${
            balance >= 0
              ? nothing
              : html`<section class="pending card" role="status">
                <h2>${more.owesTitle}</h2>
                <p>${more.owes(this.speech.formats.number(-balance))}</p>
              </section>`
          }
          ${
            pending.length === 0
              ? nothing
              : html`<section class="pending card">
                <h2>${words.points.pending}</h2>
                <p class="soft small">${words.points.pendingText}</p>
                <ul>${pending.map((entry) => this.#entry(entry))}</ul>
              </section>`
          }
          ${this.#expiring()}
          <section class="card">
            <h2>${words.points.ledger}</h2>
            ${ledger.length === 0 ? html`<p class="soft">${words.points.none}</p>` : nothing}
            <ul>${ledger.map((entry) => this.#entry(entry))}</ul>
          </section>
        </div>
      </k-scroller>
      <k-mine .speech=${this.speech} here="points"></k-mine>
    `;
  }

  #card() {
    const { words, formats } = this.speech;
    const { member, balance, earned, next, benefit, discount } = this.screen;
    const more = pointsWords[this.speech.language];
    const span = next ? earned + next.missing - next.from : 1;
    const reached = next ? earned - next.from : 1;
    return html`<section class="member">
      <p class="who"><span>${member.name}</span><span>${member.level}</span></p>
      <div>
        <p class="gold">${words.points.balance}</p>
        <p class="number balance">${formats.number(balance)}</p>
        ${this.#asOf()}
      </div>
      <div>
        <progress aria-label=${words.points.progress} max=${Math.max(1, span)} value=${Math.max(0, reached)}></progress>
        <p>
          ${next ? words.points.next(formats.number(next.missing), next.name) : words.points.top}
          <span class="gold"> · ${words.points.earned(formats.number(earned))}</span>
        </p>
      </div>
      <div class="benefit">
        ${icon('gift')}
        <div class="gifts">
          <p>${words.points.benefit} · ${benefit}</p>
          <p class="gold">${discount > 0 ? more.discount(discount) : more.noDiscount}</p>
          ${next?.benefit ? html`<p class="small">${more.nextGives(next.name, next.benefit)}</p>` : nothing}
        </div>
      </div>
    </section>`;
  }

  #expiring() {
    const { expiring } = this.screen;
    if (expiring.length === 0) return nothing;
    const { formats, language } = this.speech;
    const more = pointsWords[language];
    return html`<section class="card">
      <h2>${more.expiring}</h2>
      <p class="soft small">${more.expiringText}</p>
      <ul>
        ${expiring.map(
          ({ at, points }) => html`<li>
            <span>${more.expiresOn(formats.day(at))}</span>
            <span class="number minus">${formats.number(points)}</span>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #asOf() {
    const { words, formats } = this.speech;
    const { asOf, isLive } = this.screen;
    if (asOf === null) return nothing;
    const at = formats.moment(asOf);
    return html`<p class="as-of small" role="status">
      ${icon(isLive ? 'check' : 'clock')}<span>${isLive ? words.points.live(at) : words.points.asOf(at)}</span>
    </p>`;
  }

  #entry({ at, points, reason }: Entry) {
    const { formats } = this.speech;
    return html`<li>
      <span>${reason}</span>
      <span class="soft small">${formats.day(at)} ${formats.time(at)}</span>
      <span class="number ${points < 0 ? 'minus' : ''}">${formats.signed(points)}</span>
    </li>`;
  }
}
