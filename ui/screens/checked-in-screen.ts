// The member is in: who, where, what it gives, and the points.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-slip.ts';
import { activityWords } from '../text/activity-words.ts';
import { pointsWords } from '../text/points-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

/** What is longer is written smaller, so that everything is on the screen. */
const manyLetters = { zh: 16, 'zh-Hant': 16, en: 34 } as const;

@customElement('checked-in-screen')
export class CheckedInScreen extends ScreenElement<'checked-in'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .welcome {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        gap: var(--gap);
        position: relative;
        overflow: hidden;
        flex: 1 1 auto;
        max-height: 22rem;
        padding: var(--gap-l);
        border-radius: 1rem;
        background: var(--night);
        color: #fff;
      }
      .welcome > * {
        position: relative;
      }
      .welcome k-drawing {
        position: absolute;
        inset: 0 0 auto 18%;
        height: 130%;
        opacity: 0.28;
        --drawing-line: var(--gold);
        --drawing-red: transparent;
      }
      h1 {
        font-size: 3rem;
      }
      .level {
        display: inline-flex;
        align-items: center;
        gap: 0.4em;
        margin-top: var(--gap-s);
        padding: 0.25em 1em;
        border-radius: 2em;
        border: 2px solid var(--gold);
        color: var(--gold);
        font-weight: 700;
      }
      .birthday {
        display: flex;
        align-items: center;
        gap: 0.5em;
        color: var(--gold);
        font: 700 var(--text-l) / 1.3 var(--serif);
      }
      .stamp {
        display: grid;
        place-items: center;
        width: 9.4rem;
        height: 9.4rem;
        border: 0.32rem solid var(--seal);
        border-radius: 50%;
        background: #fff;
        color: var(--seal);
        font: 700 2rem/1.1 var(--serif);
        text-align: center;
        rotate: -9deg;
        outline: 2px solid var(--seal);
        outline-offset: -0.75rem;
        animation: stamp 0.45s cubic-bezier(0.2, 1.4, 0.4, 1);
      }
      .stamp:lang(en) {
        padding: 0 1.3rem;
        font-size: 1.5rem;
      }
      .where {
        display: grid;
        gap: var(--gap-xs);
        padding: var(--gap-l);
      }
      .treatment {
        display: flex;
        gap: var(--gap);
        align-items: center;
        padding: var(--gap-l);
        background: var(--warn-wash);
        border-color: #dcc78c;
      }
      .treatment svg.icon {
        width: 3.2rem;
        height: 3.2rem;
        color: var(--warn);
        stroke-width: 1.3;
      }
      .treatment h3 {
        font-size: 2rem;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .treatment h3.long {
        font-size: var(--text-l);
      }
      .points {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap);
        align-items: stretch;
      }
      .points div {
        display: grid;
        gap: var(--gap-s);
        align-content: center;
        padding: var(--gap-l);
      }
      .points .number {
        font-size: 4.6rem;
      }
      .gained .number {
        color: var(--accent);
      }
      .actions {
        align-items: center;
        justify-content: space-between;
        margin-top: auto;
      }
      .actions .primary {
        margin-left: auto;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: 1fr 1fr auto / 1.1fr 1fr;
        }
        .welcome {
          grid-row: 1;
          max-height: none;
          padding-block: var(--gap-s);
        }
        .welcome h1 {
          font-size: 2.4rem;
        }
        .stamp {
          width: 7.6rem;
          height: 7.6rem;
          font-size: 1.6rem;
        }
        .stamp:lang(en) {
          font-size: 1.05rem;
        }
        .points {
          grid-area: 2 / 1;
        }
        .details {
          grid-area: 1 / 2 / 3 / 3;
        }
        .actions {
          grid-column: 1 / -1;
        }
      }
      .details {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
      }
      @media (orientation: landscape) {
        .details > * {
          flex: 1;
          align-content: center;
        }
      }
      @keyframes stamp {
        from {
          transform: scale(1.7);
          opacity: 0;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { checkedIn } = words;
    const { member, event, session, place, treatment, points, balance, slip, isBirthday } = this.screen;
    // what was taken back after it had been spent comes first
    const filled = Math.min(points, Math.max(0, points - balance));
    return html`
      <div class="welcome">
        <k-drawing name="lantern" place="xMidYMin slice"></k-drawing>
        <div>
          ${isBirthday ? html`<p class="birthday">${icon('gift')}${activityWords[this.speech.language].birthday}</p>` : nothing}
          <h1>${checkedIn.title(member.name)}</h1>
          <p class="level">${icon('star')}<span>${member.level}</span></p>
        </div>
        <p class="stamp">${checkedIn.seal}</p>
      </div>
      <div class="details">
        <section class="where card">
          <h2>${event}</h2>
          <p class="lead">${session} · ${place}</p>
        </section>
        ${
          treatment === null
            ? nothing
            : html`<section class="treatment card">
              ${icon('gift')}
              <div><p class="soft">${checkedIn.treatment}</p><h3 class=${treatment.length > manyLetters[this.speech.language] ? 'long' : ''}>${treatment}</h3></div>
            </section>`
        }
      </div>
      <section class="points">
        <div class="gained card">
          <p class="soft">${checkedIn.points}</p>
          <p class="number">${formats.signed(points)}</p>
          ${filled > 0 ? html`<p class="soft small">${pointsWords[this.speech.language].filled(formats.number(filled))}</p>` : nothing}
        </div>
        <div class="card">
          <p class="soft">${checkedIn.balance}</p>
          <p class="number">${formats.number(balance)}</p>
        </div>
      </section>
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        <button @click=${() => this.touch({ kind: 'open-own-home' })}>${icon('person')}${words.welcome.mine}</button>
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${checkedIn.done}</button>
      </div>
    `;
  }
}
