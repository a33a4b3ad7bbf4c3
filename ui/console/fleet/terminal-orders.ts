// What one terminal can be told to do now, how far its orders are, and what it brought for them.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { answers, type TerminalOrder } from '../../../sync/headquarters/api.ts';
import { orderTexts } from '../order-text.ts';
import { placeHash } from '../page-place.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { diagnosisWords } from './diagnosis-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import './order-result.ts';
import { detailRows, orderProblem } from './order-result.ts';
import { orderTones } from './order-tones.ts';
import {
  awayNote,
  bodyOf,
  bringing,
  disturbing,
  expiresInMs,
  fieldsOf,
  type RemoteKind,
  remoteGroups,
} from './remote-deeds.ts';
import { terminalOrderWords } from './terminal-order-words.ts';

const shownOrders = 20;

/** `about`: the terminal's name. */
@customElement('terminal-orders')
export class TerminalOrders extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      td { vertical-align: top; }
      .groups { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); }
      .groups section { display: grid; align-content: start; gap: 0.6rem; }
      .groups h3 { margin: 0; }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.7rem; }
      li { display: grid; gap: 0.2rem; justify-items: start; }
      order-result { scroll-margin: 4.5rem 1rem; }
      .other { margin-top: 0.8rem; }
    `,
  ];
  /** there at this moment */
  @property({ attribute: false }) declare isOnline: boolean;
  @state() private deed: Deed | undefined;
  /** id of the order whose result is shown */
  @state() private shown: string | undefined;

  readonly #given = new Polling<readonly TerminalOrder[]>(
    this,
    async () => {
      const path = `orders/of/${encodeURIComponent(this.about ?? '')}?limit=${shownOrders}`;
      return (await this.api.get(path, answers.ordersOf)).orders;
    },
    2_000,
  );

  override render(): TemplateResult {
    const words = terminalOrderWords[this.language];
    return html`
      <div class="groups">${remoteGroups.map(
        ({ id, kinds }) => html`<section class="panel">
          <h3>${words.groups[id]}</h3>
          <ul>${kinds.map((kind) => this.#renderDeed(kind))}</ul>
        </section>`,
      )}</div>
      <p class="other"><a href=${placeHash('orders')}>${words.all}</a></p>
      ${this.renderLoaded(
        this.#given,
        (given) => html`
        ${this.#renderShown(given)}
        <h3>${words.recent}</h3>
        ${given.length === 0 ? pageStates.empty(words.none) : this.#renderGiven(given)}`,
      )}
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>
    `;
  }

  #renderDeed(kind: RemoteKind): TemplateResult {
    const orders = orderTexts[this.language];
    return html`<li>
      <button data-kind=${kind} @click=${() => this.#ask(kind)}>${orders.kinds[kind]}</button>
      <span class="small soft">${orders.hints[kind]}</span>
    </li>`;
  }

  #renderShown(given: readonly TerminalOrder[]): TemplateResult | typeof nothing {
    const order = given.find(({ id }) => id === this.shown);
    if (!order) return nothing;
    return html`<order-result .api=${this.api} .me=${this.me} .language=${this.language} .about=${this.about}
      .order=${order} .isOnline=${this.isOnline} @closed=${() => {
        this.shown = undefined;
      }}></order-result>`;
  }

  #renderGiven(given: readonly TerminalOrder[]): TemplateResult {
    const [words, orders] = [terminalOrderWords[this.language], orderTexts[this.language]];
    const kinds: Readonly<Record<string, string>> = orders.kinds;
    return html`<div class="panel scroll"><table>
      <thead><tr><th>${orders.what}</th><th>${orders.state}</th><th>${words.came}</th><th>${words.by}</th><th>${orders.givenAt}</th><th></th></tr></thead>
      <tbody>${given.map(
        (order) => html`<tr>
          <td>${kinds[order.kind] ?? order.kind}</td>
          <td><span class="tag ${orderTones[order.state]}">${orders.states[order.state]}</span></td>
          <td>${this.#renderCame(order)}</td>
          <td>${order.orderedBy}</td>
          <td class="nowrap">${showTime(order.at, this.language, true)}</td>
          <td>${this.#renderNext(order)}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  #renderCame({ kind, state: how, code, detail }: TerminalOrder): TemplateResult | string {
    const { language } = this;
    if (code !== null) return html`<span class="small">${orderProblem(code, language)}</span>`;
    if (detail === null) return '–';
    const [bad, care] = [Number(detail['bad'] ?? 0), Number(detail['care'] ?? 0)];
    if (kind === 'run-diagnosis' && how === 'done')
      return html`<span class="tag ${bad > 0 ? 'bad' : care > 0 ? 'warn' : 'good'}">${
        bad + care === 0 ? diagnosisWords[language].states.ok : diagnosisWords[language].wrong(bad, care)
      }</span>`;
    return html`<dl class="facts small">${detailRows(detail, language)}</dl>`;
  }

  #renderNext(order: TerminalOrder): TemplateResult | typeof nothing {
    const words = terminalOrderWords[this.language];
    if (order.state === 'queued' && order.isAlone)
      return html`<button @click=${() => void this.#takeBack(order)}>${words.takeBack}</button>`;
    if (
      !bringing.has(order.kind) ||
      (order.upload === null && order.state !== 'running' && order.detail === null)
    )
      return nothing;
    const isShown = order.id === this.shown;
    return html`<button title=${words.readOnRecord} ?disabled=${isShown} @click=${() => {
      this.shown = order.id;
    }}>${isShown ? words.shown : words.see}</button>`;
  }

  #ask(kind: RemoteKind): void {
    const [words, orders] = [terminalOrderWords[this.language], orderTexts[this.language]];
    const fields = fieldsOf(kind, this.language);
    this.deed = {
      title: `${orders.kinds[kind]} · ${this.about ?? ''}`,
      happens: [
        orders.hints[kind],
        awayNote(this.isOnline, kind, this.language) ?? words.goodFor(expiresInMs(kind) / 60_000),
      ],
      label: orders.kinds[kind],
      isDanger: disturbing.has(kind),
      ...(fields === undefined ? {} : { fields }),
      run: (data) => this.#give(kind, data),
      problemOf: (code) => this.problemOf(code),
    };
  }

  async #give(kind: RemoteKind, data: FormData): Promise<void> {
    const orders = orderTexts[this.language];
    const body = {
      kind,
      body: bodyOf(kind, data),
      terminals: [this.about],
      expiresInMs: expiresInMs(kind),
    };
    const { given, batch } = await this.api.post('orders', body, answers.given);
    this.notify({ message: orders.given(orders.kinds[kind], given) });
    await this.#given.refresh();
    // what it brings is seen without another click
    this.shown = this.#given.value?.find((order) => order.batch === batch)?.id;
    await this.updateComplete;
    this.renderRoot.querySelector('order-result')?.scrollIntoView({ block: 'nearest' });
  }

  async #takeBack({ batch }: TerminalOrder): Promise<void> {
    await this.attempt(async () => {
      const { changed } = await this.api.post(`orders/${batch}/cancel`, {}, answers.changed);
      return orderTexts[this.language].takenBack(changed);
    });
    await this.#given.refresh();
  }

  protected override problemOf(code: string): string {
    return orderTexts[this.language].codes[code] ?? super.problemOf(code);
  }
}
