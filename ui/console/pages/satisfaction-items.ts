// The editor of satisfaction items on three levels: what terminals ask about.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type * as v from 'valibot';
import { formsAnswers } from '../../../sync/headquarters/api/forms-api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { FormsPageElement } from './forms-page-element.ts';
import { inTree } from './survey-form.ts';

type Items = v.InferOutput<typeof formsAnswers.items>['items'];
type Item = Items[number];

@customElement('satisfaction-items')
export class SatisfactionItems extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      :host { margin-top: 1.6rem; }
      h3 { margin-bottom: 0.6rem; }
      .panel { overflow-x: auto; }
      form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem; padding: 1rem; }
      td { padding: 0.4rem 0.8rem; }
      .l2 { padding-left: 1.6rem; font-weight: 600; }
      .l3 { padding-left: 3.2rem; }
    `,
  ];
  @state() private chosen: Item | undefined;

  readonly #items = new Polling<Items>(
    this,
    async () => (await this.api.get('satisfaction-items', formsAnswers.items)).items,
    60_000,
  );

  override render(): TemplateResult {
    const { words } = this;
    const canWrite = this.may('manager', 'service-desk');
    return html`<h3>${words.items}</h3>
      ${this.renderLoaded(
        this.#items,
        (items) => html`<div class="panel">
          <table><tbody>${inTree(items).map((item) => this.#renderItem(item, canWrite))}</tbody></table>
          ${canWrite ? this.#renderForm(items) : nothing}
        </div>`,
      )}`;
  }

  #renderItem(item: Item, canWrite: boolean): TemplateResult {
    const { words } = this;
    return html`<tr>
      <td class="l${item.level}">${item.name.zh}</td><td>${item.name.en}</td><td class="soft small">${item.code}</td>
      <td>${
        canWrite
          ? html`<button @click=${() => {
              this.chosen = item;
            }} aria-label="${words.keepItem} ${item.name[this.language]}">✎</button>
            <button class="danger" @click=${() => void this.#drop(item)} aria-label="${words.drop} ${item.name[this.language]}">✕</button>`
          : nothing
      }</td></tr>`;
  }

  #renderForm(items: Items): TemplateResult {
    const { words, chosen, language } = this;
    return html`<form @submit=${this.#keep}>
      <label>${words.code}<input name="code" required pattern="[a-z0-9\\-]+" maxlength="40" .value=${chosen?.code ?? ''} /></label>
      <label>${words.parent}<select name="parent">
        <option value="">–</option>
        ${items
          .filter(({ level }) => level < 3)
          .map(
            ({ code, name }) =>
              html`<option value=${code} ?selected=${code === chosen?.parent}>${name[language]}</option>`,
          )}
      </select></label>
      <label>${words.nameZh}<input name="zh" required maxlength="40" .value=${chosen?.name.zh ?? ''} /></label>
      <label>${words.nameEn}<input name="en" required maxlength="40" .value=${chosen?.name.en ?? ''} /></label>
      <label>${words.place}<input name="order" type="number" min="0" max="999" required .value=${`${chosen?.order ?? 0}`} /></label>
      <button class="primary">${words.keepItem}</button>
    </form>`;
  }

  readonly #keep = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const parent = this.#items.value?.find(({ code }) => code === text('parent'));
    const isDone = await this.attempt(async () => {
      await this.api.post(
        'satisfaction-items',
        {
          code: text('code'),
          level: parent ? parent.level + 1 : 1,
          parent: parent?.code ?? null,
          name: { zh: text('zh'), en: text('en') },
          order: Number(text('order')),
        },
        formsAnswers.items,
      );
      return undefined;
    });
    if (isDone) {
      this.chosen = undefined;
      form.reset();
    }
    await this.#items.refresh();
  };

  async #drop({ code }: Item): Promise<void> {
    await this.attempt(async () => {
      await this.api.post(`satisfaction-items/${code}/drop`, {}, formsAnswers.items);
      return undefined;
    });
    await this.#items.refresh();
  }
}
