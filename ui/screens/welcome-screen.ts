// A known card on a day without an event for it.
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { datedLine, eventLineStyles } from '../elements/event-line.ts';
import { icon } from '../elements/icons.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('welcome-screen')
export class WelcomeScreen extends ScreenElement<'welcome'> {
  static override styles = [base, buttons, page, noticeStyles, eventLineStyles];

  override render() {
    const { welcome } = this.speech.words;
    const { member, next } = this.screen;
    return html`
      <div class="notice warm">
        <div class="sign">${icon('person')}</div>
        <div class="say">
          <p class="who">${member.level}</p>
          <h1>${welcome.title(member.name)}</h1>
          <p class="lead">${welcome.text}</p>
          ${
            next
              ? html`<section class="card"><p class="soft">${welcome.next}</p>${datedLine(next, this.speech)}</section>`
              : html`<p>${welcome.none}</p>`
          }
        </div>
      </div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'open', purpose: 'points' })}>
          ${icon('star')}${welcome.points}
        </button>
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${welcome.done}</button>
      </div>
    `;
  }
}
