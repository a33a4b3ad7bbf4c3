// A member's cards: found by name, each told apart with its history; blocked, unblocked, replaced with a reason.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type CardEventItem,
  type CardItem,
  cardActs,
  issueReasons,
  type MemberView,
  memberAnswers,
} from '../../../../sync/headquarters/api/member-api.ts';
import { type PersonItem, personAnswers } from '../../../../sync/headquarters/api/person-api.ts';
import type { RowChosenEvent } from '../../data-table.ts';
import '../../data-table.ts';
import { fieldOf } from '../../field-of.ts';
import { pageStates } from '../../page-states.ts';
import { showTime } from '../../show.ts';
import type { Column } from '../../table-columns.ts';
import { MembersPanel, shortCard } from './members-panel.ts';

const technologies = ['em4100', 'iso14443', 'magstripe'] as const;

@customElement('members-cards')
export class MembersCards extends MembersPanel {
  @state() private found: readonly PersonItem[] | undefined;
  @state() private member: MemberView | undefined;
  @state() private card: CardItem | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.about) void this.#open(this.about);
  }

  override render(): TemplateResult {
    const { words, found, member } = this;
    return html`
      <form class="panel" role="search" @submit=${this.#find}>
        <label class="wide">${words.findHint}<input name="q" type="search" maxlength="40" autocomplete="off" autofocus /></label>
        <label>${words.cardState}
          <select name="card">
            <option value="">${words.anyCard}</option>
            ${Object.entries(words.states).map(([code, name]) => html`<option value=${code}>${name}</option>`)}
          </select>
        </label>
        <button class="primary">${words.find}</button>
      </form>
      ${found === undefined && !member ? pageStates.empty(words.searchFirst) : nothing}
      ${found && !(found.length === 1 && member) ? this.#renderFound(found) : nothing}
      ${member ? this.#renderMember(member) : nothing}
    `;
  }

  #renderFound(found: readonly PersonItem[]): TemplateResult {
    const { words, language } = this;
    const columns: Column<PersonItem>[] = [
      { id: 'name', label: words.name, value: ({ name }) => name },
      { id: 'phone', label: words.phone, value: ({ phone }) => phone },
      {
        id: 'cards',
        label: words.cards,
        value: ({ cards }) => cards.map((card) => words.states[card] ?? card).join(' · ') || null,
        show: ({ cards }) => html`${cards.map((card) => this.#tag(card))}`,
      },
      { id: 'homes', label: words.homes, value: ({ homes }) => homes, isNumber: true },
      { id: 'id', label: words.id, value: ({ id }) => id },
    ];
    return html`<data-table class="few" choosable .columns=${columns} .rows=${found}
      .keyOf=${({ id }: PersonItem) => id} .language=${language} .label=${words.sections.cards} .empty=${words.nobody}
      .chosen=${this.member?.id} file="members"
      @row-chosen=${({ row }: RowChosenEvent<PersonItem>) => void this.#open(row.id)}></data-table>`;
  }

  #renderMember(member: MemberView): TemplateResult {
    const { words, language } = this;
    const joined =
      member.joinedAt === null
        ? words.fromFile
        : `${showTime(member.joinedAt, language)} · ${words.channels[member.channel ?? ''] ?? words.none}`;
    const others = [
      ...member.merged.map(
        ({ id, at, by }) => `${words.mergedFrom} ${id} · ${showTime(at, language)} · ${by}`,
      ),
      ...member.like.map(
        ({ id, name, traits }) =>
          `${words.mayBe} ${name} ${id}（${traits.map((trait) => words.traits[trait] ?? trait).join('、')}）`,
      ),
    ];
    return html`
      <article class="panel card" aria-live="polite">
        <h3>${member.name} · ${member.phone}</h3>
        <dl>
          <dt>${words.id}</dt><dd>${member.id}</dd>
          <dt>${words.joined}</dt><dd>${joined}</dd>
          <dt>${words.birthday}</dt><dd>${member.birthday ?? words.none}</dd>
          <dt>${words.pin}</dt><dd>${member.hasPin ? words.hasPin : words.none}</dd>
          <dt>${words.homes}</dt><dd>${member.homes.map(({ label }) => label[language]).join(' · ') || words.none}</dd>
        </dl>
        ${others.map((other) => html`<p class="small differs">${other}</p>`)}
      </article>
      ${this.#renderCards(member)}
      ${this.may('club', 'service-desk') ? html`${this.card ? this.#renderActs(this.card) : nothing}${this.#renderIssue()}` : nothing}
      <h3>${words.history}</h3>
      <data-table .columns=${this.#historyColumns()} .rows=${member.history} .keyOf=${({ id }: CardEventItem) => id}
        .language=${language} .label=${words.history} .file=${`cards-${member.id}`}></data-table>
    `;
  }

  #renderCards(member: MemberView): TemplateResult {
    const { words, language } = this;
    const columns: Column<CardItem>[] = [
      { id: 'card', label: words.card, value: ({ card }) => shortCard(card) },
      {
        id: 'state',
        label: words.state,
        value: (card) => words.states[card.state] ?? card.state,
        show: (card) => this.#tag(card.state),
      },
      {
        id: 'how',
        label: words.what,
        value: ({ how, since }) => [words.whats[how], shownTime(since, language)].filter(Boolean).join(' · '),
      },
    ];
    return html`
      ${this.may('club', 'service-desk') ? html`<p class="soft small">${words.chooseCard}</p>` : nothing}
      <data-table class="few" ?choosable=${this.may('club', 'service-desk')} .columns=${columns}
        .rows=${member.cards} .keyOf=${({ card }: CardItem) => card} .language=${language} .label=${words.cards}
        .empty=${words.noCards} .chosen=${this.card?.card}
        @row-chosen=${({ row }: RowChosenEvent<CardItem>) => {
          this.card = row;
        }}></data-table>
    `;
  }

  #tag(card: string): TemplateResult {
    return html`<span class=${this.tone(card)}>${this.words.states[card] ?? card}</span>`;
  }

  #renderActs({ card, state: now }: CardItem): TemplateResult {
    const { words } = this;
    const isStopped = now !== 'active' && now !== 'replaced';
    const acts = cardActs.filter((act) => (act === 'unblock' ? isStopped : !isStopped));
    return html`
      <form class="panel" @submit=${this.#act}>
        <h3>${words.actOn(shortCard(card))}</h3>
        <label>${words.act}<select name="act">${acts.map((act) => html`<option value=${act}>${words.acts[act]}</option>`)}</select></label>
        <label class="wide">${words.why}<input name="reason" required maxlength="100" /></label>
        <button class="primary">${words.confirm}</button>
        <button type="button" @click=${() => {
          this.card = undefined;
        }}>${words.cancel}</button>
      </form>
    `;
  }

  #renderIssue(): TemplateResult {
    const { words } = this;
    return html`
      <form class="panel" @submit=${this.#issue}>
        <h3>${words.issue}</h3>
        <label>${words.why}<select name="reason">${issueReasons
          .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
          .map(
            (reason) => html`<option value=${reason}>${words.issueReasons[reason]}</option>`,
          )}</select></label>
        <label>${words.technology}<select name="technology">${technologies.map((technology) => html`<option value=${technology}>${words.technologies[technology]}</option>`)}</select></label>
        <label class="wide">${words.number} · ${words.numberHint}<input name="number" required pattern="[0-9A-Fa-f]{4,32}" autocomplete="off" /></label>
        <button>${words.confirm}</button>
      </form>
    `;
  }

  #historyColumns(): Column<CardEventItem>[] {
    const { words, language } = this;
    return [
      { id: 'at', label: words.at, value: ({ at }) => at, show: ({ at }) => shownTime(at, language) },
      {
        id: 'card',
        label: words.card,
        value: ({ card }) => (card === null ? words.allCards : shortCard(card)),
      },
      { id: 'what', label: words.what, value: ({ what }) => words.whats[what] ?? what },
      {
        id: 'detail',
        label: words.detail,
        value: ({ what, detail }) =>
          detail === null || what === 'imported' ? null : (words.reasons[detail] ?? detail),
      },
      { id: 'source', label: words.source, value: ({ source }) => source },
    ];
  }

  readonly #find = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const query = new URLSearchParams({ q: fieldOf(data, 'q'), card: fieldOf(data, 'card') });
    this.member = undefined;
    this.card = undefined;
    await this.attemptSaying('', async () => {
      this.found = (await this.api.get(`persons?${query}`, personAnswers.persons)).persons;
    });
    const [only] = this.found ?? [];
    if (only && this.found?.length === 1) await this.#open(only.id);
  };

  async #open(id: string): Promise<void> {
    this.card = undefined;
    await this.attemptSaying('', async () => {
      this.member = await this.api.get(`club/members/${encodeURIComponent(id)}`, memberAnswers.member);
    });
  }

  readonly #act = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { card, member } = this;
    if (!(event.target instanceof HTMLFormElement) || !card || !member) return;
    const data = new FormData(event.target);
    const body = { act: fieldOf(data, 'act'), card: card.card, reason: fieldOf(data, 'reason') };
    await this.attemptSaying(this.words.done, async () => {
      this.member = await this.api.post(`club/members/${member.id}/cards`, body, memberAnswers.member);
      this.card = undefined;
    });
  };

  readonly #issue = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { member } = this;
    if (!(event.target instanceof HTMLFormElement) || !member) return;
    const form = event.target;
    const body = Object.fromEntries(new FormData(form));
    const isDone = await this.attemptSaying(this.words.done, async () => {
      this.member = await this.api.post(`club/members/${member.id}/cards/issue`, body, memberAnswers.member);
      this.card = undefined;
    });
    if (isDone) form.reset();
  };
}

/** The most frequent first. */
const order = ['lost', 'damaged', 'expired', 'stolen', 'first'];

/** A file says nothing of when. */
function shownTime(at: string, language: 'zh' | 'en'): string {
  return at === '' || at.startsWith('1970-01-01') ? '' : showTime(at, language);
}
