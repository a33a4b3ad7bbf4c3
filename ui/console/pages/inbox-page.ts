// What headquarters has to tell whoever is signed in; unread first.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Role } from '../../../sync/headquarters/api/account-api.ts';
import {
  type DeliveryItem,
  type NoticeAnswers,
  type NoticeItem,
  noticeAnswers,
} from '../../../sync/headquarters/api/notice-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { type AccountTexts, accountTexts } from './account-words.ts';

interface Shown {
  readonly inbox: NoticeAnswers['notices'];
  readonly deliveries: readonly DeliveryItem[] | undefined;
}

@customElement('inbox-page')
export class InboxPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      ol { list-style: none; margin: 0; padding: 0; }
      li {
        display: grid; grid-template-columns: 1fr auto; gap: 0.15rem 1rem; align-items: center; padding: 0.8rem 1.1rem;
        border-bottom: 1px solid var(--rule); border-left: 4px solid transparent;
      }
      li:last-child { border-bottom: 0; }
      li.unread { border-left-color: var(--accent); background: var(--surface); }
      li.unread .subject { font-weight: 600; }
      .body { min-width: 0; overflow-wrap: anywhere; }
      .does { display: flex; flex-wrap: wrap; gap: 0.4rem; justify-content: flex-end; }
      .does :is(a, button) {
        min-height: 2.1rem; padding: 0.2rem 0.75rem; font-size: 0.9rem; border: 1px solid var(--rule-strong);
        border-radius: 8px; color: inherit; text-decoration: none; display: inline-flex; align-items: center;
      }
      section { margin-top: 2rem; }
      data-table { --table-height: 24rem; }
    `,
  ];

  readonly #shown = new Polling<Shown>(
    this,
    async () => ({
      inbox: await this.api.get('notices?limit=300', noticeAnswers.notices),
      deliveries: this.may('it', 'manager')
        ? (await this.api.get('notices/deliveries?limit=300', noticeAnswers.deliveries)).deliveries
        : undefined,
    }),
    5_000,
  );

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    return this.renderLoaded(
      this.#shown,
      ({ inbox: { unread, notices }, deliveries }) => html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="soft" role="status">${words.unread(unread)}</span>
        <span class="grow"></span>
        ${unread > 0 ? html`<button @click=${() => void this.#read('all')}>${words.readAll}</button>` : nothing}
      </div>
      ${
        notices.length === 0
          ? pageStates.empty(words.none)
          : html`<ol class="panel" @keydown=${this.#walk}>${repeat(
              notices,
              ({ id }) => id,
              (notice, index) => this.#renderNotice(notice, words, index),
            )}</ol>`
      }
      ${deliveries === undefined || deliveries.length === 0 ? nothing : this.#renderDeliveries(deliveries, words)}
    `,
    );
  }

  #renderNotice(
    { id, at, subject, text, about, role, readAt }: NoticeItem,
    words: AccountTexts,
    index: number,
  ): TemplateResult {
    return html`
      <li class=${readAt === null ? 'unread' : ''} tabindex=${index === 0 ? 0 : -1}>
        <div class="body">
          <div class="subject">${subject[this.language]}</div>
          <div>${text[this.language]}</div>
          <div class="small soft">
            <time datetime=${at}>${showTime(at, this.language)}</time>
            ${role === null ? nothing : html` · ${words.toRole} ${words.roles[role as Role] ?? role}`}
          </div>
        </div>
        <div class="does">
          ${about === null ? nothing : html`<a href=${placeHash('requests', about)} @click=${() => void this.#read([id])}>${words.open}</a>`}
          ${readAt === null ? html`<button @click=${() => void this.#read([id])}>${words.read}</button>` : nothing}
        </div>
      </li>
    `;
  }

  #renderDeliveries(deliveries: readonly DeliveryItem[], words: AccountTexts): TemplateResult {
    const tone = { waiting: 'warn', sent: 'good', 'given-up': 'bad' } as const;
    const columns: Column<DeliveryItem>[] = [
      { id: 'at', label: words.when, value: ({ at }) => at, show: ({ at }) => showTime(at, this.language) },
      { id: 'channel', label: words.channel, isFacet: true, value: ({ channel }) => channel },
      { id: 'address', label: words.address, value: ({ address }) => address },
      { id: 'subject', label: words.subject, value: ({ subject }) => subject[this.language] },
      {
        id: 'state',
        label: words.state,
        isFacet: true,
        value: (item) => words.deliveryStates[item.state],
        show: (item) =>
          html`<span class="tag ${tone[item.state]}">${words.deliveryStates[item.state]}</span>`,
      },
      { id: 'tries', label: words.tries, value: ({ tries }) => tries, isNumber: true },
      { id: 'problem', label: words.problem, value: ({ problem }) => problem },
    ];
    return html`
      <section>
        <h3>${words.deliveries}</h3>
        <data-table .columns=${columns} .rows=${deliveries} .keyOf=${(item: DeliveryItem) => item.id}
          .language=${this.language} label=${words.deliveries} file="deliveries"></data-table>
      </section>
    `;
  }

  /** Arrows, or j and k, walk the notices; Enter opens what one is about. */
  readonly #walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Enter: 0 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLLIElement)) return;
    event.preventDefault();
    if (step === 0) event.target.querySelector('a')?.click();
    const all = [...this.renderRoot.querySelectorAll('li')];
    if (step !== 0) all[all.indexOf(event.target) + step]?.focus();
  };

  async #read(notices: readonly string[] | 'all'): Promise<void> {
    await this.api.post('notices/read', { notices }, noticeAnswers.read);
    await this.#shown.refresh();
  }
}
