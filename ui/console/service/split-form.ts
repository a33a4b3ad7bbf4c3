// Splits a request by the classification: place → element → problem → description, each with its port and deadline.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InferOutput } from 'valibot';
import type { serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import { consoleStyle } from '../console-style.ts';
import type { Language } from '../text.ts';
import { serviceStyle } from './service-page.ts';
import { serviceTexts } from './service-text.ts';

export type Forms = InferOutput<(typeof serviceAnswers)['forms']>;
type Row = Forms['library'][number];
type RowOf<K extends Row['kind']> = Extract<Row, { kind: K }>;

export interface SplitTask {
  readonly place: string;
  readonly element: string;
  readonly problem: string;
  readonly phrase: string | null;
  readonly label: Record<Language, string>;
  readonly text: null;
  readonly port: string;
  readonly deadline: string | null;
}

export class SplitEvent extends Event {
  readonly tasks: readonly SplitTask[];
  constructor(tasks: readonly SplitTask[]) {
    super('split');
    this.tasks = tasks;
  }
}

/** @fires split SplitEvent @fires cancelled */
@customElement('split-form')
export class SplitForm extends LitElement {
  static override styles = [
    consoleStyle,
    serviceStyle,
    css`
      select { max-width: 16rem; }
    `,
  ];
  @property({ attribute: false }) declare forms: Forms;
  @property() declare language: Language;
  /** the home in words: what a label begins with */
  @property() declare home: string;
  @state() private place = '';
  @state() private element = '';
  @state() private problem = '';
  @state() private phrase = '';
  @state() private port = '';

  override render(): TemplateResult {
    const words = serviceTexts[this.language];
    const { place, element, problem, phrase } = this.#chosen();
    const places = unique(this.#rows('place'));
    const leaves = this.#leaves(place);
    const problems = this.#rows('problem').filter((row) => row.element === element?.id);
    const phrases = this.#rows('phrase').filter((row) => row.problem === problem?.id);
    return html`<form @submit=${this.#submit} @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') this.dispatchEvent(new Event('cancelled'));
    }}>
      <div class="inline">
        ${this.#select(
          'place',
          words.place,
          places.map(({ id, name }) => [id, name[this.language]]),
          place?.id,
        )}
        ${this.#select(
          'element',
          words.element,
          leaves.map(({ id }) => [id, this.#elementName(id, this.language)]),
          element?.id,
        )}
        ${this.#select(
          'problem',
          words.problem,
          problems.map(({ id, name }) => [id, name[this.language]]),
          problem?.id,
        )}
        ${this.#select(
          'phrase',
          words.phrase,
          phrases.map(({ id, text }) => [id, text[this.language]]),
          phrase?.id,
        )}
        ${this.#select(
          'port',
          words.port,
          this.#rows('port').map(({ id, name }) => [id, name[this.language]]),
          this.port || problem?.port,
        )}
        <label>${words.deadline}<input name="deadline" type="datetime-local" /></label>
      </div>
      <div class="actions">
        <button type="button" @click=${() => this.dispatchEvent(new Event('cancelled'))}>${words.cancel}</button>
        <button class="primary" ?disabled=${!problem}>${words.addTask}</button>
      </div>
    </form>`;
  }

  #chosen() {
    const places = this.#rows('place');
    return {
      place: places.find(({ id }) => id === this.place),
      element: this.#rows('element').find(({ id }) => id === this.element),
      problem: this.#rows('problem').find(
        ({ id, element }) => id === this.problem && element === this.element,
      ),
      phrase: this.#rows('phrase').find(({ id, problem }) => id === this.phrase && problem === this.problem),
    };
  }

  #rows<K extends Row['kind']>(kind: K): RowOf<K>[] {
    return this.forms.library.filter((row): row is RowOf<K> => row.kind === kind);
  }

  /** Elements of this place that bind problems. */
  #leaves(place: RowOf<'place'> | undefined): RowOf<'element'>[] {
    const all = this.#rows('element');
    const tops = new Set<string>(place?.elements ?? []);
    const parents = new Set<string>(all.flatMap(({ parent }) => parent ?? []));
    const topOf = (row: RowOf<'element'>): string => {
      const parent = all.find(({ id }) => id === row.parent);
      return parent ? topOf(parent) : row.id;
    };
    return all.filter((row) => !parents.has(row.id) && tops.has(topOf(row)));
  }

  #elementName(id: string, language: Language): string {
    return this.#rows('element').find((row) => row.id === id)?.name[language] ?? id;
  }

  #select(
    name: 'place' | 'element' | 'problem' | 'phrase' | 'port',
    label: string,
    options: readonly (readonly [string, string])[],
    chosen: string | undefined,
  ): TemplateResult {
    return html`<label>${label}<select name=${name} @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) this[name] = event.target.value;
    }}>
      ${name === 'port' ? nothing : html`<option value="">–</option>`}
      ${options.map(([id, text]) => html`<option value=${id} ?selected=${id === chosen}>${text}</option>`)}
    </select></label>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const { place, element, problem, phrase } = this.#chosen();
    if (!place || !element || !problem) return;
    const deadline = String(new FormData(event.target).get('deadline') ?? '');
    const label = (language: Language): string =>
      [
        this.home,
        place.name[language],
        element.name[language],
        problem.name[language],
        phrase?.text[language],
      ]
        .filter(Boolean)
        .join(language === 'zh' ? '-' : ' – ');
    this.dispatchEvent(
      new SplitEvent([
        {
          place: place.id,
          element: element.id,
          problem: problem.id,
          phrase: phrase?.id ?? null,
          label: { zh: label('zh'), en: label('en') },
          text: null,
          port: this.port || problem.port,
          deadline: deadline === '' ? null : new Date(deadline).toISOString(),
        },
      ]),
    );
  };
}

/** Places of several projects have the same names. */
function unique(places: readonly RowOf<'place'>[]): RowOf<'place'>[] {
  return [...new Map(places.map((place) => [place.id, place])).values()];
}
