// The tree of elements, and the chosen one with its problems and phrases: words, warranty, department, order, new ones.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { libraryKeyOf } from '../../../sync/headquarters/api/library-api.ts';
import { LibraryPart, partStyle } from './library-part.ts';
import {
  type Fields,
  foundElements,
  freshId,
  inOrder,
  type Of,
  phraseChange,
  rowsOf,
} from './library-rows.ts';

@customElement('library-tree')
export class LibraryTree extends LibraryPart {
  static override styles = [
    ...LibraryPart.styles,
    partStyle,
    css`
      .columns { display: grid; grid-template-columns: minmax(15rem, 1fr) 2.4fr; gap: 1rem; align-items: start; }
      .tree { padding: 0.6rem; max-height: calc(100vh - 8rem); overflow: auto; position: sticky; top: 4.5rem; }
      .tree .branch { display: block; width: 100%; border: 0; background: none; text-align: left; min-height: 2.2rem; padding: 0.25rem 0.6rem; }
      .tree .depth-1 { padding-left: 1.7rem; }
      .tree .depth-2 { padding-left: 2.8rem; }
      .tree .depth-3 { padding-left: 3.9rem; }
      .tree .branch[aria-current='true'] { background: var(--accent-wash); color: var(--accent); font-weight: 600; }
      article { display: grid; gap: 0.6rem; padding-top: 0.9rem; border-top: 1px solid var(--rule); }
      @media (max-width: 900px) { .columns { grid-template-columns: 1fr; } .tree { position: static; max-height: 20rem; } }
    `,
  ];
  @state() private chosen: string | undefined;
  @state() private query = '';

