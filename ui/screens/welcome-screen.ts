// The home of whoever showed a card: what sales, club and service have for them, one touch away.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Touch } from '../../kiosk/touch.ts';
import { entryTile, tileStyles } from '../elements/entry-tile.ts';
import { datedLine, eventLineStyles } from '../elements/event-line.ts';
import type { IconName } from '../elements/icons.ts';
import { activityWords } from '../text/activity-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('welcome-screen')
export class WelcomeScreen extends ScreenElement<'welcome'> {
  static override styles = [
    base,
    buttons,
    page,
    eventLineStyles,
    tileStyles,
    css`
      .who {
        color: var(--accent-deep);
        font-weight: 700;
      }
      .parts {
        display: grid;
        grid-auto-rows: 1fr;
        gap: var(--gap);
      }
      section {
        display: grid;
        grid-template: auto minmax(0, 1fr) / 1fr 1fr;
        gap: var(--gap-xs) var(--gap-s);
      }
      h2 {
        grid-column: 1 / -1;
        font-size: var(--text-l);
        color: var(--text-soft);
      }
      .foot {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
      }
      .next {
        flex: 1;
      }
      @media (orientation: landscape) {
        .head {
          grid-template-columns: auto 1fr;
          align-items: baseline;
          column-gap: var(--gap);
        }
        .lead {
          grid-column: 1 / -1;
        }
        .parts {
          grid-template-columns: repeat(3, 1fr);
        }
        section {
          grid-template: auto 1fr 1fr / 1fr;
        }
      }
    `,
  ];

  override render() {
    const { welcome, home } = this.speech.words;
    const { member, next, isBirthday, isOwner } = this.screen;
    const words = activityWords[this.speech.language];
    const open = (purpose: Extract<Touch, { kind: 'open' }>['purpose']): Touch => ({ kind: 'open', purpose });
    return html`
      <div class="head">
        <p class="who">${member.level}</p>
        <h1>${isBirthday ? words.birthday : nothing} ${welcome.title(member.name)}</h1>
        <p class="lead">${isBirthday ? words.birthdayText : welcome.text}</p>
      </div>
      <div class="parts fill">
        <section>
          <h2>${welcome.sales}</h2>
          ${
            isOwner === false
              ? this.#entry('building', home.board, home.boardText, { kind: 'open-board' })
              : this.#entry('home', home.homes, home.homesText, open('homes'))
          }
          ${this.#entry('heart', welcome.kept, welcome.keptText, open('shortlist'))}
        </section>
        <section>
          <h2>${welcome.club}</h2>
          ${this.#entry('star', home.points, home.pointsText, open('points'))}
          ${this.#entry('calendar', words.home, words.homeText, open('sessions'))}
        </section>
        <section>
          <h2>${welcome.service}</h2>
          ${
            isOwner === false
              ? this.#entry('question', home.service, home.serviceText, { kind: 'open-service' })
              : this.#entry('wrench', home.report, home.reportText, open('report'))
          }
          ${this.#entry('list', home.requests, home.requestsText, open('requests'))}
        </section>
      </div>
      <div class="foot">
        <div class="next">
          ${
            next
              ? html`<div class="card"><p class="soft">${welcome.next}</p>${datedLine(next, this.speech)}</div>`
              : nothing
          }
        </div>
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${welcome.done}</button>
      </div>
    `;
  }

  #entry(sign: IconName, title: string, text: string, touch: Touch): TemplateResult {
    return entryTile(sign, title, text, () => this.touch(touch));
  }
}
