// One request with everything on record, and what may be done with it now.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type RequestDetail, serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { askedItems, ratingFields, ratingsOf } from './rating-fields.ts';
import { ServicePage, serviceStyle } from './service-page.ts';
import type { Forms, SplitEvent } from './split-form.ts';
import './photo-strip.ts';
import './split-form.ts';

const deeds = [
  'advance',
  'answer',
  'finish',
  'consent',
  'invalidate',
  'withdraw',
  'reopen',
  'split',
] as const;
type Deed = (typeof deeds)[number];
const needReason: ReadonlySet<Deed> = new Set(['answer', 'invalidate']);
const canUndo: ReadonlySet<Deed> = new Set(['advance', 'finish']);

@customElement('request-view')
export class RequestView extends ServicePage {
  static override styles = [
    ...ServicePage.styles,
    serviceStyle,
    css`
      .grid { display: grid; grid-template-columns: 1.3fr 1fr; gap: 1rem; align-items: start; }
      .grid > div { display: grid; gap: 1rem; }
      section { padding: 1rem 1.15rem; display: grid; gap: 0.6rem; }
      dl { display: grid; grid-template-columns: auto 1fr; gap: 0.3rem 1rem; margin: 0; }
      dt { color: var(--text-soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      ol { margin: 0; padding: 0; list-style: none; display: grid; gap: 0.45rem; }
      .steps { display: flex; flex-wrap: wrap; gap: 0.4rem; }
      .steps li { padding: 0.3rem 0.8rem; border-radius: 999px; border: 1px solid var(--rule-strong); color: var(--text-soft); }
      .steps .passed { background: var(--good-wash); border-color: transparent; color: var(--good); }
      .gone { text-decoration: line-through; color: var(--text-soft); }
      .deeds { display: flex; flex-wrap: wrap; gap: 0.5rem; }
      @media (max-width: 900px) { .grid { grid-template-columns: 1fr; } }
    `,
  ];
  /** what is being written */
  @state() private deed: Deed | undefined;

