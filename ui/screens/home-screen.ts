// The first choice: homes, service, what is one's own, and the card that needs no touch.
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Purpose } from '../../kiosk/screen.ts';
import type { Touch } from '../../kiosk/touch.ts';
import { entryTile, tileStyles } from '../elements/entry-tile.ts';
import { eventLineStyles, todayLine } from '../elements/event-line.ts';
import { type IconName, icon } from '../elements/icons.ts';
import { activityWords } from '../text/activity-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { homeStyles } from './home-styles.ts';
import { ScreenElement } from './screen-element.ts';

const shownEvents = 2;

@customElement('home-screen')
export class HomeScreen extends ScreenElement<'home'> {
  static override styles = [base, buttons, page, eventLineStyles, tileStyles, homeStyles];

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
    const canSwipe = this.status.reader === 'ready';
    return html`
      <div class="head"><h1>${home.title}</h1></div>
      <div class="ways fill">
        <button class="tile board" @click=${() => this.touch({ kind: 'open-board' })}>
          <k-drawing name="skyline" view="40 110 1000 512" place="xMidYMax meet"></k-drawing>
          <strong>${home.board}</strong><span class="text">${home.boardText}</span>
        </button>
        <div class="service">
          ${this.#entry('wrench', home.report, canSwipe ? home.reportText : home.needsCard, { kind: 'open', purpose: 'report' })}
          ${this.#entry('talk', home.service, home.serviceText, { kind: 'open-service' })}
        </div>
        <section class="own">
          <h2>${icon('card')}<span>${canSwipe ? home.own : home.ownNot}</span></h2>
          <div class="four">
            ${this.#own('star', home.points, 'points')} ${this.#own('home', home.homes, 'homes')}
            ${this.#own('calendar', activities.home, 'sessions')} ${this.#own('list', home.requests, 'requests')}
          </div>
        </section>
      </div>
      <button class="answers" @click=${() => this.touch({ kind: 'open-answers' })}>
        ${icon('question')}<span>${home.answers}</span>${icon('forward')}
      </button>
      ${this.#card(canSwipe)}
    `;
  }

  /** What a card does here, how to get one, and what it is needed for today. */
  #card(canSwipe: boolean) {
    const { home } = this.speech.words;
    const today = this.screen.today.slice(0, this.#isTight ? 1 : shownEvents);
    return html`<section class="swipe card">
      <div class="hint">
        ${icon('card')}
        <div>
          <h2>${canSwipe ? home.swipe : home.noCards}</h2>
          <p>${canSwipe ? home.swipeText : home.noCardsText}</p>
        </div>
      </div>
      <div class="events" ?hidden=${today.length === 0}>${today.map((event) => todayLine(event, this.speech))}</div>
      <div class="join">
        <button @click=${() => this.touch({ kind: 'open-join', purpose: 'join' })}>${icon('person')}${home.join}</button>
        <button @click=${() => this.touch({ kind: 'open-join', purpose: 'recover' })}>${icon('card')}${home.lostCard}</button>
      </div>
    </section>`;
  }

  #entry(sign: IconName, name: string, text: string, touch: Touch) {
    return entryTile(sign, name, text, () => this.touch(touch));
  }

  #own(sign: IconName, name: string, purpose: Purpose) {
    return entryTile(sign, name, null, () => this.touch({ kind: 'open', purpose }), 'small');
  }
}
