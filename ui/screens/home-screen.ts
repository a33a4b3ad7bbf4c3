// The first choice: four ways on, and the card that needs none of them.
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Touch } from '../../kiosk/touch.ts';
import { eventLineStyles, todayLine } from '../elements/event-line.ts';
import { type IconName, icon } from '../elements/icons.ts';
import { activityWords } from '../text/activity-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

const shownEvents = 2;

@customElement('home-screen')
export class HomeScreen extends ScreenElement<'home'> {
  static override styles = [
    base,
    buttons,
    page,
    eventLineStyles,
    css`
      .entries {
        display: grid;
        grid-template: repeat(4, 1fr) / 1fr 1fr;
        gap: var(--gap-s);
      }
      button {
        flex-direction: column;
        align-items: flex-start;
        justify-content: space-between;
        text-align: left;
        gap: var(--gap-s);
        padding: var(--gap-s) var(--gap-l);
        border: 1px solid var(--rule);
        border-radius: 1rem;
      }
      button svg.icon {
        width: 3rem;
        height: 3rem;
        stroke-width: 1.2;
        color: var(--accent);
      }
      strong {
        display: block;
        word-break: keep-all;
        overflow-wrap: anywhere;
        font-family: var(--serif);
        font-size: var(--title);
      }
      .text {
        display: block;
        word-break: keep-all;
        overflow-wrap: anywhere;
        margin-top: var(--gap-xs);
        text-wrap: balance;
        color: var(--text-soft);
      }
      /* six ways on leave no room for pictures above the words */
      .entries button {
        flex-direction: row;
        justify-content: flex-start;
        align-items: center;
        gap: var(--gap);
        padding: var(--gap-xs) var(--gap);
      }
      .board {
        grid-column: 1 / -1;
        background: var(--seal);
        border-color: var(--seal);
        color: #fff;
      }
      .board:active {
        background: var(--seal-deep);
      }
      .board svg.icon,
      .board .text {
        color: #fff;
      }
      .board strong {
        font-size: var(--headline);
      }
      .answers {
        align-self: start;
        width: 100%;
        min-height: 60px;
        flex-direction: row;
        justify-content: flex-start;
        align-items: center;
        gap: var(--gap);
        padding: var(--gap-s) var(--gap-l);
      }
      .answers svg.icon:first-child {
        width: 1.9rem;
        height: 1.9rem;
      }
      .answers strong {
        display: inline;
        font-size: var(--text-l);
      }
      .answers svg.icon:last-child {
        width: 1.4rem;
        height: 1.4rem;
        margin-left: auto;
      }
      .swipe {
        display: grid;
        gap: var(--gap);
        padding: var(--gap-l);
        background: var(--night);
        border-color: var(--night);
        color: #fff;
        border-radius: 1rem;
      }
      .hint {
        display: flex;
        align-items: center;
        gap: var(--gap);
      }
      .hint svg.icon {
        width: 3.2rem;
        height: 3.2rem;
        stroke-width: 1.2;
        color: var(--gold);
      }
      .hint h2 {
        font-size: var(--text-l);
      }
      .swipe .when,
      .swipe .where,
      .hint p {
        color: var(--gold);
      }
      .join {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap-s);
      }
      .join button,
      :host([tight]) .join button {
        flex-direction: row;
        align-items: center;
        justify-content: center;
        min-height: 60px;
        padding: var(--gap-xs) var(--gap-s);
        color: var(--text-main);
      }
      .join button svg.icon {
        width: 1.7rem;
        height: 1.7rem;
      }
      .events {
        display: grid;
        gap: var(--gap-s);
        border-top: 1px solid var(--night-soft);
        padding-top: var(--gap);
      }
      :host([tight]) .entries button {
        flex-direction: row;
        justify-content: flex-start;
        align-items: center;
        gap: var(--gap);
        padding: var(--gap-xs) var(--gap);
      }
      :host([tight]) .entries button:not(.board) strong {
        font-size: var(--text-l);
      }
      :host([tight]) .text {
        margin-top: 0;
      }
      :host([tight]) .swipe {
        padding: var(--gap);
      }
      :host([tight]) .board strong {
        font-size: var(--title);
      }
      :host([tight]) .entries svg.icon {
        width: 2.4rem;
        height: 2.4rem;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) / 2.1fr 1fr;
          gap: var(--gap);
        }
        .head {
          grid-area: 1 / 1;
        }
        .answers {
          grid-area: 1 / 2;
          padding: var(--gap-xs) var(--gap);
        }
        .entries {
          grid-template: repeat(3, 1fr) / 1.25fr 1fr 1fr;
        }
        .board {
          grid-area: 1 / 1 / 4 / 2;
          flex-direction: column;
          align-items: flex-start;
          justify-content: space-between;
        }
        .swipe {
          align-content: space-between;
          gap: var(--gap-s);
          padding: var(--gap);
        }
        .events {
          padding-top: var(--gap-s);
        }
        .hint svg.icon {
          width: 2.4rem;
          height: 2.4rem;
        }
        .event {
          grid-template-columns: 1fr;
        }
        .event .where {
          grid-column: 1;
        }
        button {
          padding: var(--gap);
        }
        button svg.icon {
          width: 2.6rem;
          height: 2.6rem;
        }
        .hint {
          align-items: flex-start;
          gap: var(--gap-s);
        }
        :host([tight]) .entries button:not(.board) {
          flex-direction: column;
          align-items: flex-start;
          justify-content: space-between;
          gap: var(--gap-xs);
        }
        .entries {
          gap: var(--gap-s);
        }
        .entries button:not(.board) {
          padding: var(--gap-xs) var(--gap);
          gap: var(--gap-s);
        }
        .entries button:not(.board) svg.icon {
          width: 1.9rem;
          height: 1.9rem;
        }
        .entries button:not(.board) strong {
          font-size: var(--text-l);
        }
        :host([tight]) .entries button:not(.board) svg.icon {
          display: none;
        }
        :host([tight]) strong {
          font-size: var(--text-l);
        }
      }
    `,
  ];