  readonly #request = new Polling<RequestDetail>(
    this,
    async () =>
      await this.api.get(`service/requests/${encodeURIComponent(this.about ?? '')}`, serviceAnswers.request),
    3_000,
  );
  readonly #forms = new Polling<Forms>(
    this,
    async () => await this.api.get('service/forms', serviceAnswers.forms),
    600_000,
  );

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('about') && changed.get('about') !== undefined) void this.#request.restart();
  }

  override render(): TemplateResult {
    return html`
      <div class="bar"><a href=${placeHash('requests')}>← ${this.words.back}</a></div>
      ${this.renderLoaded(this.#request, (request) => this.#renderRequest(request))}
    `;
  }

  protected override async reload(): Promise<void> {
    await this.#request.refresh();
  }

  #renderRequest(request: RequestDetail): TemplateResult {
    const { words, language } = this;
    return html`
      <div class="bar">
        <h2>${request.kindName[language]} ${request.number}</h2>
        ${this.renderState(request)}
        ${request.kind === 'complaint' || request.level !== 'ordinary' ? html`<span class="tag">${words.levels[request.level]}</span>` : nothing}
        ${this.renderDue(request.due, request.isPaused)}
        ${request.reopened > 0 ? html`<span class="tag warn">${words.reopened(request.reopened)}</span>` : nothing}
      </div>
      <div class="grid">
        <div>
          <section class="panel">
            <ol class="steps">
              ${request.steps.map(
                ({ name, at }) => html`<li class=${at === null ? '' : 'passed'}>
                  ${name[language]}${at === null ? '' : ` ${showTime(at, language)}`}
                </li>`,
              )}
            </ol>
            ${this.#renderFacts(request)}
            ${this.#renderDeeds(request)}
          </section>
          ${this.#renderTasks(request)}
          <photo-strip .api=${this.api} .me=${this.me} .language=${this.language} .about=${request.id}></photo-strip>
        </div>
        <div>
          ${this.#renderCalls(request)} ${this.#renderEvents(request)}
        </div>
      </div>
    `;
  }

  #renderFacts(request: RequestDetail): TemplateResult {
    const { words, language } = this;
    const lines: readonly (readonly [string, string | null | undefined])[] = [
      [words.about, request.label[language]],
      [words.ownWords, request.text],
      [words.owner, [request.memberName, request.phone].filter(Boolean).join(' · ')],
      [words.home, request.home?.[language]],
      [words.filedAt, showTime(request.filedAt, language)],
      [words.answer, request.answer?.[language]],
      [words.outcome, request.outcome === null ? null : words.outcomes[request.outcome]],
      [words.cost['warranty'] ?? '', request.cost === null ? null : words.cost[request.cost]],
    ];
    return html`<dl>
      ${lines.map(([label, value]) => (value ? html`<dt>${label}</dt><dd>${value}</dd>` : nothing))}
    </dl>`;
  }

  /** What the flow allows from here, by whom it is. */
  #possible(request: RequestDetail): readonly Deed[] {
    const isDesk = this.may('service-desk', 'manager');
    const { step } = request;
    const isAsked = step === 'closing' || step === 'call-back';
    if (step === 'closed') return isDesk ? ['reopen'] : [];
    if (isAsked) return isDesk ? ['consent', 'answer', 'reopen'] : [];
    const own: Deed[] = request.ways.length > 0 ? ['advance', 'answer', 'finish'] : ['answer', 'finish'];
    return isDesk ? [...own, 'split', 'consent', 'invalidate', 'withdraw'] : own;
  }

  #renderDeeds(request: RequestDetail): TemplateResult {
    const possible = this.#possible(request);
    return html`
      <div class="deeds">
        ${possible.map(
          (
            deed,
            index,
          ) => html`<button class=${index === 0 ? 'primary' : ''} aria-expanded=${deed === this.deed}
            @click=${() => this.#open(deed)}>${this.words.deeds[deed]}</button>`,
        )}
      </div>
      ${this.deed === undefined || !possible.includes(this.deed) ? nothing : this.#renderForm(request, this.deed)}
    `;
  }

  #renderForm(request: RequestDetail, deed: Deed): TemplateResult {
    const { words, language } = this;
    const forms = this.#forms.value;
    if (deed === 'split') {
      return forms
        ? html`<split-form .forms=${forms} .language=${language} .home=${request.home?.[language] ?? ''}
            @split=${({ tasks }: SplitEvent) => this.#split(request, tasks)}
            @cancelled=${this.#leaveForm}></split-form>`
        : html`${nothing}`;
    }
    return html`<form @submit=${(event: SubmitEvent) => this.#act(event, request, deed)} @keydown=${this.#leave}>
      ${
        deed === 'advance'
          ? html`<label>${words.to}<select name="to">${request.ways.map(
              ({ to, name }) => html`<option value=${to}>${name[language]}</option>`,
            )}</select></label>`
          : nothing
      }
      ${deed === 'consent' ? ratingFields(askedItems(forms?.items ?? [], request.tasks), words, language) : nothing}
      <label>
        ${needReason.has(deed) ? words.reason : words.note}
        <textarea name="note" maxlength="300" ?required=${needReason.has(deed)}></textarea>
      </label>
      <div class="actions">
        <button type="button" @click=${this.#leaveForm}>${words.cancel}</button>
        <button class="primary">${words.do} · ${words.deeds[deed]}</button>
      </div>
    </form>`;
  }

  #renderTasks({ tasks }: RequestDetail): TemplateResult | typeof nothing {
    const { words, language } = this;
    if (tasks.length === 0) return nothing;
    return html`<section class="panel">
      <h3>${words.tasks}</h3>
      <ol>
        ${tasks.map(
          (task) => html`<li>
            <p class="strong">${task.n}. ${task.label[language]}</p>
            ${task.text ? html`<p>${words.ownWords}: ${task.text}</p>` : nothing}
            <p class="meta small soft">
              <span class="tag ${task.closedAt === null ? '' : 'good'}">${words.columns[task.step]}</span>
              <span>${task.portName[language]}${task.person ? ` · ${task.person}` : ''}</span>
              ${task.closedAt === null && task.deadline ? this.renderDue({ what: 'task', at: task.deadline }) : nothing}
              ${task.supplier ? html`<span>${words.supplier} ${task.supplier}</span>` : nothing}
            </p>
          </li>`,
        )}
      </ol>
    </section>`;
  }

  #renderCalls({ calls, ratings }: RequestDetail): TemplateResult | typeof nothing {
    const { words, language } = this;
    if (calls.length === 0 && ratings.length === 0) return nothing;
    const names = new Map((this.#forms.value?.items ?? []).map(({ code, name }) => [code, name[language]]));
    return html`<section class="panel">
      <h3>${words.calls}</h3>
      <ol>
        ${calls.map(
          ({ attempt, doneAt, dueAt, verdict, note, actor }) => html`<li>
            ${words.attempt(attempt)} · ${showTime(doneAt ?? dueAt, language)}
            ${verdict ? html`<span class="tag">${words.outcomes[verdict]}</span>` : doneAt ? words.notReached : nothing}
            <span class="soft small">${actor ?? ''} ${note ?? ''}</span>
          </li>`,
        )}
      </ol>
      ${ratings.length === 0 ? nothing : html`<h3>${words.ratings}</h3>`}
      <ol>
        ${ratings.map(
          ({ item, score, isCall }) => html`<li>
            ${names.get(item) ?? item}: <strong>${words.score(score)}</strong>
            <span class="soft small">${isCall ? words.byCall : words.byOwner}</span>
          </li>`,
        )}
      </ol>
    </section>`;
  }

  #renderEvents({ events }: RequestDetail): TemplateResult {
    const { words, language } = this;
    return html`<section class="panel">
      <h3>${words.events}</h3>
      <ol>
        ${events.toReversed().map(
          ({ at, actor, what, stepName, note, isWithdrawn }) => html`<li class=${isWithdrawn ? 'gone' : ''}>
            <strong>${words.whats[what] ?? what}</strong> ${stepName?.[language] ?? ''} ${isWithdrawn ? words.takenBack : ''}
            <span class="soft small">${showTime(at, language)} · ${actor}</span>
            ${note ? html`<p>${note[language]}</p>` : nothing}
          </li>`,
        )}
      </ol>
    </section>`;
  }

  async #open(deed: Deed): Promise<void> {
    this.deed = deed === this.deed ? undefined : deed;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('form :is(select, textarea)')?.focus();
  }

  readonly #leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.deed = undefined;
  };

  readonly #leaveForm = (): void => {
    this.deed = undefined;
  };

  async #act(event: SubmitEvent, request: RequestDetail, kind: Deed): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const note = String(form.get('note') ?? '').trim();
    const body = {
      kind,
      from: request.step,
      ...(note ? { note } : {}),
      ...(kind === 'advance' ? { to: String(form.get('to')) } : {}),
      ...(kind === 'consent' ? { ratings: ratingsOf(form) } : {}),
    };
    if (await this.send(`requests/${request.id}/deeds`, body, canUndo.has(kind))) this.deed = undefined;
  }

  async #split(request: RequestDetail, tasks: SplitEvent['tasks']): Promise<void> {
    if (await this.send(`requests/${request.id}/tasks`, { tasks })) this.deed = undefined;
  }
}
