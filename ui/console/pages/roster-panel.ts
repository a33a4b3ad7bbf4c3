// The list of one session: who has a place, waits, came, or came twice; members put on and taken off; CSV in and out.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import {
  type ActivityAnswers,
  activityAnswers,
  type DoubleItem,
  type ImportAnswer,
  type ImportLine,
  importLineSchema,
  type RosterLine,
  type SessionItem,
} from '../../../sync/headquarters/api/activity-api.ts';
import { ApiError } from '../api-client.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import { sheetText } from '../sheet-text.ts';
import '../figure-tiles.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { ActivityPageElement } from './activity-page-element.ts';

/** Who mends so many sees the rest at the next try. */
const shownFaults = 100;

@customElement('roster-panel')
export class RosterPanel extends ActivityPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .faults, .doubles { padding: 0.8rem 1rem; margin-bottom: 1rem; }
      .faults ul, .doubles ul { margin: 0.4rem 0 0; padding-left: 1.2rem; max-height: 14rem; overflow: auto; }
      .progress { display: flex; gap: 1rem; align-items: center; padding: 0.8rem 1rem; margin-bottom: 1rem; }
      progress { width: 16rem; accent-color: var(--accent); }
      a { color: var(--accent); }
      label.check { display: flex; align-items: center; gap: 0.5rem; }
      label.check > input { min-height: 1.4rem; }
      .bar form { display: flex; gap: 0.5rem; align-items: center; }
    `,
  ];
  @property({ attribute: false }) declare session: SessionItem;
  @property({ attribute: false }) declare levels: ActivityAnswers['activities']['levels'];
  @state() private faults: ImportAnswer['faults'] = [];
  @state() private mayWait = false;
  /** of an import: rows that were looked at; undefined = none runs */
  @state() private progress: { readonly done: number; readonly of: number } | undefined;
  @query('input[type=file]') declare private file: HTMLInputElement | null;

  readonly #list = new Polling<ActivityAnswers['roster']>(
    this,
    async (before) => {
      // a long list is read again when its figures say that something happened, and once a minute
      const seen = JSON.stringify([this.session.id, this.session.figures, Math.floor(Date.now() / 60_000)]);
      if (before && seen === this.#seen) return before;
      const list = await this.api.get(
        `activities/sessions/${this.session.id}/roster`,
        activityAnswers.roster,
      );
      this.#seen = seen;
      return list;
    },
    2_000,
  );
  /** what was known when the list was last read */
  #seen = '';

  override render(): TemplateResult {
    const { words } = this;
    const isCancelled = this.session.cancelledAt !== undefined;
    return html`
      <div class="bar"><a href=${placeHash('events')}>← ${words.back}</a><h2>${this.heading}</h2>
        ${isCancelled ? html`<span class="tag bad">${words.isCancelled}</span>` : nothing}</div>
      <div class="bar">
        <form @submit=${this.#add}>
          <input name="member" required maxlength="40" placeholder=${words.addHint} aria-label=${words.addHint} />
          <button ?disabled=${isCancelled}>${words.add}</button>
        </form>
        <label class="check"><input type="checkbox" .checked=${this.mayWait} @change=${this.#choose} />${words.mayWait}</label>
        <span class="grow"></span>
        <input type="file" accept=".csv,text/csv" hidden aria-label=${words.import} @change=${() => void this.#import()} />
        <button ?disabled=${this.progress !== undefined || isCancelled} @click=${() => this.file?.click()}>${words.import}</button>
        <button @click=${() => void this.save(`activities/sessions/${this.session.id}/roster.csv`, `${this.session.id}.csv`)}>${words.export}</button>
      </div>
      ${this.#renderFigures()}
      ${this.progress ? this.#renderProgress(this.progress) : nothing}
      ${this.faults.length > 0 ? this.#renderFaults() : nothing}
      ${this.renderLoaded(
        this.#list,
        ({ roster, doubles }) => html`
        ${doubles.length > 0 ? this.#renderDoubles(doubles) : nothing}
        <data-table .columns=${this.#columns()} .rows=${roster} .keyOf=${({ member }: RosterLine) => member}
          .language=${this.language} label=${this.heading}></data-table>
      `,
      )}
    `;
  }

  #renderFigures(): TemplateResult {
    const { words } = this;
    const { figures, quota } = this.session;
    const { listed, waiting, checkedIn, walkIns } = figures;
    return html`<figure-tiles .figures=${[
      { label: words.listed, value: quota == null ? listed : `${listed} / ${quota}` },
      { label: words.waiting, value: waiting },
      { label: words.checkedIn, value: checkedIn },
      { label: words.walkIns, value: walkIns },
      { label: words.absent, value: Math.max(0, listed - checkedIn) },
    ]}></figure-tiles>`;
  }

  #renderProgress({ done, of }: { readonly done: number; readonly of: number }): TemplateResult {
    const { words } = this;
    return html`<p class="panel progress" role="status">
      <progress max=${of} .value=${done} aria-label=${words.import}></progress>
      ${done < of ? words.importing(done, of) : words.writing}
    </p>`;
  }

  #renderFaults(): TemplateResult {
    const { words } = this;
    return html`<section class="panel faults" role="alert">
      <p>${words.faulty(this.faults.length)}</p>
      <ul>
        ${this.faults.slice(0, shownFaults).map(({ line, code }) => html`<li>${words.line(line)}: ${words.rows[code]}</li>`)}
        ${this.faults.length > shownFaults ? html`<li>${words.moreFaults(this.faults.length - shownFaults)}</li>` : nothing}
      </ul>
    </section>`;
  }

  #renderDoubles(doubles: readonly DoubleItem[]): TemplateResult {
    const { words, language } = this;
    return html`<section class="panel doubles">
      <h3>${words.doubleTitle}</h3>
      <ul>${doubles.map(
        ({ name, told }) =>
          html`<li>${name}: ${told
            .map(
              ({ terminal, at }, index) =>
                `${terminal} ${showTime(at, language, true)}${index === 0 ? ` (${words.counts})` : ''}`,
            )
            .join(' · ')}</li>`,
      )}</ul>
    </section>`;
  }

  #columns(): Column<RosterLine>[] {
    const { words, language } = this;
    return [
      { id: 'member', label: words.member, value: ({ member }) => member },
      { id: 'name', label: words.name, value: ({ name }) => name },
      { id: 'phone', label: words.phone, value: ({ phone }) => phone },
      { id: 'level', label: words.level, value: ({ level }) => this.#levelName(level) },
      {
        id: 'place',
        label: words.place,
        value: ({ waiting }) => waiting,
        show: ({ waiting }) =>
          waiting === null ? words.hasPlace : html`<span class="tag warn">${words.waits(waiting)}</span>`,
      },
      {
        id: 'came',
        label: words.came,
        value: ({ checkedInAt }) => checkedInAt,
        show: ({ checkedInAt, isWalkIn }) =>
          checkedInAt === null
            ? '–'
            : html`${showTime(checkedInAt, language)} ${isWalkIn ? html`<span class="tag">${words.walkIns}</span>` : nothing}`,
      },
      { id: 'terminal', label: words.terminal, value: ({ terminal }) => terminal },
      { id: 'treatment', label: words.treatmentOwn, value: ({ treatment }) => treatment?.[language] ?? null },
      {
        id: 'act',
        label: words.acts,
        value: () => null,
        show: (line) =>
          line.checkedInAt === null
            ? html`<button class="danger" @click=${() => void this.#remove(line)}>${words.remove}</button>`
            : '',
      },
    ];
  }

  #levelName(code: string): string {
    return this.levels.find((level) => level.code === code)?.name[this.language] ?? code;
  }

  readonly #choose = (event: Event): void => {
    this.mayWait = event.target instanceof HTMLInputElement && event.target.checked;
  };

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const member = String(new FormData(form).get('member') ?? '').trim();
    if (await this.#place(member, 'join', this.mayWait)) form.reset();
  };

  async #remove({ member, name }: RosterLine): Promise<void> {
    const isDone = await this.#place(member, 'leave', false);
    if (!isDone) return;
    const again = (): void => void this.#place(member, 'join', true);
    this.notify({ message: this.words.removed(name), action: { label: this.words.undo, run: again } });
  }

  async #place(member: string, act: 'join' | 'leave', mayWait: boolean): Promise<boolean> {
    const path = `activities/sessions/${this.session.id}/places`;
    const isDone = await this.attempt(async () => {
      const { waiting } = await this.api.post(path, { member, act, mayWait }, activityAnswers.place);
      if (act === 'join') this.notify({ message: this.words.added(waiting) });
    });
    await this.#reread();
    return isDone;
  }

  async #import(): Promise<void> {
    const file = this.file?.files?.[0];
    if (!file) return;
    await this.attempt(async () => {
      const body = { csv: await sheetText(file), mayWait: this.mayWait };
      const path = `activities/sessions/${this.session.id}/import`;
      this.faults = [];
      this.progress = { done: 0, of: 1 };
      let last: ImportLine | undefined;
      await this.api.postLines(path, body, importLineSchema, (line) => {
        last = line;
        if (line.kind === 'progress') this.progress = line;
      });
      this.#finish(last);
    });
    this.progress = undefined;
    // the same file, mended, is another choice
    if (this.file) this.file.value = '';
    await this.#reread();
  }

  /** @throws ApiError when headquarters refused it, or fell silent in the midst of it */
  #finish(last: ImportLine | undefined): void {
    if (last?.kind === 'refused') throw new ApiError(last.code);
    if (last?.kind !== 'done') throw new ApiError('unreachable');
    this.faults = last.faults;
    if (last.faults.length > 0) return;
    this.notify({ message: this.words.imported(last.added, last.waiting, last.unchanged) });
  }

  async #reread(): Promise<void> {
    this.#seen = '';
    await this.#list.refresh();
  }
}
