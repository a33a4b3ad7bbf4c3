// Events to come: the list, and one of them with how the member stands and what they may do.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { datedLine, eventLineStyles } from '../elements/event-line.ts';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import '../elements/k-scroller.ts';
import { toldLine, toldListStyles } from '../elements/told-list.ts';
import { activityWords } from '../text/activity-words.ts';
import type { Speech } from '../text/speech.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Activity = ActivitiesScreen['screen']['activities'][number];

const chips = css`
  .chip {
    padding: 0.25em 0.9em;
    border-radius: 2em;
    background: var(--surface-sunk);
    font-weight: 700;
    white-space: nowrap;
  }
  .chip.in {
    background: var(--good-wash);
    color: var(--good);
  }
  .chip.off {
    background: var(--accent-wash);
    color: var(--accent-deep);
  }
  .chip.wait {
    background: var(--warn-wash);
    color: var(--text-main);
  }
  .as-of {
    display: flex;
    gap: 0.5em;
    align-items: center;
    color: var(--text-soft);
  }
`;

/** How it stands, in a word and a colour. */
function chipOf({ mine, number, pending, left, isCancelled }: Activity, { language, formats }: Speech) {
  const { state } = activityWords[language];
  const chip = (tone: string, text: string) => html`<span class="chip ${tone}">${text}</span>`;
  if (isCancelled) return chip('off', state.cancelled);
  if (mine === 'came') return chip('in', state.came);
  if (pending !== null) return chip('wait', state[pending]);
  if (mine === 'place') return chip('in', state.place);
  if (mine === 'waiting') return chip('wait', state.waiting(formats.number(number ?? 0)));
  if (left === null) return chip('', state.open);
  return left > 0 ? chip('', state.left(formats.number(left))) : chip('wait', state.full);
}

function asOfLine(asOf: string | null, { language, formats }: Speech) {
  if (asOf === null) return nothing;
  return html`<p class="as-of small" role="status">
    ${icon('clock')}<span>${activityWords[language].asOf(formats.moment(asOf))}</span>
  </p>`;
}

@customElement('activities-screen')
export class ActivitiesScreen extends ScreenElement<'activities'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    eventLineStyles,
    chips,
    css`
      .list {
        display: grid;
        gap: var(--gap);
      }
      .list button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-xs) var(--gap);
        align-items: center;
        text-align: left;
        padding: var(--gap-l);
        border: 1px solid var(--rule);
      }
      .points {
        grid-column: 1 / -1;
        color: var(--text-soft);
      }
    `,
  ];

  override render() {
    const words = activityWords[this.speech.language];
    const { member, activities, asOf } = this.screen;
    if (activities.length === 0) {
      return html`
        <div class="notice">
          ${noticeSign('calendar', 'bench')}
          <div class="say">
            <p class="who">${member.name} · ${member.level}</p>
            <h1>${words.none}</h1>
            <p class="lead">${words.noneText}</p>
            ${asOfLine(asOf, this.speech)}
          </div>
        </div>
      `;
    }
    return html`
      <div class="head">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.title}</h1>
        <p class="lead">${words.hint}</p>
        ${asOfLine(asOf, this.speech)}
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.title}>
        <div class="list">${activities.map((activity) => this.#entry(activity))}</div>
      </k-scroller>
    `;
  }

  #entry(activity: Activity) {
    const { formats, language } = this.speech;
    return html`<button @click=${() => this.touch({ kind: 'choose', id: activity.id })}>
      ${datedLine(activity, this.speech)}
      ${chipOf(activity, this.speech)}
      <span class="points small">${activityWords[language].points(formats.number(activity.points))}</span>
    </button>`;
  }
}

