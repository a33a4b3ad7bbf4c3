// The places of each project: their names, order and scope, the elements bound to them, new ones, and those of another project.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { libraryKeyOf } from '../../../sync/headquarters/api/library-api.ts';
import { pageStates } from '../page-states.ts';
import { LibraryPart, partStyle } from './library-part.ts';
import { type Change, type Fields, freshId, inOrder, type Of, putBack, rowsOf } from './library-rows.ts';

@customElement('library-places')
export class LibraryPlaces extends LibraryPart {
  static override styles = [
    ...LibraryPart.styles,
    partStyle,
    css`
      summary { cursor: pointer; }
      .bound { border: 1px solid var(--rule); border-radius: 8px; padding: 0.6rem 0.8rem; columns: 11rem; }
      .bound div { break-inside: avoid; padding-bottom: 0.5rem; }
      .bound .check { min-height: 2rem; }
      .bound .leaf { padding-left: 1.2rem; }
    `,
  ];
  @state() private project: string | undefined;

  override render(): TemplateResult {
    const { words, library } = this;
    const project = this.project ?? library.projects[0]?.id;
    if (project === undefined) return pageStates.empty(words.noProjects);
    const places = this.#placesOf(project);
    return html`
      <div class="bar">
        <label>${words.project}<select @change=${(event: Event) => {
          this.project = (event.target as HTMLSelectElement).value;
        }}>${library.projects.map(
          ({ id, name }) =>
            html`<option value=${id} ?selected=${id === project}>${name[this.language]}</option>`,
        )}</select></label>
        ${this.isEditor && library.projects.length > 1 ? this.#renderCopy(project) : nothing}
      </div>
      <div class="list">
        ${places.map((place) => this.#renderPlace(place))}
        ${
          this.isEditor
            ? html`<details class="panel detail new"><summary>${words.addPlace}</summary>${this.#renderNew(project)}</details>`
            : nothing
        }
      </div>`;
  }

  #placesOf(project: string): readonly Of<'place'>[] {
    return inOrder(rowsOf(this.library, 'place').filter((row) => row.project === project));
  }

  #renderPlace(place: Of<'place'>): TemplateResult {
    const { words } = this;
    return html`<details class="panel detail" data-place=${place.id}>
      <summary>${place.name[this.language]} · ${words.scopes[place.scope]} · ${words.boundCount(place.elements.length)}</summary>
      ${this.renderRow(
        place,
        place.name,
        (row, name, fields) => ({ ...row, name, ...placeFields(fields, row) }),
        this.#renderFields(place),
      )}
      <fieldset class="bound" aria-label=${words.bound} ?disabled=${!this.isEditor}>
        <legend>${words.bound}</legend>
        ${this.#branches().map(
          ([top, ...leaves]) => html`<div>
            ${top ? this.#renderBound(place, top, '') : nothing}
            ${leaves.map((leaf) => this.#renderBound(place, leaf, 'leaf'))}
          </div>`,
        )}
      </fieldset>
    </details>`;
  }

  #renderBound(place: Of<'place'>, { id, name }: Of<'element'>, kind: string): TemplateResult {
    return html`<label class="check ${kind}"><input type="checkbox" .checked=${live(place.elements.includes(id))}
      @change=${() => this.#bind(place, id)} />${name[this.language]}</label>`;
  }

  /** Each element at the top, and those below it. */
  #branches(): readonly (readonly Of<'element'>[])[] {
    const all = rowsOf(this.library, 'element');
    const tops = inOrder(all.filter(({ parent }) => parent === null));
    return tops.map((top) => [top, ...inOrder(all.filter(({ parent }) => parent === top.id))]);
  }

  #renderFields(place?: Of<'place'>): TemplateResult {
    const { words } = this;
    return html`
      <label>${words.scope}<select name="scope">${(['room', 'public'] as const).map(
        (scope) =>
          html`<option value=${scope} ?selected=${scope === place?.scope}>${words.scopes[scope]}</option>`,
      )}</select></label>
      ${this.renderCount('order', words.order, place?.order)}
    `;
  }

  #renderNew(project: string): TemplateResult | typeof nothing {
    const last = Math.max(-1, ...this.#placesOf(project).map(({ order }) => order));
    return this.renderNew(
      this.words.add,
      (name, fields) => {
        const row: Of<'place'> = {
          kind: 'place',
          id: freshId(),
          project: project as Of<'place'>['project'],
          name,
          elements: [],
          ...placeFields(fields, { order: last + 1 }),
        };
        return [libraryKeyOf(row), row];
      },
      this.#renderFields(),
    );
  }

  /** All places of another project, bindings and all; those of the same id are replaced. */
  #renderCopy(project: string): TemplateResult {
    const { words, library } = this;
    return html`<label>${words.copyFrom}<select @change=${(event: Event) => {
      const select = event.target as HTMLSelectElement;
      const copies = this.#placesOf(select.value).map((row): Change => {
        const copy = { ...row, project: project as typeof row.project };
        return [libraryKeyOf(copy), copy];
      });
      const keys = new Set(copies.map(([key]) => key));
      const before = putBack(this.#placesOf(project)).filter(([key]) => keys.has(key));
      const known = new Set(before.map(([key]) => key));
      const news = copies.filter(([key]) => !known.has(key)).map(([key]): Change => [key, null]);
      select.value = '';
      if (copies.length > 0) this.put(copies, [...before, ...news]);
    }}>
      <option value=""></option>
      ${library.projects
        .filter(({ id }) => id !== project)
        .map(({ id, name }) => html`<option value=${id}>${name[this.language]}</option>`)}
    </select></label>`;
  }

  #bind(place: Of<'place'>, element: Of<'element'>['id']): void {
    const elements = place.elements.includes(element)
      ? place.elements.filter((id) => id !== element)
      : [...place.elements, element];
    const key = libraryKeyOf(place);
    this.put([[key, { ...place, elements }]], [[key, place]]);
  }
}

function placeFields(
  fields: Fields,
  { order }: { readonly order: number },
): { readonly scope: Of<'place'>['scope']; readonly order: number } {
  return {
    scope: fields.text('scope') === 'public' ? 'public' : 'room',
    order: fields.count('order') ?? order,
  };
}
