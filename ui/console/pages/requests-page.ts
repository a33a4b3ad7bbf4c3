// The desk's inbox by clock, and everything about the one request that the address names.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type RequestLine, serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import { placeHash } from '../page-place.ts';
import { Polling } from '../polling.ts';
import '../service/request-view.ts';
import { ServicePage, serviceStyle } from '../service/service-page.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';

const kinds = ['repair', 'selfCheckRepair', 'complaint', 'enquiry', 'praise', 'handover'] as const;

@customElement('requests-page')
export class RequestsPage extends ServicePage {
  static override styles = [
    ...ServicePage.styles,
    serviceStyle,
    css`
      .new { padding: 1rem; margin-bottom: 1rem; }
    `,
  ];
  @state() private isClosed = false;
  @state() private isFiling = false;

  readonly #requests = new Polling<readonly RequestLine[]>(
    this,
    async () => (await this.api.get(`service/inbox?closed=${this.isClosed}`, serviceAnswers.inbox)).requests,
    3_000,
  );

  override render(): TemplateResult {
    if (this.about !== undefined) {
      return html`<request-view .api=${this.api} .me=${this.me} .language=${this.language}
        .heading=${this.heading} .about=${this.about}></request-view>`;
    }
    const { state: loaded } = this.#requests;
    return html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <div class="chips">
          ${[false, true].map(
            (isClosed) =>
              html`<button aria-pressed=${isClosed === this.isClosed} @click=${() => {
                this.isClosed = isClosed;
                void this.#requests.restart();
              }}>${isClosed ? this.words.closed : this.words.inbox}</button>`,
          )}
        </div>
        <span class="grow"></span>
        ${
          this.may('service-desk', 'manager')
            ? html`<button class="primary" aria-expanded=${this.isFiling} @click=${this.#openForm}>${this.words.newRequest}</button>`
            : nothing
        }
      </div>
      ${this.isFiling ? this.#renderForm() : nothing}
      <data-table choosable file="requests" .language=${this.language} .label=${this.heading}
        .empty=${this.words.inboxEmpty} .columns=${this.#columns()} .rows=${this.#requests.value}
        .problem=${loaded.kind === 'failed' ? loaded.code : undefined} .keyOf=${(row: RequestLine) => row.id}
        @retry=${() => this.#requests.refresh()}
        @row-chosen=${({ row }: RowChosenEvent<RequestLine>) => {
          location.hash = placeHash('requests', row.id);
        }}></data-table>
    `;
  }

  protected override async reload(): Promise<void> {
    await this.#requests.refresh();
  }

  #columns(): Column<RequestLine>[] {
    const { words, language, text } = this;
    return [
      {
        id: 'due',
        label: words.due,
        value: ({ due }) => due?.at ?? null,
        show: ({ due, isPaused }) => html`${this.renderDue(due, isPaused)}`,
      },
      {
        id: 'number',
        label: words.number,
        value: ({ number }) => number,
        show: ({ number }) => html`<span class="nowrap">${number}</span>`,
      },
      { id: 'kind', label: words.kind, isFacet: true, value: ({ kindName }) => kindName[language] },
      { id: 'about', label: words.about, value: ({ label }) => label[language] },
      {
        id: 'state',
        label: words.state,
        isFacet: true,
        value: ({ state: at, stepName }) => `${text.states[at]} ${stepName[language]}`,
        show: (row) => this.renderState(row),
      },
      {
        id: 'level',
        label: words.level,
        isFacet: true,
        // what climbed is said of every kind, what did not of complaints
        value: ({ level, kind }) =>
          kind === 'complaint' || level !== 'ordinary' ? words.levels[level] : null,
      },
      { id: 'owner', label: words.owner, value: ({ memberName }) => memberName || null },
      { id: 'home', label: words.home, value: ({ home }) => home?.[language] ?? null },
      {
        id: 'filed',
        label: words.filedAt,
        value: ({ filedAt }) => filedAt,
        show: ({ filedAt }) => showTime(filedAt, language),
      },
    ];
  }

  #renderForm(): TemplateResult {
    const { words } = this;
    return html`<form class="panel new" @submit=${this.#file} @keydown=${this.#leave}>
      <div class="inline">
        <label>${words.kind}<select name="request">${kinds.map(
          (kind) => html`<option value=${kind}>${kindNames[kind][this.language]}</option>`,
        )}</select></label>
        <label>${words.phone}<input name="phone" inputmode="tel" autocomplete="off" pattern="1[3-9][0-9]{9}" /></label>
        <label>${words.memberId}<input name="member" autocomplete="off" maxlength="80" /></label>
      </div>
      <label class="check"><input type="checkbox" name="isWritten" />${words.isWritten}</label>
      <label>${words.text}<textarea name="text" required maxlength="300"></textarea></label>
      <div class="actions">
        <button type="button" @click=${this.#openForm}>${words.cancel}</button>
        <button class="primary">${words.fileIt}</button>
      </div>
    </form>`;
  }

  readonly #openForm = async (): Promise<void> => {
    this.isFiling = !this.isFiling;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.new select')?.focus();
  };

  readonly #leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.isFiling = false;
  };

  readonly #file = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
    const made = await this.send('requests', {
      request: text('request'),
      member: text('member'),
      phone: text('phone'),
      project: null,
      unit: null,
      text: text('text'),
      isWritten: form.get('isWritten') === 'on',
    });
    if (!made) return;
    this.isFiling = false;
    location.hash = placeHash('requests', made.id);
  };
}

const kindNames = {
  repair: { zh: '维修', en: 'Repair' },
  selfCheckRepair: { zh: '维修(自查)', en: 'Repair (own check)' },
  complaint: { zh: '投诉', en: 'Complaint' },
  enquiry: { zh: '咨询', en: 'Question' },
  praise: { zh: '表扬', en: 'Praise' },
  handover: { zh: '集中交付', en: 'Hand-over' },
} as const;
