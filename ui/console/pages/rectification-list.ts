// Rectification tasks of a month: what a region must mend, what it answered, and under which number it is on file.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type RectificationItem, reportAnswers } from '../../../sync/headquarters/api/report-api.ts';
import { PageElement } from '../page-element.ts';
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
      .list { display: grid; gap: 0.75rem; }
      article { display: grid; gap: 0.5rem; padding: 0.9rem 1.1rem; }
      ol { margin: 0; padding-left: 1.1rem; }
      form { display: grid; gap: 0.6rem; }
      textarea { min-height: 4rem; }
      .deeds { display: flex; flex-wrap: wrap; gap: 0.5rem; }
      @media print { button, form { display: none; } article { border: 0; box-shadow: none; padding: 0.2rem 0; } }
    `,
  ];
  @property() declare month: string;
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
    return html`
      <div class="bar">
        <h3>${words.rectifications}</h3>
        <span class="grow"></span>
        ${this.may('executive', 'manager') ? html`<button @click=${() => void this.#raise()}>${words.raise}</button>` : nothing}
      </div>
      ${this.renderLoaded(this.#items, (items) =>
        items.length === 0
          ? html`<div class="panel empty">${words.noRectifications}</div>`
          : html`<div class="list">${items.map((item) => this.#renderItem(item))}</div>`,
      )}
    `;
  }

  #renderItem(item: RectificationItem): TemplateResult {
    const { words, language } = this;
    const deeds: readonly Deed[] = item.state === 'filed' ? [] : ['answered', 'followed', 'filed'];
    return html`<article class="panel">
      <div class="bar">
        <strong>${item.regionName[language]} · ${item.metricName[language]}</strong>
        <span>${this.percent(item.part, item.whole)} (${words.threshold} ${item.threshold / 100} %)</span>
        <span class="tag ${item.state === 'filed' ? 'good' : 'warn'}">${words.states[item.state]}${item.filedAs ? ` ${item.filedAs}` : ''}</span>
      </div>
      <ol class="small soft">${item.notes.map(
        ({ at, actor, what, text }) =>
          html`<li>${showTime(at, language)} ${this.#deedName(what)} · ${actor}${text === '' ? nothing : html` · ${text}`}</li>`,
      )}</ol>
      ${
        this.doing?.id === item.id
          ? this.#renderForm(item, this.doing.what)
          : html`<div class="deeds">${
              this.may('executive', 'manager')
                ? deeds.map(
                    (what) =>
                      html`<button @click=${() => {
                        this.doing = { id: item.id, what };
                      }}>${words[what]}</button>`,
                  )
                : nothing
            }</div>`
      }
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
    await this.attempt(async () => {
      await this.api.post('rectifications', { month: this.month }, reportAnswers.rectifications);
      return undefined;
    });
    await this.#items.refresh();
  }

  async #note(id: string, what: Deed, text: string): Promise<void> {
    const isDone = await this.attempt(async () => {
      await this.api.post(`rectifications/${id}/note`, { what, text }, reportAnswers.rectification);
      return undefined;
    });
    if (isDone) this.doing = undefined;
    await this.#items.refresh();
  }
}
