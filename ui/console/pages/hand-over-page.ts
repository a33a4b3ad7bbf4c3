// Hand-over days at the desk: who is here in which order, whom to call, how each home was taken, and the figures.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  type HandOverDayItem,
  type HandOverPlaceItem,
  type SalesAnswers,
  salesAnswers,
} from '../../../sync/headquarters/api/sales-api.ts';
import '../data-table.ts';
import '../figure-tiles.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import '../sales/hand-over-plan.ts';
import { type SalesWords, salesProblem, salesWords } from '../sales-words.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';

type Defects = SalesAnswers['handOverDefects']['defects'];
type Deed = 'withdraw' | 'absent' | 'readmit';

@customElement('hand-over-page')
export class HandOverPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      details { margin-top: 1.5rem; padding: 1rem; }
      dialog ul { margin: 0.75rem 0 0; padding-left: 1.2rem; display: grid; gap: 0.4rem; }
      dialog li span { display: block; }
          `,
  ];
  @state() private day: string | undefined;
  /** the home whose defects are shown */
  @state() private opened: { readonly label: string; readonly defects: Defects } | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  readonly #shown = new Polling(
    this,
    async () => {
      const { days } = await this.api.get('hand-over', salesAnswers.handOverDays);
      const day = days.find(({ id }) => id === this.day) ?? days[0];
      const { projects } = await this.api.get('board/projects', salesAnswers.projects);
      const places = day ? (await this.api.get(`hand-over/${day.id}`, salesAnswers.handOver)).places : [];
      return { days, day, places, projects };
    },
    3_000,
  );

  get #words(): SalesWords {
    return salesWords[this.language];
  }

  protected override problemOf(code: string): string {
    return salesProblem(this.language, code);
  }

  override render(): TemplateResult {
    const words = this.#words;
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      ${this.renderLoaded(
        this.#shown,
        ({ days, day, places, projects }) => html`
        <div class="bar">
          ${
            days.length === 0
              ? html`<span class="soft">${words.handOverNone}</span>`
              : html`<select aria-label=${words.day} @change=${this.#choose}>
                ${days.map(
                  (each) => html`<option value=${each.id} ?selected=${each.id === day?.id}>
                  ${each.day} · ${each.place[this.language]}</option>`,
                )}
              </select>`
          }
          <span class="grow"></span>
          ${day ? html`<button class="primary" @click=${() => this.#call(day.id)}>${words.callNext}</button>` : nothing}
        </div>
        ${day ? this.#renderDay(day, places) : nothing}
        ${this.#renderNew(projects)}
        <dialog aria-labelledby="defects" @close=${() => {
          this.opened = undefined;
        }}>${this.opened ? this.#renderDefects(this.opened) : nothing}</dialog>
      `,
      )}
    `;
  }

  #renderDay({ figures }: HandOverDayItem, places: readonly HandOverPlaceItem[]): TemplateResult {
    const words = this.#words;
    const satisfied = figures.satisfied === null ? '–' : `${(figures.satisfied / 100).toFixed(1)} %`;
    const counts = (['invited', 'came', 'waiting', 'absent', 'accepted', 'refused'] as const).map((name) => ({
      label: words.figures[name],
      value: figures[name],
      tone: name === 'refused' && figures.refused > 0 ? ('bad' as const) : undefined,
    }));
    return html`
      <figure-tiles .figures=${[
        ...counts,
        { label: words.figures.satisfied, value: satisfied, note: words.goal },
      ]}></figure-tiles>
      <data-table .columns=${this.#columns()} .rows=${places} .keyOf=${(row: HandOverPlaceItem) => row.unit}
        language=${this.language} label=${words.handOver} file="hand-over"></data-table>
    `;
  }

  #columns(): Column<HandOverPlaceItem>[] {
    const words = this.#words;
    const status = ({ signedAt, calledAt, queuedAt, outcome, closed }: HandOverPlaceItem): string => {
      if (closed !== null) return words.statuses[closed];
      if (signedAt !== null) return words.outcomes[outcome ?? ''] ?? words.statuses.signed;
      if (calledAt !== null) return words.statuses.called;
      return queuedAt === null ? words.statuses.invited : words.statuses.waiting;
    };
    return [
      { id: 'number', label: words.number, value: (row) => row.number },
      { id: 'home', label: words.home, value: (row) => row.label[this.language] },
      { id: 'member', label: words.member, value: (row) => row.name },
      {
        id: 'queued',
        label: words.when,
        value: (row) => row.queuedAt,
        show: (row) => (row.queuedAt ? showTime(row.queuedAt, this.language) : '–'),
      },
      { id: 'status', label: words.status, isFacet: true, value: status },
      {
        id: 'defects',
        label: words.defects,
        value: (row) => row.defects,
        show: (row) =>
          row.defects === 0
            ? '0'
            : html`<button aria-label=${words.defectsOf(row.label[this.language])}
                @click=${() => this.#open(row)}>${row.defects}</button>`,
        isNumber: true,
      },
      {
        id: 'score',
        label: words.satisfaction,
        value: (row) => row.score,
        show: (row) => (row.score === null ? '–' : `${row.score} / 5`),
        isNumber: true,
      },
      { id: 'deed', label: words.deed, value: () => null, show: (row) => this.#renderDeed(row) },
    ];
  }

  /** What can be said of a place as it stands; nothing of what was signed. */
  #renderDeed(row: HandOverPlaceItem): TemplateResult | string {
    const words = this.#words;
    const button = (deed: Deed, label: string): TemplateResult =>
      html`<button aria-label=${`${label} ${row.label[this.language]}`}
        @click=${() => this.#settle(row, deed)}>${label}</button>`;
    if (row.closed !== null) {
      return button('readmit', row.queuedAt === null ? words.reinvite : words.deeds.readmit);
    }
    if (row.signedAt !== null) return '';
    if (row.calledAt !== null) return button('absent', words.deeds.absent);
    return row.queuedAt === null ? button('withdraw', words.deeds.withdraw) : '';
  }

  #renderDefects({ label, defects }: NonNullable<typeof this.opened>): TemplateResult {
    const words = this.#words;
    return html`
      <h2 id="defects">${words.defectsOf(label)}</h2>
      ${
        defects.length === 0
          ? html`<p class="soft">${words.defectsNone}</p>`
          : html`<ul>${defects.map(
              (each) => html`<li>${each.label[this.language]}
                <span class="soft small">${each.number} · ${this.text.states[each.state as keyof typeof this.text.states] ?? each.state}</span></li>`,
            )}</ul>`
      }
      <div class="actions"><button @click=${() => this.dialog?.close()}>${words.close}</button></div>
    `;
  }

  #renderNew(projects: SalesAnswers['projects']['projects']): TemplateResult {
    return html`
      <details class="panel">
        <summary>${this.#words.newDay}</summary>
        <hand-over-plan .api=${this.api} .projects=${projects} language=${this.language} @planned=${this.#planned}></hand-over-plan>
      </details>
    `;
  }

  readonly #choose = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.day = event.target.value;
    void this.#shown.refresh();
  };

  async #settle({ unit }: HandOverPlaceItem, deed: Deed): Promise<void> {
    const day = this.#shown.value?.day?.id ?? '';
    await this.attempt(async () => {
      const path = `hand-over/${day}/units/${encodeURIComponent(unit)}/${deed}`;
      await this.api.post(path, {}, salesAnswers.handOver);
      return this.#words.deedDone;
    });
    await this.#shown.refresh();
  }

  async #open({ unit, label }: HandOverPlaceItem): Promise<void> {
    const day = this.#shown.value?.day?.id ?? '';
    await this.attempt(async () => {
      const path = `hand-over/${day}/units/${encodeURIComponent(unit)}`;
      const { defects } = await this.api.get(path, salesAnswers.handOverDefects);
      this.opened = { label: label[this.language], defects };
      await this.updateComplete;
      this.dialog?.showModal();
    });
  }

  async #call(day: string): Promise<void> {
    const words = this.#words;
    await this.attempt(async () => {
      const { called } = await this.api.post(`hand-over/${day}/call`, {}, salesAnswers.called);
      return called ? words.called(called.number ?? '', called.name) : words.nobody;
    });
    await this.#shown.refresh();
  }

  readonly #planned = async ({ detail }: CustomEvent<{ id: string }>): Promise<void> => {
    this.day = detail.id;
    this.notify({ message: this.#words.saved });
    await this.#shown.refresh();
  };
}
