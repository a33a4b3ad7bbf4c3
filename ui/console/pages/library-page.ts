// The library editor: the tree with its problems and phrases in both languages, places bound per project, editions, sheets.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type LibraryAnswers,
  type LibraryRow,
  libraryAnswers,
  libraryKeyOf,
} from '../../../sync/headquarters/api/library-api.ts';
import { ApiError } from '../api-client.ts';
import { type LibraryWords, libraryWords } from '../library/library-words.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { problemText } from '../text.ts';

type Rows = LibraryAnswers['library'];
type Of<K extends LibraryRow['kind']> = Extract<LibraryRow, { kind: K }>;
const views = ['tree', 'places', 'proposals', 'editions'] as const;

@customElement('library-page')
export class LibraryPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .columns { display: grid; grid-template-columns: minmax(15rem, 1fr) 2fr; gap: 1rem; align-items: start; }
      .tree { padding: 0.6rem; max-height: calc(100vh - 17rem); overflow: auto; }
      .tree button { display: block; width: 100%; border: 0; background: none; text-align: left; min-height: 2.2rem; padding: 0.25rem 0.6rem; }
      .tree .depth-1 { padding-left: 1.7rem; }
      .tree .depth-2 { padding-left: 2.8rem; }
      .tree .depth-3 { padding-left: 3.9rem; }
      .tree button[aria-current='true'] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
      .detail { padding: 1rem 1.15rem; display: grid; gap: 0.9rem; }
      form.row { display: grid; grid-template-columns: 1fr 1fr auto auto; gap: 0.5rem; align-items: end; }
      form.row.of-phrase { padding-left: 1.5rem; }
      .changed { border-left: 4px solid #d9822b; padding-left: 0.5rem; }
      .bound { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.2rem 0.8rem; }
      .bound label { display: flex; align-items: center; gap: 0.5rem; color: var(--ink); }
      .bound input { min-height: 1.2rem; width: 1.2rem; }
      ul { margin: 0; padding-left: 1.2rem; }
      .list { display: grid; gap: 0.6rem; }
      .list > div { padding: 0.7rem 1rem; display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
      .list .grow { flex: 1; }
      @media (max-width: 900px) { .columns { grid-template-columns: 1fr; } form.row { grid-template-columns: 1fr; } }
    `,
  ];
  @state() private view: (typeof views)[number] = 'tree';
  @state() private chosen: string | undefined;
  @state() private query = '';
  @state() private project: string | undefined;
  @state() private complaint: readonly string[] = [];

  readonly #library = new Polling<Rows>(this, () => this.api.get('library', libraryAnswers.library), 30_000);
  readonly #editions = new Polling<LibraryAnswers['editions']>(
    this,
    () => this.api.get('library/editions', libraryAnswers.editions),
    30_000,
  );
  readonly #proposals = new Polling<LibraryAnswers['proposals']>(
    this,
    () => this.api.get('library/proposals', libraryAnswers.proposals),
    15_000,
  );

  get #words(): LibraryWords {
    return libraryWords[this.language];
  }

  override render(): TemplateResult {
    return this.renderLoaded(this.#library, (library) => {
      const words = this.#words;
      return html`
        <div class="bar">
          <h2>${words.edition(library.edition)}</h2>
          <span class="tag ${library.changed.length > 0 ? 'warn' : ''}" role="status">${words.pending(library.changed.length)}</span>
          <span class="grow"></span>
          <button @click=${() => this.#export('csv')}>${words.exportCsv}</button>
          <button @click=${() => this.#export('json')}>${words.exportJson}</button>
          <label><span>${words.import}</span><input type="file" accept=".csv,.json" @change=${this.#import} /></label>
        </div>
        ${library.changed.length > 0 ? this.#renderPublish() : nothing}
        ${this.complaint.length > 0 ? html`<div class="problem" role="alert"><ul>${this.complaint.map((line) => html`<li>${line}</li>`)}</ul></div>` : nothing}
        <div class="bar chips">
          ${views.map(
            (view) =>
              html`<button aria-pressed=${view === this.view} @click=${() => {
                this.view = view;
              }}>${words.views[view]}</button>`,
          )}
        </div>
        ${this.#renderView(library)}
      `;
    });
  }

  #renderView(library: Rows): TemplateResult {
    switch (this.view) {
      case 'tree':
        return this.#renderTree(library);
      case 'places':
        return this.#renderPlaces(library);
      case 'proposals':
        return this.#renderProposals(library);
      case 'editions':
        return this.#renderEditions();
    }
  }

  #renderPublish(): TemplateResult {
    const words = this.#words;
    return html`<form class="bar panel detail" @submit=${this.#publish}>
      <label class="grow">${words.note}<input name="note" maxlength="200" required /></label>
      <div class="actions">
        <button type="button" class="danger" @click=${() =>
          this.#act(async () => {
            await this.api.post('library/discard', { keys: 'all' }, libraryAnswers.changed);
          })}>${words.discard}</button>
        <button class="primary">${words.publish}</button>
      </div>
    </form>`;
  }

  #renderTree(library: Rows): TemplateResult {
    const elements = of(library, 'element');
    const found = this.query === '' ? undefined : foundElements(library, this.query);
    const branch = (parent: string | null, depth: number): TemplateResult[] =>
      elements
        .filter((row) => row.parent === parent && (found === undefined || found.has(row.id)))
        .sort((a, b) => a.order - b.order)
        .flatMap((row) => [
          html`<button class=${`depth-${Math.min(depth, 3)}`} aria-current=${row.id === this.chosen} @click=${() => {
            this.chosen = row.id;
          }}>${row.name[this.language]}</button>`,
          ...branch(row.id, depth + 1),
        ]);
    return html`<div class="columns">
      <div class="panel tree">
        <label>${this.#words.search}<input type="search" .value=${this.query} @input=${(event: Event) => {
          this.query = (event.target as HTMLInputElement).value.trim();
        }} /></label>
        ${branch(null, 0)}
      </div>
      <div class="panel detail">${this.#renderElement(library)}</div>
    </div>`;
  }

  #renderElement(library: Rows): TemplateResult {
    const words = this.#words;
    const element = of(library, 'element').find(({ id }) => id === this.chosen);
    if (!element) return html`<p class="soft">${words.chooseRow}</p>`;
    const problems = of(library, 'problem').filter((row) => row.element === element.id);
    return html`
      <h3>${element.name[this.language]} ${element.warrantyMonths == null ? nothing : html`<span class="tag">${words.warranty} ${element.warrantyMonths}</span>`}</h3>
      ${this.#renderRow(library, element)}
      ${problems.length > 0 ? html`<h3>${words.problems}</h3>` : nothing}
      ${problems.map(
        (problem) => html`
        ${problem.emergency ? html`<span class="tag bad">${words.emergency}</span>` : nothing}
        ${this.#renderRow(library, problem)}
        ${of(library, 'phrase')
          .filter((row) => row.problem === problem.id)
          .map((row) => this.#renderRow(library, row))}
        <form class="row of-phrase" data-problem=${problem.id} @submit=${(event: SubmitEvent) => this.#addPhrase(event, problem)}>
          <label>${words.zh}<input name="zh" maxlength="120" required /></label>
          <label>${words.en}<input name="en" maxlength="120" required /></label>
          <button>${words.addPhrase}</button>
        </form>`,
      )}
    `;
  }

  #renderRow(library: Rows, row: Of<'element'> | Of<'problem'> | Of<'phrase'>): TemplateResult {
    const words = this.#words;
    const key = libraryKeyOf(row);
    const said = row.kind === 'phrase' ? row.text : row.name;
    const isChanged = library.changed.some((change) => change.key === key);
    return html`<form class="row of-${row.kind} ${isChanged ? 'changed' : ''}" data-key=${key} @submit=${(
      event: SubmitEvent,
    ) => {
      const { zh, en } = fieldsOf(event);
      const next = row.kind === 'phrase' ? { ...row, text: { zh, en } } : { ...row, name: { zh, en } };
      void this.#put([[key, next]], [[key, row]]);
    }}>
      <label>${words.zh}<input name="zh" .value=${said.zh} maxlength="120" required /></label>
      <label>${words.en}<input name="en" .value=${said.en} maxlength="120" required /></label>
      <button>${words.save}</button>
      ${row.kind === 'phrase' ? html`<button type="button" class="danger" @click=${() => this.#put([[key, null]], [[key, row]])}>${words.remove}</button>` : nothing}
    </form>`;
  }

  #renderPlaces(library: Rows): TemplateResult {
    const words = this.#words;
    const project = this.project ?? library.projects[0]?.id;
    const places = of(library, 'place')
      .filter((row) => row.project === project)
      .sort((a, b) => a.order - b.order);
    return html`
      <div class="bar"><label>${words.project}<select @change=${(event: Event) => {
        this.project = (event.target as HTMLSelectElement).value;
      }}>${library.projects.map(({ id, name }) => html`<option value=${id} ?selected=${id === project}>${name[this.language]}</option>`)}</select></label></div>
      <div class="list">${places.map(
        (
          place,
        ) => html`<details class="panel detail"><summary>${place.name[this.language]} · ${place.elements.length}</summary>
        <fieldset class="bound" aria-label=${words.bound}>${of(library, 'element').map(
          (element) =>
            html`<label><input type="checkbox" .checked=${place.elements.includes(element.id)} @change=${() => this.#bind(place, element.id)} />${element.name[this.language]}</label>`,
        )}</fieldset></details>`,
      )}</div>`;
  }

  #renderProposals(library: Rows): TemplateResult {
    const words = this.#words;
    return this.renderLoaded(this.#proposals, ({ proposals }) => {
      const open = proposals.filter(({ text }) => !of(library, 'phrase').some((row) => row.text.zh === text));
      if (open.length === 0) return html`<div class="panel empty">${words.noProposals}</div>`;
      return html`<div class="list">${open.map(({ task, problem, text, number }) => {
        const row = of(library, 'problem').find(({ id }) => id === problem);
        return html`<div class="panel">
          <span class="tag">${row?.name[this.language] ?? problem}</span><span class="grow">${text} <span class="soft">${number}</span></span>
          ${row ? html`<button class="primary" @click=${() => this.#put([phraseChange(row, text, text)], [])}>${words.adopt}</button>` : nothing}
          <button @click=${() =>
            this.#act(async () => {
              await this.api.post(
                `library/proposals/${encodeURIComponent(task)}/dismiss`,
                {},
                libraryAnswers.changed,
              );
              await this.#proposals.refresh();
            })}>${words.dismiss}</button>
        </div>`;
      })}</div>`;
    });
  }

  #renderEditions(): TemplateResult {
    const words = this.#words;
    return this.renderLoaded(
      this.#editions,
      ({ editions }) =>
        html`<div class="list">${editions.map(
          ({ number, at, actor, note, changed }) => html`<div class="panel">
          <strong>${words.edition(number)}</strong><span class="grow">${note[this.language]} <span class="soft">${showTime(at, this.language)} · ${actor} · ${words.changes(changed)}</span></span>
          <button @click=${() =>
            this.#act(async () => {
              await this.api.post(`library/editions/${number}/revert`, {}, libraryAnswers.changed);
            })}>${words.revert}</button>
        </div>`,
        )}</div>`,
    );
  }

  readonly #publish = async (event: SubmitEvent): Promise<void> => {
    const note = fieldsOf(event)['note'] ?? '';
    const words = this.#words;
    await this.#act(async () => {
      const answer = await this.api.post(
        'library/publish',
        { note: { zh: note, en: note } },
        libraryAnswers.published,
      );
      if (answer.kind === 'published') this.notify({ message: words.published(answer.edition) });
      else if (answer.kind === 'nothing-to-publish') this.notify({ message: words.nothing });
      else
        this.complaint = [
          words.broken(answer.issues.length),
          ...answer.issues.map(({ key, code }) => `${key}: ${words.issue[code]}`),
        ];
    });
    await this.#editions.refresh();
  };

  async #bind(place: Of<'place'>, element: Of<'element'>['id']): Promise<void> {
    const elements = place.elements.includes(element)
      ? place.elements.filter((id) => id !== element)
      : [...place.elements, element];
    const key = libraryKeyOf(place);
    await this.#put([[key, { ...place, elements }]], [[key, place]]);
  }

  #addPhrase(event: SubmitEvent, problem: Of<'problem'>): void {
    const { zh, en } = fieldsOf(event);
    void this.#put([phraseChange(problem, zh, en)], []);
    if (event.target instanceof HTMLFormElement) event.target.reset();
  }

  /** @param before what "undo" puts back; of what is new nothing */
  async #put(changes: readonly Change[], before: readonly Change[]): Promise<void> {
    const words = this.#words;
    const back = before.length > 0 ? before : changes.map(([key]): Change => [key, null]);
    await this.#act(async () => {
      const body = { changes: changes.map(([key, row]) => ({ key, row })) };
      await this.api.post('library/changes', body, libraryAnswers.changed);
      const message = changes.some(([, row]) => row === null) ? words.removed : words.saved;
      this.notify({ message, action: { label: words.undo, run: () => void this.#put(back, changes) } });
    });
  }

  async #export(format: 'csv' | 'json'): Promise<void> {
    await this.#act(async () => {
      const { name, text } = await this.api.get(`library/export?format=${format}`, libraryAnswers.sheet);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text]));
      link.download = name;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  readonly #import = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    const body = { format: file.name.endsWith('.json') ? 'json' : 'csv', text: await file.text() };
    input.value = '';
    const words = this.#words;
    await this.#act(async () => {
      const answer = await this.api.post('library/import', body, libraryAnswers.imported);
      if (answer.kind === 'taken') this.notify({ message: words.imported(answer.changed) });
      else
        this.complaint = [
          words.wrong(answer.faults.length),
          ...answer.faults.map(({ line, column, code }) => words.line(line, column, code)),
        ];
    });
  };

  async #act(work: () => Promise<void>): Promise<void> {
    this.complaint = [];
    try {
      await work();
    } catch (error) {
      this.notify({ message: problemText(this.text, error instanceof ApiError ? error.code : 'fault') });
    }
    await this.#library.refresh();
  }
}

