// Members who may be one person: both sides beside each other, and the decision.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { memberAnswers, type PairItem, type PairSide } from '../../../../sync/headquarters/api/member-api.ts';
import type { RowChosenEvent } from '../../data-table.ts';
import '../../data-table.ts';
import { Polling } from '../../polling.ts';
import { showTime } from '../../show.ts';
import type { Column } from '../../table-columns.ts';
import { MembersPanel } from './members-panel.ts';

@customElement('members-pairs')
export class MembersPairs extends MembersPanel {
  @state() private isOpen = true;
  @state() private pair: PairItem | undefined;
  @state() private isSure = false;
  readonly #pairs = new Polling<PairItem[]>(
    this,
    async () => (await this.api.get(`club/pairs?open=${this.isOpen}&limit=500`, memberAnswers.pairs)).pairs,
    30_000,
  );

  override render(): TemplateResult {
    const { words } = this;
    return html`
      <div class="chips">
        ${[true, false].map(
          (isOpen) => html`<button aria-pressed=${isOpen === this.isOpen} @click=${() => this.#turn(isOpen)}>
            ${isOpen ? words.open : words.decided}
          </button>`,
        )}
      </div>
      ${this.pair ? this.#renderPair(this.pair) : html`<p class="soft small">${words.choosePair}</p>`}
      ${this.renderLoaded(this.#pairs, (pairs) => this.#renderTable(pairs))}
    `;
  }

  #turn(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.pair = undefined;
    void this.#pairs.refresh();
  }

  #renderTable(pairs: readonly PairItem[]): TemplateResult {
    const { words, language } = this;
    const sideOf = ({ name, phone }: PairSide): string => `${name} ${phone}`;
    const columns: Column<PairItem>[] = [
      { id: 'a', label: words.one, value: ({ a }) => sideOf(a) },
      { id: 'b', label: words.two, value: ({ b }) => sideOf(b) },
      { id: 'traits', label: words.shared, value: ({ traits }) => this.#shared(traits) },
      { id: 'at', label: words.since, value: ({ at }) => at, show: ({ at }) => showTime(at, language) },
      ...(this.isOpen
        ? []
        : [
            {
              id: 'verdict',
              label: words.verdict,
              value: ({ verdict }: PairItem) => words.verdicts[verdict ?? ''] ?? null,
            },
            { id: 'by', label: words.by, value: ({ decidedBy }: PairItem) => decidedBy },
          ]),
    ];
    return html`<data-table choosable .columns=${columns} .rows=${pairs} .keyOf=${keyOf} .language=${language}
      .label=${words.sections.pairs} .empty=${words.noPairs} .chosen=${this.pair && keyOf(this.pair)} file="pairs"
      @row-chosen=${({ row }: RowChosenEvent<PairItem>) => void this.#open(row)}></data-table>`;
  }

  #shared(traits: readonly string[]): string {
    return traits.map((trait) => this.words.traits[trait] ?? trait).join('、');
  }

  #renderPair(pair: PairItem): TemplateResult {
    const { words } = this;
    const mayDecide = pair.verdict === null;
    return html`
      <div class="both" aria-live="polite">
        ${this.#renderSide(pair.a, pair.b)} ${this.#renderSide(pair.b, pair.a)}
      </div>
      <div class="panel card">
        <p>${words.shared}：<b>${this.#shared(pair.traits)}</b></p>
        ${
          mayDecide
            ? html`
          <p class="small soft">${words.mergeText}</p>
          <div class="actions">
            <button @click=${() => void this.#decide(pair, 'distinct')}>${words.distinct}</button>
            ${
              this.isSure
                ? html`<button class="primary" @click=${() => void this.#decide(pair, 'same')}>${words.sureSame}</button>`
                : html`<button @click=${() => {
                    this.isSure = true;
                  }}>${words.same}</button>`
            }
          </div>`
            : nothing
        }
      </div>
    `;
  }

  #renderSide(side: PairSide, other: PairSide): TemplateResult {
    const { words, language } = this;
    const line = (label: string, own: string, their: string) =>
      html`<dt>${label}</dt><dd class=${own === their ? '' : 'differs'}>${own || words.none}</dd>`;
    const joined = ({ joinedAt, channel }: PairSide): string =>
      joinedAt === null
        ? words.fromFile
        : `${showTime(joinedAt, language)} · ${words.channels[channel ?? ''] ?? ''}`;
    const homes = (of: PairSide): string => of.homes.map((label) => label[language]).join(' · ');
    return html`
      <article class="panel card">
        <h3>${side.name}</h3>
        <dl>
          <dt>${words.id}</dt><dd>${side.id}</dd>
          ${line(words.phone, side.phone, other.phone)}
          ${line(words.birthday, side.birthday ?? '', other.birthday ?? '')}
          <dt>${words.joined}</dt><dd>${joined(side)}</dd>
          <dt>${words.cards}</dt>
          <dd>${side.cards.length === 0 ? words.noCards : side.cards.map((card) => html`<span class=${this.tone(card)}>${words.states[card]}</span> `)}</dd>
          ${line(words.homes, homes(side), homes(other))}
          <dt>${words.balance}</dt><dd>${side.balance}</dd>
        </dl>
      </article>
    `;
  }

  async #open({ a, b }: PairItem): Promise<void> {
    this.isSure = false;
    await this.attemptSaying('', async () => {
      this.pair = await this.api.get(`club/pairs/${a.id}/${b.id}`, memberAnswers.pair);
    });
  }

  async #decide({ a, b }: PairItem, verdict: 'same' | 'distinct'): Promise<void> {
    await this.attemptSaying(this.words.done, async () => {
      await this.api.post('club/pairs', { a: a.id, b: b.id, verdict }, memberAnswers.decided);
    });
    this.pair = undefined;
    this.isSure = false;
    await this.#pairs.refresh();
  }
}

function keyOf({ a, b }: PairItem): string {
  return `${a.id}/${b.id}`;
}
