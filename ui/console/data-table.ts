// The console's table: sorted by its head, searched, exported as CSV, walked by keyboard.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { consoleStyle } from './console-style.ts';
import { isTyping } from './key-help.ts';
import { pageStates } from './page-states.ts';
import {
  type Column,
  type Facets,
  facetRows,
  facetValues,
  findRows,
  type Order,
  sortRows,
  tableCsv,
} from './table-columns.ts';
import { tableMemory } from './table-memory.ts';
import { tableTexts } from './table-words.ts';
import { type Language, texts } from './text.ts';

/** More are shown when asked for: ten thousand rows at once would stop the browser. */
const pageRows = 200;

/** `row-chosen` bubbles when a row is chosen, by mouse or Enter. */
export class RowChosenEvent<Row> extends Event {
  readonly row: Row;
  constructor(row: Row) {
    super('row-chosen', { bubbles: true, composed: true });
    this.row = row;
  }
}

/**
 * `<data-table .columns .rows .keyOf label="…" language="zh" file="requests" choosable @row-chosen @retry>`
 * @fires row-chosen RowChosenEvent, when `choosable`
 * @fires retry after a problem
 */
@customElement('data-table')
export class DataTable<Row = unknown> extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      .bar { margin-bottom: 0.6rem; }
      .bar :is(input, select, button), ::slotted(select) { min-height: 2.2rem; padding-block: 0.2rem; font-size: 0.95rem; }
      .bar input { min-width: min(16rem, 100%); }
      .bar select { max-width: 13rem; }
      .bar select.on { border-color: var(--accent); background: var(--accent-wash); color: var(--accent); }
      .region { overflow: auto; max-height: var(--table-height, calc(100vh - 13rem)); min-height: 6rem; position: relative; }
      thead th { position: sticky; top: 0; z-index: 1; padding: 0; background: var(--surface); box-shadow: inset 0 -1px 0 var(--rule); }
      th button {
        display: flex; gap: 0.35rem; width: 100%; border: 0; border-radius: 0; background: none; padding: 0.35rem 1rem;
        min-height: 2.2rem; font-size: 0.85rem; color: var(--text-soft); white-space: nowrap;
      }
      th button::after { content: '↕'; opacity: 0; }
      th button:is(:hover, :focus-visible)::after { opacity: 0.6; }
      th[aria-sort='ascending'] button::after { content: '↑'; opacity: 1; }
      th[aria-sort='descending'] button::after { content: '↓'; opacity: 1; }
      th.number button { justify-content: end; }
      th.number button::after { order: -1; }
      th button:focus-visible { outline-offset: -3px; }
      th[aria-sort='ascending'] button, th[aria-sort='descending'] button { color: var(--accent); font-weight: 600; }
      td { padding: 0.42rem 1rem; vertical-align: middle; }
      tbody tr:hover { background: var(--surface); }
      .choosable tbody tr { cursor: pointer; }
      tbody tr:focus-visible { outline-offset: -3px; }
      tr[aria-selected='true'] { background: var(--accent-wash); }
      .more { padding: 0.7rem; text-align: center; }
      @media print {
        .bar, .more { display: none; }
        .region { max-height: none; overflow: visible; border: 0; }
        thead th { position: static; }
        th button { padding-inline: 0.4rem; }
        th button::after { content: none; }
        td { padding: 0.25rem 0.4rem; }
      }
    `,
  ];
  @property({ attribute: false }) declare columns: readonly Column<Row>[];
  /** undefined: they are still on their way */
  @property({ attribute: false }) declare rows: readonly Row[] | undefined;
  @property({ attribute: false }) declare keyOf: (row: Row) => string | number;
  @property() declare language: Language;
  /** what the rows are, for those who cannot see the page */
  @property() declare label: string;
  /** said when there are none */
  @property() declare empty: string | undefined;
  /** code of what went wrong; the rows that were there stay */
  @property() declare problem: string | undefined;
  /** name of the exported file, without its end; left out = no export */
  @property() declare file: string | undefined;
  @property({ type: Boolean }) declare choosable: boolean;
  /** key of the row that is shown elsewhere on the page */
  @property({ attribute: false }) declare chosen: string | number | undefined;
  @property({ attribute: false }) declare order: Order | undefined;
  @state() private search = '';
  @state() private facets: Facets = new Map();
  @state() private most = pageRows;
  /** the row that Tab comes to */
  @state() private at = 0;
  @query('input[type=search]') declare private finder: HTMLInputElement | null;
  @query('tbody') declare private body: HTMLTableSectionElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#goFind);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#goFind);
    if (this.file !== undefined)
      tableMemory.keep(this.file, { search: this.search, facets: this.facets, order: this.order });
  }

  protected override willUpdate(): void {
    if (this.hasUpdated || this.file === undefined) return;
    const left = tableMemory.recall(this.file);
    if (!left) return;
    this.search = left.search;
    this.facets = left.facets;
    this.order = left.order ?? this.order;
  }

  override render(): TemplateResult {
    const words = tableTexts[this.language];
    const { rows, problem } = this;
    const shown = this.#shown();
    return html`
      ${
        problem === undefined
          ? nothing
          : pageStates.problem(texts[this.language], problem, () => this.dispatchEvent(new Event('retry')))
      }
      <div class="bar">
        <input type="search" .value=${this.search} placeholder=${words.findKey} aria-label=${words.find}
          aria-keyshortcuts="/" @input=${this.#find} @keydown=${this.#leaveFind} />
        ${this.columns.filter(({ isFacet }) => isFacet).map((column) => this.#renderFacet(column))}
        <span class="soft small" role="status">${rows ? words.count(shown.length, rows.length) : nothing}</span>
        <span class="grow"></span>
        <slot name="tools"></slot>
        ${
          this.file === undefined
            ? nothing
            : html`<button ?disabled=${shown.length === 0} @click=${() => this.#export()}>${words.export}</button>`
        }
      </div>
      <div class="panel region ${this.choosable ? 'choosable' : ''}" role="region" aria-label=${this.label}
        tabindex=${this.choosable && shown.length > 0 ? -1 : 0}>
        ${this.#renderRows(shown)}
      </div>
    `;
  }

  /** Says nothing where there is nothing to choose between. */
  #renderFacet(column: Column<Row>): TemplateResult | typeof nothing {
    const { id, label } = column;
    const values = facetValues(this.rows ?? [], column);
    const chosen = this.facets.get(id);
    if (values.length < 2 && chosen === undefined) return nothing;
    return html`<select aria-label=${label} class=${chosen === undefined ? '' : 'on'} @change=${(
      event: Event,
    ) => {
      if (!(event.target instanceof HTMLSelectElement)) return;
      const next = new Map(this.facets);
      if (event.target.value === '') next.delete(id);
      else next.set(id, event.target.value);
      this.facets = next;
      this.#startOver();
    }}>
      <option value="" .selected=${chosen === undefined}>${tableTexts[this.language].facet(label)}</option>
      ${values.map(([value, count]) => html`<option value=${value} .selected=${value === chosen}>${value} (${count})</option>`)}
    </select>`;
  }

  #renderRows(shown: readonly Row[]): TemplateResult {
    const words = tableTexts[this.language];
    if (this.rows === undefined) {
      // what went wrong stands above
      return this.problem === undefined ? pageStates.waiting(texts[this.language]) : html``;
    }
    if (shown.length === 0) {
      if (this.rows.length === 0) return pageStates.empty(this.empty ?? words.none);
      const showAll = html`<button @click=${() => {
        this.search = '';
        this.facets = new Map();
      }}>${words.showAll}</button>`;
      return pageStates.empty(words.noneFound, showAll);
    }
    return html`
      <table role=${this.choosable ? 'grid' : 'table'} aria-label=${this.label}>
        <thead><tr>${this.columns.map((column) => this.#renderHead(column))}</tr></thead>
        <tbody @keydown=${this.#move}>
          ${repeat(shown.slice(0, this.most), this.keyOf, (row, index) => this.#renderRow(row, index))}
        </tbody>
      </table>
      ${
        shown.length > this.most
          ? html`<div class="more"><button @click=${() => {
              this.most += pageRows * 5;
            }}>${words.more(shown.length - this.most)}</button></div>`
          : nothing
      }
    `;
  }

  #renderHead({ id, label, isNumber }: Column<Row>): TemplateResult {
    const isSorted = this.order?.column === id;
    const isDescending = isSorted && this.order?.isDescending === true;
    const direction = isDescending ? 'descending' : 'ascending';
    return html`
      <th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${isSorted ? direction : 'none'}>
        <button @click=${() => {
          this.order = { column: id, isDescending: isSorted && !isDescending };
        }}>${label}</button>
      </th>
    `;
  }

  #renderRow(row: Row, index: number): TemplateResult {
    const cells = this.columns.map(
      ({ isNumber, show, value }) =>
        html`<td class=${isNumber ? 'number' : ''}>${show ? show(row) : (value(row) ?? '–')}</td>`,
    );
    if (!this.choosable) return html`<tr>${cells}</tr>`;
    return html`
      <tr tabindex=${index === Math.min(this.at, this.#shown().length - 1) ? 0 : -1}
        aria-selected=${this.keyOf(row) === this.chosen} data-key=${this.keyOf(row)}
        @focus=${() => {
          this.at = index;
        }}
        @click=${() => this.dispatchEvent(new RowChosenEvent(row))}>${cells}</tr>
    `;
  }

  #shown(): readonly Row[] {
    const chosen = facetRows(this.rows ?? [], this.columns, this.facets);
    return sortRows(findRows(chosen, this.columns, this.search), this.columns, this.order);
  }

  #startOver(): void {
    this.most = pageRows;
    this.at = 0;
  }

  readonly #find = (event: InputEvent): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.search = event.target.value;
    this.#startOver();
  };

  /** `/` comes to the first table of the page. */
  readonly #goFind = (event: KeyboardEvent): void => {
    if (event.key !== '/' || event.defaultPrevented || isTyping(event)) return;
    event.preventDefault();
    this.finder?.focus();
  };

  /** Escape shows all again, Enter and arrow down go on to the rows. */
  readonly #leaveFind = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.search !== '') {
      event.preventDefault();
      this.search = '';
      this.#startOver();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    this.body?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
  };

  /** Arrows, j and k, Home and End walk the rows; Enter chooses. */
  readonly #move = (event: KeyboardEvent): void => {
    if (!this.choosable || !(event.target instanceof HTMLTableRowElement)) return;
    const rows = [...(this.body?.rows ?? [])];
    const at = rows.indexOf(event.target);
    if (event.key === 'Enter' || event.key === ' ') event.target.click();
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (to !== undefined) rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
  };

  #export(): void {
    const csv = tableCsv(this.#shown(), this.columns);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
    link.download = `${this.file ?? 'table'}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
