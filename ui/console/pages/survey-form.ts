// The form that defines a node survey: name, project, window, whom it asks and what.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type * as v from 'valibot';
import { formsAnswers } from '../../../sync/headquarters/api/forms-api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { FormsPageElement } from './forms-page-element.ts';

type Items = v.InferOutput<typeof formsAnswers.items>['items'];
type Projects = v.InferOutput<typeof formsAnswers.surveys>['projects'];

/** @fires closed when the survey is published or given up */
@customElement('survey-form')
export class SurveyForm extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: grid; gap: 0.9rem; padding: 1.1rem; margin-bottom: 1rem; }
      .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 0.75rem; }
      fieldset { border: 1px solid var(--rule); border-radius: 8px; columns: 3 14rem; padding: 0.75rem 1rem; }
      fieldset label { display: flex; align-items: center; gap: 0.5rem; color: var(--text-main); break-inside: avoid; }
      fieldset label > input { min-height: 1.4rem; }
      .l2 { margin-left: 0.6rem; }
      .l3 { margin-left: 1.6rem; }
    `,
  ];
  @property({ attribute: false }) declare projects: Projects;
  @state() private isSending = false;
  @state() private isInvited = false;

  readonly #items = new Polling<Items>(
    this,
    async () => (await this.api.get('satisfaction-items', formsAnswers.items)).items,
    60_000,
  );

  override render(): TemplateResult {
    const { words, language } = this;
    return html`<form class="panel" @submit=${this.#submit}>
      <div class="row">
        <label>${words.nameZh}<input name="zh" required maxlength="60" /></label>
        <label>${words.nameEn}<input name="en" required maxlength="60" /></label>
        <label>${words.project}<select name="project">
          <option value="">${words.everyProject}</option>
          ${this.projects.map(({ id, name }) => html`<option value=${id}>${name[language]}</option>`)}
        </select></label>
        <label>${words.audience}<select name="audience" @change=${this.#chooseAudience}>
          <option value="everybody">${words.audiences.everybody}</option>
          <option value="invited">${words.audiences.invited}</option>
        </select></label>
        ${
          this.isInvited
            ? html`<label>${words.node}<select name="node">${Object.entries(words.nodes).map(
                ([code, name]) => html`<option value=${code}>${name}</option>`,
              )}</select></label>`
            : nothing
        }
        <label>${words.opens}<input name="opens" type="datetime-local" required /></label>
        <label>${words.ends}<input name="ends" type="datetime-local" required /></label>
      </div>
      <fieldset>
        <legend>${words.asked}</legend>
        ${this.renderLoaded(
          this.#items,
          (items) =>
            html`${inTree(items).map(
              ({ code, level, name }) => html`<label class="l${level}">
            <input type="checkbox" name="item" value=${code} ?checked=${level < 3} />${name[language]}</label>`,
            )}`,
        )}
      </fieldset>
      <div class="actions">
        <button type="button" @click=${() => this.dispatchEvent(new Event('closed'))}>${words.cancel}</button>
        <button class="primary" ?disabled=${this.isSending}>${words.define}</button>
      </div>
    </form>`;
  }

  readonly #chooseAudience = (event: Event): void => {
    this.isInvited = event.target instanceof HTMLSelectElement && event.target.value === 'invited';
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const instant = (name: string): string => new Date(text(name)).toISOString();
    this.isSending = true;
    const isDone = await this.attempt(async () => {
      await this.api.post(
        'surveys',
        {
          name: { zh: text('zh'), en: text('en') },
          project: text('project') === '' ? null : text('project'),
          opensAt: instant('opens'),
          endsAt: instant('ends'),
          audience: text('audience'),
          ...(text('node') === '' ? {} : { node: text('node') }),
          items: data.getAll('item').map(String),
        },
        formsAnswers.survey,
      );
      return this.words.defined;
    });
    this.isSending = false;
    if (isDone) this.dispatchEvent(new Event('closed'));
  };
}

/** The first level, then each of the second with its details behind it. */
export function inTree(items: Items): Items {
  const of = (parent: string): Items => items.filter((item) => item.level === 3 && item.parent === parent);
  return [
    ...items.filter(({ level }) => level === 1),
    ...items.filter(({ level }) => level === 2).flatMap((item) => [item, ...of(item.code)]),
  ];
}
