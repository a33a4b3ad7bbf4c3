// The desk's list of requests: what is due, whose it is, and the next step with a note to the owner.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { answers, type RequestItem } from '../../../sync/headquarters/api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { problemText } from '../text.ts';

type State = RequestItem['state'];
const states: readonly State[] = ['filed', 'in-progress', 'done'];

@customElement('requests-page')
export class RequestsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .list { display: grid; gap: 0.75rem; }
      article { padding: 1rem 1.15rem; display: grid; gap: 0.6rem 1.5rem; grid-template-columns: 1fr auto; }
      .what { font-size: 1.05rem; font-weight: 600; overflow-wrap: anywhere; }
      .meta { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; align-items: center; }
      .number { font-variant-numeric: tabular-nums; font-weight: 600; text-align: left; }
      .side { display: grid; gap: 0.5rem; align-content: start; justify-items: end; }
      .wide { grid-column: 1 / -1; }
      form { display: grid; gap: 0.6rem; padding: 0.9rem; border-radius: 8px; background: var(--accent-soft); }
      textarea { min-height: 4.5rem; resize: vertical; }
      ol { margin: 0; padding: 0 0 0 1.1rem; }
      .actions { margin-top: 0; }
      @media (max-width: 640px) {
        article { grid-template-columns: 1fr; }
        .side { justify-items: start; grid-auto-flow: column; align-items: center; justify-content: space-between; }
      }
    `,
  ];
  @state() private filter: State | 'all' = 'filed';
  /** the request whose next step is being written */
  @state() private moving: string | undefined;
  @state() private isSending = false;

  readonly #requests = new Polling<readonly RequestItem[]>(
    this,
    async () => (await this.api.get('requests', answers.requests)).requests,
    3_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#requests, (requests) => {
      const count = (filter: State | 'all'): number =>
        filter === 'all' ? requests.length : requests.filter(({ state: at }) => at === filter).length;
      const shown = requests.filter(({ state: at }) => this.filter === 'all' || at === this.filter);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <div class="chips">
            ${[...states, 'all' as const].map(
              (filter) => html`
              <button aria-pressed=${filter === this.filter} @click=${() => {
                this.filter = filter;
              }}>
                ${filter === 'all' ? this.text.allStates : this.text.states[filter]} ${count(filter)}
              </button>
            `,
            )}
          </div>
        </div>
        ${
          shown.length === 0
            ? html`<div class="panel empty">${this.text.noRequests}</div>`
            : html`<div class="list">${repeat(
                shown,
                ({ id }) => id,
                (request) => this.#renderRequest(request),
              )}</div>`
        }
      `;
    });
  }

  #renderRequest(request: RequestItem): TemplateResult {
    const { language, text } = this;
    const next = states[states.indexOf(request.state) + 1];
    const [task] = request.tasks;
    return html`
      <article class="panel" data-request=${request.number}>
        <div>
          <p class="what">${request.tasks.map(({ label }) => label[language]).join(' / ')}</p>
          ${task?.text ? html`<p>${text.ownWords}:${task.text}</p>` : nothing}
        </div>
        <div class="side">
          <span class="tag ${request.state === 'done' ? 'good' : request.state === 'filed' ? 'warn' : ''}">
            ${text.states[request.state]}
          </span>
          ${
            next && this.moving !== request.id
              ? html`<button class="primary" @click=${() => this.#openForm(request)}>
                ${next === 'done' ? text.finish : text.start}
              </button>`
              : nothing
          }
        </div>
        <div class="meta small soft wide">
          <span class="number">${request.number}</span>
          <span>${text.owner} ${request.memberName}</span>
          ${request.home ? html`<span>${request.home[language]}</span>` : nothing}
          <span>${text.filedAt} ${showTime(request.filedAt, language)}</span>
          ${request.state === 'filed' ? this.#renderDue(text.replyBy, request.replyBy) : nothing}
          ${request.state === 'done' ? nothing : this.#renderDue(text.onSiteBy, request.onSiteBy)}
        </div>
        ${this.moving === request.id && next ? this.#renderForm(request, next) : nothing}
        ${
          request.history.length > 1
            ? html`<ol class="wide small soft" aria-label=${text.history}>
              ${request.history.map(
                ({ at, state: reached, note }) => html`
                <li>${showTime(at, language)} ${text.states[reached]}${note ? html` · ${note[language]}` : nothing}</li>
              `,
              )}
            </ol>`
            : nothing
        }
      </article>
    `;
  }

  #renderDue(label: string, by: string | null): TemplateResult | typeof nothing {
    if (by === null) return nothing;
    const isOver = Date.parse(by) < Date.now();
    return html`<span class=${isOver ? 'tag bad' : ''}>
      ${label} ${showTime(by, this.language)}${isOver ? ` · ${this.text.overdue}` : ''}
    </span>`;
  }

  #renderForm(request: RequestItem, next: State): TemplateResult {
    return html`
      <form
        class="wide"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          if (event.target instanceof HTMLFormElement) {
            void this.#move(request, next, String(new FormData(event.target).get('note') ?? ''));
          }
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') this.moving = undefined;
        }}
      >
        <label>
          ${this.text.note}
          <textarea name="note" maxlength="300" placeholder=${this.text.noteHint}></textarea>
        </label>
        <div class="actions">
          <button type="button" @click=${() => {
            this.moving = undefined;
          }}>${this.text.cancel}</button>
          <button class="primary" ?disabled=${this.isSending}>
            ${this.text.confirm} · ${this.text.states[next]}
          </button>
        </div>
      </form>
    `;
  }

  async #openForm(request: RequestItem): Promise<void> {
    this.moving = request.id;
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  async #move(request: RequestItem, next: State, note: string): Promise<void> {
    this.isSending = true;
    await this.#attempt(async () => {
      const path = `requests/${request.id}`;
      await this.api.post(
        `${path}/state`,
        { state: next, ...(note.trim() ? { note } : {}) },
        answers.request,
      );
      this.moving = undefined;
      this.notify({
        message: this.text.moved(request.number, this.text.states[next]),
        action: { label: this.text.undo, run: () => void this.#undo(path) },
      });
    });
    this.isSending = false;
  }

  async #undo(path: string): Promise<void> {
    await this.#attempt(async () => {
      await this.api.post(`${path}/undo`, {}, answers.request);
      this.notify({ message: this.text.undone });
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.notify({ message: problemText(this.text, error instanceof ApiError ? error.code : 'fault') });
    }
    await this.#requests.refresh();
  }
}