  /** a line on top asks them to a survey */
  @property({ type: Boolean }) invited = false;

  /** What is out of order, or asked, takes its room from the pictures, never from the words. */
  get #isTight(): boolean {
    return this.invited || this.status.troubles.some(({ visitor }) => visitor !== null);
  }

  override willUpdate(): void {
    this.toggleAttribute('tight', this.#isTight);
  }

  override render() {
    const { home } = this.speech.words;
    const activities = activityWords[this.speech.language];
    const today = this.screen.today.slice(0, this.#isTight ? 1 : shownEvents);
    const canSwipe = this.status.reader === 'ready';
    const personal = (text: string): string => (canSwipe ? text : home.needsCard);
    return html`
      <div class="head"><h1>${home.title}</h1></div>
      <div class="entries fill">
        ${this.#entry('board', 'building', home.board, home.boardText, { kind: 'open-board' })}
        ${this.#entry('points', 'star', home.points, personal(home.pointsText), { kind: 'open', purpose: 'points' })}
        ${this.#entry('report', 'wrench', home.report, personal(home.reportText), { kind: 'open', purpose: 'report' })}
        ${this.#entry('service', 'question', home.service, home.serviceText, { kind: 'open-service' })}
        ${this.#entry('homes', 'home', home.homes, personal(home.homesText), { kind: 'open', purpose: 'homes' })}
        ${this.#entry('activities', 'calendar', activities.home, personal(activities.homeText), { kind: 'open', purpose: 'sessions' })}
        ${this.#entry('requests', 'list', home.requests, personal(home.requestsText), { kind: 'open', purpose: 'requests' })}
      </div>
      <button class="answers" @click=${() => this.touch({ kind: 'open-answers' })}>
        ${icon('question')}<strong>${home.answers}</strong>${icon('forward')}
      </button>
      <section class="swipe card">
        <div class="hint">
          ${icon('card')}
          <div>
            <h2>${canSwipe ? home.swipe : home.noCards}</h2>
            <p>${canSwipe ? home.swipeText : home.noCardsText}</p>
          </div>
        </div>
        <div class="join">
          <button @click=${() => this.touch({ kind: 'open-join', purpose: 'join' })}>${icon('person')}${home.join}</button>
          <button @click=${() => this.touch({ kind: 'open-join', purpose: 'recover' })}>${icon('card')}${home.lostCard}</button>
        </div>
        <div class="events" ?hidden=${today.length === 0}>
          ${today.map((event) => todayLine(event, this.speech))}
        </div>
      </section>
    `;
  }

  #entry(name: string, sign: IconName, title: string, text: string, touch: Touch) {
    return html`<button class=${name} @click=${() => this.touch(touch)}>
      ${icon(sign)}
      <span><strong>${title}</strong><span class="text">${text}</span></span>
    </button>`;
  }
}
