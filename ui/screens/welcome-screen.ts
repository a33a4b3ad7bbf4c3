// A known card on a day without an event for it.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { datedLine, eventLineStyles } from '../elements/event-line.ts';
import { icon } from '../elements/icons.ts';
import { activityWords } from '../text/activity-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('welcome-screen')
export class WelcomeScreen extends ScreenElement<'welcome'> {
  static override styles = [base, buttons, page, noticeStyles, eventLineStyles];

  override render() {
    const { welcome } = this.speech.words;
    const { member, next, isBirthday } = this.screen;
    const words = activityWords[this.speech.language];
    return html`
      <div class="notice warm">
        <div class="sign">${icon(isBirthday ? 'gift' : 'person')}</div>
        <div class="say">
          <p class="who">${member.level}</p>
          <h1>${isBirthday ? words.birthday : nothing} ${welcome.title(member.name)}</h1>
          <p class="lead">${isBirthday ? words.birthdayText : welcome.text}</p>
          ${
            next
              ? html`<section class="card"><p class="soft">${welcome.next}</p>${datedLine(next, this.speech)}</section>`
              : html`<p>${welcome.none}</p>`
          }
        </div>
      </div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'open', purpose: 'sessions' })}>
          ${icon('calendar')}${words.title}
        </button>
        <button @click=${() => this.touch({ kind: 'open', purpose: 'points' })}>
          ${icon('star')}${welcome.points}
        </button>
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${welcome.done}</button>
      </div>
    `;
  }
}