  override render(): TemplateResult {
    const { words } = this;
    const elements = rowsOf(this.library, 'element');
    const found = this.query === '' ? undefined : foundElements(this.library, this.query);
    const branch = (parent: string | null, depth: number): TemplateResult[] =>
      inOrder(elements.filter((row) => row.parent === parent && (found?.has(row.id) ?? true))).flatMap(
        (row) => [
          html`<button class=${`branch depth-${Math.min(depth, 3)}`} aria-current=${row.id === this.chosen}
            @click=${() => {
              this.chosen = row.id;
            }}>${row.name[this.language]}</button>`,
          ...(depth < 20 ? branch(row.id, depth + 1) : []),
        ],
      );
    return html`<div class="columns">
      <div class="panel tree">
        <label>${words.search}<input type="search" .value=${this.query} @input=${(event: Event) => {
          this.query = (event.target as HTMLInputElement).value.trim();
        }} /></label>
        ${branch(null, 0)}
        ${
          this.isEditor
            ? html`<details class="new"><summary>${words.addTop}</summary>${this.#renderNewElement(null)}</details>`
            : nothing
        }
      </div>
      <div class="panel detail">${keyed(this.chosen, this.#renderElement())}</div>
    </div>`;
  }

  #renderElement(): TemplateResult {
    const { words, library } = this;
    const element = rowsOf(library, 'element').find(({ id }) => id === this.chosen);
    if (!element) return html`<p class="soft">${words.chooseRow}</p>`;
    const problems = inOrder(rowsOf(library, 'problem').filter((row) => row.element === element.id));
    const isLeaf = !rowsOf(library, 'element').some(({ parent }) => parent === element.id);
    return html`
      <h3>${element.name[this.language]}</h3>
      ${this.renderRow(
        element,
        element.name,
        (row, name, fields) => ({
          ...row,
          name,
          order: fields.count('order') ?? row.order,
          warrantyMonths: fields.count('warranty'),
        }),
        html`${this.renderCount('order', words.order, element.order)}
          ${this.renderCount('warranty', words.warranty, element.warrantyMonths)}`,
      )}
      <p class="soft small">${words.warrantyHint}</p>
      ${problems.length === 0 ? nothing : html`<h3>${words.problems}</h3>`}
      ${problems.map((problem) => this.#renderProblem(problem))}
      ${isLeaf ? this.#renderNewProblem(element) : nothing}
      ${
        this.isEditor && problems.length === 0
          ? html`<details class="new"><summary>${words.addBelow}</summary>${this.#renderNewElement(element)}</details>`
          : nothing
      }
    `;
  }

  #renderProblem(problem: Of<'problem'>): TemplateResult {
    const { words } = this;
    const phrases = inOrder(rowsOf(this.library, 'phrase').filter((row) => row.problem === problem.id));
    return html`<article aria-label=${problem.name[this.language]}>
      ${this.renderRow(
        problem,
        problem.name,
        (row, name, fields) => ({ ...row, name, ...this.#problemFields(fields) }),
        this.#renderProblemFields(problem),
      )}
      ${phrases.map((phrase) =>
        this.renderRow(
          phrase,
          phrase.text,
          ({ order: _, ...row }, text, fields) => ({ ...row, text, ...orderOf(fields) }),
          this.renderCount('order', words.order, phrase.order),
        ),
      )}
      ${
        this.isEditor
          ? html`<form class="row of-phrase" data-problem=${problem.id} @submit=${(event: SubmitEvent) =>
              this.#addPhrase(event, problem)}>
              ${this.renderWords({ zh: '', en: '' })}
              <div class="more"><button>${words.addPhrase}</button></div>
            </form>`
          : nothing
      }
    </article>`;
  }

  #renderProblemFields(problem?: Of<'problem'>): TemplateResult {
    const { words } = this;
    return html`
      <label>${words.port}<select name="port">${rowsOf(this.library, 'port').map(
        ({ id, name }) =>
          html`<option value=${id} ?selected=${id === problem?.port}>${name[this.language]}</option>`,
      )}</select></label>
      ${this.renderCount('order', words.order, problem?.order)}
      ${this.renderCount('warranty', words.warranty, problem?.warrantyMonths)}
      <label class="check"><input type="checkbox" name="emergency" .checked=${problem?.emergency ?? false} />${words.emergency}</label>
    `;
  }

  #problemFields(fields: Fields) {
    return {
      port: fields.text('port') as Of<'port'>['id'],
      emergency: fields.isOn('emergency'),
      warrantyMonths: fields.count('warranty'),
      order: fields.count('order') ?? undefined,
    };
  }

  #renderNewProblem({ id }: Of<'element'>): TemplateResult | typeof nothing {
    const { words } = this;
    if (!this.isEditor) return nothing;
    return html`<details class="new"><summary>${words.addProblem}</summary>${this.renderNew(
      words.add,
      (name, fields) => {
        const row: Of<'problem'> = {
          kind: 'problem',
          id: freshId(),
          element: id,
          name,
          ...this.#problemFields(fields),
        };
        return [libraryKeyOf(row), row];
      },
      this.#renderProblemFields(),
    )}</details>`;
  }

  #renderNewElement(parent: Of<'element'> | null): TemplateResult | typeof nothing {
    const { words } = this;
    const beside = rowsOf(this.library, 'element').filter((row) => row.parent === (parent?.id ?? null));
    return this.renderNew(
      words.add,
      (name, fields) => {
        const row: Of<'element'> = {
          kind: 'element',
          id: freshId(),
          parent: parent?.id ?? null,
          name,
          order: Math.max(-1, ...beside.map(({ order }) => order)) + 1,
          warrantyMonths: fields.count('warranty'),
        };
        return [libraryKeyOf(row), row];
      },
      this.renderCount('warranty', words.warranty, null),
    );
  }

  #addPhrase(event: SubmitEvent, problem: Of<'problem'>): void {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    this.put([phraseChange(problem, text('zh'), text('en'))], []);
    event.target.reset();
  }
}

function orderOf(fields: Fields): { readonly order?: number } {
  const order = fields.count('order');
  return order === null ? {} : { order };
}
