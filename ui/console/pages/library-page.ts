// The library editor: what waits to be published, its parts, owners' own words, editions, sheets out and in.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type LibraryAnswers, libraryAnswers } from '../../../sync/headquarters/api/library-api.ts';
import type { LibraryChangeEvent } from '../library/library-part.ts';
import '../library/library-places.ts';
import '../library/library-ports.ts';
import { type Change, fieldsOf, phraseChange, type Rows, rowsOf } from '../library/library-rows.ts';
import '../library/library-tree.ts';
import { type LibraryWords, libraryWords } from '../library/library-words.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';

const views = ['tree', 'places', 'ports', 'proposals', 'editions'] as const;

@customElement('library-page')
export class LibraryPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .note { padding: 1rem 1.15rem; }
      ul { margin: 0; padding-left: 1.2rem; }
      .list { display: grid; gap: 0.6rem; }
      .list > div { padding: 0.7rem 1rem; display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
      .list .grow { flex: 1; }
    `,
  ];
  @state() private view: (typeof views)[number] = 'tree';
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
      const isEditor = this.may('service-desk', 'manager');
      return html`
        <div class="bar">
          <h2>${this.heading} <span class="soft">${words.edition(library.edition)}</span></h2>
          <span class="tag ${library.changed.length > 0 ? 'warn' : ''}" role="status">${words.pending(library.changed.length)}</span>
          <span class="grow"></span>
          <button @click=${() => this.#export('csv')}>${words.exportCsv}</button>
          <button @click=${() => this.#export('json')}>${words.exportJson}</button>
          ${isEditor ? html`<label class="file">${words.import}<input type="file" accept=".csv,.json" @change=${this.#import} /></label>` : nothing}
        </div>
        ${library.changed.length > 0 && isEditor ? this.#renderPublish() : nothing}
        ${library.issues.length > 0 ? this.#renderIssues(library) : nothing}
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

  /** What stands in the way of publishing, before anybody tries. */
  #renderIssues({ issues }: Rows): TemplateResult {
    const words = this.#words;
    return html`<div class="problem" role="status"><ul>
      <li>${words.broken(issues.length)}</li>
      ${issues.slice(0, 20).map(({ key, code }) => html`<li>${key}: ${words.issue[code]}</li>`)}
    </ul></div>`;
  }

  #renderView(library: Rows): TemplateResult {
    switch (this.view) {
      case 'tree':
        return html`<library-tree .me=${this.me} .language=${this.language} .library=${library}
          @library-change=${this.#changed}></library-tree>`;
      case 'places':
        return html`<library-places .me=${this.me} .language=${this.language} .library=${library}
          @library-change=${this.#changed}></library-places>`;
      case 'ports':
        return html`<library-ports .me=${this.me} .language=${this.language} .library=${library}
          @library-change=${this.#changed}></library-ports>`;
      case 'proposals':
        return this.#renderProposals(library);
      case 'editions':
        return this.#renderEditions();
    }
  }

  #renderPublish(): TemplateResult {
    const words = this.#words;
    return html`<form class="bar panel note" @submit=${this.#publish}>
      <label class="grow">${words.note}<input name="note" maxlength="200" required /></label>
      <div class="actions">
        <button type="button" class="danger" @click=${() =>
          this.#act(async () => {
            await this.api.post('library/discard', { keys: 'all' }, libraryAnswers.changed);
          })}>${words.discard}</button>
        ${this.may('manager') ? html`<button class="primary">${words.publish}</button>` : html`<span class="soft small">${words.managerPublishes}</span>`}
      </div>
    </form>`;
  }

  #renderProposals(library: Rows): TemplateResult {
    const words = this.#words;
    return this.renderLoaded(this.#proposals, ({ proposals }) => {
      const open = proposals.filter(
        ({ text }) => !rowsOf(library, 'phrase').some((row) => row.text.zh === text),
      );
      if (open.length === 0) return pageStates.empty(words.noProposals);
      return html`<div class="list">${open.map(({ task, problem, text, number }) => {
        const row = rowsOf(library, 'problem').find(({ id }) => id === problem);
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
    const note = fieldsOf(event).text('note');
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

  readonly #changed = ({ changes, before }: LibraryChangeEvent): void => {
    void this.#put(changes, before);
  };

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
    const body = { format: file.name.endsWith('.json') ? 'json' : 'csv', text: await textOf(file) };
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
      this.complain(error);
    }
    await this.#library.refresh();
  }
}

/** Spreadsheets in China write GB 18030 where they do not write UTF-8. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