@customElement('activity-screen')
export class ActivityScreen extends ScreenElement<'activity'> {
  static override styles = [
    base,
    buttons,
    page,
    chips,
    toldListStyles,
    css`
      .title {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s) var(--gap);
        align-items: center;
        justify-content: space-between;
      }
      .said {
        display: flex;
        gap: var(--gap);
        align-items: center;
        padding: var(--gap-l);
        font-size: var(--text-l);
        background: var(--warn-wash);
        border-color: #dcc78c;
      }
      .said.in {
        background: var(--good-wash);
        border-color: var(--good);
      }
      .said svg.icon {
        width: 2.6rem;
        height: 2.6rem;
      }
      .side {
        display: grid;
        gap: var(--gap);
        align-content: start;
      }
      .actions {
        margin-top: auto;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto minmax(0, 1fr) auto / 1.1fr 1fr;
        }
        .head,
        .actions {
          grid-column: 1 / -1;
        }
        dl.card {
          align-content: start;
          gap: var(--gap-s) var(--gap);
          padding: var(--gap);
          font-size: var(--text);
        }
        .said {
          padding: var(--gap);
          font-size: var(--text);
        }
      }
    `,
  ];

  override render() {
    const words = activityWords[this.speech.language];
    const { formats } = this.speech;
    const { member, activity, asOf } = this.screen;
    const { opensAt, endsAt, points, treatment, isCancelled } = activity;
    return html`
      <div class="head">
        <p class="soft">${member.name} · ${member.level}</p>
        <div class="title"><h1>${activity.event}</h1>${chipOf(activity, this.speech)}</div>
        <p class="lead">${activity.session}</p>
      </div>
      <dl class="card">
        ${toldLine(words.when, formats.span(opensAt, endsAt))}
        ${toldLine(words.where, activity.place)}
        ${
          isCancelled
            ? nothing
            : html`${toldLine(words.places, this.#places())}
              ${toldLine(words.earns, words.points(formats.number(points)))}
              ${toldLine(words.gives, treatment)}`
        }
      </dl>
      <div class="side">${this.#said()}${asOfLine(asOf, this.speech)}</div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'back' })}>${icon('list')}${words.back}</button>
        ${this.#action()}
      </div>
    `;
  }

  #places(): string {
    const words = activityWords[this.speech.language];
    const { left, waiting } = this.screen.activity;
    const { number } = this.speech.formats;
    if (left === null) return words.noQuota;
    return left > 0 ? words.leftText(number(left), number(waiting)) : words.fullText(number(waiting));
  }

  #said() {
    const { said } = activityWords[this.speech.language];
    const { mine, number, pending, may, left, minLevel, isCancelled } = this.screen.activity;
    const tell = (
      text: string,
      isIn = false,
    ) => html`<section class="said card ${isIn ? 'in' : ''}" role="status">
      ${icon(isCancelled ? 'calendar' : isIn ? 'check' : 'clock')}<p>${text}</p>
    </section>`;
    if (isCancelled) return tell(said.cancelled);
    if (mine === 'came') return tell(said.came, true);
    if (pending === 'join') return tell(left === 0 ? said.wait : said.join);
    if (pending === 'leave') return tell(said.leave);
    if (mine === 'place') return tell(said.place, true);
    if (mine === 'waiting') return tell(said.waiting(this.speech.formats.number(number ?? 0)));
    if (minLevel !== null) return tell(said.level(minLevel));
    return may === null ? tell(said.closed) : nothing;
  }

  #action() {
    const words = activityWords[this.speech.language];
    const { may, mine } = this.screen.activity;
    switch (may) {
      case null:
        return nothing;
      case 'leave': {
        const text = mine === 'waiting' ? words.leaveWait : words.leave;
        return html`<button @click=${() => this.touch({ kind: 'wish', wish: 'leave' })}>${icon('end')}${text}</button>`;
      }
      case 'join':
      case 'wait':
        return html`<button class="primary" @click=${() => this.touch({ kind: 'wish', wish: 'join' })}>
          ${may === 'join' ? words.join : words.wait}
        </button>`;
    }
  }
}
