// Why a card did not check in, in its own words for each reason, and what to do next.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { datedLine, eventLineStyles } from '../elements/event-line.ts';
import { type IconName, icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import '../elements/k-slip.ts';
import { activityWords } from '../text/activity-words.ts';
import { refusedWords } from '../text/refused-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Reason = CheckInRefusedScreen['screen']['reason'];

const signs: Record<Reason, IconName> = {
  'unknown-card': 'question',
  'blocked-card': 'blocked',
  'already-checked-in': 'check',
  'not-on-list': 'list',
  'wrong-day': 'calendar',
  'lost-card': 'blocked',
  'expired-card': 'clock',
  'replaced-card': 'card',
  'wrong-gate': 'place',
  'level-too-low': 'star',
  'waiting-list': 'list',
  'session-full': 'list',
  'session-cancelled': 'calendar',
};

@customElement('check-in-refused-screen')
export class CheckInRefusedScreen extends ScreenElement<'check-in-refused'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    eventLineStyles,
    css`
      .planned {
        display: grid;
        gap: var(--gap-s);
        padding: var(--gap-l);
      }
      .since {
        color: var(--good);
        font-weight: 700;
      }
    `,
  ];

  override render() {
    const { words } = this.speech;
    const { reason, member, canReprint, canSignUp, slip, waiting = null } = this.screen;
    const { title, text, next } = refusedWords[this.speech.language][reason];
    const isFine = reason === 'already-checked-in';
    return html`
      <div class="notice ${isFine ? 'fine' : ''}">
        ${noticeSign(signs[reason], isFine ? 'letter' : 'desk')}
        <div class="say">
          ${member ? html`<p class="who">${member.name} · ${member.level}</p>` : nothing}
          <h1>${title}</h1>
          <p class="lead">${text}</p>
          ${
            waiting === null
              ? nothing
              : html`<p class="who">${activityWords[this.speech.language].yourNumber(this.speech.formats.number(waiting))}</p>`
          }
          ${this.#sessions()}
          <section class="next">
            ${icon('forward')}
            <div><p class="soft small">${words.refusedParts.nextStep}</p><p>${next}</p></div>
          </section>
        </div>
      </div>
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        ${
          canReprint && (slip === 'none' || slip === 'failed')
            ? html`<button @click=${() => this.touch({ kind: 'take-slip' })}>
              ${icon('printer')}${words.refusedParts.reprint}
            </button>`
            : nothing
        }
        ${
          canSignUp
            ? html`<button @click=${() => this.touch({ kind: 'open', purpose: 'sessions' })}>
              ${icon('calendar')}${activityWords[this.speech.language].signUp}
            </button>`
            : nothing
        }
        ${
          isFine
            ? html`<button @click=${() => this.touch({ kind: 'open-own-home' })}>
              ${icon('person')}${words.welcome.mine}
            </button>`
            : html`<button @click=${() => this.touch({ kind: 'call-help' })}>
              ${icon('help')}${words.refusedParts.help}
            </button>`
        }
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${words.refusedParts.done}</button>
      </div>
    `;
  }

  #sessions() {
    const { words, formats } = this.speech;
    const { planned, next, since } = this.screen;
    return [
      planned &&
        html`<section class="planned card">
          <p class="soft">${words.refusedParts.session}</p>
          ${datedLine(planned, this.speech)}
          ${since === null ? nothing : html`<p class="since">${words.refusedParts.since(formats.moment(since))}</p>`}
        </section>`,
      next &&
        html`<section class="planned card">
          <p class="soft">${words.refusedParts.next}</p>
          ${datedLine(next, this.speech)}
        </section>`,
    ];
  }
}
