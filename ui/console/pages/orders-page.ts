// Orders to the terminals: give one, see how far each is, take back what has not arrived.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  answers,
  type BatchItem,
  type OrderContent,
  type OrderItem,
  type OrderState,
  orderStates,
  type TerminalItem,
} from '../../../sync/headquarters/api.ts';
import { type OrderTexts, orderTexts } from '../order-text.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import './order-form.ts';
import { pageStates } from '../page-states.ts';
import { noticeWords, type OrderForm, type Wish, type WishEvent } from './order-form.ts';

interface Loaded {
  readonly terminals: readonly TerminalItem[];
  readonly batches: readonly BatchItem[];
  /** of the batch that is looked at */
  readonly orders: readonly OrderItem[];
}

const tones: Record<OrderState, string> = {
  queued: '',
  received: '',
  running: '',
  done: 'good',
  failed: 'bad',
  expired: 'warn',
  cancelled: '',
};

@customElement('orders-page')
export class OrdersPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .list { display: grid; gap: 0.75rem; margin-top: 1.5rem; }
      article { padding: 1rem 1.15rem; display: grid; gap: 0.6rem; }
      .head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: baseline; }
      .name { font-size: 1.05rem; font-weight: 600; }
      .words { flex: 1 1 14rem; overflow-wrap: anywhere; }
      .foot { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
      .foot .grow { flex: 1; }
      meter { width: min(16rem, 100%); height: 0.8rem; }
      .table { overflow-x: auto; }
      td { vertical-align: top; }
    `,
  ];
  /** the batch whose terminals are shown */
  @state() private open: string | undefined;
  @state() private isSending = false;

  readonly #orders = new Polling<Loaded>(
    this,
    async () => {
      const open = this.open;
      const [{ terminals }, { batches }, opened] = await Promise.all([
        this.api.get('terminals', answers.terminals),
        this.api.get('orders?limit=50', answers.batches),
        open === undefined ? undefined : this.api.get(`orders/${open}`, answers.batch),
      ]);
      return { terminals, batches, orders: opened?.orders ?? [] };
    },
    2_000,
  );

  override render(): TemplateResult {
    const words = orderTexts[this.language];
    return this.renderLoaded(
      this.#orders,
      ({ terminals, batches, orders }) => html`
      <div class="bar"><h2>${words.title}</h2></div>
      <order-form
        .language=${this.language}
        .terminals=${terminals}
        .batches=${batches}
        ?sending=${this.isSending}
        @wish=${(event: WishEvent) => void this.#give(event.wish)}
      ></order-form>
      <div class="list">
        ${
          batches.length === 0
            ? pageStates.empty(words.none)
            : repeat(
                batches,
                ({ batch }) => batch,
                (batch) => this.#renderBatch(batch, orders, words),
              )
        }
      </div>
    `,
    );
  }

  #renderBatch(item: BatchItem, orders: readonly OrderItem[], words: OrderTexts): TemplateResult {
    const { batch, kind, body, at, expiresAt, counts } = item;
    const all = orderStates.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
    const done = counts.done ?? 0;
    const queued = counts.queued ?? 0;
    const isOpen = this.open === batch;
    return html`
      <article class="panel" data-kind=${kind}>
        <div class="head">
          <span class="name">${words.kinds[kind as OrderContent['kind']] ?? kind}</span>
          <span class="words soft">${noticeWords(body, this.language)}</span>
        </div>
        <div class="small soft">
          ${words.givenAt} ${showTime(at, this.language)} · ${words.goodUntil} ${showTime(expiresAt, this.language)}
        </div>
        <div class="foot">
          <meter min="0" max=${all} .value=${done} aria-label=${words.of(done, all)}></meter>
          <span>${words.of(done, all)}</span>
          ${orderStates
            .filter((each) => each !== 'done' && (counts[each] ?? 0) > 0)
            .map(
              (each) => html`<span class="tag ${tones[each]}">${words.states[each]} ${counts[each]}</span>`,
            )}
          <span class="grow"></span>
          ${
            queued === 0
              ? nothing
              : html`<button @click=${() => void this.#takeBack(batch)}>${words.takeBack(queued)}</button>`
          }
          <button aria-expanded=${isOpen} @click=${() => void this.#look(isOpen ? undefined : batch)}>
            ${words.details}
          </button>
        </div>
        ${isOpen && orders.length > 0 ? this.#renderOrders(orders, words) : nothing}
      </article>
    `;
  }

  #renderOrders(orders: readonly OrderItem[], words: OrderTexts): TemplateResult {
    return html`<div class="table">
      <table>
        <thead>
          <tr><th>${words.terminal}</th><th>${words.state}</th><th>${words.times}</th></tr>
        </thead>
        <tbody>
          ${orders.map(
            (order) => html`<tr>
              <td>${order.terminal}</td>
              <td>
                <span class="tag ${tones[order.state]}">${words.states[order.state]}</span>
                ${order.code === null ? nothing : html`<p class="small">${words.codes[order.code] ?? order.code}</p>`}
              </td>
              <td class="small">
                ${[order.sentAt, order.receivedAt, order.begunAt, order.endedAt]
                  .map((at) => (at === null ? '–' : showTime(at, this.language, true)))
                  .join(' · ')}
                ${order.state === 'queued' && order.sends > 0 ? html`<p class="soft">${words.sends(order.sends)}</p>` : nothing}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  async #look(batch: string | undefined): Promise<void> {
    this.open = batch;
    await this.#orders.refresh();
  }

  async #give(wish: Wish): Promise<void> {
    this.isSending = true;
    const words = orderTexts[this.language];
    await this.attempt(async () => {
      const { batch, given, refused } = await this.api.post('orders', wish, answers.given);
      this.renderRoot.querySelector<OrderForm>('order-form')?.clear();
      const rest = refused.length === 0 ? '' : words.notGiven(refused.length);
      this.notify({
        message: `${words.given(words.kinds[wish.kind], given)}${rest}`,
        action: { label: words.undo, run: () => void this.#takeBack(batch) },
      });
    });
    this.isSending = false;
    await this.#orders.refresh();
  }

  async #takeBack(batch: string): Promise<void> {
    await this.attempt(async () => {
      const { changed } = await this.api.post(`orders/${batch}/cancel`, {}, answers.changed);
      return orderTexts[this.language].takenBack(changed);
    });
    await this.#orders.refresh();
  }

  protected override problemOf(code: string): string {
    return orderTexts[this.language].codes[code] ?? super.problemOf(code);
  }
}
