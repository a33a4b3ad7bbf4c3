// Rectification tasks of a month: what a region must mend, what it answered, and under which number it is on file.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type MonthReport,
  type RectificationItem,
  reportAnswers,
} from '../../../sync/headquarters/api/report-api.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';

type Deed = 'answered' | 'followed' | 'filed';

@customElement('rectification-list')
export class RectificationList extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      :host { margin-top: 1.6rem; }
      h3 { font-size: 1.1rem; }
      article { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.3rem 1rem; align-items: center; padding: 0.6rem 1rem; }
      article + article { border-top: 1px solid var(--rule); }
      .what { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.3rem 0.9rem; }
      ol { grid-column: 1 / -1; margin: 0; padding: 0; list-style: none; }
      form { grid-column: 1 / -1; display: grid; gap: 0.6rem; }
      form.order { padding: 1rem; margin-bottom: 1rem; }
      .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 0.75rem; }
      textarea { min-height: 4rem; }
      .deeds { display: flex; flex-wrap: wrap; gap: 0.4rem; }
      .deeds button { min-height: 2.1rem; padding: 0.2rem 0.7rem; font-size: 0.9rem; }
      @media (max-width: 640px) { article { grid-template-columns: minmax(0, 1fr); } }
      @media print { button, form { display: none; } article { break-inside: avoid; padding: 0.2rem 0; } }
    `,
  ];
  @property() declare month: string;
  /** what can be ordered of it */
  @property({ attribute: false }) declare report: MonthReport | undefined;
  @state() private isOrdering = false;
  @state() private doing: { readonly id: string; readonly what: Deed } | undefined;

  readonly #items = new Polling<readonly RectificationItem[]>(
    this,
    async () =>
      (await this.api.get(`rectifications?month=${this.month}`, reportAnswers.rectifications)).rectifications,
    30_000,
  );

  protected override updated(changed: PropertyValues): void {
    if (changed.has('month') && changed.get('month') !== undefined) void this.#items.restart();
  }

  override render(): TemplateResult {
    const { words } = this;
    const isOver = this.report?.isRunning === false;
    return html`
      <div class="bar">
        <h3>${words.rectifications}</h3>
        <span class="grow"></span>
        ${
          this.may('executive', 'manager') && isOver
            ? html`
                <button @click=${() => {
                  this.isOrdering = !this.isOrdering;
                }} aria-expanded=${this.isOrdering}>${words.order}</button>
                <button @click=${() => void this.#raise()}>${words.raise}</button>`
            : nothing
        }
      </div>
      ${this.isOrdering && this.report ? this.#renderOrder(this.report) : nothing}
      ${this.renderLoaded(this.#items, (items) =>
        items.length === 0
          ? pageStates.empty(words.noRectifications)
          : html`<div class="panel">${items.map((item) => this.#renderItem(item))}</div>`,
      )}
    `;
  }

  #renderOrder({ regions, metrics }: MonthReport): TemplateResult {
    const { words, language } = this;
    return html`<form class="panel order" @submit=${this.#order}>
      <div class="row">
        <label>${words.region}<select name="region">${regions
          .filter(({ key }) => key !== '')
          .map(({ key, name }) => html`<option value=${key}>${name[language]}</option>`)}</select></label>
        <label>${words.orderMetric}<select name="metric">${metrics.map(
          ({ code, name }) => html`<option value=${code}>${name[language]}</option>`,
        )}</select></label>
      </div>
      <label>${words.orderText}<textarea name="text" required maxlength="2000"></textarea></label>
      <div class="actions">
        <button type="button" @click=${() => {
          this.isOrdering = false;
        }}>${words.cancel}</button>
        <button class="primary">${words.order}</button>
      </div>
    </form>`;
  }

  #renderItem(item: RectificationItem): TemplateResult {
    const { words, language } = this;
    return html`<article>
      <div class="what">
        <strong>${item.regionName[language]} · ${item.metricName[language]}</strong>
        <span>${this.percent(item.part, item.whole)} <span class="soft small">${item.part}/${item.whole} · ${words.threshold} ${item.threshold / 100} %</span></span>
        <span class="tag ${item.state === 'filed' ? 'good' : 'warn'}">${words.states[item.state]}${item.filedAs ? ` ${item.filedAs}` : ''}</span>
      </div>
      <div class="deeds">${
        this.may('executive', 'manager')
          ? deedsOf(item).map(
              (what) =>
                html`<button aria-label="${words[what]}: ${item.regionName[language]} ${item.metricName[language]}" @click=${() => {
                  this.doing = { id: item.id, what };
                }}>${words[what]}</button>`,
            )
          : nothing
      }</div>
      <ol class="small soft">${item.notes.map(
        ({ at, actor, what, text }) =>
          html`<li>${showTime(at, language)} ${this.#deedName(what)} · ${actor === 'clock' ? words.clock : actor}${text === '' ? nothing : html` · ${text}`}</li>`,
      )}</ol>
      ${this.doing?.id === item.id ? this.#renderForm(item, this.doing.what) : nothing}
    </article>`;
  }

  #renderForm(item: RectificationItem, what: Deed): TemplateResult {
    const { words } = this;
    return html`<form @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement)
        void this.#note(item.id, what, String(new FormData(event.target).get('text') ?? ''));
    }}>
      <label>${words[what]}<textarea name="text" required maxlength="2000"></textarea></label>
      <div class="actions">
        <button type="button" @click=${() => {
          this.doing = undefined;
        }}>${words.cancel}</button>
        <button class="primary">${words.save}</button>
      </div>
    </form>`;
  }

  #deedName(what: string): string {
    const { words } = this;
    const names: Readonly<Record<string, string>> = {
      created: words.created,
      answered: words.answered,
      followed: words.followed,
      filed: words.filed,
    };
    return names[what] ?? what;
  }

  async #raise(): Promise<void> {
    const before = this.#items.value?.length ?? 0;
    await this.attempt(async () => {
      const body = { month: this.month };
      const { rectifications } = await this.api.post('rectifications', body, reportAnswers.rectifications);
      return this.words.raisedCount(rectifications.length - before);
    });
    await this.#items.refresh();
  }

  readonly #order = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const said = (name: string): string => String(data.get(name) ?? '');
    const only = { region: said('region'), metric: said('metric'), text: said('text') };
    const isDone = await this.attempt(async () => {
      await this.api.post('rectifications', { month: this.month, only }, reportAnswers.rectifications);
      return this.words.ordered;
    });
    if (isDone) this.isOrdering = false;
    await this.#items.refresh();
  };

  async #note(id: string, what: Deed, text: string): Promise<void> {
    const isDone = await this.attempt(async () => {
      await this.api.post(`rectifications/${id}/note`, { what, text }, reportAnswers.rectification);
      return undefined;
    });
    if (isDone) this.doing = undefined;
    await this.#items.refresh();
  }
}

/** What may be done next: nothing goes on file before the region has answered. */
function deedsOf({ state }: RectificationItem): readonly Deed[] {
  if (state === 'filed') return [];
  return state === 'open' ? ['answered', 'followed'] : ['answered', 'followed', 'filed'];
}
