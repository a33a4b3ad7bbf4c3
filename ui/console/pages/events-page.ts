// Events: each with its sessions and how they fill, live; defined and changed here; one session's list behind its name.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type ActivityAnswers,
  activityAnswers,
  type SessionItem,
} from '../../../sync/headquarters/api/activity-api.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import { showSpan } from '../show.ts';
import './activity-dialog.ts';
import type { ActivityQuestion } from './activity-dialog.ts';
import { ActivityPageElement } from './activity-page-element.ts';
import './roster-panel.ts';
import './session-form.ts';
import { pageStates } from '../page-states.ts';

type All = ActivityAnswers['activities'];
type Activity = All['activities'][number];
/** What is being defined; undefined = nothing. */
type Editing =
  | { readonly kind: 'event'; readonly event: Activity | undefined }
  | {
      readonly kind: 'session';
      readonly event: Activity;
      readonly session: SessionItem | undefined;
      /** a new one after its pattern */
      readonly isCopy?: boolean;
    }
  | undefined;

@customElement('events-page')
export class EventsPage extends ActivityPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      article { margin-bottom: 1rem; overflow-x: auto; }
      .head { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: center; padding: 0.9rem 1rem; }
      .head .grow { flex: 1; }
      td a { color: var(--accent); font-weight: 600; }
      table { table-layout: fixed; min-width: 62rem; }
      th:nth-child(1) { width: 17%; }
      th:nth-child(2) { width: 24%; }
      th:last-child { width: 15rem; }
      td.number { white-space: nowrap; }
      .acts { display: inline-flex; gap: 0.4rem; }
      tr.off td:not(:first-child, :last-child) { color: var(--text-soft); text-decoration: line-through; }
      label.check { display: flex; align-items: center; gap: 0.5rem; }
      label.check > input { min-height: 1.4rem; }
    `,
  ];
  @state() private editing: Editing;
  @state() private question: ActivityQuestion | undefined;
  @state() private isPast = false;

  readonly #all = new Polling<All>(
    this,
    () => this.api.get(`activities${this.isPast ? '?past=true' : ''}`, activityAnswers.activities),
    2_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#all, (all) => {
      const session = all.activities.flatMap(({ sessions }) => sessions).find(({ id }) => id === this.about);
      if (session) return this.#renderRoster(all, session);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <label class="check"><input type="checkbox" .checked=${this.isPast} @change=${this.#lookBack} />${this.words.past}</label>
          <span class="grow"></span>
          <button @click=${() => void this.save('activities/attendance.csv', 'attendance.csv')}>${this.words.attendance}</button>
          ${this.may('club') ? html`<button class="primary" @click=${() => this.#edit({ kind: 'event', event: undefined })}>${this.words.newEvent}</button>` : nothing}
        </div>
        ${this.#renderForm(all)}
        ${all.activities.length === 0 ? pageStates.empty(this.words.none) : nothing}
        ${all.activities.map((activity) => this.#renderActivity(activity))}
        <activity-dialog .api=${this.api} .language=${this.language} .question=${this.#asked(all)}
          @closed=${this.#answered}></activity-dialog>
      `;
    });
  }

  #renderRoster(all: All, session: SessionItem): TemplateResult {
    const event = all.activities.find(({ sessions }) => sessions.includes(session));
    return html`<roster-panel .api=${this.api} .me=${this.me} .language=${this.language} .session=${session} .levels=${all.levels}
      .heading=${`${event?.name[this.language] ?? ''} · ${session.name[this.language]}`}></roster-panel>`;
  }

  #renderForm({ projects, levels }: All): TemplateResult | typeof nothing {
    const { editing } = this;
    if (!editing) return nothing;
    const close = (): void => {
      this.editing = undefined;
      void this.#all.refresh();
    };
    return editing.kind === 'event'
      ? html`<event-form .api=${this.api} .language=${this.language} .projects=${projects} .event=${editing.event} @closed=${close}></event-form>`
      : html`<session-form .api=${this.api} .language=${this.language} .levels=${levels} .event=${editing.event} .session=${editing.session}
          ?copy=${editing.isCopy === true} @closed=${close}></session-form>`;
  }

  #renderActivity(activity: Activity): TemplateResult {
    const { words, language } = this;
    return html`<article class="panel">
      <div class="head">
        <h3>${activity.name[language]}</h3>
        <span class="soft">${activity.place[language]}</span>
        <span class="grow"></span>
        ${
          this.may('club')
            ? html`
              <button @click=${() => this.#edit({ kind: 'event', event: activity })}>${words.editEvent}</button>
              ${
                activity.sessions.length === 0
                  ? html`<button class="danger" @click=${() => void this.#remove(activity)}>${words.removeEvent}</button>`
                  : html`<button @click=${() => this.#ask({ kind: 'copy', event: activity })}>${words.copyEvent}</button>`
              }
              <button @click=${() => this.#edit({ kind: 'session', event: activity, session: undefined })}>${words.newSession}</button>`
            : nothing
        }
      </div>
      ${
        activity.sessions.length === 0
          ? pageStates.empty(words.noSessions)
          : html`<table>
            <thead><tr>
              <th>${words.session}</th><th>${words.when}</th>
              <th class="number">${words.listed}</th><th class="number">${words.waiting}</th>
              <th class="number">${words.checkedIn}</th><th class="number">${words.walkIns}</th>
              <th class="number">${words.doubles}</th><th></th>
            </tr></thead>
            <tbody>${activity.sessions.map((session) => this.#renderSession(activity, session))}</tbody>
          </table>`
      }
    </article>`;
  }

  #renderSession(event: Activity, session: SessionItem): TemplateResult {
    const { words, language } = this;
    const { listed, waiting, checkedIn, walkIns, doubles, overBy } = session.figures;
    const name = session.name[language];
    const isOff = session.cancelledAt !== undefined;
    const isOver = Date.parse(session.endsAt) <= Date.now();
    return html`<tr data-session=${session.id} class=${isOff ? 'off' : ''}>
      <td>${this.may('club') ? html`<a href=${placeHash('events', session.id)}>${name}</a>` : name}
        ${isOff ? html`<span class="tag bad">${words.isCancelled}</span>` : isOver ? html`<span class="tag">${words.isOver}</span>` : nothing}</td>
      <td>${showSpan(session.opensAt, session.endsAt, language)}</td>
      <td class="number">${listed}${session.quota == null ? nothing : html` / ${session.quota}`}
        ${overBy > 0 ? html`<span class="tag bad">${words.over(overBy)}</span>` : nothing}</td>
      <td class="number">${waiting}</td>
      <td class="number">${checkedIn}</td>
      <td class="number">${walkIns}</td>
      <td class="number">${doubles > 0 ? html`<span class="tag warn">${doubles}</span>` : 0}</td>
      <td class="number">${this.may('club') ? this.#renderActs(event, session, isOff || isOver) : nothing}</td>
    </tr>`;
  }

  #renderActs(event: Activity, session: SessionItem, isClosed: boolean): TemplateResult {
    const { words, language } = this;
    const act = (name: string, run: () => void, look = '') =>
      html`<button class=${look} aria-label=${`${name} ${session.name[language]}`} @click=${run}>${name}</button>`;
    const edit = (isCopy: boolean) => (): void =>
      void this.#edit({ kind: 'session', event, session, isCopy });
    return html`<span class="acts">
      ${isClosed ? nothing : act(words.editSession, edit(false))}
      ${act(words.copySession, edit(true))}
      ${isClosed ? nothing : act(words.cancelSession, () => this.#ask({ kind: 'cancel', session }), 'danger')}
    </span>`;
  }

  /** With the session as it is now. */
  #asked({ activities }: All): ActivityQuestion | undefined {
    const { question } = this;
    if (question?.kind !== 'cancel') return question;
    const sessions = activities.flatMap((activity) => activity.sessions);
    return {
      kind: 'cancel',
      session: sessions.find(({ id }) => id === question.session.id) ?? question.session,
    };
  }

  #ask(question: ActivityQuestion): void {
    this.question = question;
  }

  readonly #answered = (): void => {
    this.question = undefined;
    void this.#all.refresh();
  };

  readonly #lookBack = (event: Event): void => {
    this.isPast = event.target instanceof HTMLInputElement && event.target.checked;
    void this.#all.refresh();
  };

  async #remove({ id }: Activity): Promise<void> {
    await this.attempt(async () => {
      await this.api.post(`activities/${id}/remove`, {}, activityAnswers.made);
      this.notify({ message: this.words.removedEvent });
    });
    await this.#all.refresh();
  }

  async #edit(editing: Editing): Promise<void> {
    // a form that is open already is another one's
    this.editing = undefined;
    await this.updateComplete;
    this.editing = editing;
    await this.updateComplete;
    this.renderRoot.querySelector('event-form, session-form')?.scrollIntoView({ block: 'nearest' });
  }
}
