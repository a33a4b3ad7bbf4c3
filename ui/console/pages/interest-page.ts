// What visitors looked at, home by home, and the adverse facts that stand beside the selling points.
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type SalesAnswers, salesAnswers } from '../../../sync/headquarters/api/sales-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { salesWords } from '../sales-words.ts';
import type { Column } from '../table-columns.ts';

type Figure = SalesAnswers['interest']['figures'][number];

@customElement('interest-page')
export class InterestPage extends PageElement {
  static override styles = [...PageElement.styles, css`data-table { --table-height: 70vh; }`];
  readonly #figures = new Polling<readonly Figure[]>(
    this,
    async () => {
      const query = this.#project === '' ? '' : `?project=${encodeURIComponent(this.#project)}`;
      return (await this.api.get(`interest${query}`, salesAnswers.interest)).figures;
    },
    15_000,
  );
  readonly #projects = new Polling(
    this,
    async () => (await this.api.get('board/projects', salesAnswers.projects)).projects,
    600_000,
  );
  #project = '';

  override render(): TemplateResult {
    const words = salesWords[this.language];
    const number = (id: 'views' | 'seconds' | 'members' | 'kept'): Column<Figure> => ({
      id,
      label: words[id],
      value: (row) => row[id],
      isNumber: true,
    });
    const columns: Column<Figure>[] = [
      { id: 'label', label: words.subject, value: (row) => row.label[this.language] },
      number('views'),
      number('seconds'),
      number('members'),
      number('kept'),
    ];
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      ${this.renderLoaded(
        this.#figures,
        (figures) => html`<data-table .columns=${columns} .rows=${figures}
          .keyOf=${(row: Figure) => `${row.project}/${row.unit}`} language=${this.language} label=${words.interest}
          .empty=${words.interestNone} file="interest">
          <select slot="tools" aria-label=${words.project} @change=${this.#choose}>
            <option value="">${words.allProjects}</option>
            ${(this.#projects.value ?? []).map(({ id, name }) => html`<option value=${id}>${name[this.language]}</option>`)}
          </select></data-table>`,
      )}
    `;
  }

  readonly #choose = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.#project = event.target.value;
    void this.#figures.refresh();
  };
}