type Change = readonly [key: string, row: LibraryRow | null];

function of<K extends LibraryRow['kind']>({ rows }: Rows, kind: K): Of<K>[] {
  return rows.filter((row): row is Of<K> => row.kind === kind);
}

function fieldsOf(event: SubmitEvent): { zh: string; en: string; note?: string } {
  event.preventDefault();
  const data = event.target instanceof HTMLFormElement ? new FormData(event.target) : new FormData();
  const field = (name: string): string => String(data.get(name) ?? '').trim();
  return { zh: field('zh'), en: field('en'), note: field('note') };
}

function phraseChange(problem: Of<'problem'>, zh: string, en: string): Change {
  const id = `own-${crypto.randomUUID().slice(0, 13)}` as Of<'phrase'>['id'];
  const row: Of<'phrase'> = { kind: 'phrase', id, problem: problem.id, text: { zh, en } };
  return [libraryKeyOf(row), row];
}

/** Elements that match, or have a problem or phrase that does, with all above them. */
function foundElements(library: Rows, query: string): ReadonlySet<string> {
  const has = ({ zh, en }: { readonly zh: string; readonly en: string }): boolean =>
    zh.includes(query) || en.toLowerCase().includes(query.toLowerCase());
  const problems = new Set(
    of(library, 'phrase')
      .filter(({ text }) => has(text))
      .map(({ problem }) => problem),
  );
  const hit = new Set<string>([
    ...of(library, 'element')
      .filter(({ name }) => has(name))
      .map(({ id }) => id),
    ...of(library, 'problem')
      .filter(({ id, name }) => has(name) || problems.has(id))
      .map(({ element }) => element),
  ]);
  const parents = new Map<string, string | null>(
    of(library, 'element').map(({ id, parent }) => [id, parent]),
  );
  for (const id of [...hit]) for (let at = parents.get(id); at; at = parents.get(at)) hit.add(at);
  return hit;
}
