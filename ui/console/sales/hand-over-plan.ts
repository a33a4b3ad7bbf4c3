// Plans a hand-over day: project, hours, place, and which of the homes that were bought and not handed over are invited.
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type SalesAnswers, salesAnswers } from '../../../sync/headquarters/api/sales-api.ts';
import { type ApiClient, ApiError } from '../api-client.ts';
import { consoleStyle } from '../console-style.ts';
import { salesProblem, salesWords } from '../sales-words.ts';
import type { Language } from '../text.ts';

type Project = SalesAnswers['projects']['projects'][number];
type Home = Pick<SalesAnswers['purchase'], 'unit' | 'label'>;

/** @fires planned with `detail.id` of the day */
@customElement('hand-over-plan')
export class HandOverPlan extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      form { display: grid; gap: 0.9rem; margin-top: 0.9rem; max-width: 56rem; }
      .times { display: grid; grid-template-columns: 2fr 1fr 1fr 1fr; gap: 0.75rem; }
      .places { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
      input, select { width: 100%; }
      fieldset { margin: 0; padding: 0.75rem; border: 1px solid var(--rule-strong); border-radius: 8px; min-width: 0; }
      legend { padding: 0 0.4rem; font-size: 0.9rem; color: var(--text-soft); }
      .homes {
        display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.1rem 0.75rem;
        max-height: 14rem; overflow: auto;
      }
      .tick { display: flex; gap: 0.5rem; align-items: center; min-height: 2rem; color: var(--text-main); }
      .tick input { width: 1.2rem; height: 1.2rem; min-height: 0; accent-color: var(--accent); flex: none; }
    `,
  ];
  @property({ attribute: false }) declare api: ApiClient;
  @property() declare language: Language;
  @property({ attribute: false }) declare projects: readonly Project[];
  @state() private project: string | undefined;
  @state() private homes: readonly Home[] = [];
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private problem: string | undefined;

  override willUpdate(): void {
    const [first] = this.projects;
    if (this.project === undefined && first) void this.#choose(first.id);
  }

  override render(): TemplateResult {
    const words = salesWords[this.language];
    const isAll = this.homes.length > 0 && this.chosen.size === this.homes.length;
    return html`
      <form @submit=${this.#plan}>
        <div class="times">
          <label>${words.project}<select name="project" required @change=${({ target }: Event) => {
            if (target instanceof HTMLSelectElement) void this.#choose(target.value);
          }}>${this.projects.map(
            ({ id, name }) =>
              html`<option value=${id} ?selected=${id === this.project}>${name[this.language]}</option>`,
          )}</select></label>
          <label>${words.day}<input type="date" name="day" required /></label>
          <label>${words.from}<input type="time" name="from" value="08:30" required /></label>
          <label>${words.to}<input type="time" name="to" value="18:00" required /></label>
        </div>
        <div class="places">
          <label>${words.placeZh}<input name="place" required maxlength="100" autocomplete="off" /></label>
          <label>${words.placeEn}<input name="placeEn" required maxlength="100" autocomplete="off" /></label>
        </div>
        <fieldset>
          <legend>${words.units}</legend>
          ${
            this.homes.length === 0
              ? html`<p class="soft">${words.unitsNone}</p>`
              : html`<label class="tick"><input type="checkbox" .checked=${isAll} @change=${() => {
                  this.chosen = new Set(isAll ? [] : this.homes.map(({ unit }) => unit));
                }} />${words.chooseAll(this.homes.length)}</label>
                <div class="homes">${this.homes.map((home) => this.#renderHome(home))}</div>`
          }
        </fieldset>
        ${this.problem === undefined ? '' : html`<p class="problem" role="alert">${this.problem}</p>`}
        <div class="actions">
          <button class="primary" ?disabled=${this.chosen.size === 0}>${words.create}</button>
        </div>
      </form>
    `;
  }

  #renderHome({ unit, label }: Home): TemplateResult {
    return html`<label class="tick"><input type="checkbox" .checked=${this.chosen.has(unit)} @change=${() => {
      const chosen = new Set(this.chosen);
      if (!chosen.delete(unit)) chosen.add(unit);
      this.chosen = chosen;
    }} />${label[this.language]}</label>`;
  }

  async #choose(project: string): Promise<void> {
    this.project = project;
    this.homes = [];
    this.chosen = new Set();
    await this.#attempt(async () => {
      const query = `project=${encodeURIComponent(project)}&limit=1000`;
      const { purchases } = await this.api.get(`purchases?${query}`, salesAnswers.purchases);
      // another project may have been chosen meanwhile
      if (project === this.project)
        this.homes = purchases.filter(({ handedOverOn }) => handedOverOn === null);
    });
  }

  readonly #plan = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const { target } = event;
    const form = new FormData(target);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    // the site's clock, wherever the desk is
    const at = (time: string): string => new Date(`${text('day')}T${time}:00+08:00`).toISOString();
    await this.#attempt(async () => {
      const { id } = await this.api.post(
        'hand-over',
        {
          project: text('project'),
          day: text('day'),
          from: at(text('from')),
          to: at(text('to')),
          place: { zh: text('place'), en: text('placeEn') },
          units: [...this.chosen],
        },
        salesAnswers.planned,
      );
      target.reset();
      this.chosen = new Set();
      this.dispatchEvent(new CustomEvent('planned', { detail: { id } }));
    });
  };

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      this.problem = salesProblem(this.language, error instanceof ApiError ? error.code : 'fault');
    }
  }
}
