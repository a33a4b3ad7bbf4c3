// Who is to be called: soonest first, with what to say, and the form for what they said.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type CallItem, serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { askedItems, type RatedItem, ratingFields, ratingsOf } from '../service/rating-fields.ts';
import { ServicePage, serviceStyle } from '../service/service-page.ts';
import { showTime } from '../show.ts';

const verdicts = ['solved', 'partly', 'not-solved'] as const;

@customElement('call-backs-page')
export class CallBacksPage extends ServicePage {
  static override styles = [
    ...ServicePage.styles,
    serviceStyle,
    css`
      .list { display: grid; gap: 0.75rem; }
      article { padding: 1rem 1.15rem; display: grid; gap: 0.6rem; }
      .meta .grow { flex: 1; }
      .call { display: grid; gap: 1rem 1.5rem; grid-template-columns: minmax(16rem, 1fr) 1.4fr; padding-top: 0.6rem; }
      blockquote { margin: 0; padding: 0.7rem 1rem; border-left: 4px solid var(--accent); background: var(--accent-wash); display: grid; gap: 0.5rem; align-self: start; }
      .phone { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
      @media (max-width: 900px) { .call { grid-template-columns: 1fr; } }
    `,
  ];
  /** the call that is being made */
  @state() private calling: string | undefined;
  @state() private verdict: (typeof verdicts)[number] = 'solved';

  readonly #calls = new Polling<readonly CallItem[]>(
    this,
    async () => (await this.api.get('service/call-backs', serviceAnswers.calls)).calls,
    5_000,
  );
  readonly #items = new Polling<readonly RatedItem[]>(
    this,
    async () => (await this.api.get('service/forms', serviceAnswers.forms)).items,
    600_000,
  );

  override render(): TemplateResult {
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      ${this.renderLoaded(this.#calls, (calls) =>
        calls.length === 0
          ? pageStates.empty(this.words.callsEmpty)
          : html`<div class="list" @keydown=${this.#walk}>${repeat(
              calls,
              ({ id }) => id,
              (call) => this.#renderCall(call),
            )}</div>`,
      )}
    `;
  }

  protected override async reload(): Promise<void> {
    await this.#calls.refresh();
  }

  #renderCall(call: CallItem): TemplateResult {
    const { words, language } = this;
    const isOpen = this.calling === call.id;
    return html`<article class="panel" data-call=${call.number}>
      <div class="meta">
        <strong>${call.requestName[language]} ${call.number}</strong>
        <span class="tag">${words.attempt(call.attempt)}</span>
        ${call.outcome === null ? '' : html`<span class="tag warn">${words.outcomes[call.outcome]}</span>`}
        ${this.renderDue({ what: 'call-back', at: call.dueAt })}
        <span class="grow"></span>
        <a href=${placeHash('requests', call.request)}>${words.openRequest}</a>
        <button data-call class=${isOpen ? '' : 'primary'} aria-expanded=${isOpen} @click=${() => this.#open(call)}>
          ${isOpen ? words.cancel : words.recordCall}
        </button>
      </div>
      <p>${call.label[language]}</p>
      ${call.gaveUp === null ? '' : this.#renderGaveUp(call, call.gaveUp)}
      <div class="meta"><span>${call.memberName}</span><span class="phone">${call.phone ?? '–'}</span></div>
      ${isOpen ? this.#renderForm(call) : ''}
    </article>`;
  }

  #renderForm(call: CallItem): TemplateResult {
    const { words, language } = this;
    const items = askedItems(this.#items.value ?? [], []);
    return html`<div class="call">
      <blockquote>${words.script(call.requestName[language], call.number).map((line) => html`<p>${line}</p>`)}</blockquote>
      <form @submit=${(event: SubmitEvent) => this.#record(event, call)} @keydown=${this.#leave}>
        <fieldset>
          <legend>${words.verdict}</legend>
          <div class="inline">
            ${verdicts.map(
              (verdict) => html`<label class="check">
                <input type="radio" name="verdict" value=${verdict} .checked=${verdict === this.verdict}
                  @change=${() => {
                    this.verdict = verdict;
                  }} />
                ${words.outcomes[verdict]}
              </label>`,
            )}
          </div>
          ${
            this.verdict === 'solved'
              ? ''
              : html`<label class="check"><input type="checkbox" name="agrees" />${words.agrees}</label>`
          }
        </fieldset>
        ${ratingFields(items, words, language)}
        <label>${words.callNote}<input name="note" maxlength="300" autocomplete="off" /></label>
        <div class="actions">
          ${
            call.isUnreachable && call.gaveUp === null
              ? html`<button type="button" class="danger" @click=${this.#giveUp(call)}>${words.giveUp}</button>`
              : ''
          }
          ${call.phone === null ? '' : html`<button type="button" @click=${() => this.#notReached(call)}>${words.notReached}</button>`}
          <button class="primary">${words.recordCall}</button>
        </div>
      </form>
    </div>`;
  }

  /** Whoever proposed it waits for somebody else. */
  #renderGaveUp(call: CallItem, { by, at, reason }: NonNullable<CallItem['gaveUp']>): TemplateResult {
    const { words } = this;
    return html`<div class="problem">
      <span>${words.gaveUp(by, showTime(at, this.language))}：${reason}</span>
      ${
        by === this.me.account
          ? html`<span>${words.waitsForSecond}</span>`
          : html`<button class="danger" @click=${() => this.#end(call, { kind: 'confirm-impossible' })}>${words.confirmGiveUp}</button>`
      }
    </div>`;
  }

  #giveUp(call: CallItem): () => Promise<void> {
    return async () => {
      const input = this.renderRoot.querySelector<HTMLInputElement>('form input[name="note"]');
      const note = input?.value.trim() ?? '';
      if (note === '') {
        input?.focus();
        this.notify({ message: this.words.giveUpReason });
        return;
      }
      await this.#end(call, { kind: 'impossible', note });
    };
  }

  async #open(call: CallItem): Promise<void> {
    this.verdict = 'solved';
    this.calling = this.calling === call.id ? undefined : call.id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('form input[name="verdict"]')?.focus();
  }

  /** Arrows, or j and k, walk from call to call. */
  readonly #walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLButtonElement)) return;
    const all = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button[data-call]')];
    const at = all.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    all[at + step]?.focus();
  };

  readonly #leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.calling = undefined;
  };

  async #record(event: SubmitEvent, call: CallItem): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const note = String(form.get('note') ?? '').trim();
    const agrees = this.verdict === 'solved' || form.get('agrees') === 'on';
    const ratings = ratingsOf(form);
    await this.#end(call, { kind: 'reached', verdict: this.verdict, agrees, ratings, note: note || null });
  }

  async #notReached(call: CallItem): Promise<void> {
    await this.#end(call, { kind: 'not-reached' });
  }

  async #end(call: CallItem, end: object): Promise<void> {
    if (await this.send(`call-backs/${encodeURIComponent(call.id)}`, end)) this.calling = undefined;
  }
}
