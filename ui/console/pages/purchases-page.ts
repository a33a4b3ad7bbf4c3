// Purchases: contacts of care that are due, every purchase with its stage, money that came, and the import of a table.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  type PurchaseItem,
  purchaseStages,
  type RowError,
  salesAnswers,
} from '../../../sync/headquarters/api/sales-api.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { type SalesWords, salesProblem, salesWords } from '../sales-words.ts';
import { showYuan } from '../show.ts';
import type { Column } from '../table-columns.ts';

const template =
  'id,member,unit,stage,subscription,signing,mortgage,registration,title,payment,total,paid,plan,nextDocument,handedOverOn,warrantyUntil\n';
const pageRows = 200;
/** as many as headquarters gives at once; beyond that one chooses project and stage */
const mostRows = 1_000;
const weekMs = 7 * 86_400_000;

@customElement('purchases-page')
export class PurchasesPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      h3 { margin-bottom: 0.5rem; font-size: 1.05rem; }
      .due { margin-bottom: 1.5rem; max-height: 19rem; overflow: auto; }
      .bar a { color: var(--accent); }
      dialog form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-top: 1rem; }
      ul { margin: 0; }
      .more { margin-top: 0.6rem; }
    `,
  ];
  @state() private chosen: string | undefined;
  @state() private isSending = false;
  #project = '';
  #stage = '';
  #most = pageRows;
  @state() private errors: readonly RowError[] = [];
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  readonly #shown = new Polling(
    this,
    async () => {
      const until = dayOf(new Date(Date.now() + weekMs));
      const wanted = new URLSearchParams({
        limit: `${this.#most}`,
        ...(this.#project === '' ? {} : { project: this.#project }),
        ...(this.#stage === '' ? {} : { stage: this.#stage }),
      });
      const [page, contacts, projects] = await Promise.all([
        this.api.get(`purchases?${wanted}`, salesAnswers.purchases),
        this.api.get(`care/contacts?until=${until}`, salesAnswers.contacts),
        this.api.get('board/projects', salesAnswers.projects),
      ]);
      return { ...page, contacts: contacts.contacts, projects: projects.projects };
    },
    10_000,
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
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="grow"></span>
        ${this.may('sales', 'manager') ? this.#renderImport() : nothing}
      </div>
      ${
        this.errors.length === 0
          ? nothing
          : html`<div class="problem" role="alert"><div>
              <p>${words.importWrong(this.errors.length)}</p>
              <ul>${this.errors
                .slice(0, 30)
                .map(
                  ({ line, column, code }) => html`<li>${words.line(line, column, words.codes[code])}</li>`,
                )}</ul>
            </div></div>`
      }
      ${this.renderLoaded(this.#shown, ({ purchases, total, next, contacts, projects }) => {
        const chosen = purchases.find(({ id }) => id === this.chosen);
        return html`
          <h3>${words.contactsTitle}</h3>
          <div class="panel due">${
            contacts.length === 0
              ? pageStates.empty(words.contactsNone)
              : html`<table><tbody>${contacts.map((each) => this.#renderContact(each))}</tbody></table>`
          }</div>
          <data-table choosable .columns=${this.#columns()} .rows=${purchases} .keyOf=${(row: PurchaseItem) => row.id}
            .chosen=${this.chosen} language=${this.language} label=${words.purchases} file="purchases"
            @row-chosen=${(event: RowChosenEvent<PurchaseItem>) => {
              this.chosen = event.row.id;
              this.dialog?.showModal();
            }}>
            <select slot="tools" aria-label=${words.project} @change=${(event: Event) => this.#filter(event, 'project')}>
              <option value="">${words.allProjects}</option>
              ${projects.map(({ id, name }) => html`<option value=${id}>${name[this.language]}</option>`)}
            </select>
            <select slot="tools" aria-label=${words.stage} @change=${(event: Event) => this.#filter(event, 'stage')}>
              <option value="">${words.allStages}</option>
              ${purchaseStages.map((stage) => html`<option value=${stage}>${words.stages[stage]}</option>`)}
            </select>
          </data-table>
          <div class="bar more"><span class="soft small">${words.shownOf(purchases.length, total)}</span>${
            next === null || this.#most >= mostRows
              ? nothing
              : html`<button @click=${() => {
                  this.#most = Math.min(mostRows, this.#most * 2);
                  void this.#shown.refresh();
                }}>${words.moreRows}</button>`
          }</div>
          <dialog aria-labelledby="purchase" @close=${() => {
            this.chosen = undefined;
          }}>${chosen ? this.#renderPurchase(chosen) : nothing}</dialog>
        `;
      })}
    `;
  }

  #renderImport(): TemplateResult {
    const words = this.#words;
    return html`<a download="purchases.csv" href=${`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}>${words.template}</a>
        <label class="file">${words.importCsv}<input type="file" accept=".csv" @change=${this.#import} /></label>`;
  }

  #renderContact(item: PurchaseItem): TemplateResult {
    const next = item.care?.next;
    if (!item.care || !next) return html``;
    const words = this.#words;
    return html`<tr>
      <td>${next.on} ${next.on < dayOf(new Date()) ? html`<span class="tag warn">${words.overdue}</span>` : nothing}</td>
      <td>${item.memberName}</td>
      <td>${item.label[this.language]}</td>
      <td>${words.steps[item.care.step]} · ${next.what[this.language]}</td>
      <td class="number"><button @click=${() => this.#send(item.id, 'contacts', { dueOn: next.on }, words.contactNoted)}>
        ${words.contactDone}</button></td>
    </tr>`;
  }

  #columns(): Column<PurchaseItem>[] {
    const words = this.#words;
    return [
      { id: 'home', label: words.home, value: (row) => row.label[this.language] },
      { id: 'member', label: words.member, value: (row) => row.memberName },
      { id: 'stage', label: words.stage, value: (row) => words.stages[row.stage] },
      {
        id: 'total',
        label: words.total,
        value: (row) => row.total / 100,
        show: (row) => showYuan(row.total),
        isNumber: true,
      },
      {
        id: 'paid',
        label: words.paid,
        value: (row) => row.paid / 100,
        show: (row) => showYuan(row.paid),
        isNumber: true,
      },
      { id: 'due', label: words.nextDue, value: (row) => row.dues[0]?.by ?? null },
      { id: 'care', label: words.care, value: (row) => (row.care ? words.steps[row.care.step] : null) },
      { id: 'contact', label: words.nextContact, value: (row) => row.care?.next?.on ?? null },
    ];
  }

  #renderPurchase(item: PurchaseItem): TemplateResult {
    const words = this.#words;
    return html`
      <h2 id="purchase">${item.label[this.language]} · ${item.memberName}</h2>
      <p class="soft">${item.reached
        .map(({ stage, on }) => `${words.stages[stage]} ${on ?? '–'}`)
        .join(' → ')}</p>
      <ul>${item.dues.map(
        ({ what, amount, by }) => html`<li>${what[this.language]} · ${showYuan(amount)} · ${by}</li>`,
      )}</ul>
      ${this.may('sales', 'manager') ? this.#renderDeeds(item) : nothing}
      <div class="actions"><button @click=${() => this.dialog?.close()}>${words.close}</button></div>
    `;
  }

  #renderDeeds(item: PurchaseItem): TemplateResult {
    const words = this.#words;
    const at = purchaseStages.indexOf(item.stage);
    const next = purchaseStages[at + 1];
    const before = purchaseStages[at - 1];
    const today = dayOf(new Date());
    return html`
      <form @submit=${(event: SubmitEvent) => this.#move(event, item)}>
        <label>${words.on}<input type="date" name="on" max=${today} .value=${today} required /></label>
        <label>${words.nextDocument}<input name="document" maxlength="200"
          .value=${item.nextDocument?.[this.language] ?? ''} /></label>
        ${next ? html`<button class="primary" name="stage" value=${next}>${words.moveTo(words.stages[next])}</button>` : nothing}
        ${before ? html`<button name="stage" value=${before}>${words.moveBack(words.stages[before])}</button>` : nothing}
      </form>
      <form @submit=${(event: SubmitEvent) => this.#pay(event, item)}>
        <label>${words.payment}<input name="amount" inputmode="decimal" autocomplete="off" required /></label>
        <label>${words.on}<input type="date" name="on" max=${today} .value=${today} required /></label>
        <button class="primary" ?disabled=${this.isSending}>${words.book}</button>
      </form>
    `;
  }

  #filter(event: Event, what: 'project' | 'stage'): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    if (what === 'project') this.#project = event.target.value;
    else this.#stage = event.target.value;
    this.#most = pageRows;
    void this.#shown.refresh();
  }

  async #move(event: SubmitEvent, item: PurchaseItem): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement) || !(event.submitter instanceof HTMLButtonElement)) return;
    const form = new FormData(event.target);
    const said = String(form.get('document') ?? '').trim();
    const isSame = said === (item.nextDocument?.[this.language] ?? '');
    const nextDocument = said === '' ? null : { zh: said, en: said };
    const body = {
      stage: event.submitter.value,
      on: String(form.get('on')),
      ...(isSame ? {} : { nextDocument }),
    };
    await this.#send(item.id, 'stage', body, this.#words.saved);
  }

  async #pay(event: SubmitEvent, { id, paid }: PurchaseItem): Promise<void> {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const form = new FormData(target);
    const yuan = String(form.get('amount') ?? '').replace(/[,,\s]/g, '');
    if (!/^\d{1,10}(\.\d{1,2})?$/.test(yuan) || Number(yuan) === 0) {
      this.notify({ message: this.#words.amountWrong });
      return;
    }
    await this.#send(
      id,
      'payments',
      { amount: Math.round(Number(yuan) * 100), on: String(form.get('on')), before: paid },
      this.#words.saved,
    );
    target.reset();
  }

  async #send(
    id: string,
    what: 'stage' | 'payments' | 'contacts',
    body: object,
    said: string,
  ): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      await this.api.post(`purchases/${encodeURIComponent(id)}/${what}`, body, salesAnswers.purchase);
      this.notify({ message: said });
    } catch (error) {
      this.#fail(error);
    }
    await this.#shown.refresh();
    this.isSending = false;
  }

  readonly #import = async (event: Event): Promise<void> => {
    // gone from the event once something was waited for
    const { target } = event;
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    if (!file) return;
    try {
      const body = { csv: await file.text() };
      const { imported, errors } = await this.api.post('purchases/import', body, salesAnswers.imported);
      this.errors = errors;
      if (errors.length === 0) this.notify({ message: this.#words.imported(imported) });
    } catch (error) {
      this.#fail(error);
    }
    target.value = '';
    await this.#shown.refresh();
  };

  #fail(error: unknown): void {
    this.complain(error);
  }
}

function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);
}
