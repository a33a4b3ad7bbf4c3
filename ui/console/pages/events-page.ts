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
import { showTime } from '../show.ts';
import { ActivityPageElement } from './activity-page-element.ts';
import './roster-panel.ts';
import './session-form.ts';

type All = ActivityAnswers['activities'];
type Activity = All['activities'][number];
/** What is being defined; undefined = nothing. */
type Editing =
  | { readonly kind: 'event'; readonly event: Activity | undefined }
  | { readonly kind: 'session'; readonly event: Activity; readonly session: SessionItem | undefined }
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
      td.number { white-space: nowrap; }
    `,
  ];
  @state() private editing: Editing;

  readonly #all = new Polling<All>(this, () => this.api.get('activities', activityAnswers.activities), 2_000);

  override render(): TemplateResult {
    return this.renderLoaded(this.#all, (all) => {
      const session = all.activities.flatMap(({ sessions }) => sessions).find(({ id }) => id === this.about);
      if (session) return this.#renderRoster(all, session);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <span class="grow"></span>
          ${this.may('club') ? html`<button class="primary" @click=${() => this.#edit({ kind: 'event', event: undefined })}>${this.words.newEvent}</button>` : nothing}
        </div>
        ${this.#renderForm(all)}
        ${all.activities.length === 0 ? html`<div class="panel empty">${this.words.none}</div>` : nothing}
        ${all.activities.map((activity) => this.#renderActivity(activity))}
      `;
    });
  }

  #renderRoster(all: All, session: SessionItem): TemplateResult {
    const event = all.activities.find(({ sessions }) => sessions.includes(session));
    return html`<roster-panel .api=${this.api} .me=${this.me} .language=${this.language} .session=${session}
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
      : html`<session-form .api=${this.api} .language=${this.language} .levels=${levels} .event=${editing.event} .session=${editing.session} @closed=${close}></session-form>`;
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
              <button @click=${() => this.#edit({ kind: 'session', event: activity, session: undefined })}>${words.newSession}</button>`
            : nothing
        }
      </div>
      ${
        activity.sessions.length === 0
          ? html`<p class="empty">${words.noSessions}</p>`
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
    return html`<tr data-session=${session.id}>
      <td>${this.may('club') ? html`<a href=${placeHash('events', session.id)}>${name}</a>` : name}</td>
      <td>${showTime(session.opensAt, language)} – ${showTime(session.endsAt, language)}</td>
      <td class="number">${listed}${session.quota == null ? nothing : html` / ${session.quota}`}
        ${overBy > 0 ? html`<span class="tag bad">${words.over(overBy)}</span>` : nothing}</td>
      <td class="number">${waiting}</td>
      <td class="number">${checkedIn}</td>
      <td class="number">${walkIns}</td>
      <td class="number">${doubles > 0 ? html`<span class="tag warn">${doubles}</span>` : 0}</td>
      <td class="number">${
        this.may('club')
          ? html`<button @click=${() => this.#edit({ kind: 'session', event, session })}>${words.editSession}</button>`
          : nothing
      }</td>
    </tr>`;
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
