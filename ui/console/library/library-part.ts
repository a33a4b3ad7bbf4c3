// What the parts of the library editor share: the library they edit, one form for a row, and how they tell of a change.
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { type LibraryRow, libraryKeyOf } from '../../../sync/headquarters/api/library-api.ts';
import { PageElement } from '../page-element.ts';
import {
  type Change,
  type Fields,
  fieldsOf,
  putBack,
  type Rows,
  removal,
  withAllBelow,
} from './library-rows.ts';
import { type LibraryWords, libraryWords } from './library-words.ts';

/** `before`: what "undo" puts back; of what is new nothing. */
export class LibraryChangeEvent extends Event {
  readonly changes: readonly Change[];
  readonly before: readonly Change[];
  constructor(changes: readonly Change[], before: readonly Change[]) {
    super('library-change', { bubbles: true, composed: true });
    this.changes = changes;
    this.before = before;
  }
}

export const partStyle = css`
  .detail { padding: 1rem 1.15rem; display: grid; gap: 0.9rem; }
  .list { display: grid; gap: 0.6rem; }
  form.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem; align-items: end; }
  form.row.of-phrase, form.row.of-port { grid-template-columns: 1fr 1fr auto; }
  form.row .more { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
  form.row .more input[type='number'] { width: 5.5rem; }
  form.row.of-phrase { padding-left: 1.5rem; }
  form.row:is(.of-phrase, .of-port) .more { grid-column: auto; }
  .changed { border-left: 4px solid var(--warn); padding-left: 0.5rem; }
  .check { display: flex; align-items: center; gap: 0.4rem; min-height: 2.5rem; color: var(--text-main); }
  .check input { width: 1.2rem; min-height: 1.2rem; accent-color: var(--accent); }
  details.new > summary { cursor: pointer; color: var(--accent); padding: 0.4rem 0; font-weight: 500; }
  @media (max-width: 900px) { form.row, form.row.of-phrase, form.row.of-port { grid-template-columns: 1fr; } }
`;

export abstract class LibraryPart extends PageElement {
  @property({ attribute: false }) declare library: Rows;

  protected get words(): LibraryWords {
    return libraryWords[this.language];
  }

  protected get isEditor(): boolean {
    return this.may('service-desk', 'manager');
  }

  protected put(changes: readonly Change[], before: readonly Change[]): void {
    this.dispatchEvent(new LibraryChangeEvent(changes, before));
  }

  /** Takes a row away with everything below it. */
  protected drop(row: LibraryRow): void {
    const gone = withAllBelow(this.library, row);
    this.put(removal(gone), putBack(gone));
  }

  /** A row that is there, in a form of its own. */
  protected renderRow<R extends LibraryRow>(
    row: R,
    said: { readonly zh: string; readonly en: string },
    next: (row: R, words: { readonly zh: string; readonly en: string }, fields: Fields) => R,
    more: TemplateResult | typeof nothing = nothing,
  ): TemplateResult {
    const { words } = this;
    const key = libraryKeyOf(row);
    const isChanged = this.library.changed.some((change) => change.key === key);
    // what was typed beside one row must never stand beside another
    return html`${keyed(
      key,
      html`<form class="row of-${row.kind} ${isChanged ? 'changed' : ''}" data-key=${key} @submit=${(
        event: SubmitEvent,
      ) => {
        const fields = fieldsOf(event);
        const changed = next(row, { zh: fields.text('zh'), en: fields.text('en') }, fields);
        this.put([[key, changed]], [[key, row]]);
      }}>
      ${this.renderWords(said)}
      <div class="more">
        ${more}
        ${
          this.isEditor
            ? html`<button>${words.save}</button>
              <button type="button" class="danger" @click=${() => this.drop(row)}>${words.remove}</button>`
            : nothing
        }
      </div>
    </form>`,
    )}`;
  }

  /** A form for one that is not there yet. */
  protected renderNew(
    label: string,
    made: (words: { readonly zh: string; readonly en: string }, fields: Fields) => Change,
    more: TemplateResult | typeof nothing = nothing,
  ): TemplateResult | typeof nothing {
    if (!this.isEditor) return nothing;
    return html`<form class="row" @submit=${(event: SubmitEvent) => {
      const fields = fieldsOf(event);
      this.put([made({ zh: fields.text('zh'), en: fields.text('en') }, fields)], []);
      if (event.target instanceof HTMLFormElement) event.target.reset();
    }}>
      ${this.renderWords({ zh: '', en: '' })}
      <div class="more">${more}<button>${label}</button></div>
    </form>`;
  }

  protected renderCount(
    name: string,
    label: string,
    value: number | null | undefined,
    isRequired = false,
  ): TemplateResult {
    return html`<label>${label}<input type="number" name=${name} min="0" max="100000" step="1"
      .value=${value == null ? '' : `${value}`} ?required=${isRequired} /></label>`;
  }

  protected renderWords({ zh, en }: { readonly zh: string; readonly en: string }): TemplateResult {
    return html`
      <label>${this.words.zh}<input name="zh" .value=${zh} maxlength="120" required /></label>
      <label>${this.words.en}<input name="en" .value=${en} maxlength="120" required /></label>
    `;
  }
}
